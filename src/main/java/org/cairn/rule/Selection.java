package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which awards count in which of some sums, no award in two of them: found exactly, by branch and bound. Awards that no sum can tell
 * apart are decided about together, as so many of a kind, so that what is searched grows with how different they are and not with how
 * many. The search ends after a bounded number of steps; what it knows by then is what it says.
 */
final class Selection {

    /** Some milliseconds. Real rules need tens or hundreds: shares, caps and groups tell a few kinds of awards apart. */
    private static final int MOST_STEPS = 200_000;

    /**
     * What counts.
     *
     * @param counted for each sum the awards that count in it, the oldest first
     * @param reached for each sum whether it is reached
     * @param isDecided whether everything was looked at; otherwise there may be a better answer
     */
    record Chosen(List<List<Held>> counted, List<Boolean> reached, boolean isDecided) {

        boolean isMet() {
            return !reached.contains(false);
        }
    }

    /** Awards that no sum can tell apart. {@code added} and the conditions' parts are for each sum; 0 where they cannot count in it. */
    private record Kind(List<List<Held>> awards, Signature signature) {

        int size() {
            return awards.getFirst().size();
        }
    }

    private record Signature(List<Long> added, List<List<Boolean>> traits, List<Set<String>> groups) {}

    private final List<CreditSum> sums;
    private final Map<String, List<Held>> forms;
    private final List<Kind> kinds;
    private final int decimals;
    private final boolean mustReach;

    /** For each sum: the parts of a kind in each of its conditions, which hold where everything comes to 0 or more. */
    private final long[][][] parts;

    private final long[][] starts;
    private final long[][][] best;
    private final int[][] taken;
    private final int[] left;

    private int steps;
    private long bestWorth = Long.MIN_VALUE;
    private int @Nullable [][] bestTaken;

    private Selection(List<CreditSum> sums, Facts facts, Instant at, boolean mustReach) {
        this.sums = sums;
        this.mustReach = mustReach;
        var pools = sums.stream().map(sum -> sum.pool().of(facts, at)).toList();
        this.forms = facts.heldInOrder().stream().collect(Collectors.groupingBy(Held::id));
        this.decimals = decimals(sums, pools);
        this.kinds = kinds(pools);
        this.left = kinds.stream().mapToInt(Kind::size).toArray();
        this.taken = new int[sums.size()][kinds.size()];
        this.parts = new long[sums.size()][][];
        this.starts = new long[sums.size()][];
        this.best = new long[sums.size()][][];
        for (int i = 0; i < sums.size(); i++) {
            conditions(i);
        }
    }

    /** Whether every sum can be reached at once. */
    static boolean isPossible(List<CreditSum> sums, Facts facts, Instant at) {
        for (var sum : sums) {
            var all = sum.pool().of(facts, at).stream().map(sum::of).reduce(BigDecimal.ZERO, BigDecimal::add);
            if (all.compareTo(sum.minimum()) < 0) {
                return false;
            }
        }
        return new Selection(sums, facts, at, true).search().isMet();
    }

    /**
     * The awards that reach every sum with as little as possible; where none do, those that reach as many sums as possible and come as
     * near to the others as they can within the limits.
     */
    static Chosen best(List<CreditSum> sums, Facts facts, Instant at) {
        var reaching = new Selection(sums, facts, at, true).search();
        if (reaching.isMet()) {
            return reaching;
        }
        var nearest = new Selection(sums, facts, at, false).search();
        return new Chosen(nearest.counted(), nearest.reached(), reaching.isDecided());
    }

    private Chosen search() {
        choose(0, 0, starts[0], 0);
        var found = bestTaken;
        if (found == null) {
            return new Chosen(
                    Collections.nCopies(sums.size(), List.of()),
                    Collections.nCopies(sums.size(), false),
                    steps < MOST_STEPS);
        }
        var counted = new ArrayList<List<Held>>();
        var reached = new ArrayList<Boolean>();
        var next = new int[kinds.size()];
        for (int sum = 0; sum < sums.size(); sum++) {
            counted.add(counted(sum, found[sum], next));
            reached.add(isReached(sum, found[sum]));
        }
        return new Chosen(counted, reached, steps < MOST_STEPS);
    }

    /** Of each kind the oldest that no sum before has taken. */
    private List<Held> counted(int sum, int[] counts, int[] next) {
        var counted = new ArrayList<Held>();
        for (int kind = 0; kind < counts.length; kind++) {
            counted.addAll(kinds.get(kind).awards().get(sum).subList(next[kind], next[kind] + counts[kind]));
            next[kind] += counts[kind];
        }
        counted.sort(Comparator.comparing(Held::at).thenComparing(Held::id));
        return counted;
    }

    /** Decides how many of a kind count in a sum, then goes on to the next kind, and after the last one to the next sum. */
    private void choose(int sum, int kind, long[] values, long worth) {
        if (steps >= MOST_STEPS || ++steps >= MOST_STEPS) {
            return;
        }
        if (sum == sums.size()) {
            if (worth > bestWorth) {
                bestWorth = worth;
                bestTaken = Arrays.stream(taken).map(int[]::clone).toArray(int[][]::new);
            }
            return;
        }
        if (!canHold(sum, kind, values) || worth + bound(sum) <= bestWorth) {
            return;
        }
        if (kind == kinds.size()) {
            if (!mustReach || hasGroups(sum, taken[sum])) {
                var next = sum + 1 < sums.size() ? starts[sum + 1] : values;
                choose(sum + 1, 0, next, worth + worth(sum));
            }
            return;
        }
        int most = kinds.get(kind).signature().added().get(sum) == 0 ? 0 : left[kind];
        for (int count = most; count >= 0; count--) {
            taken[sum][kind] = count;
            left[kind] -= count;
            choose(sum, kind + 1, count == 0 ? values : added(values, parts[sum], kind, count), worth);
            left[kind] += count;
        }
        taken[sum][kind] = 0;
    }

    /** Whether every condition could still hold if all that is left went in its favour. */
    private boolean canHold(int sum, int kind, long[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] + best[sum][kind][i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static long[] added(long[] values, long[][] parts, int kind, int count) {
        var sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += parts[kind][i] * count;
        }
        return sum;
    }

    /** The other conditions hold of everything that is searched. */
    private boolean isReached(int sum, int[] counts) {
        return total(sum, counts) >= scaled(sums.get(sum).minimum()) && hasGroups(sum, counts);
    }

    private boolean hasGroups(int sum, int[] counts) {
        for (var limit : sums.get(sum).limits()) {
            if (limit instanceof Limit.DistinctGroups distinct
                    && groups(sum, counts, distinct.by() + ":") < distinct.count()) {
                return false;
            }
        }
        return true;
    }

    private int groups(int sum, int[] counts, String prefix) {
        var groups = new HashSet<String>();
        for (int kind = 0; kind < counts.length; kind++) {
            if (counts[kind] > 0) {
                kinds.get(kind).signature().groups().get(sum).stream()
                        .filter(label -> label.startsWith(prefix))
                        .forEach(groups::add);
            }
        }
        return groups.size();
    }

    private long total(int sum, int[] counts) {
        long total = 0;
        for (int kind = 0; kind < counts.length; kind++) {
            total += kinds.get(kind).signature().added().get(sum) * counts[kind];
        }
        return total;
    }

    // Where every sum has to be reached, what is better is to use less. Where not, a sum that is reached outweighs any
    // that is near.
    private long worth(int sum) {
        long total = total(sum, taken[sum]);
        if (mustReach) {
            return -total;
        }
        return isReached(sum, taken[sum])
                ? reached(sum)
                : Math.min(total, scaled(sums.get(sum).minimum()));
    }

    /** The most that this sum and the sums after it can still be worth. */
    private long bound(int sum) {
        if (mustReach) {
            return -total(sum, taken[sum]);
        }
        long most = 0;
        for (int i = sum; i < sums.size(); i++) {
            most += reached(i);
        }
        return most;
    }

    private long reached(int sum) {
        return 1_000_000_000L + scaled(sums.get(sum).minimum());
    }

    private void conditions(int number) {
        var sum = sums.get(number);
        var conditions = new ArrayList<long[]>();
        var from = new ArrayList<Long>();
        if (mustReach) {
            conditions.add(parts(number, (added, traits) -> added));
            from.add(-scaled(sum.minimum()));
        }
        if (sum.maximum() != null) {
            conditions.add(parts(number, (added, traits) -> -added));
            from.add(scaled(sum.maximum()));
        }
        for (int i = 0; i < sum.limits().size(); i++) {
            int limit = i;
            switch (sum.limits().get(i)) {
                case Limit.MinShare share -> {
                    long percent = hundredths(share.percent());
                    conditions.add(
                            parts(number, (added, traits) -> added * ((traits.get(limit) ? 10_000 : 0) - percent)));
                    from.add(0L);
                }
                case Limit.MaxShare share -> {
                    long percent = hundredths(share.percent());
                    conditions.add(
                            parts(number, (added, traits) -> added * (percent - (traits.get(limit) ? 10_000 : 0))));
                    from.add(0L);
                }
                case Limit.MaxItems items -> {
                    conditions.add(parts(number, (added, traits) -> traits.get(limit) ? -1 : 0));
                    from.add((long) items.count());
                }
                case Limit.MaxSum most -> {
                    conditions.add(parts(number, (added, traits) -> traits.get(limit) ? -added : 0));
                    from.add(scaled(most.sum()));
                }
                case Limit.DistinctGroups groups -> {}
            }
        }
        starts[number] = from.stream().mapToLong(Long::longValue).toArray();
        parts[number] = new long[kinds.size()][conditions.size()];
        best[number] = new long[kinds.size() + 1][conditions.size()];
        for (int kind = kinds.size() - 1; kind >= 0; kind--) {
            for (int i = 0; i < conditions.size(); i++) {
                long part = conditions.get(i)[kind];
                parts[number][kind][i] = part;
                best[number][kind][i] = best[number][kind + 1][i]
                        + (part > 0 ? part * kinds.get(kind).size() : 0);
            }
        }
    }

    private interface Part {
        long of(long added, List<Boolean> traits);
    }

    private long[] parts(int sum, Part part) {
        return kinds.stream()
                .mapToLong(kind -> {
                    var signature = kind.signature();
                    long added = signature.added().get(sum);
                    return added == 0 ? 0 : part.of(added, signature.traits().get(sum));
                })
                .toArray();
    }

    /** The awards of all pools, each once, by what the sums can see of them; the largest first, which reaches sums soonest. */
    private List<Kind> kinds(List<List<Held>> pools) {
        var byId = new TreeMap<String, @Nullable Held[]>();
        for (int sum = 0; sum < pools.size(); sum++) {
            for (var held : pools.get(sum)) {
                byId.computeIfAbsent(held.id(), id -> new Held[pools.size()])[sum] = held;
            }
        }
        var kinds = new LinkedHashMap<Signature, Kind>();
        byId.values().stream().sorted(Comparator.comparing(Selection::at)).forEach(seen -> {
            var kind = kinds.computeIfAbsent(signature(seen), signature -> {
                var lists = new ArrayList<List<Held>>();
                pools.forEach(pool -> lists.add(new ArrayList<>()));
                return new Kind(lists, signature);
            });
            for (int sum = 0; sum < seen.length; sum++) {
                var held = seen[sum];
                kind.awards().get(sum).add(held == null ? any(seen) : held);
            }
        });
        return kinds.values().stream()
                .sorted(Comparator.comparing((Kind kind) -> kind.signature().added().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .reversed())
                .toList();
    }

    private static Instant at(@Nullable Held[] seen) {
        return any(seen).at();
    }

    private static Held any(@Nullable Held[] seen) {
        return Arrays.stream(seen).filter(held -> held != null).findFirst().orElseThrow();
    }

    private Signature signature(@Nullable Held[] seen) {
        var added = new ArrayList<Long>();
        var traits = new ArrayList<List<Boolean>>();
        var groups = new ArrayList<Set<String>>();
        for (int i = 0; i < seen.length; i++) {
            var held = seen[i];
            var sum = sums.get(i);
            added.add(held == null ? 0L : scaled(sum.of(held)));
            traits.add(
                    held == null
                            ? List.of()
                            : sum.limits().stream()
                                    .map(limit -> hasTrait(limit, held))
                                    .toList());
            groups.add(
                    held == null || sum.limits().stream().noneMatch(Limit.DistinctGroups.class::isInstance)
                            ? Set.of()
                            : held.labels());
        }
        return new Signature(added, traits, groups);
    }

    /** An award that counts as another achievement too has the traits of both. */
    private boolean hasTrait(Limit limit, Held held) {
        var of = switch (limit) {
            case Limit.MinShare share -> share.of();
            case Limit.MaxShare share -> share.of();
            case Limit.MaxItems items -> items.of();
            case Limit.MaxSum sum -> sum.of();
            case Limit.DistinctGroups groups -> null;
        };
        return of != null
                && forms.getOrDefault(held.id(), List.of(held)).stream().anyMatch(of::isOf);
    }

    private static int decimals(List<CreditSum> sums, List<List<Held>> pools) {
        var amounts = new ArrayList<BigDecimal>();
        for (int i = 0; i < sums.size(); i++) {
            var sum = sums.get(i);
            amounts.add(sum.minimum());
            if (sum.maximum() != null) {
                amounts.add(sum.maximum());
            }
            sum.limits().stream()
                    .flatMap(limit -> limit instanceof Limit.MaxSum most ? Stream.of(most.sum()) : Stream.empty())
                    .forEach(amounts::add);
            pools.get(i).forEach(held -> amounts.add(sum.of(held)));
        }
        return amounts.stream()
                .mapToInt(amount -> Math.max(0, amount.stripTrailingZeros().scale()))
                .max()
                .orElse(0);
    }

    private long scaled(BigDecimal amount) {
        return amount.movePointRight(decimals).longValueExact();
    }

    private static long hundredths(BigDecimal percent) {
        return percent.movePointRight(2).longValueExact();
    }
}

package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which awards can count in which of some sums, in whole numbers: as kinds that no sum can tell apart, and for each sum the conditions
 * of its minimum, its maximum and its limits, each of which holds where its start and its parts come to 0 or more.
 */
final class Countable {

    /** Awards that no sum can tell apart. {@code added} and the conditions' parts are for each sum; 0 where they cannot count in it. */
    record Kind(List<List<Held>> awards, Signature signature) {

        int size() {
            return awards.getFirst().size();
        }
    }

    record Signature(List<Long> added, List<List<Boolean>> traits, List<Set<String>> groups) {}

    private final List<CreditSum> sums;
    private final Map<String, List<Held>> forms;
    private final int decimals;
    private final List<Kind> kinds;
    private final long[][] starts;
    private final long[][][] parts;
    private final long[][][] best;

    Countable(List<CreditSum> sums, List<List<Held>> pools, Facts facts) {
        this.sums = sums;
        this.forms = facts.heldInOrder().stream().collect(Collectors.groupingBy(Held::id));
        this.decimals = decimals(sums, pools);
        this.kinds = kinds(pools);
        this.starts = new long[sums.size()][];
        this.parts = new long[sums.size()][][];
        this.best = new long[sums.size()][][];
        for (int i = 0; i < sums.size(); i++) {
            conditions(i);
        }
    }

    /** For each sum the awards of its pool. */
    static List<List<Held>> pools(List<CreditSum> sums, Facts facts, Instant at) {
        return sums.stream().map(sum -> sum.pool().of(facts, at)).toList();
    }

    List<CreditSum> sums() {
        return sums;
    }

    List<Kind> kinds() {
        return kinds;
    }

    /** Where the conditions of a sum start. The first one is that it is reached. */
    long[] starts(int sum) {
        return starts[sum];
    }

    /** What one award of a kind adds to each condition of a sum. */
    long[] parts(int sum, int kind) {
        return parts[sum][kind];
    }

    /** The most that this kind and those after it can add to each condition of a sum. */
    long[] best(int sum, int kind) {
        return best[sum][kind];
    }

    /** What one award of a kind adds to a sum; 0 where it cannot count in it. */
    long added(int sum, int kind) {
        return kinds.get(kind).signature().added().get(sum);
    }

    long minimum(int sum) {
        return scaled(sums.get(sum).minimum());
    }

    /** The groups that a kind belongs to, of those with the prefix. */
    Stream<String> groups(int sum, int kind, String prefix) {
        return kinds.get(kind).signature().groups().get(sum).stream().filter(label -> label.startsWith(prefix));
    }

    private void conditions(int number) {
        var sum = sums.get(number);
        var conditions = new ArrayList<long[]>();
        var from = new ArrayList<Long>();
        // The first one is that the sum is reached, which a search for what is only near leaves out.
        conditions.add(parts(number, (added, traits) -> added));
        from.add(-scaled(sum.minimum()));
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
        byId.values().stream().sorted(Comparator.comparing(Countable::at)).forEach(seen -> {
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

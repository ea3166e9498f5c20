package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which awards count in which of some sums, no award in two of them: found exactly, by branch and bound. Awards that no sum can tell
 * apart are decided about together, as so many of a kind, so that what is searched grows with how different they are and not with how
 * many. The search ends after a bounded number of steps; what it knows by then is what it says.
 */
final class Selection {

    /** Some milliseconds. Real rules need tens or hundreds: shares, caps and groups tell a few kinds of awards apart. */
    static final int MOST_STEPS = 200_000;

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

    private final Countable countable;
    private final boolean mustReach;
    private final int[][] taken;
    private final int[] left;

    private int steps;
    private long bestWorth = Long.MIN_VALUE;
    private int @Nullable [][] bestTaken;

    private Selection(Countable countable, boolean mustReach) {
        this.countable = countable;
        this.mustReach = mustReach;
        this.taken = new int[countable.sums().size()][countable.kinds().size()];
        this.left = countable.kinds().stream().mapToInt(Countable.Kind::size).toArray();
    }

    /** Whether every sum can be reached at once. */
    static boolean isPossible(List<CreditSum> sums, Facts facts, Instant at) {
        var pools = Countable.pools(sums, facts, at);
        for (int i = 0; i < sums.size(); i++) {
            var all = pools.get(i).stream().map(sums.get(i)::of).reduce(BigDecimal.ZERO, BigDecimal::add);
            if (all.compareTo(sums.get(i).minimum()) < 0) {
                return false;
            }
        }
        return new Selection(new Countable(sums, pools, facts), true).search().isMet();
    }

    /**
     * The awards that reach every sum with as little as possible; where none do, those that reach as many sums as possible and come as
     * near to the others as they can within the limits.
     */
    static Chosen best(List<CreditSum> sums, Facts facts, Instant at) {
        var countable = new Countable(sums, Countable.pools(sums, facts, at), facts);
        var reaching = new Selection(countable, true).search();
        if (reaching.isMet()) {
            return reaching;
        }
        var nearest = new Selection(countable, false).search();
        return new Chosen(nearest.counted(), nearest.reached(), reaching.isDecided());
    }

    private Chosen search() {
        choose(0, 0, countable.starts(0), 0);
        var found = bestTaken;
        if (found == null) {
            return new Chosen(
                    Collections.nCopies(taken.length, List.of()),
                    Collections.nCopies(taken.length, false),
                    steps < MOST_STEPS);
        }
        var counted = new ArrayList<List<Held>>();
        var reached = new ArrayList<Boolean>();
        var next = new int[left.length];
        for (int sum = 0; sum < taken.length; sum++) {
            counted.add(counted(sum, found[sum], next));
            reached.add(isReached(sum, found[sum]));
        }
        return new Chosen(counted, reached, steps < MOST_STEPS);
    }

    /** Of each kind the oldest that no sum before has taken. */
    private List<Held> counted(int sum, int[] counts, int[] next) {
        var counted = new ArrayList<Held>();
        for (int kind = 0; kind < counts.length; kind++) {
            counted.addAll(
                    countable.kinds().get(kind).awards().get(sum).subList(next[kind], next[kind] + counts[kind]));
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
        if (sum == taken.length) {
            if (worth > bestWorth) {
                bestWorth = worth;
                bestTaken = Arrays.stream(taken).map(int[]::clone).toArray(int[][]::new);
            }
            return;
        }
        if (!canHold(sum, kind, values) || worth + bound(sum) <= bestWorth) {
            return;
        }
        if (kind == left.length) {
            if (!mustReach || hasGroups(sum, taken[sum])) {
                var next = sum + 1 < taken.length ? countable.starts(sum + 1) : values;
                choose(sum + 1, 0, next, worth + worth(sum));
            }
            return;
        }
        int most = countable.added(sum, kind) == 0 ? 0 : left[kind];
        for (int count = most; count >= 0; count--) {
            taken[sum][kind] = count;
            left[kind] -= count;
            choose(sum, kind + 1, count == 0 ? values : added(values, countable.parts(sum, kind), count), worth);
            left[kind] += count;
        }
        taken[sum][kind] = 0;
    }

    /** Whether every condition could still hold if all that is left went in its favour. */
    private boolean canHold(int sum, int kind, long[] values) {
        var best = countable.best(sum, kind);
        for (int i = mustReach ? 0 : 1; i < values.length; i++) {
            if (values[i] + best[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static long[] added(long[] values, long[] parts, int count) {
        var sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += parts[i] * count;
        }
        return sum;
    }

    /** The other conditions hold of everything that is searched. */
    private boolean isReached(int sum, int[] counts) {
        return total(sum, counts) >= countable.minimum(sum) && hasGroups(sum, counts);
    }

    private boolean hasGroups(int sum, int[] counts) {
        for (var limit : countable.sums().get(sum).limits()) {
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
                countable.groups(sum, kind, prefix).forEach(groups::add);
            }
        }
        return groups.size();
    }

    private long total(int sum, int[] counts) {
        long total = 0;
        for (int kind = 0; kind < counts.length; kind++) {
            total += countable.added(sum, kind) * counts[kind];
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
        return isReached(sum, taken[sum]) ? reached(sum) : Math.min(total, countable.minimum(sum));
    }

    /** The most that this sum and the sums after it can still be worth. */
    private long bound(int sum) {
        if (mustReach) {
            return -total(sum, taken[sum]);
        }
        long most = 0;
        for (int i = sum; i < taken.length; i++) {
            most += reached(i);
        }
        return most;
    }

    private long reached(int sum) {
        return 1_000_000_000L + countable.minimum(sum);
    }
}

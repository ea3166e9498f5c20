package org.cairn.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be done for a requirement on its cheapest way. Costs are compared by their parts, one after the other, and added part
 * by part: so the cheapest parts of a group, as many as it still wants, are its cheapest way.
 *
 * @param steps the requirements that somebody still has to do something for; one that stands in two places counts in both
 * @param waits those that only wait for a grade or an answer
 * @param met how many are met already: the more, the cheaper
 * @param missing how much of what its steps ask for is missing, each in millionths of it
 */
record Cost(int steps, int waits, long met, long missing) implements Comparable<Cost> {

    static final Cost NOTHING = new Cost(0, 0, 0, 0);

    private static final int WHOLE = 1_000_000;
    private static final Comparator<Cost> LEAST_FIRST = Comparator.comparingInt(Cost::steps)
            .thenComparingInt(Cost::waits)
            .thenComparingLong(cost -> -cost.met())
            .thenComparingLong(Cost::missing);

    /** A part of a group that is not met, and what it costs. */
    record Priced(int part, Evaluation evaluation, Cost cost) {}

    /** What it costs; null where no way is left. */
    static @Nullable Cost of(Evaluation evaluation) {
        return switch (evaluation.state()) {
            case MET -> met(evaluation);
            case CLOSED -> null;
            case WAITING, NOT_YET ->
                Groups.wanted(evaluation.requirement()) == 0 ? leaf(evaluation) : group(evaluation);
        };
    }

    /** The parts of an open group that are not met and can be. */
    static List<Priced> open(Evaluation group) {
        var open = new ArrayList<Priced>();
        for (int i = 0; i < group.parts().size(); i++) {
            var part = group.parts().get(i);
            var cost = part.isMet() ? null : of(part);
            if (cost != null) {
                open.add(new Priced(i, part, cost));
            }
        }
        return open;
    }

    /** Those of them that cost least, as many as are still wanted, in the rule's order; of such that cost the same the first. */
    static List<Priced> cheapest(Evaluation group) {
        return open(group).stream()
                .sorted(Comparator.comparing(Priced::cost))
                .limit(Groups.wanted(group.requirement()) - group.metParts())
                .sorted(Comparator.comparingInt(Priced::part))
                .toList();
    }

    /** Whether a period is asked for that begins with a cohort which the learner has not joined. */
    static boolean isToJoin(Evaluation open) {
        return open.requirement() instanceof Within within
                && within.since() != null
                && open.found().until() == null;
    }

    Cost plus(Cost other) {
        return new Cost(steps + other.steps, waits + other.waits, met + other.met, missing + other.missing);
    }

    @Override
    public int compareTo(Cost other) {
        return LEAST_FIRST.compare(this, other);
    }

    private static Cost met(Evaluation evaluation) {
        return new Cost(0, 0, evaluation.metLeaves(), 0);
    }

    private static Cost group(Evaluation group) {
        var cost = isToJoin(group) ? new Cost(1, 0, 0, WHOLE) : NOTHING;
        for (var part : group.parts()) {
            cost = part.isMet() ? cost.plus(met(part)) : cost;
        }
        for (var chosen : cheapest(group)) {
            cost = cost.plus(chosen.cost());
        }
        return cost;
    }

    private static Cost leaf(Evaluation leaf) {
        return leaf.state() == Evaluation.State.WAITING ? new Cost(0, 1, 0, 0) : new Cost(1, 0, 0, missing(leaf));
    }

    /** All of it, where it is a matter of yes or no or nothing was found. */
    private static long missing(Evaluation leaf) {
        var amount = leaf.found().amount();
        return switch (leaf.requirement()) {
            case Score score -> missing(score.value(), leaf.used() == null ? null : found(score, leaf.used()));
            case Hours hours -> missing(hours.minimum(), amount);
            case Approved approved -> missing(BigDecimal.valueOf(approved.reviewers()), amount);
            case CreditSum sum -> missing(sum.minimum(), amount);
            case Mean mean -> missing(mean.minimum(), amount);
            default -> WHOLE;
        };
    }

    private static long missing(BigDecimal wanted, @Nullable BigDecimal found) {
        return found == null || wanted.signum() == 0
                ? WHOLE
                : wanted.subtract(found)
                        .max(BigDecimal.ZERO)
                        .multiply(BigDecimal.valueOf(WHOLE))
                        .divide(wanted, 0, RoundingMode.CEILING)
                        .longValueExact();
    }

    private static @Nullable BigDecimal found(Score score, Fact used) {
        if (used.score() == null || used.maximum() == null || score.scale() == Score.Scale.POINTS) {
            return used.score();
        }
        return used.maximum().signum() == 0
                ? null
                : used.score().movePointRight(2).divide(used.maximum(), MathContext.DECIMAL128);
    }
}

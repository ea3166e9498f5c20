package org.cairn.rule;

import java.time.Instant;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/** Which single requirements follow from others. What is not sure does not follow. */
final class Implied {

    private Implied() {}

    /** Whether whoever meets {@code one} meets {@code other} too. */
    static boolean implies(Requirement one, Requirement other) {
        return switch (one) {
            case Score score -> other instanceof Score weaker && implies(score, weaker);
            case Completed completed ->
                other instanceof Completed weaker
                        && completed.slot().equals(weaker.slot())
                        && lies(completed.window(), weaker.window());
            case Holds holds ->
                other instanceof Holds weaker
                        && holds.achievement().equals(weaker.achievement())
                        && lies(holds.window(), weaker.window());
            case AllOf all -> false;
            case AnyOf any -> false;
            case AtLeast some -> false;
            case OneBranch branch -> false;
        };
    }

    /** Whether nothing can lie in both windows. */
    static boolean areApart(Window one, Window other) {
        return ends(one, other) || ends(other, one);
    }

    private static boolean implies(Score one, Score other) {
        return one.slot().equals(other.slot())
                && one.scale() == other.scale()
                && isNoLower(one, other)
                && (other.choice() == Score.Choice.BEST
                        ? lies(one.window(), other.window()) && isWithin(one.attempts(), other.attempts())
                        : one.choice() == other.choice()
                                && one.window().equals(other.window())
                                && java.util.Objects.equals(one.attempts(), other.attempts()));
    }

    private static boolean isNoLower(Score one, Score other) {
        int compared = one.value().compareTo(other.value());
        return compared > 0
                || (compared == 0
                        && (one.comparison() == other.comparison() || other.comparison() == Score.Comparison.AT_LEAST));
    }

    private static boolean isWithin(@Nullable Integer attempts, @Nullable Integer more) {
        return more == null || (attempts != null && attempts <= more);
    }

    /** Whether all that lies in one window lies in the other. */
    private static boolean lies(Window in, Window within) {
        return (within.after() == null || (in.after() != null && !in.after().isBefore(within.after())))
                && (within.before() == null
                        || (in.before() != null && !in.before().isAfter(within.before())))
                && isYounger(in.notOlderThan(), within.notOlderThan());
    }

    private static boolean isYounger(@Nullable Period age, @Nullable Period older) {
        return older == null
                || (age != null && age.toTotalMonths() <= older.toTotalMonths() && age.getDays() <= older.getDays());
    }

    private static boolean ends(Window one, Window other) {
        Instant before = one.before();
        return before != null && other.after() != null && !before.isAfter(other.after());
    }
}

package org.cairn.rule;

import java.time.Instant;
import java.time.Period;
import java.util.Objects;
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
            case Holds holds -> other instanceof Holds weaker && implies(holds, weaker);
            case Hours hours ->
                other instanceof Hours weaker
                        && hours.kind().equals(weaker.kind())
                        && hours.minimum().compareTo(weaker.minimum()) >= 0
                        && lies(hours.window(), weaker.window());
            case CreditSum sum ->
                other instanceof CreditSum weaker
                        && Objects.equals(sum.scheme(), weaker.scheme())
                        && sum.minimum().compareTo(weaker.minimum()) >= 0
                        && weaker.maximum() == null
                        && weaker.limits().isEmpty()
                        && sum.pool().equals(weaker.pool());
            case Approved approved ->
                other instanceof Approved weaker
                        && approved.evidence().equals(weaker.evidence())
                        && approved.reviewers() >= weaker.reviewers()
                        && approved.independent() == weaker.independent()
                        && approved.window().equals(weaker.window());
            case Member member ->
                other instanceof Member weaker
                        && member.group() == weaker.group()
                        && member.name().equals(weaker.name())
                        && lies(member.joined(), weaker.joined());
            case Mean mean -> false;
            case AllOf all -> false;
            case AnyOf any -> false;
            case AtLeast some -> false;
            case OneBranch branch -> false;
            case InOrder order -> false;
            case Separately separately -> false;
            case Within within -> false;
        };
    }

    /** Whether nothing can lie in both windows. */
    static boolean areApart(Window one, Window other) {
        return ends(one, other) || ends(other, one);
    }

    private static boolean implies(Holds one, Holds other) {
        return one.achievement().equals(other.achievement())
                && isNoLower(one.minimum(), other.minimum())
                && (other.version() == null || (one.version() != null && one.version() >= other.version()))
                && (other.issuer() == null || other.issuer().equals(one.issuer()))
                && isWithin(one.uses(), other.uses())
                && lies(one.window(), other.window());
    }

    private static boolean isNoLower(@Nullable Mark one, @Nullable Mark other) {
        return other == null || (one != null && one.percent().compareTo(other.percent()) >= 0);
    }

    private static boolean implies(Score one, Score other) {
        return one.slot().equals(other.slot())
                && one.scale() == other.scale()
                && isNoLower(one, other)
                && (other.choice() == Score.Choice.BEST
                        ? lies(one.window(), other.window()) && isWithin(one.attempts(), other.attempts())
                        : one.choice() == other.choice()
                                && one.window().equals(other.window())
                                && Objects.equals(one.attempts(), other.attempts()));
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
                && (within.during() == null || within.during().equals(in.during()))
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

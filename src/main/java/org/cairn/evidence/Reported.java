package org.cairn.evidence;

import java.math.BigDecimal;
import org.cairn.rule.Fact;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of an attempt: a score out of a maximum, that grading is pending, or that no score stands. Scores are exact:
 * up to 12 digits before and 12 after the point.
 *
 * @param isComplete whether the learner has done all of it: what is graded is, unless its source says otherwise
 */
public record Reported(
        Fact.State state,
        @Nullable BigDecimal score,
        @Nullable BigDecimal maximum,
        boolean isComplete) {

    public static final Reported PENDING = new Reported(Fact.State.PENDING, null, null, false);
    public static final Reported CLEARED = new Reported(Fact.State.CLEARED, null, null, false);

    private static final String COMPLETE = " complete";
    static final String UNFINISHED = " unfinished";

    private static final int DIGITS = 12;

    public Reported {
        if ((state == Fact.State.GRADED) != (score != null && maximum != null)) {
            throw new IllegalArgumentException("A grade has a score and a maximum, and nothing else has.");
        }
        if (score != null && maximum != null) {
            score = exact(score, "A score");
            maximum = exact(maximum, "A maximum");
            if (score.signum() < 0) {
                throw new IllegalArgumentException("A score is not negative.");
            }
            if (maximum.signum() <= 0) {
                throw new IllegalArgumentException("A maximum is more than nothing.");
            }
        }
    }

    public static Reported graded(BigDecimal score, BigDecimal maximum) {
        return new Reported(Fact.State.GRADED, score, maximum, true);
    }

    /** The same, and whether all of it was done. */
    Reported complete(boolean isComplete) {
        return new Reported(state, score, maximum, isComplete);
    }

    /** The one text of this value: "18.5/20", "18.5/20 unfinished", "pending", "pending complete", "cleared" or "cleared complete". */
    public String text() {
        return switch (state) {
            case GRADED -> plain(score) + "/" + plain(maximum) + (isComplete ? "" : UNFINISHED);
            case PENDING -> "pending" + (isComplete ? COMPLETE : "");
            case CLEARED -> "cleared" + (isComplete ? COMPLETE : "");
        };
    }

    static Reported of(String text) {
        int space = text.indexOf(' ');
        var value = space < 0 ? text : text.substring(0, space);
        int slash = value.indexOf('/');
        if (slash > 0) {
            return graded(new BigDecimal(value.substring(0, slash)), new BigDecimal(value.substring(slash + 1)))
                    .complete(space < 0);
        }
        return (value.equals("pending") ? PENDING : CLEARED).complete(space > 0);
    }

    private static BigDecimal exact(BigDecimal number, String what) {
        // The bounds come first: stripping the zeros of 1e1000000000 would take all the memory there is.
        if (number.precision() - (long) number.scale() > DIGITS || number.scale() > 4 * DIGITS) {
            throw new IllegalArgumentException(what + " has at most 12 digits before the point and 12 after it.");
        }
        var stripped = number.stripTrailingZeros();
        if (stripped.scale() > DIGITS) {
            throw new IllegalArgumentException(what + " has at most 12 digits before the point and 12 after it.");
        }
        return stripped;
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }
}

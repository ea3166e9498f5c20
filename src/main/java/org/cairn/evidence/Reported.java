package org.cairn.evidence;

import java.math.BigDecimal;
import org.cairn.rule.Fact;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of an attempt: a score out of a maximum, that grading is pending, or that no score stands. Scores are exact:
 * up to 12 digits before and 12 after the point.
 */
public record Reported(
        Fact.State state,
        @Nullable BigDecimal score,
        @Nullable BigDecimal maximum) {

    public static final Reported PENDING = new Reported(Fact.State.PENDING, null, null);
    public static final Reported CLEARED = new Reported(Fact.State.CLEARED, null, null);

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
        return new Reported(Fact.State.GRADED, score, maximum);
    }

    /** The one text of this value: "18.5/20", "pending" or "cleared". */
    public String text() {
        return switch (state) {
            case GRADED -> plain(score) + "/" + plain(maximum);
            case PENDING -> "pending";
            case CLEARED -> "cleared";
        };
    }

    static Reported of(String text) {
        int slash = text.indexOf('/');
        if (slash > 0) {
            return graded(new BigDecimal(text.substring(0, slash)), new BigDecimal(text.substring(slash + 1)));
        }
        return text.equals("pending") ? PENDING : CLEARED;
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

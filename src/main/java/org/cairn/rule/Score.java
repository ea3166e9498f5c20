package org.cairn.rule;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grade of what fills the slot reaches a value. Compared exactly, never rounded: 69.995 is not 70.
 *
 * @param value percent of the maximum, or points, by the scale; 0 to 1,000,000
 * @param letters how percent are read out: in letters; null: as numbers
 * @param window only work done in it counts
 * @param attempts only the first so many attempts count, 1 to 10,000; further ones are as if they had not been
 */
public record Score(
        Slot slot,
        Comparison comparison,
        BigDecimal value,
        Scale scale,
        @Nullable LetterScale letters,
        Choice choice,
        Window window,
        @Nullable Integer attempts)
        implements Requirement {

    /** How a score is compared with the value. */
    public enum Comparison {
        AT_LEAST,
        MORE_THAN
    }

    /** What the value is a number of. */
    public enum Scale {
        PERCENT,
        POINTS
    }

    /** Which of several graded attempts counts: the one with the highest share, the last, or the first. */
    public enum Choice {
        BEST,
        LATEST,
        FIRST
    }

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    public Score {
        value = value.stripTrailingZeros();
        if (value.signum() < 0 || value.compareTo(MOST) > 0 || value.scale() > 12) {
            throw new IllegalArgumentException("A value is a number from 0 to 1,000,000.");
        }
        if (letters != null && (scale != Scale.PERCENT || comparison != Comparison.AT_LEAST)) {
            throw new IllegalArgumentException("A letter is reached by at least so many percent.");
        }
        if (attempts != null && (attempts < 1 || attempts > 10_000)) {
            throw new IllegalArgumentException("Attempts are a number from 1 to 10,000.");
        }
    }

    /** Whether anybody can reach it in what is graded out of {@code maximum}. */
    public boolean canBeReached(BigDecimal maximum) {
        return scale == Scale.PERCENT || !isBeyond(maximum);
    }

    /** The fewest points out of {@code maximum} that are enough, exactly; empty where there is no fewest, since it takes more than some. */
    public Optional<BigDecimal> fewestPoints(BigDecimal maximum) {
        if (comparison == Comparison.MORE_THAN) {
            return Optional.empty();
        }
        var points = scale == Scale.POINTS ? value : value.multiply(maximum).movePointLeft(2);
        return Optional.of(points.stripTrailingZeros());
    }

    /** Whether the value is more than {@code most}, in its own scale. */
    boolean isBeyond(BigDecimal most) {
        int compared = value.compareTo(most);
        return compared > 0 || (compared == 0 && comparison == Comparison.MORE_THAN);
    }

    @Override
    public Set<Slot> slots() {
        return Set.of(slot);
    }
}

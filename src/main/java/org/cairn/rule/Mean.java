package org.cairn.rule;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The mean of the results of all graded awards in the pool reaches a value.
 *
 * @param weights whether a result counts as often as its award has credits
 * @param minimum percent, or grade points where there are letters
 * @param letters turn percent into grade points
 */
public record Mean(
        Weights weights, BigDecimal minimum, @Nullable LetterScale letters, Pool pool) implements Pooled {

    /** How much each result counts. */
    public enum Weights {
        EQUAL,
        CREDITS
    }

    public Mean {
        minimum = minimum.stripTrailingZeros();
        if (minimum.signum() < 0 || minimum.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("A mean is from 0 to 100.");
        }
        if (letters != null && letters.letters().stream().anyMatch(letter -> letter.points() == null)) {
            throw new IllegalArgumentException("A mean needs a scale whose letters all have points.");
        }
    }
}

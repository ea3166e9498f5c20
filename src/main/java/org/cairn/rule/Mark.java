package org.cairn.rule;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A result that has to be reached: 0 to 100 percent, read out in letters where there are any. */
public record Mark(BigDecimal percent, @Nullable LetterScale letters) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Mark {
        percent = percent.stripTrailingZeros();
        if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException("A result is from 0 to 100 percent.");
        }
    }

    boolean isReachedBy(Held held) {
        return held.result() != null && held.result().compareTo(percent) >= 0;
    }
}

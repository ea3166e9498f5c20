package org.cairn.bench.peers;

import java.math.BigDecimal;

/** A mark as a fact of a Drools session; public, since the rules are compiled to classes elsewhere. */
public final class Grade {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String slot;
    private final BigDecimal score;
    private final BigDecimal maximum;

    Grade(String slot, BigDecimal score, BigDecimal maximum) {
        this.slot = slot;
        this.score = score;
        this.maximum = maximum;
    }

    public String getSlot() {
        return slot;
    }

    /** Whether this is at least so many percent of the maximum, exactly. */
    public boolean reaches(int percent) {
        return score.multiply(HUNDRED).compareTo(BigDecimal.valueOf(percent).multiply(maximum)) >= 0;
    }
}

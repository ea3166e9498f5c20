package org.cairn.rule;

import java.time.Period;

/** How long the periods of a rule may be. */
final class Periods {

    private static final int MOST_MONTHS = 1200;
    private static final int MOST_DAYS = 36_525;

    private Periods() {}

    /** Throws IllegalArgumentException unless it is from a day to 100 years. */
    static Period check(Period period) {
        if (period.isZero()
                || period.isNegative()
                || period.toTotalMonths() > MOST_MONTHS
                || period.getDays() > MOST_DAYS) {
            throw new IllegalArgumentException("A period is from a day to 100 years.");
        }
        return period;
    }
}

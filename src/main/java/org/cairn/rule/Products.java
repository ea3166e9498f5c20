package org.cairn.rule;

import java.math.BigDecimal;

/** Compares products of decimals exactly: as longs where all their digits fit into one, as those of grades do, since no object is made then. */
final class Products {

    /** Every number of so many digits is a long. */
    private static final int DIGITS = 18;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private Products() {}

    /** What {@code a.multiply(b).compareTo(c.multiply(d))} says. */
    static int compare(BigDecimal a, BigDecimal b, BigDecimal c, BigDecimal d) {
        long left = (long) a.scale() + b.scale();
        long right = (long) c.scale() + d.scale();
        long scale = Math.max(left, right);
        if (a.precision() + b.precision() + scale - left <= DIGITS
                && c.precision() + d.precision() + scale - right <= DIGITS) {
            return Long.compare(
                    digits(a) * digits(b) * POWERS_OF_TEN[(int) (scale - left)],
                    digits(c) * digits(d) * POWERS_OF_TEN[(int) (scale - right)]);
        }
        return a.multiply(b).compareTo(c.multiply(d));
    }

    // Not unscaledValue(), which makes a BigInteger; the decimal that is made here never leaves and so costs nothing.
    private static long digits(BigDecimal number) {
        return number.scaleByPowerOfTen(number.scale()).longValueExact();
    }

    private static long[] powersOfTen() {
        var powers = new long[DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}

package org.cairn.rule;

import java.math.BigDecimal;

/** An exact quotient, compared as products and never rounded. n/0 is more than any number. */
public record Fraction(BigDecimal numerator, BigDecimal denominator) implements Comparable<Fraction> {

    /** More than any number. */
    public static final Fraction ENDLESS = new Fraction(BigDecimal.ONE, BigDecimal.ZERO);

    /** Less than any share or number of points. */
    public static final Fraction BELOW = new Fraction(BigDecimal.ONE.negate(), BigDecimal.ONE);

    public Fraction {
        if (denominator.signum() < 0 || (denominator.signum() == 0 && numerator.signum() <= 0)) {
            throw new IllegalArgumentException("A quotient has a denominator above nothing, or is endless.");
        }
    }

    public boolean isEndless() {
        return denominator.signum() == 0;
    }

    @Override
    public int compareTo(Fraction other) {
        return Products.compare(numerator, other.denominator, other.numerator, denominator);
    }

    int compareTo(BigDecimal number) {
        return numerator.compareTo(number.multiply(denominator));
    }
}

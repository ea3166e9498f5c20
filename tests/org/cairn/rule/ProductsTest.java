package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Products are compared as BigDecimal compares them, whether or not their digits fit into a long. */
class ProductsTest {

    private final Random random = new Random(20261126);

    @Test
    void any_two_products_are_compared_exactly() {
        for (int i = 0; i < RandomRules.cases(200_000); i++) {
            var a = number();
            var b = number();
            var c = number();
            check(a, b, c, number());
            // Nearly the same, and the same in other digits.
            check(a, b, b, a.add(BigDecimal.ONE.scaleByPowerOfTen(-random.nextInt(25))));
            check(a, b, b.setScale(b.scale() + random.nextInt(4)), a);
        }
    }

    @Test
    void the_longest_digits_that_fit_and_the_shortest_that_do_not() {
        var nines = new BigDecimal("999999999");
        check(nines, nines, nines, nines);
        check(nines, nines, nines, nines.subtract(BigDecimal.ONE));
        check(nines, new BigDecimal("9999999999"), nines, nines);
        check(nines, nines, new BigDecimal("0.1"), nines);
        check(new BigDecimal("999999999999999999"), BigDecimal.ONE, new BigDecimal("1e17"), BigDecimal.TEN);
        check(BigDecimal.valueOf(Long.MIN_VALUE), BigDecimal.ONE, BigDecimal.valueOf(Long.MAX_VALUE), BigDecimal.ONE);
    }

    @Test
    void scales_beyond_all_measure_do_not_overflow() {
        var huge = new BigDecimal(BigInteger.ONE, -1_000_000_000);
        var tiny = new BigDecimal(BigInteger.ONE, 1_000_000_000);
        check(huge, huge, tiny, tiny);
        check(huge, tiny, tiny, huge);
        check(huge, tiny, BigDecimal.ONE, BigDecimal.TEN);
    }

    private void check(BigDecimal a, BigDecimal b, BigDecimal c, BigDecimal d) {
        int expected = a.multiply(b).compareTo(c.multiply(d));
        if (Products.compare(a, b, c, d) != expected) {
            assertThat("%s * %s against %s * %s".formatted(a, b, c, d))
                    .as("compared to be %d", expected)
                    .isEmpty();
        }
    }

    /** Of 1 to 30 digits, the fewer the likelier; whole, with decimals or with zeros at its end; now and then negative or zero. */
    private BigDecimal number() {
        int digits = 1 + random.nextInt(random.nextInt(8) == 0 ? 30 : 9);
        var unscaled = new BigInteger(digits * 3, random);
        return new BigDecimal(random.nextInt(10) == 0 ? unscaled.negate() : unscaled, random.nextInt(12) - 3);
    }
}

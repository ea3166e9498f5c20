package org.cairn.rule;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Awards of the pool can be chosen so that their credits come to the minimum, not beyond the maximum, and within every limit.
 *
 * @param minimum more than 0, up to 10,000
 * @param scheme the credits that are added ("ects"); null: each award counts as one
 */
public record CreditSum(
        @Nullable String scheme,
        BigDecimal minimum,
        @Nullable BigDecimal maximum,
        Pool pool,
        List<Limit> limits) implements Pooled {

    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);

    public CreditSum {
        minimum = amount(minimum);
        maximum = maximum == null ? null : amount(maximum);
        limits = List.copyOf(limits);
        if (minimum.signum() == 0) {
            throw new IllegalArgumentException("A sum has a minimum of more than 0.");
        }
        if (maximum != null && maximum.compareTo(minimum) < 0) {
            throw new IllegalArgumentException("The most of a sum is not below its least.");
        }
        if (scheme != null && (scheme.isBlank() || scheme.length() > 40 || scheme.equals("awards"))) {
            throw new IllegalArgumentException("Credits have a name of 1 to 40 characters that is not \"awards\".");
        }
        if (limits.size() > 20) {
            throw new IllegalArgumentException("A sum has at most 20 limits.");
        }
    }

    /** What an award adds. */
    BigDecimal of(Held held) {
        return scheme == null ? BigDecimal.ONE : scheme.equals(held.scheme()) ? held.credits() : BigDecimal.ZERO;
    }

    static BigDecimal amount(BigDecimal amount) {
        var plain = amount.stripTrailingZeros();
        if (plain.signum() < 0 || plain.compareTo(MOST) > 0 || plain.scale() > 3) {
            throw new IllegalArgumentException("An amount is a number from 0 to 10,000 with at most three decimals.");
        }
        return plain;
    }
}

package org.cairn.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Mean comes to: kept as a sum and a weight, since their quotient would have to be rounded. */
record Means(Mean mean, List<Held> graded, BigDecimal sum, BigDecimal weight) {

    static Means of(Mean mean, List<Held> pool) {
        var graded = pool.stream().filter(held -> held.result() != null).toList();
        var sum = BigDecimal.ZERO;
        var weight = BigDecimal.ZERO;
        for (var held : graded) {
            var counts = mean.weights() == Mean.Weights.CREDITS ? held.credits() : BigDecimal.ONE;
            sum = sum.add(counts.multiply(value(mean, held)));
            weight = weight.add(counts);
        }
        return new Means(mean, graded, sum, weight);
    }

    boolean isReached() {
        return weight.signum() > 0 && sum.compareTo(mean.minimum().multiply(weight)) >= 0;
    }

    /** For reading, rounded down so that it never shows a line as reached that is not; null where there is nothing to take a mean of. */
    @Nullable
    BigDecimal rounded() {
        return weight.signum() == 0
                ? null
                : sum.divide(weight, 3, RoundingMode.FLOOR).stripTrailingZeros();
    }

    private static BigDecimal value(Mean mean, Held held) {
        var percent = held.result() == null ? BigDecimal.ZERO : held.result();
        if (mean.letters() == null) {
            return percent;
        }
        var points = mean.letters().of(percent).points();
        return points == null ? BigDecimal.ZERO : points;
    }
}

package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody supposes that she also does at an activity: a grade, in percent of its maximum or in points; or without a value, to do
 * all of it.
 *
 * @param value percent: 0 to 100; points: 0 to 1,000,000
 */
public record Supposition(@Nullable BigDecimal value, Score.Scale scale) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    public Supposition {
        if (value != null
                && (value.signum() < 0
                        || value.compareTo(scale == Score.Scale.PERCENT ? HUNDRED : MOST) > 0
                        || value.scale() > 12)) {
            throw new IllegalArgumentException("A grade is from 0 to 100 percent, or 0 to 1,000,000 points.");
        }
    }

    /** The attempts as they would be: what waits to be graded is graded so, or there is one attempt more. */
    public List<Fact> with(List<Fact> attempts, Instant at) {
        var then = new ArrayList<>(attempts);
        int number = 0;
        int pending = -1;
        for (int i = 0; i < then.size(); i++) {
            number = Math.max(number, then.get(i).attempt());
            if (then.get(i).state() == Fact.State.PENDING
                    && (pending < 0 || then.get(pending).attempt() < then.get(i).attempt())) {
                pending = i;
            }
        }
        if (pending >= 0) {
            var waiting = then.get(pending);
            then.set(pending, fact(waiting.attempt(), maximum(attempts), waiting.at()));
        } else {
            then.add(fact(number + 1, maximum(attempts), at));
        }
        return then;
    }

    private Fact fact(int attempt, BigDecimal known, Instant at) {
        if (value == null) {
            return new Fact(attempt, Fact.State.CLEARED, null, null, true, at, Strength.STRONG);
        }
        var maximum = scale == Score.Scale.POINTS ? known.max(value) : known;
        var score =
                scale == Score.Scale.POINTS ? value : value.multiply(maximum).movePointLeft(2);
        return new Fact(attempt, Fact.State.GRADED, score, maximum, true, at, Strength.STRONG);
    }

    /** Out of how much the activity was graded before; 100 where it was not. */
    private static BigDecimal maximum(List<Fact> attempts) {
        return attempts.stream()
                .map(Fact::maximum)
                .filter(maximum -> maximum != null && maximum.signum() > 0)
                .reduce(BigDecimal::max)
                .orElse(HUNDRED);
    }
}

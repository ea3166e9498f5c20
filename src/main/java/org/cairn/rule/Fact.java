package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands of one attempt at an activity.
 *
 * @param attempt counted from 1
 * @param score present where graded, with its maximum
 * @param isComplete whether the learner has done all of it, graded or not
 * @param at when the work was done, which is what deadlines are measured against
 */
public record Fact(
        int attempt,
        State state,
        @Nullable BigDecimal score,
        @Nullable BigDecimal maximum,
        boolean isComplete,
        Instant at,
        Strength strength) {

    /** Graded; handed in and waiting to be graded; or without a grade that stands. */
    public enum State {
        GRADED,
        PENDING,
        CLEARED
    }

    public Fact {
        if ((state == State.GRADED) != (score != null && maximum != null)) {
            throw new IllegalArgumentException("A graded attempt has a score and a maximum, and no other has.");
        }
    }

    /** The same without saying how good it was. */
    Fact withoutGrade() {
        return state == State.GRADED ? new Fact(attempt, State.CLEARED, null, null, isComplete, at, strength) : this;
    }
}

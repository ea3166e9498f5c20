package org.cairn.rule;

import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requirement is met by what happened within one period.
 *
 * @param since the cohort that the learner joined when the period began; null: it begins whenever is best for her
 */
public record Within(Period period, @Nullable String since, Requirement requirement) implements Requirement {

    public Within {
        Periods.check(period);
        if (since != null && (since.isBlank() || since.length() > 100)) {
            throw new IllegalArgumentException("A cohort has a name of 1 to 100 characters.");
        }
    }

    @Override
    public boolean asksTheRegister() {
        return since != null || requirement.asksTheRegister();
    }

    @Override
    public List<Requirement> of() {
        return List.of(requirement);
    }
}

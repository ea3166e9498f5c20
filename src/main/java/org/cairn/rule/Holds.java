package org.cairn.rule;

import java.util.Set;
import org.cairn.AchievementId;

/** The learner holds this achievement, and was awarded it in the window. Several of them are a group of several Holds. */
public record Holds(AchievementId achievement, Window window) implements Requirement {

    @Override
    public Set<AchievementId> achievements() {
        return Set.of(achievement);
    }
}

package org.cairn.rule;

import java.util.Set;
import org.cairn.AchievementId;

/** What is decided by all the awards of a pool together. */
public sealed interface Pooled extends Requirement permits CreditSum, Mean {

    /** Which awards may count. */
    Pool pool();

    @Override
    default Set<AchievementId> achievements() {
        return pool().trait().achievements();
    }

    @Override
    default boolean asksForAwards() {
        return true;
    }

    @Override
    default Set<Trait> traits() {
        return pool().traits();
    }
}

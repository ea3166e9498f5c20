package org.cairn.rule;

import java.util.function.Function;
import org.cairn.AchievementId;

/** What people call the slots and achievements of a rule. */
public record Names(Function<Slot, String> slots, Function<AchievementId, String> achievements) {

    String of(Slot slot) {
        return slots.apply(slot);
    }

    String of(AchievementId achievement) {
        return achievements.apply(achievement);
    }
}

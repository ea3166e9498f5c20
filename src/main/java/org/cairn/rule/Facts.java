package org.cairn.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;

/**
 * Everything that an evaluation sees of a learner: her attempts by slot, in any order, what she holds since when, and the zone of the
 * institution's calendar.
 */
public record Facts(Map<Slot, List<Fact>> attempts, Map<AchievementId, Instant> held, ZoneId zone) {

    List<Fact> attempts(Slot slot) {
        return attempts.getOrDefault(slot, List.of());
    }
}

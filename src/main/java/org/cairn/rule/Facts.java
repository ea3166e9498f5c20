package org.cairn.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;

/** Everything that an evaluation sees of a learner: her attempts by slot, in any order, and what she holds since when. */
public record Facts(Map<Slot, List<Fact>> scores, Map<AchievementId, Instant> held) {

    List<Fact> scores(Slot slot) {
        return scores.getOrDefault(slot, List.of());
    }
}

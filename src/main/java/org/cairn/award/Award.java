package org.cairn.award;

import java.time.Instant;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.rule.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a learner earned a version of an achievement, with the evaluation that said so.
 *
 * @param course where it was earned; null for what is earned across courses
 * @param revocation null while it stands
 */
public record Award(
        AwardId id,
        TenantId tenant,
        LearnerId learner,
        AchievementId achievement,
        int version,
        @Nullable CourseId course,
        Instant awardedAt,
        Evaluation evaluation,
        @Nullable Revocation revocation) {

    /** When and why an award was taken back. */
    public record Revocation(Instant at, String reason) {}

    public boolean stands() {
        return revocation == null;
    }
}

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
 * @param occurrence which award of this achievement it is to her, from 1
 * @param course where it was earned; null for what is earned across courses
 * @param expiresAt when it ends; null: never
 * @param title beside the achievement's name; null: none
 * @param revocation null while it stands
 */
public record Award(
        AwardId id,
        TenantId tenant,
        LearnerId learner,
        AchievementId achievement,
        int version,
        int occurrence,
        @Nullable CourseId course,
        Instant awardedAt,
        @Nullable Instant expiresAt,
        @Nullable String title,
        Evaluation evaluation,
        @Nullable Revocation revocation) {

    /** When and why an award was taken back. */
    public record Revocation(Instant at, String reason) {}

    /** Whether it was valid for a time that is over. */
    public boolean hasEnded(Instant at) {
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    public boolean stands() {
        return revocation == null;
    }
}

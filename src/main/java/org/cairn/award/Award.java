package org.cairn.award;

import java.time.Instant;
import org.cairn.AccountId;
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
 * @param last the step of its life that decides whether it stands
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
        Step last) {

    /**
     * What became of an award, when and why.
     *
     * @param by who did it; null: Cairn itself
     */
    public record Step(Kind kind, Instant at, @Nullable AccountId by, String reason) {

        public enum Kind {
            AWARDED,
            SUSPENDED,
            REINSTATED,
            REVOKED
        }

        static Step awarded(Instant at) {
            return new Step(Kind.AWARDED, at, null, "The rule is met.");
        }

        public boolean stands() {
            return kind == Kind.AWARDED || kind == Kind.REINSTATED;
        }

        /** What a person decided is no report's to change. */
        boolean isByPerson() {
            return by != null;
        }

        /** Revoked by Cairn itself, because reports no longer met its rule: it can be earned again as if it had never been. */
        boolean isUndone() {
            return kind == Kind.REVOKED && !isByPerson();
        }
    }

    Columns.Holder holder() {
        return new Columns.Holder(learner, achievement);
    }

    /** Whether it was valid for a time that is over. */
    public boolean hasEnded(Instant at) {
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    public boolean stands() {
        return last.stands();
    }

    public boolean isSuspended() {
        return last.kind() == Step.Kind.SUSPENDED;
    }

    public boolean isRevoked() {
        return last.kind() == Step.Kind.REVOKED;
    }

    /** Revoked because reports no longer met its rule: it can be earned again. */
    public boolean isUndone() {
        return last.isUndone();
    }
}

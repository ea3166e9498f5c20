package org.cairn.award;

import java.time.Instant;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Attachment;
import org.cairn.rule.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * How a learner stands with one achievement.
 *
 * @param attachment where in the course it is attached; null for a stack above it
 * @param award what she was awarded, if anything; it may be revoked
 * @param evaluation where she stands now, whatever was awarded; after an award that has ended, by what she showed since
 * @param at now
 */
public record Standing(
        Achievement achievement,
        @Nullable Attachment attachment,
        @Nullable Award award,
        Evaluation evaluation,
        Instant at) {

    public boolean isHeld() {
        return award != null && award.stands() && !award.hasEnded(at);
    }

    /** Held until a time that is over; it can be earned again. */
    public boolean hasEnded() {
        return award != null && award.stands() && award.hasEnded(at);
    }

    /** Taken by a person, for good. */
    public boolean isRevoked() {
        return award != null && award.isRevoked() && !award.isUndone();
    }

    public boolean isSuspended() {
        return award != null && award.isSuspended();
    }

    /** Taken because reports no longer met its rule; it can be earned again. */
    public boolean isUndone() {
        return award != null && award.isUndone();
    }

    /** Whether she can still earn it: she does not hold it, nobody took it from her, and it is offered. */
    public boolean isOpen() {
        return !isHeld() && !isRevoked() && !isSuspended() && !achievement.isRetired();
    }

    /** Whether she never had it, or is as if she had not. */
    public boolean isNew() {
        return award == null || award.isUndone();
    }
}

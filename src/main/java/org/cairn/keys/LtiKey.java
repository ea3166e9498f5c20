package org.cairn.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs what LMSs are sent, and where it stands in its life.
 *
 * @param activeAt from when it signs
 * @param replacedAt from when another one signs instead, which may be yet to come; null where none does
 */
public record LtiKey(
        String kid,
        State state,
        Instant createdAt,
        Instant activeAt,
        @Nullable Instant replacedAt) {

    public enum State {
        /** Published and signing nothing yet, so that every LMS can fetch it first. */
        NEXT,
        /** The one that signs. */
        ACTIVE,
        /** Signs nothing more; published for those who still check what it signed. */
        RETIRING,
        RETIRED,
        /** Not to be believed. */
        WITHDRAWN;

        public boolean isPublished() {
            return this == NEXT || this == ACTIVE || this == RETIRING;
        }
    }

    /** Until when LMSs may fetch it; null where that is not known yet. */
    public @Nullable Instant until() {
        return replacedAt == null ? null : replacedAt.plus(Keys.OVERLAP);
    }
}

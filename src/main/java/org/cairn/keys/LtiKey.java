package org.cairn.keys;

import java.time.Instant;

/** A key that signs what LMSs are sent, and where it stands in its life. {@code activeAt} is from when it signs. */
public record LtiKey(String kid, State state, Instant createdAt, Instant activeAt) {

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

        boolean isPublished() {
            return this == NEXT || this == ACTIVE || this == RETIRING;
        }
    }
}

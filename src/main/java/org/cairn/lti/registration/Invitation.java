package org.cairn.lti.registration;

import java.time.Instant;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An LMS may register itself with Cairn, once, for this tenant.
 *
 * @param id the hash of its secret, 64 hexadecimal digits: it names the invitation and opens nothing
 * @param label what the administrator calls the LMS; the platform gets this name
 * @param usedAt null until an LMS registered
 * @param platform what was registered with it; null until then
 * @param withdrawnAt null unless an administrator took it back
 */
public record Invitation(
        String id,
        TenantId tenant,
        String label,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable PlatformId platform,
        @Nullable Instant withdrawnAt) {

    public enum State {
        OPEN,
        USED,
        EXPIRED,
        WITHDRAWN
    }

    public State state(Instant now) {
        if (usedAt != null) {
            return State.USED;
        }
        if (withdrawnAt != null) {
            return State.WITHDRAWN;
        }
        return now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
    }
}

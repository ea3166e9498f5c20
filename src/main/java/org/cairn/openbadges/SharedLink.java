package org.cairn.openbadges;

import java.time.Instant;
import org.cairn.CredentialId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A learner's link to one of her credentials, for a time.
 *
 * @param id the digest of its secret, 64 hexadecimal digits
 * @param note for whom it is, in her words; may be empty
 * @param endedAt when she ended it before its time; null where she did not
 */
public record SharedLink(
        String id,
        TenantId tenant,
        CredentialId credential,
        String note,
        Instant createdAt,
        Instant endsAt,
        @Nullable Instant endedAt) {

    public boolean isOpen(Instant now) {
        return endedAt == null && now.isBefore(endsAt);
    }
}

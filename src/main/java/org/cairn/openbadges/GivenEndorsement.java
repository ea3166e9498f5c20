package org.cairn.openbadges;

import java.time.Instant;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An endorsement that an institution gave.
 *
 * @param subject the id of what it endorses, somebody else's achievement, credential or profile
 * @param jwt the compact VC-JWT
 * @param proved the same as JSON with a Data Integrity proof
 * @param index of its bit in the issuer's list {@link #LIST}
 * @param revokedAt null while it stands
 */
public record GivenEndorsement(
        CredentialId id,
        TenantId tenant,
        IssuerId issuer,
        String subject,
        String jwt,
        String proved,
        int index,
        Instant givenAt,
        @Nullable Instant revokedAt) {

    /** The number of the status list that has the bits of endorsements and of nothing else: far above those of credentials. */
    static final int LIST = 100_000;
}

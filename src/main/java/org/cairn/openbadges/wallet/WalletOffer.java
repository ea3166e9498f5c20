package org.cairn.openbadges.wallet;

import java.time.Instant;
import org.cairn.CredentialId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An offer that a wallet has exchanged for an access token.
 *
 * @param id the digest of its code
 * @param credential the form whose copy the wallet gets
 * @param wallet the DID of the key that the copy was bound to; null before there is one
 */
public record WalletOffer(
        String id,
        TenantId tenant,
        CredentialId credential,
        Instant tokenEndsAt,
        @Nullable String wallet) {}

package org.cairn.openbadges;

import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.cairn.keys.KeyAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Who signs a tenant's credentials, as people read it and as credentials name it.
 *
 * @param country two letters (ISO 3166-1)
 * @param did what credentials call it: a did:web, or a did:key, which is its Ed25519 key; null: by its address here
 * @param tokens what its tokens are signed with
 */
public record IssuerProfile(
        TenantId tenant,
        IssuerId id,
        String name,
        @Nullable String url,
        @Nullable String email,
        @Nullable String country,
        @Nullable String did,
        TokenAlgorithm tokens) {

    /** Whether it is a key, for trials: nothing has to be published, and the key can never change. */
    public boolean isKey() {
        return did != null && did.startsWith("did:key:");
    }

    /** What its tokens are signed with. */
    KeyAlgorithm signing() {
        if (isKey()) {
            return KeyAlgorithm.ED25519;
        }
        return switch (tokens) {
            case ES256 -> KeyAlgorithm.ES256;
            case RS256 -> KeyAlgorithm.RS256;
        };
    }

    /** The two that every verifier of Open Badges reads; RS256, whose signatures are four times as long, for who needs it. */
    public enum TokenAlgorithm {
        ES256,
        RS256
    }
}

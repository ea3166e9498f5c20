package org.cairn.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with which an issuer signs, will sign or has signed.
 *
 * @param activeAt from when it signs
 * @param withdrawnAt since when nobody shall believe it; null where it is to be believed
 */
public record IssuerKey(
        PublicSigningKey published,
        State state,
        Instant activeAt,
        @Nullable Instant withdrawnAt) {

    public enum State {
        /** Published and signing nothing yet, so that whoever keeps the issuer's document has it in time. */
        NEXT,
        ACTIVE,
        /** Signs nothing more; what it signed is believed for ever. */
        RETIRED,
        /** Not to be believed, whatever it signed. */
        WITHDRAWN
    }

    public String kid() {
        return published.kid();
    }
}

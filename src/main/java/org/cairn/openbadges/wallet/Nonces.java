package org.cairn.openbadges.wallet;

import java.time.Duration;
import java.time.Instant;
import org.cairn.keys.Keys;

/**
 * Nonces for proofs of keys (OpenID4VCI 1.0 §7): the end of their time, sealed under the master key, so that any node knows one, nobody can make
 * or foresee one, and who asks for many fills nothing.
 */
public final class Nonces {

    private static final String PURPOSE = "openbadges/nonce";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Keys keys;

    public Nonces(Keys keys) {
        this.keys = keys;
    }

    public String fresh(Instant now) {
        return keys.seal(PURPOSE, String.valueOf(now.plus(LIFE).toEpochMilli()));
    }

    boolean isGood(String nonce, Instant now) {
        return keys.open(PURPOSE, nonce)
                .filter(end -> now.toEpochMilli() < Long.parseLong(end))
                .isPresent();
    }
}

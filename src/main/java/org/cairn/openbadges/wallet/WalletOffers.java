package org.cairn.openbadges.wallet;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.cairn.CredentialId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.openbadges.Secret;
import org.jooq.DSLContext;

/**
 * Credentials offered to wallets by the pre-authorised code flow (OpenID4VCI 1.0 §3.5): a code of 256 bits, good once and for ten minutes, which needs
 * a transaction code of six digits that may be wrong four times; and the token that a wallet gets for both. Only digests are kept, that of the six
 * digits together with the code: who reads the database can try out none.
 */
public final class WalletOffers {

    public static final Duration OPEN = Duration.ofMinutes(10);
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    public static final int PIN_LENGTH = 6;

    private static final int MOST_TRIES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WalletOffers() {}

    /** What a learner's wallet needs; nothing of it is ever to be had again. */
    public record Secrets(String code, String pin) {

        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    /** Offers a credential, in place of what was offered of it before and not taken. */
    public static Secrets offer(DSLContext db, TenantId tenant, CredentialId credential, Instant now) {
        var secrets = new Secrets(Secret.fresh(), String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000)));
        WalletOfferStore.put(
                db,
                tenant,
                credential,
                Sha256.hex(secrets.code()),
                hash(secrets.code(), secrets.pin()),
                now.plus(OPEN));
        return secrets;
    }

    /** The access token for a code and its transaction code; empty where they do not fit, which is counted, or fit no longer. */
    public static Optional<String> take(DSLContext db, String code, String pin, Instant now) {
        var token = Secret.fresh();
        boolean isTaken = WalletOfferStore.take(
                db, Sha256.hex(code), hash(code, pin), MOST_TRIES, Sha256.hex(token), now.plus(TOKEN_LIFE), now);
        if (isTaken) {
            return Optional.of(token);
        }
        WalletOfferStore.miss(db, Sha256.hex(code));
        return Optional.empty();
    }

    /** What a token is good for. */
    public static Optional<WalletOffer> find(DSLContext db, String token, Instant now) {
        return WalletOfferStore.find(db, Sha256.hex(token), now);
    }

    /** Binds an offer to a wallet's key; false where it is bound to another one. */
    public static boolean bind(DSLContext db, WalletOffer offer, String wallet) {
        return WalletOfferStore.bind(db, offer, wallet);
    }

    /** Forgets what is over. */
    public static int sweep(DSLContext db, Instant now) {
        return WalletOfferStore.sweep(db, now.minus(OPEN));
    }

    private static String hash(String code, String pin) {
        return Sha256.hex(code + "|" + pin);
    }
}

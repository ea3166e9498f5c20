package org.cairn.lti;

import static org.cairn.db.schema.Tables.USED_NONCE;

import java.time.Instant;
import org.cairn.PlatformId;
import org.cairn.Sha256;
import org.jooq.DSLContext;

/** Nonces that were used up, kept only as hashes and until nobody could use them any more. */
final class NonceStore {

    private NonceStore() {}

    static boolean isUsed(DSLContext db, PlatformId platform, String nonce) {
        return db.fetchExists(
                USED_NONCE, USED_NONCE.PLATFORM_ID.eq(platform), USED_NONCE.NONCE_HASH.eq(Sha256.hex(nonce)));
    }

    /** Of two launches at once, on whichever nodes, one fails the primary key here; Database runs it again, and then it {@link #isUsed}. */
    static void use(DSLContext db, PlatformId platform, String nonce, Instant expiresAt) {
        db.insertInto(USED_NONCE)
                .set(USED_NONCE.PLATFORM_ID, platform)
                .set(USED_NONCE.NONCE_HASH, Sha256.hex(nonce))
                .set(USED_NONCE.EXPIRES_AT, expiresAt)
                .execute();
    }

    /** Removes what expired before; returns how many there were. */
    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(USED_NONCE).where(USED_NONCE.EXPIRES_AT.lt(before)).execute();
    }
}

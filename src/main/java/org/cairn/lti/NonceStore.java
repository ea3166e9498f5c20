package org.cairn.lti;

import static org.cairn.db.schema.Tables.USED_NONCE;
import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import org.cairn.PlatformId;
import org.cairn.Sha256;
import org.jooq.DSLContext;

/** Nonces that were used up, kept only as hashes and until nobody could use them any more. */
final class NonceStore {

    private NonceStore() {}

    /**
     * Uses it up, and says whether it was there to be used. Of two launches at once, on whichever nodes, one fails the primary key; Database
     * runs it again, and then it is used.
     */
    static boolean use(DSLContext db, PlatformId platform, String nonce, Instant expiresAt) {
        var hash = Sha256.hex(nonce);
        // Casts, since H2 cannot tell the type of a bare parameter that is selected.
        var row = select(
                        cast(val(platform, USED_NONCE.PLATFORM_ID), USED_NONCE.PLATFORM_ID),
                        cast(val(hash), USED_NONCE.NONCE_HASH),
                        cast(val(expiresAt, USED_NONCE.EXPIRES_AT), USED_NONCE.EXPIRES_AT))
                .whereNotExists(selectOne()
                        .from(USED_NONCE)
                        .where(USED_NONCE.PLATFORM_ID.eq(platform), USED_NONCE.NONCE_HASH.eq(hash)));
        return db.insertInto(USED_NONCE, USED_NONCE.PLATFORM_ID, USED_NONCE.NONCE_HASH, USED_NONCE.EXPIRES_AT)
                        .select(row)
                        .execute()
                == 1;
    }

    /** Removes what expired before; returns how many there were. */
    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(USED_NONCE).where(USED_NONCE.EXPIRES_AT.lt(before)).execute();
    }
}

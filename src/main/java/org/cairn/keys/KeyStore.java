package org.cairn.keys;

import static org.cairn.db.schema.Tables.SIGNING_KEY;

import java.time.Instant;
import java.util.List;
import org.cairn.db.schema.tables.records.SigningKeyRecord;
import org.jooq.DSLContext;

/** Stored keys; the private halves encrypted. */
final class KeyStore {

    private KeyStore() {}

    /** An owner's keys, the newest first. */
    static List<SigningKeyRecord> list(DSLContext db, String owner) {
        return db.selectFrom(SIGNING_KEY)
                .where(SIGNING_KEY.OWNER.eq(owner))
                .orderBy(SIGNING_KEY.NUMBER.desc())
                .fetch();
    }

    static void insert(DSLContext db, SigningKeyRecord key) {
        db.insertInto(SIGNING_KEY).set(key).execute();
    }

    /** Every owner's keys. */
    static List<SigningKeyRecord> listAll(DSLContext db) {
        return db.selectFrom(SIGNING_KEY).fetch();
    }

    static void retire(DSLContext db, String kid, Instant now) {
        db.update(SIGNING_KEY)
                .set(SIGNING_KEY.RETIRED_AT, now)
                .where(SIGNING_KEY.KID.eq(kid))
                .execute();
    }

    /** Returns how many keys there were to withdraw: one, or none. */
    static int withdraw(DSLContext db, String owner, String kid, Instant now) {
        return db.update(SIGNING_KEY)
                .set(SIGNING_KEY.WITHDRAWN_AT, now)
                .where(SIGNING_KEY.OWNER.eq(owner), SIGNING_KEY.KID.eq(kid), SIGNING_KEY.WITHDRAWN_AT.isNull())
                .execute();
    }

    static void activate(DSLContext db, String owner, String kid, Instant now) {
        db.update(SIGNING_KEY)
                .set(SIGNING_KEY.ACTIVE_AT, now)
                .where(SIGNING_KEY.OWNER.eq(owner), SIGNING_KEY.KID.eq(kid))
                .execute();
    }
}

package org.cairn.openbadges.verification;

import static org.cairn.db.schema.Tables.STANDARD;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** Published contexts and schemas as fetched, of nobody and for everybody. */
final class StandardStore {

    private StandardStore() {}

    static Optional<String> find(DSLContext db, String address) {
        return db.select(STANDARD.BODY)
                .from(STANDARD)
                .where(STANDARD.ADDRESS.eq(address))
                .fetchOptional(STANDARD.BODY);
    }

    static void save(DSLContext db, String address, String body, Instant now) {
        if (find(db, address).isEmpty()) {
            db.insertInto(STANDARD)
                    .set(STANDARD.ADDRESS, address)
                    .set(STANDARD.BODY, body)
                    .set(STANDARD.FETCHED_AT, now)
                    .execute();
        }
    }
}

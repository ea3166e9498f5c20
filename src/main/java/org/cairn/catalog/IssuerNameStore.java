package org.cairn.catalog;

import static org.cairn.db.schema.Tables.ISSUER_NAME;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.IssuerId;
import org.cairn.db.schema.tables.records.IssuerNameRecord;
import org.cairn.openbadges.IssuerProfile;
import org.jooq.DSLContext;

/** Everything that credentials ever called an issuer: by each of these names it answers for ever. */
public final class IssuerNameStore {

    private IssuerNameStore() {}

    /** Public, as the issuer itself. */
    public static Set<String> names(DSLContext db, IssuerId issuer) {
        return db.select(ISSUER_NAME.NAME)
                .from(ISSUER_NAME)
                .where(ISSUER_NAME.ISSUER_ID.eq(issuer))
                .fetchSet(ISSUER_NAME.NAME);
    }

    /** Public: whose name this is. */
    public static Optional<IssuerId> find(DSLContext db, String name) {
        return db.select(ISSUER_NAME.ISSUER_ID)
                .from(ISSUER_NAME)
                .where(ISSUER_NAME.NAME.eq(name))
                .fetchOptional(ISSUER_NAME.ISSUER_ID);
    }

    /** Of every tenant's issuer. */
    public static Set<String> list(DSLContext db) {
        return db.select(ISSUER_NAME.NAME).from(ISSUER_NAME).fetchSet(ISSUER_NAME.NAME);
    }

    /** Keeps what credentials call these issuers from now on. */
    public static void remember(DSLContext db, Map<IssuerProfile, String> names, Instant now) {
        var known = list(db);
        db.batchInsert(names.entrySet().stream()
                        .filter(entry -> !known.contains(entry.getValue()))
                        .map(entry -> new IssuerNameRecord(
                                entry.getKey().tenant(), entry.getKey().id(), entry.getValue(), now))
                        .toList())
                .execute();
    }
}

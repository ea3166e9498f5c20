package org.cairn.openbadges.backpack;

import static org.cairn.db.schema.Tables.BROUGHT_CREDENTIAL;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.BroughtCredentialRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What learners' apps brought here. */
public final class BroughtStore {

    private BroughtStore() {}

    /** In place of an earlier text of the same credential, where there is one. */
    public static void put(DSLContext db, Brought brought, String body) {
        remove(db, brought.tenant(), brought.learner(), brought.id());
        db.executeInsert(new BroughtCredentialRecord(
                brought.tenant(),
                brought.learner(),
                brought.id(),
                brought.name(),
                brought.issuer(),
                body,
                brought.isToken(),
                brought.validFrom(),
                brought.app(),
                brought.appName(),
                brought.broughtAt()));
    }

    public static Optional<Brought> find(DSLContext db, TenantId tenant, LearnerId learner, String id) {
        return list(db, isOf(tenant, learner).and(BROUGHT_CREDENTIAL.ID.eq(id))).stream()
                .findFirst();
    }

    /** Without their texts, the oldest first. */
    public static List<Brought> list(DSLContext db, TenantId tenant, LearnerId learner) {
        return list(db, isOf(tenant, learner));
    }

    private static List<Brought> list(DSLContext db, Condition condition) {
        return db.select(
                        BROUGHT_CREDENTIAL.TENANT_ID,
                        BROUGHT_CREDENTIAL.LEARNER_ID,
                        BROUGHT_CREDENTIAL.ID,
                        BROUGHT_CREDENTIAL.NAME,
                        BROUGHT_CREDENTIAL.ISSUER,
                        BROUGHT_CREDENTIAL.IS_TOKEN,
                        BROUGHT_CREDENTIAL.VALID_FROM,
                        BROUGHT_CREDENTIAL.APP_ID,
                        BROUGHT_CREDENTIAL.APP_NAME,
                        BROUGHT_CREDENTIAL.BROUGHT_AT)
                .from(BROUGHT_CREDENTIAL)
                .where(condition)
                .orderBy(BROUGHT_CREDENTIAL.BROUGHT_AT, BROUGHT_CREDENTIAL.ID)
                .fetch(BroughtStore::brought);
    }

    /** The texts of these. */
    public static Map<String, String> bodies(DSLContext db, TenantId tenant, LearnerId learner, List<String> ids) {
        return db.select(BROUGHT_CREDENTIAL.ID, BROUGHT_CREDENTIAL.BODY)
                .from(BROUGHT_CREDENTIAL)
                .where(
                        BROUGHT_CREDENTIAL.TENANT_ID.eq(tenant),
                        BROUGHT_CREDENTIAL.LEARNER_ID.eq(learner),
                        BROUGHT_CREDENTIAL.ID.in(ids))
                .fetchMap(BROUGHT_CREDENTIAL.ID, BROUGHT_CREDENTIAL.BODY);
    }

    /** False where she has none of this id. */
    public static boolean remove(DSLContext db, TenantId tenant, LearnerId learner, String id) {
        return db.deleteFrom(BROUGHT_CREDENTIAL)
                        .where(
                                BROUGHT_CREDENTIAL.TENANT_ID.eq(tenant),
                                BROUGHT_CREDENTIAL.LEARNER_ID.eq(learner),
                                BROUGHT_CREDENTIAL.ID.eq(id))
                        .execute()
                == 1;
    }

    static int erase(DSLContext db, TenantId tenant, LearnerId learner) {
        return db.deleteFrom(BROUGHT_CREDENTIAL)
                .where(BROUGHT_CREDENTIAL.TENANT_ID.eq(tenant), BROUGHT_CREDENTIAL.LEARNER_ID.eq(learner))
                .execute();
    }

    private static Condition isOf(TenantId tenant, LearnerId learner) {
        return BROUGHT_CREDENTIAL.TENANT_ID.eq(tenant).and(BROUGHT_CREDENTIAL.LEARNER_ID.eq(learner));
    }

    private static Brought brought(Record row) {
        return new Brought(
                row.get(BROUGHT_CREDENTIAL.TENANT_ID),
                row.get(BROUGHT_CREDENTIAL.LEARNER_ID),
                row.get(BROUGHT_CREDENTIAL.ID),
                row.get(BROUGHT_CREDENTIAL.NAME),
                row.get(BROUGHT_CREDENTIAL.ISSUER),
                row.get(BROUGHT_CREDENTIAL.IS_TOKEN),
                row.get(BROUGHT_CREDENTIAL.VALID_FROM),
                row.get(BROUGHT_CREDENTIAL.APP_ID),
                row.get(BROUGHT_CREDENTIAL.APP_NAME),
                row.get(BROUGHT_CREDENTIAL.BROUGHT_AT));
    }
}

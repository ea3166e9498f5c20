package org.cairn.openbadges.backpack;

import static org.cairn.db.schema.Tables.CONSENT_SESSION;

import java.time.Instant;
import java.util.Optional;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.ConsentSessionRecord;
import org.jooq.DSLContext;

/** Consent sessions. A window is not asked for a tenant: the session says which. */
final class ConsentSessionStore {

    private ConsentSessionStore() {}

    /** In place of those of this learner that there were. */
    static void put(DSLContext db, ConsentSession session) {
        erase(db, session.tenant(), session.learner());
        db.executeInsert(
                new ConsentSessionRecord(session.id(), session.tenant(), session.learner(), null, session.endsAt()));
    }

    /** Ties one to a window, once: of two at once the second finds it taken. */
    static boolean enter(DSLContext db, String openedBy, String browser, Instant now) {
        return db.update(CONSENT_SESSION)
                        .set(CONSENT_SESSION.BROWSER_HASH, browser)
                        .where(
                                CONSENT_SESSION.OPENED_BY.eq(openedBy),
                                CONSENT_SESSION.BROWSER_HASH.isNull(),
                                CONSENT_SESSION.ENDS_AT.gt(now))
                        .execute()
                == 1;
    }

    static Optional<ConsentSession> find(DSLContext db, String browser, Instant now) {
        return db.selectFrom(CONSENT_SESSION)
                .where(CONSENT_SESSION.BROWSER_HASH.eq(browser), CONSENT_SESSION.ENDS_AT.gt(now))
                .fetchOptional(row ->
                        new ConsentSession(row.getOpenedBy(), row.getTenantId(), row.getLearnerId(), row.getEndsAt()));
    }

    /** False where it has ended before. */
    static boolean end(DSLContext db, ConsentSession session) {
        return db.deleteFrom(CONSENT_SESSION)
                        .where(
                                CONSENT_SESSION.TENANT_ID.eq(session.tenant()),
                                CONSENT_SESSION.OPENED_BY.eq(session.id()))
                        .execute()
                == 1;
    }

    static void erase(DSLContext db, TenantId tenant, LearnerId learner) {
        db.deleteFrom(CONSENT_SESSION)
                .where(CONSENT_SESSION.TENANT_ID.eq(tenant), CONSENT_SESSION.LEARNER_ID.eq(learner))
                .execute();
    }

    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(CONSENT_SESSION)
                .where(CONSENT_SESSION.ENDS_AT.lt(before))
                .execute();
    }
}

package org.cairn.people;

import static org.cairn.db.schema.Tables.SESSION;

import java.time.Instant;
import java.util.Optional;
import org.cairn.PlacementId;
import org.jooq.DSLContext;

/** Who is signed in, by browser and placement. */
public final class SessionStore {

    private SessionStore() {}

    /** Begins a session, in place of the one that this browser may have had at this placement. */
    public static void start(DSLContext db, Browser browser, Session session, Instant now) {
        int replaced = db.update(SESSION)
                .set(SESSION.TENANT_ID, session.tenant())
                .set(SESSION.ACCOUNT_ID, session.account())
                .set(SESSION.ROLE, session.role().name())
                .set(SESSION.STARTED_AT, now)
                .set(SESSION.EXPIRES_AT, session.expiresAt())
                .where(SESSION.BROWSER_HASH.eq(browser.hash()), SESSION.PLACEMENT_ID.eq(session.placement()))
                .execute();
        if (replaced > 0) {
            return;
        }
        db.insertInto(SESSION)
                .set(SESSION.BROWSER_HASH, browser.hash())
                .set(SESSION.PLACEMENT_ID, session.placement())
                .set(SESSION.TENANT_ID, session.tenant())
                .set(SESSION.ACCOUNT_ID, session.account())
                .set(SESSION.ROLE, session.role().name())
                .set(SESSION.STARTED_AT, now)
                .set(SESSION.EXPIRES_AT, session.expiresAt())
                .execute();
    }

    public static Optional<Session> find(DSLContext db, Browser browser, PlacementId placement, Instant now) {
        return db.selectFrom(SESSION)
                .where(
                        SESSION.BROWSER_HASH.eq(browser.hash()),
                        SESSION.PLACEMENT_ID.eq(placement),
                        SESSION.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new Session(
                        row.getPlacementId(),
                        row.getTenantId(),
                        row.getAccountId(),
                        Role.valueOf(row.getRole()),
                        row.getExpiresAt()));
    }

    /** Removes what has expired; returns how many there were. */
    public static int sweep(DSLContext db, Instant now) {
        return db.deleteFrom(SESSION).where(SESSION.EXPIRES_AT.le(now)).execute();
    }
}

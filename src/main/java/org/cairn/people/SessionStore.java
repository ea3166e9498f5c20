package org.cairn.people;

import static org.cairn.db.schema.Tables.SESSION;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.query;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cairn.PlacementId;
import org.cairn.SessionId;
import org.cairn.db.Prepared;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.RowCountQuery;
import org.jooq.Select;

/** Who is signed in, in which browser and at which placement. */
public final class SessionStore {

    private static final List<Field<?>> COLUMNS = List.of(
            SESSION.ID,
            SESSION.BROWSER_HASH,
            SESSION.PLACEMENT_ID,
            SESSION.TENANT_ID,
            SESSION.ACCOUNT_ID,
            SESSION.ROLE,
            SESSION.STARTED_AT,
            SESSION.EXPIRES_AT);

    private static final Param<?>[] VALUES = COLUMNS.stream()
            .map(field -> param(field.getName(), field.getDataType()))
            .toArray(Param[]::new);

    private static final Prepared START = new Prepared(startFor(select(VALUES)), VALUES);

    private SessionStore() {}

    /**
     * Begins a session. False, and nothing is begun, where its id has begun one before or was {@linkplain #spend spent}. Of two at once,
     * on whichever nodes, one waits for the other at the primary key.
     */
    public static boolean start(DSLContext db, SessionId id, Browser browser, Session session, Instant now) {
        return START.execute(
                        db,
                        id,
                        browser.hash(),
                        session.placement(),
                        session.tenant(),
                        session.account(),
                        session.role().name(),
                        now,
                        session.expiresAt())
                == 1;
    }

    /**
     * A statement that begins a session for the row of {@code who}, if there is one, and begins none just where {@link #start} does. The
     * row has id, browser_hash, placement_id, tenant_id, account_id, role, started_at and expires_at, in this order.
     */
    public static Query startFor(Select<?> who) {
        return ifNew(insertInto(SESSION).columns(COLUMNS).select(who));
    }

    /** Sees to it that this id begins nothing until then, when it is forgotten; false where it was used up before. */
    public static boolean spend(DSLContext db, SessionId id, Instant now, Instant until) {
        var row = insertInto(SESSION, SESSION.ID, SESSION.STARTED_AT, SESSION.EXPIRES_AT)
                .values(id, now, until);
        return db.execute(ifNew(row)) == 1;
    }

    /** The session of this id, if it is this browser's and at this placement. */
    public static Optional<Session> find(
            DSLContext db, SessionId id, Browser browser, PlacementId placement, Instant now) {
        return db.selectFrom(SESSION)
                .where(
                        SESSION.ID.eq(id),
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

    // Both databases know these words; jOOQ's own make a MERGE for H2, where parameters have no type.
    private static RowCountQuery ifNew(Query insert) {
        return query("{0} on conflict do nothing", insert);
    }
}

package org.cairn.openbadges.backpack;

import static org.cairn.db.schema.Tables.APP;
import static org.cairn.db.schema.Tables.APP_CONNECTION;
import static org.jooq.impl.DSL.selectOne;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.AppId;
import org.cairn.db.StoredJson;
import org.cairn.db.schema.tables.records.AppRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** Apps, which belong to no tenant: they register before anybody has let them in. */
final class AppStore {

    private static final RecordMapper<AppRecord, App> ROW = row -> new App(
            row.getId(),
            row.getName(),
            uris(row.getRedirectUris()),
            Scope.read(row.getScopes()),
            row.getRegisteredAt());

    private AppStore() {}

    static void add(DSLContext db, App app, String secretHash) {
        var uris = JsonNodeFactory.instance.arrayNode();
        app.redirectUris().forEach(uris::add);
        db.executeInsert(new AppRecord(
                app.id(),
                secretHash,
                app.name(),
                uris.toString(),
                Scope.write(app.scopes()),
                app.registeredAt(),
                null));
    }

    static Optional<App> find(DSLContext db, AppId app) {
        return db.selectFrom(APP).where(APP.ID.eq(app)).fetchOptional(ROW);
    }

    static List<App> list(DSLContext db, Collection<AppId> apps) {
        return db.selectFrom(APP).where(APP.ID.in(apps)).fetch(ROW);
    }

    static Optional<String> findSecretHash(DSLContext db, AppId app) {
        return db.select(APP.SECRET_HASH).from(APP).where(APP.ID.eq(app)).fetchOptional(APP.SECRET_HASH);
    }

    /** How many registered after that. */
    static int count(DSLContext db, Instant after) {
        return db.fetchCount(APP, APP.REGISTERED_AT.gt(after));
    }

    static void letIn(DSLContext db, AppId app, Instant now) {
        db.update(APP)
                .set(APP.LET_IN_AT, now)
                .where(APP.ID.eq(app), APP.LET_IN_AT.isNull())
                .execute();
    }

    /** Forgets those that registered before that, and that nobody has let in. */
    static int sweep(DSLContext db, Instant before) {
        return db.deleteFrom(APP)
                .where(APP.REGISTERED_AT.lt(before), APP.LET_IN_AT.isNull())
                .andNotExists(selectOne().from(APP_CONNECTION).where(APP_CONNECTION.APP_ID.eq(APP.ID)))
                .execute();
    }

    private static List<String> uris(String json) {
        var uris = new ArrayList<String>();
        StoredJson.read(json).forEach(one -> uris.add(one.textValue()));
        return uris;
    }
}

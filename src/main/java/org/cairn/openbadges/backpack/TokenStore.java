package org.cairn.openbadges.backpack;

import static org.cairn.db.schema.Tables.APP_CONNECTION;
import static org.cairn.db.schema.Tables.APP_TOKEN;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.cairn.db.schema.tables.records.AppTokenRecord;
import org.jooq.DSLContext;

/** Tokens of apps. Who brings one is not asked for a tenant: the token says which. */
final class TokenStore {

    /** A token and what it is of; {@code isSpent} is of one that was good once. */
    record Token(
            String id, Connection connection, boolean refreshes, Set<Scope> scopes, Instant endsAt, boolean isSpent) {}

    private TokenStore() {}

    static void add(DSLContext db, Token token) {
        db.executeInsert(new AppTokenRecord(
                token.id(),
                token.connection().tenant(),
                token.connection().id(),
                token.refreshes(),
                Scope.write(token.scopes()),
                token.endsAt(),
                null));
    }

    static Optional<Token> find(DSLContext db, String id) {
        return db.select(APP_TOKEN.fields())
                .select(APP_CONNECTION.fields())
                .from(APP_TOKEN)
                .join(APP_CONNECTION)
                .on(APP_CONNECTION.TENANT_ID.eq(APP_TOKEN.TENANT_ID), APP_CONNECTION.ID.eq(APP_TOKEN.CONNECTION_ID))
                .where(APP_TOKEN.TOKEN_HASH.eq(id))
                .fetchOptional(row -> new Token(
                        row.get(APP_TOKEN.TOKEN_HASH),
                        ConnectionStore.ROW.map(row.into(APP_CONNECTION)),
                        row.get(APP_TOKEN.REFRESHES),
                        Scope.read(row.get(APP_TOKEN.SCOPES)),
                        row.get(APP_TOKEN.ENDS_AT),
                        row.get(APP_TOKEN.SPENT_AT) != null));
    }

    /** False where it was spent before: of two at once the second is told so. */
    static boolean spend(DSLContext db, Token token, Instant now) {
        return db.update(APP_TOKEN)
                        .set(APP_TOKEN.SPENT_AT, now)
                        .where(
                                APP_TOKEN.TENANT_ID.eq(token.connection().tenant()),
                                APP_TOKEN.TOKEN_HASH.eq(token.id()),
                                APP_TOKEN.SPENT_AT.isNull())
                        .execute()
                == 1;
    }

    static void end(DSLContext db, Token token) {
        db.deleteFrom(APP_TOKEN)
                .where(APP_TOKEN.TENANT_ID.eq(token.connection().tenant()), APP_TOKEN.TOKEN_HASH.eq(token.id()))
                .execute();
    }

    /** Those that are over, and those that were spent before that. */
    static int sweep(DSLContext db, Instant spentBefore, Instant now) {
        return db.deleteFrom(APP_TOKEN)
                .where(APP_TOKEN.ENDS_AT.lt(now).or(APP_TOKEN.SPENT_AT.lt(spentBefore)))
                .execute();
    }
}

package org.cairn.openbadges.backpack;

import static java.util.stream.Collectors.toMap;
import static org.cairn.db.schema.Tables.APP_CHOICE;
import static org.cairn.db.schema.Tables.APP_CONNECTION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.AppId;
import org.cairn.ConnectionId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.AppChoiceRecord;
import org.cairn.db.schema.tables.records.AppConnectionRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** Which learner has let which app in. Who brings an authorization code is not asked for a tenant: the connection says which. */
final class ConnectionStore {

    /** What an authorization code is good for: {@code challenge} is what its verifier has to fit, and {@code isExchanged} whether it was used. */
    record Coded(Connection connection, String challenge, Instant endsAt, boolean isExchanged) {}

    static final RecordMapper<AppConnectionRecord, Connection> ROW = row -> new Connection(
            row.getId(),
            row.getTenantId(),
            row.getAppId(),
            row.getLearnerId(),
            Scope.read(row.getScopes()),
            row.getGetsAll(),
            row.getRedirectUri(),
            row.getLetInAt(),
            row.getUsedAt(),
            row.getEndsAt());

    private ConnectionStore() {}

    static void add(
            DSLContext db,
            Connection connection,
            Set<CredentialId> chosen,
            String code,
            String challenge,
            Instant codeEndsAt) {
        db.executeInsert(new AppConnectionRecord(
                connection.id(),
                connection.tenant(),
                connection.app(),
                connection.learner(),
                Scope.write(connection.scopes()),
                connection.getsAll(),
                connection.redirectUri(),
                connection.letInAt(),
                connection.usedAt(),
                connection.endsAt(),
                code,
                challenge,
                codeEndsAt,
                null));
        db.batchInsert(chosen.stream()
                        .map(credential -> new AppChoiceRecord(connection.tenant(), connection.id(), credential))
                        .toList())
                .execute();
    }

    static Optional<Coded> findByCode(DSLContext db, String code) {
        return db.selectFrom(APP_CONNECTION)
                .where(APP_CONNECTION.CODE_HASH.eq(code))
                .fetchOptional(row ->
                        new Coded(ROW.map(row), row.getChallenge(), row.getCodeEndsAt(), row.getExchangedAt() != null));
    }

    /** Marks the code as used; false where it was before. */
    static boolean exchange(DSLContext db, Connection connection, Instant now) {
        return db.update(APP_CONNECTION)
                        .set(APP_CONNECTION.EXCHANGED_AT, now)
                        .where(
                                APP_CONNECTION.TENANT_ID.eq(connection.tenant()),
                                APP_CONNECTION.ID.eq(connection.id()),
                                APP_CONNECTION.EXCHANGED_AT.isNull())
                        .execute()
                == 1;
    }

    static void use(DSLContext db, Connection connection, Instant now) {
        db.update(APP_CONNECTION)
                .set(APP_CONNECTION.USED_AT, now)
                .where(APP_CONNECTION.TENANT_ID.eq(connection.tenant()), APP_CONNECTION.ID.eq(connection.id()))
                .execute();
    }

    static void extend(DSLContext db, Connection connection) {
        db.update(APP_CONNECTION)
                .set(APP_CONNECTION.ENDS_AT, connection.endsAt())
                .where(APP_CONNECTION.TENANT_ID.eq(connection.tenant()), APP_CONNECTION.ID.eq(connection.id()))
                .execute();
    }

    /** Those that have not ended, the oldest first. */
    static List<Connection> list(DSLContext db, TenantId tenant, LearnerId learner, Instant now) {
        return db.selectFrom(APP_CONNECTION)
                .where(
                        APP_CONNECTION.TENANT_ID.eq(tenant),
                        APP_CONNECTION.LEARNER_ID.eq(learner),
                        APP_CONNECTION.ENDS_AT.gt(now))
                .orderBy(APP_CONNECTION.LET_IN_AT, APP_CONNECTION.ID)
                .fetch(ROW);
    }

    static Map<ConnectionId, Set<CredentialId>> chosen(
            DSLContext db, TenantId tenant, Collection<ConnectionId> connections) {
        return db
                .selectFrom(APP_CHOICE)
                .where(APP_CHOICE.TENANT_ID.eq(tenant), APP_CHOICE.CONNECTION_ID.in(connections))
                .fetchGroups(APP_CHOICE.CONNECTION_ID, APP_CHOICE.CREDENTIAL_ID)
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, one -> Set.copyOf(one.getValue())));
    }

    /** With its tokens and choices. False where she has none of this id. */
    static boolean end(DSLContext db, TenantId tenant, LearnerId learner, ConnectionId connection) {
        return db.deleteFrom(APP_CONNECTION)
                        .where(
                                APP_CONNECTION.TENANT_ID.eq(tenant),
                                APP_CONNECTION.LEARNER_ID.eq(learner),
                                APP_CONNECTION.ID.eq(connection))
                        .execute()
                == 1;
    }

    static void end(DSLContext db, TenantId tenant, LearnerId learner, AppId app) {
        db.deleteFrom(APP_CONNECTION)
                .where(
                        APP_CONNECTION.TENANT_ID.eq(tenant),
                        APP_CONNECTION.LEARNER_ID.eq(learner),
                        APP_CONNECTION.APP_ID.eq(app))
                .execute();
    }

    static int erase(DSLContext db, TenantId tenant, LearnerId learner) {
        return db.deleteFrom(APP_CONNECTION)
                .where(APP_CONNECTION.TENANT_ID.eq(tenant), APP_CONNECTION.LEARNER_ID.eq(learner))
                .execute();
    }

    /** Those that are over, and those whose code nobody fetched in its time. */
    static int sweep(DSLContext db, Instant now) {
        return db.deleteFrom(APP_CONNECTION)
                .where(APP_CONNECTION
                        .ENDS_AT
                        .lt(now)
                        .or(APP_CONNECTION.CODE_ENDS_AT.lt(now).and(APP_CONNECTION.EXCHANGED_AT.isNull())))
                .execute();
    }
}

package org.cairn.people;

import static org.cairn.db.schema.Tables.OPERATOR;
import static org.cairn.db.schema.Tables.OPERATOR_SESSION;
import static org.cairn.db.schema.Tables.USED_SIGN_IN;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cairn.OperatorId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.OperatorRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The operators and their sessions. Of a token or a session only the hash is kept. */
public final class OperatorStore {

    /** How long a session lasts: a working day. */
    public static final Duration SESSION = Duration.ofHours(8);

    // A fixed id: two nodes that start at once on an empty database make one first operator.
    private static final OperatorId FIRST = new OperatorId(new UUID(0x7000, 0x8000_0000_0000_0000L));

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final RecordMapper<OperatorRecord, Operator> OPERATOR_ROW = row -> new Operator(
            row.getId(),
            row.getTenantId(),
            row.getName(),
            row.getTokenHash() != null,
            row.getSubjectHash() != null,
            row.getCreatedAt(),
            row.getWithdrawnAt());

    /** An operator and the token that signs her in; it cannot be read again. */
    public record Added(Operator operator, String token) {

        @Override
        public String toString() {
            return "Added[" + operator.id() + "]";
        }
    }

    private OperatorStore() {}

    /** Makes the first operator, of all tenants, where there never was any; empty otherwise. */
    public static Optional<Added> first(DSLContext db, Instant now) {
        return db.fetchExists(OPERATOR)
                ? Optional.empty()
                : Optional.of(insert(db, FIRST, null, "First operator", now));
    }

    /** {@code tenant} is null for an operator of all tenants. {@code name} has 1 to 255 characters. */
    public static Added add(DSLContext db, @Nullable TenantId tenant, String name, Instant now) {
        return insert(db, OperatorId.fresh(), tenant, name, now);
    }

    /** Those whom {@code by} may see, who stand first: of all tenants only by one who runs all. */
    public static List<Operator> list(DSLContext db, Operator by) {
        return db.selectFrom(OPERATOR)
                .where(condition(by))
                .orderBy(OPERATOR.WITHDRAWN_AT.isNotNull(), OPERATOR.NAME, OPERATOR.ID)
                .fetch(OPERATOR_ROW);
    }

    /** Whom {@code by} may see and change. */
    public static Optional<Operator> find(DSLContext db, Operator by, OperatorId operator) {
        return db.selectFrom(OPERATOR)
                .where(OPERATOR.ID.eq(operator), condition(by))
                .fetchOptional(OPERATOR_ROW);
    }

    /** Those who stand and are called so, of every tenant: for the command line. */
    public static List<Operator> named(DSLContext db, String name) {
        return db.selectFrom(OPERATOR)
                .where(OPERATOR.NAME.eq(name), OPERATOR.WITHDRAWN_AT.isNull())
                .orderBy(OPERATOR.ID)
                .fetch(OPERATOR_ROW);
    }

    /** Gives a new token in place of the one before, and ends every session. */
    public static String renew(DSLContext db, Operator operator) {
        var token = token();
        db.update(OPERATOR)
                .set(OPERATOR.TOKEN_HASH, Sha256.hex(token))
                .where(OPERATOR.ID.eq(operator.id()), OPERATOR.WITHDRAWN_AT.isNull())
                .execute();
        signOutEverywhere(db, operator);
        return token;
    }

    /** From now on she is nobody here: no token, no link, no session. */
    public static void withdraw(DSLContext db, Operator operator, Instant now) {
        db.update(OPERATOR)
                .set(OPERATOR.WITHDRAWN_AT, now)
                .setNull(OPERATOR.TOKEN_HASH)
                .setNull(OPERATOR.SUBJECT_HASH)
                .where(OPERATOR.ID.eq(operator.id()), OPERATOR.WITHDRAWN_AT.isNull())
                .execute();
        signOutEverywhere(db, operator);
    }

    /** Whether somebody who stands, and is not {@code but}, runs all tenants: the last one must not go. */
    public static boolean isAnotherOfAll(DSLContext db, Operator but) {
        return db.fetchExists(
                OPERATOR, OPERATOR.TENANT_ID.isNull(), OPERATOR.WITHDRAWN_AT.isNull(), OPERATOR.ID.ne(but.id()));
    }

    /** Who has this token. Found by hash, so that the comparison's time tells nothing about it. */
    public static Optional<Operator> byToken(DSLContext db, String token) {
        return db.selectFrom(OPERATOR)
                .where(OPERATOR.TOKEN_HASH.eq(Sha256.hex(token)), OPERATOR.WITHDRAWN_AT.isNull())
                .fetchOptional(OPERATOR_ROW);
    }

    /** Who is linked to this person of this issuer. */
    public static Optional<Operator> bySubject(DSLContext db, String issuer, String subject) {
        return db.selectFrom(OPERATOR)
                .where(OPERATOR.SUBJECT_HASH.eq(hash(issuer, subject)), OPERATOR.WITHDRAWN_AT.isNull())
                .fetchOptional(OPERATOR_ROW);
    }

    /** From now on she signs in as this person of this issuer, and her token is worth nothing. */
    public static void link(DSLContext db, Operator operator, String issuer, String subject) {
        db.update(OPERATOR)
                .set(OPERATOR.SUBJECT_HASH, hash(issuer, subject))
                .setNull(OPERATOR.TOKEN_HASH)
                .where(OPERATOR.ID.eq(operator.id()), OPERATOR.WITHDRAWN_AT.isNull())
                .execute();
    }

    /** Whether this nonce was not used before; from now on it is. */
    public static boolean use(DSLContext db, String nonce, Instant expiresAt) {
        var hash = Sha256.hex(nonce);
        if (db.fetchExists(USED_SIGN_IN, USED_SIGN_IN.NONCE_HASH.eq(hash))) {
            return false;
        }
        db.insertInto(USED_SIGN_IN)
                .set(USED_SIGN_IN.NONCE_HASH, hash)
                .set(USED_SIGN_IN.EXPIRES_AT, expiresAt)
                .execute();
        return true;
    }

    public static void signIn(DSLContext db, Operator operator, Browser browser, Instant now) {
        db.insertInto(OPERATOR_SESSION)
                .set(OPERATOR_SESSION.BROWSER_HASH, browser.hash())
                .set(OPERATOR_SESSION.OPERATOR_ID, operator.id())
                .set(OPERATOR_SESSION.STARTED_AT, now)
                .set(OPERATOR_SESSION.EXPIRES_AT, now.plus(SESSION))
                .execute();
    }

    public static Optional<Operator> signedIn(DSLContext db, Browser browser, Instant now) {
        return db.select(OPERATOR.fields())
                .from(OPERATOR_SESSION)
                .join(OPERATOR)
                .on(OPERATOR.ID.eq(OPERATOR_SESSION.OPERATOR_ID))
                .where(
                        OPERATOR_SESSION.BROWSER_HASH.eq(browser.hash()),
                        OPERATOR_SESSION.EXPIRES_AT.gt(now),
                        OPERATOR.WITHDRAWN_AT.isNull())
                .fetchOptional(row -> OPERATOR_ROW.map(row.into(OPERATOR)));
    }

    public static void signOut(DSLContext db, Browser browser) {
        db.deleteFrom(OPERATOR_SESSION)
                .where(OPERATOR_SESSION.BROWSER_HASH.eq(browser.hash()))
                .execute();
    }

    /** Removes what has expired; returns how much there was. */
    public static int sweep(DSLContext db, Instant now) {
        int signIns = db.deleteFrom(USED_SIGN_IN)
                .where(USED_SIGN_IN.EXPIRES_AT.le(now))
                .execute();
        return signIns
                + db.deleteFrom(OPERATOR_SESSION)
                        .where(OPERATOR_SESSION.EXPIRES_AT.le(now))
                        .execute();
    }

    private static Added insert(DSLContext db, OperatorId id, @Nullable TenantId tenant, String name, Instant now) {
        var token = token();
        db.insertInto(OPERATOR)
                .set(OPERATOR.ID, id)
                .set(OPERATOR.TENANT_ID, tenant)
                .set(OPERATOR.NAME, name)
                .set(OPERATOR.TOKEN_HASH, Sha256.hex(token))
                .set(OPERATOR.CREATED_AT, now)
                .execute();
        return new Added(new Operator(id, tenant, name, true, false, now, null), token);
    }

    private static void signOutEverywhere(DSLContext db, Operator operator) {
        db.deleteFrom(OPERATOR_SESSION)
                .where(OPERATOR_SESSION.OPERATOR_ID.eq(operator.id()))
                .execute();
    }

    private static Condition condition(Operator by) {
        return by.tenant() == null ? DSL.noCondition() : OPERATOR.TENANT_ID.eq(by.tenant());
    }

    private static String hash(String issuer, String subject) {
        return Sha256.hex(issuer + "\n" + subject);
    }

    private static String token() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return "operator_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}

package org.cairn.openbadges;

import static org.cairn.db.schema.Tables.CREDENTIAL;
import static org.cairn.db.schema.Tables.ERASED_STATUS;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.CredentialRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.RecordMapper;
import org.jooq.SelectOrderByStep;
import org.jspecify.annotations.Nullable;

/** The signed forms of awards, and their bits in the status lists. */
final class CredentialStore {

    private static final RecordMapper<CredentialRecord, Credential> CREDENTIAL_ROW = row -> new Credential(
            row.getId(),
            row.getTenantId(),
            row.getIssuerId(),
            row.getAwardId(),
            row.getLearnerId(),
            new Disclosure(row.getWithGrade(), row.getWithEvidence(), row.getShownName()),
            row.getWallet(),
            row.getJwt(),
            row.getIssuedAs(),
            row.getSignedBy(),
            row.getProved(),
            new Credential.StatusEntry(row.getStatusList(), row.getStatusIndex()),
            row.getIssuedAt(),
            row.getShownSince(),
            row.getRevokedAt());

    private CredentialStore() {}

    static void insert(DSLContext db, Collection<Credential> credentials) {
        db.batchInsert(credentials.stream()
                        .map(one -> new CredentialRecord(
                                one.id(),
                                one.tenant(),
                                one.issuer(),
                                one.award(),
                                one.learner(),
                                one.told().grades(),
                                one.told().evidence(),
                                one.told().name(),
                                one.wallet(),
                                one.jwt(),
                                one.issuedAs(),
                                one.signedBy(),
                                one.proved(),
                                one.status().list(),
                                one.status().index(),
                                one.issuedAt(),
                                one.shownSince(),
                                one.revokedAt()))
                        .toList())
                .execute();
    }

    /** Public: by its id alone, which nobody can guess. */
    static Optional<Credential> find(DSLContext db, CredentialId credential) {
        return db.selectFrom(CREDENTIAL).where(CREDENTIAL.ID.eq(credential)).fetchOptional(CREDENTIAL_ROW);
    }

    static List<Credential> list(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        return db.selectFrom(CREDENTIAL)
                .where(CREDENTIAL.TENANT_ID.eq(tenant), CREDENTIAL.AWARD_ID.in(awards))
                .orderBy(CREDENTIAL.ISSUED_AT, CREDENTIAL.ID)
                .fetch(CREDENTIAL_ROW);
    }

    /** Those of these awards that name their learner otherwise and are not revoked. */
    static List<Credential> namedOtherwise(DSLContext db, TenantId tenant, Collection<AwardId> awards, String name) {
        return db.selectFrom(CREDENTIAL)
                .where(
                        CREDENTIAL.TENANT_ID.eq(tenant),
                        CREDENTIAL.AWARD_ID.in(awards),
                        CREDENTIAL.SHOWN_NAME.ne(name),
                        CREDENTIAL.REVOKED_AT.isNull())
                .orderBy(CREDENTIAL.ISSUED_AT, CREDENTIAL.ID)
                .fetch(CREDENTIAL_ROW);
    }

    static void show(DSLContext db, TenantId tenant, CredentialId credential, @Nullable Instant since) {
        db.update(CREDENTIAL)
                .set(CREDENTIAL.SHOWN_SINCE, since)
                .where(CREDENTIAL.TENANT_ID.eq(tenant), CREDENTIAL.ID.eq(credential))
                .execute();
    }

    /** Keeps the proved forms of these where none is kept yet, of the signed texts that they were made from. */
    static void prove(DSLContext db, Collection<Credential> proved) {
        db.batch(proved.stream()
                        .map(one -> db.update(CREDENTIAL)
                                .set(CREDENTIAL.PROVED, one.proved())
                                .where(
                                        CREDENTIAL.TENANT_ID.eq(one.tenant()),
                                        CREDENTIAL.ID.eq(one.id()),
                                        CREDENTIAL.PROVED.isNull(),
                                        CREDENTIAL.JWT.eq(one.jwt())))
                        .toList())
                .execute();
    }

    /** The signed texts of these, in place of what they were. */
    static void replace(DSLContext db, TenantId tenant, Collection<Credential> reissued) {
        db.batch(reissued.stream()
                        .map(one -> db.update(CREDENTIAL)
                                .set(CREDENTIAL.SHOWN_NAME, one.told().name())
                                .set(CREDENTIAL.JWT, one.jwt())
                                .set(CREDENTIAL.ISSUED_AS, one.issuedAs())
                                .set(CREDENTIAL.SIGNED_BY, one.signedBy())
                                .set(CREDENTIAL.PROVED, one.proved())
                                .where(CREDENTIAL.TENANT_ID.eq(tenant), CREDENTIAL.ID.eq(one.id())))
                        .toList())
                .execute();
    }

    static void revoke(DSLContext db, TenantId tenant, Collection<AwardId> awards, Instant now) {
        db.update(CREDENTIAL)
                .set(CREDENTIAL.REVOKED_AT, now)
                .where(CREDENTIAL.TENANT_ID.eq(tenant), CREDENTIAL.AWARD_ID.in(awards), CREDENTIAL.REVOKED_AT.isNull())
                .execute();
    }

    /** Up to so many of an issuer's that stand, and bear another name or were signed with one of these keys; locked until the transaction ends. */
    static List<Credential> outdated(
            DSLContext db, TenantId tenant, IssuerId issuer, String name, Collection<String> keys, int limit) {
        return db.selectFrom(CREDENTIAL)
                .where(
                        CREDENTIAL.TENANT_ID.eq(tenant),
                        CREDENTIAL.ISSUER_ID.eq(issuer),
                        CREDENTIAL.REVOKED_AT.isNull(),
                        CREDENTIAL.ISSUED_AS.ne(name).or(CREDENTIAL.SIGNED_BY.in(keys)))
                .orderBy(CREDENTIAL.ID)
                .limit(limit)
                .forUpdate()
                .fetch(CREDENTIAL_ROW);
    }

    /** Forgets an issuer's proved forms that this key signed; they are made anew when they are asked for. */
    static void forgetProved(DSLContext db, TenantId tenant, IssuerId issuer, String kid) {
        db.update(CREDENTIAL)
                .setNull(CREDENTIAL.PROVED)
                .where(
                        CREDENTIAL.TENANT_ID.eq(tenant),
                        CREDENTIAL.ISSUER_ID.eq(issuer),
                        CREDENTIAL.PROVED.contains("#" + kid + "\""))
                .execute();
    }

    static int erase(DSLContext db, TenantId tenant, LearnerId learner) {
        var isHers = CREDENTIAL.TENANT_ID.eq(tenant).and(CREDENTIAL.LEARNER_ID.eq(learner));
        db.insertInto(ERASED_STATUS, ERASED_STATUS.ISSUER_ID, ERASED_STATUS.STATUS_LIST, ERASED_STATUS.STATUS_INDEX)
                .select(select(CREDENTIAL.ISSUER_ID, CREDENTIAL.STATUS_LIST, CREDENTIAL.STATUS_INDEX)
                        .from(CREDENTIAL)
                        .where(isHers))
                .execute();
        return db.deleteFrom(CREDENTIAL).where(isHers).execute();
    }

    /** How many entries an issuer's lists have had in all. */
    static int count(DSLContext db, IssuerId issuer) {
        return db.fetchCount(CREDENTIAL, CREDENTIAL.ISSUER_ID.eq(issuer))
                + db.fetchCount(ERASED_STATUS, ERASED_STATUS.ISSUER_ID.eq(issuer));
    }

    /** Which of these bits of a list belong, or belonged, to a credential already. */
    static Set<Integer> taken(DSLContext db, IssuerId issuer, int list, Collection<Integer> indexes) {
        return entries(db, issuer, list, CREDENTIAL.STATUS_INDEX.in(indexes), ERASED_STATUS.STATUS_INDEX.in(indexes))
                .fetchSet(CREDENTIAL.STATUS_INDEX);
    }

    /** The bits of a list that are set, in order. */
    static List<Integer> revoked(DSLContext db, IssuerId issuer, int list) {
        if (list == GivenEndorsement.LIST) {
            return GivenEndorsementStore.revoked(db, issuer);
        }
        // H2 looks for what is not null through a whole list; for what is later than a day, by its index.
        return entries(db, issuer, list, CREDENTIAL.REVOKED_AT.ge(Instant.EPOCH), noCondition())
                .orderBy(CREDENTIAL.STATUS_INDEX)
                .fetch(CREDENTIAL.STATUS_INDEX);
    }

    // In one statement: between two of them a bit could go from the one table to the other unseen.
    private static SelectOrderByStep<Record1<Integer>> entries(
            DSLContext db, IssuerId issuer, int list, Condition condition, Condition ofErased) {
        return db.select(CREDENTIAL.STATUS_INDEX)
                .from(CREDENTIAL)
                .where(CREDENTIAL.ISSUER_ID.eq(issuer), CREDENTIAL.STATUS_LIST.eq(list), condition)
                .unionAll(select(ERASED_STATUS.STATUS_INDEX)
                        .from(ERASED_STATUS)
                        .where(ERASED_STATUS.ISSUER_ID.eq(issuer), ERASED_STATUS.STATUS_LIST.eq(list), ofErased));
    }
}

package org.cairn.openbadges;

import static org.cairn.db.schema.Tables.GIVEN_ENDORSEMENT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.GivenEndorsementRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** The endorsements that institutions gave, and their bits. */
final class GivenEndorsementStore {

    private static final RecordMapper<GivenEndorsementRecord, GivenEndorsement> ROW = row -> new GivenEndorsement(
            new CredentialId(row.getId()),
            row.getTenantId(),
            row.getIssuerId(),
            row.getSubject(),
            row.getJwt(),
            row.getProved(),
            row.getStatusIndex(),
            row.getGivenAt(),
            row.getRevokedAt());

    private GivenEndorsementStore() {}

    static void insert(DSLContext db, GivenEndorsement one) {
        db.executeInsert(new GivenEndorsementRecord(
                one.id().value(),
                one.tenant(),
                one.issuer(),
                one.subject(),
                one.jwt(),
                one.proved(),
                one.index(),
                one.givenAt(),
                one.revokedAt()));
    }

    /** The next bit. Two transactions that take the same one fail its unique constraint, and Database runs one again. */
    static int next(DSLContext db, TenantId tenant, IssuerId issuer) {
        return db.fetchCount(
                GIVEN_ENDORSEMENT, GIVEN_ENDORSEMENT.TENANT_ID.eq(tenant), GIVEN_ENDORSEMENT.ISSUER_ID.eq(issuer));
    }

    /** Public: by its id alone, which is in what was signed. */
    static Optional<GivenEndorsement> find(DSLContext db, CredentialId id) {
        return db.selectFrom(GIVEN_ENDORSEMENT)
                .where(GIVEN_ENDORSEMENT.ID.eq(id.value()))
                .fetchOptional(ROW);
    }

    /** The newest first. */
    static List<GivenEndorsement> list(DSLContext db, TenantId tenant, int most) {
        return db.selectFrom(GIVEN_ENDORSEMENT)
                .where(GIVEN_ENDORSEMENT.TENANT_ID.eq(tenant))
                .orderBy(GIVEN_ENDORSEMENT.GIVEN_AT.desc(), GIVEN_ENDORSEMENT.ID)
                .limit(most)
                .fetch(ROW);
    }

    static List<GivenEndorsement> standing(DSLContext db, TenantId tenant) {
        return db.selectFrom(GIVEN_ENDORSEMENT)
                .where(GIVEN_ENDORSEMENT.TENANT_ID.eq(tenant), GIVEN_ENDORSEMENT.REVOKED_AT.isNull())
                .fetch(ROW);
    }

    /** Its signed texts, in place of what they were. */
    static void replace(DSLContext db, TenantId tenant, CredentialId id, String jwt, String proved) {
        db.update(GIVEN_ENDORSEMENT)
                .set(GIVEN_ENDORSEMENT.JWT, jwt)
                .set(GIVEN_ENDORSEMENT.PROVED, proved)
                .where(GIVEN_ENDORSEMENT.TENANT_ID.eq(tenant), GIVEN_ENDORSEMENT.ID.eq(id.value()))
                .execute();
    }

    /** Whether it stood before. */
    static boolean revoke(DSLContext db, TenantId tenant, CredentialId id, Instant now) {
        return db.update(GIVEN_ENDORSEMENT)
                        .set(GIVEN_ENDORSEMENT.REVOKED_AT, now)
                        .where(
                                GIVEN_ENDORSEMENT.TENANT_ID.eq(tenant),
                                GIVEN_ENDORSEMENT.ID.eq(id.value()),
                                GIVEN_ENDORSEMENT.REVOKED_AT.isNull())
                        .execute()
                == 1;
    }

    /** The bits that are set, in order. */
    static List<Integer> revoked(DSLContext db, IssuerId issuer) {
        return db.select(GIVEN_ENDORSEMENT.STATUS_INDEX)
                .from(GIVEN_ENDORSEMENT)
                .where(GIVEN_ENDORSEMENT.ISSUER_ID.eq(issuer), GIVEN_ENDORSEMENT.REVOKED_AT.isNotNull())
                .orderBy(GIVEN_ENDORSEMENT.STATUS_INDEX)
                .fetch(GIVEN_ENDORSEMENT.STATUS_INDEX);
    }
}

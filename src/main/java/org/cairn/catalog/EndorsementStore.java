package org.cairn.catalog;

import static org.cairn.db.schema.Tables.ENDORSEMENT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cairn.AchievementId;
import org.cairn.OperatorId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.EndorsementRecord;
import org.cairn.openbadges.CredentialDocument;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.Jws;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** What partners endorse. */
public final class EndorsementStore {

    private static final RecordMapper<EndorsementRecord, Endorsement> ROW = row -> new Endorsement(
            row.getId(),
            row.getTenantId(),
            row.getAchievementId(),
            row.getVersion(),
            row.getSigned(),
            credential(row.getSigned()),
            row.getTakenAt(),
            Verdict.valueOf(row.getVerdict()),
            row.getCheckedAt(),
            row.getValidAt(),
            row.getWithdrawnAt());

    private EndorsementStore() {}

    /** Keeps one that was found valid just now. */
    static void insert(DSLContext db, Endorsement one, OperatorId by) {
        db.insertInto(ENDORSEMENT)
                .set(ENDORSEMENT.ID, one.id())
                .set(ENDORSEMENT.TENANT_ID, one.tenant())
                .set(ENDORSEMENT.ACHIEVEMENT_ID, one.achievement())
                .set(ENDORSEMENT.VERSION, one.version())
                .set(ENDORSEMENT.SIGNED, one.signed())
                .set(ENDORSEMENT.SIGNED_HASH, Sha256.hex(one.signed()))
                .set(ENDORSEMENT.TAKEN_AT, one.takenAt())
                .set(ENDORSEMENT.TAKEN_BY, by)
                .set(ENDORSEMENT.VERDICT, one.verdict().name())
                .set(ENDORSEMENT.CHECKED_AT, one.checkedAt())
                .set(ENDORSEMENT.VALID_AT, one.validAt())
                .execute();
    }

    static boolean isTaken(DSLContext db, TenantId tenant, String signed) {
        return db.fetchExists(
                ENDORSEMENT, ENDORSEMENT.TENANT_ID.eq(tenant), ENDORSEMENT.SIGNED_HASH.eq(Sha256.hex(signed)));
    }

    /** All of an institution, the newest first. */
    public static List<Endorsement> list(DSLContext db, TenantId tenant) {
        return db.selectFrom(ENDORSEMENT)
                .where(ENDORSEMENT.TENANT_ID.eq(tenant))
                .orderBy(ENDORSEMENT.TAKEN_AT.desc(), ENDORSEMENT.ID)
                .fetch(ROW);
    }

    /** Those of one version of an achievement that stand, the oldest first. */
    public static List<Endorsement> standing(
            DSLContext db, TenantId tenant, AchievementId achievement, int version, Instant at) {
        return db
                .selectFrom(ENDORSEMENT)
                .where(
                        ENDORSEMENT.TENANT_ID.eq(tenant),
                        ENDORSEMENT.ACHIEVEMENT_ID.eq(achievement),
                        ENDORSEMENT.VERSION.eq(version),
                        ENDORSEMENT.WITHDRAWN_AT.isNull())
                .orderBy(ENDORSEMENT.TAKEN_AT, ENDORSEMENT.ID)
                .fetch(ROW)
                .stream()
                .filter(one -> one.stands(at))
                .toList();
    }

    public static Optional<Endorsement> find(DSLContext db, TenantId tenant, UUID endorsement) {
        return db.selectFrom(ENDORSEMENT)
                .where(ENDORSEMENT.TENANT_ID.eq(tenant), ENDORSEMENT.ID.eq(endorsement))
                .fetchOptional(ROW);
    }

    /** Those of every institution that were last looked at before then, the longest ago first; what is withdrawn or revoked stays so. */
    static List<Endorsement> due(DSLContext db, Instant before, int most) {
        return db.selectFrom(ENDORSEMENT)
                .where(
                        ENDORSEMENT.CHECKED_AT.lt(before),
                        ENDORSEMENT.WITHDRAWN_AT.isNull(),
                        ENDORSEMENT.VERDICT.ne(Verdict.REVOKED.name()))
                .orderBy(ENDORSEMENT.CHECKED_AT, ENDORSEMENT.ID)
                .limit(most)
                .fetch(ROW);
    }

    static void found(DSLContext db, Endorsement one, Verdict verdict, Instant now) {
        db.update(ENDORSEMENT)
                .set(ENDORSEMENT.VERDICT, verdict.name())
                .set(ENDORSEMENT.CHECKED_AT, now)
                .set(ENDORSEMENT.VALID_AT, verdict == Verdict.VALID ? now : one.validAt())
                .where(ENDORSEMENT.TENANT_ID.eq(one.tenant()), ENDORSEMENT.ID.eq(one.id()))
                .execute();
    }

    /** Whether it was there and not withdrawn before. */
    static boolean withdraw(DSLContext db, TenantId tenant, UUID endorsement, OperatorId by, Instant now) {
        return db.update(ENDORSEMENT)
                        .set(ENDORSEMENT.WITHDRAWN_AT, now)
                        .set(ENDORSEMENT.WITHDRAWN_BY, by)
                        .where(
                                ENDORSEMENT.TENANT_ID.eq(tenant),
                                ENDORSEMENT.ID.eq(endorsement),
                                ENDORSEMENT.WITHDRAWN_AT.isNull())
                        .execute()
                == 1;
    }

    private static ObjectNode credential(String signed) {
        return signed.startsWith("{")
                ? CredentialJson.read(signed.getBytes(StandardCharsets.UTF_8))
                : CredentialDocument.bare(Jws.parse(signed).payload());
    }
}

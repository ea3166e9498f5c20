package org.cairn.award;

import static org.cairn.db.schema.Tables.AWARD;
import static org.cairn.db.schema.Tables.AWARD_PART;
import static org.cairn.db.schema.Tables.AWARD_STEP;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.AwardPartRecord;
import org.cairn.rule.Held;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** Which awards, and what was earned elsewhere, count in which stacks. */
final class PartStore {

    /** That {@code part}, an award or something earned elsewhere, counts in {@code award}. */
    record Counted(AwardId award, UUID part) {}

    private PartStore() {}

    /** Writes what counts in new awards, by their evaluations. */
    static void insert(DSLContext db, Collection<Award> awards) {
        db.batchInsert(awards.stream()
                        .flatMap(award -> award.evaluation().counted().stream()
                                .map(Held::id)
                                .distinct()
                                .map(part -> new AwardPartRecord(award.tenant(), award.id(), UUID.fromString(part))))
                        .toList())
                .execute();
    }

    /** These count from now on. */
    static void insert(DSLContext db, TenantId tenant, Collection<Counted> counted) {
        db.batchInsert(counted.stream()
                        .map(one -> new AwardPartRecord(tenant, one.award(), one.part()))
                        .toList())
                .execute();
    }

    /** Which of these learners' awards count in which. */
    static List<Counted> list(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return db.select(AWARD_PART.AWARD_ID, AWARD_PART.PART_ID)
                .from(AWARD_PART)
                .join(AWARD)
                .on(AWARD.TENANT_ID.eq(AWARD_PART.TENANT_ID), AWARD.ID.eq(AWARD_PART.AWARD_ID))
                .where(AWARD.TENANT_ID.eq(tenant), AWARD.LEARNER_ID.in(learners))
                .fetch(row -> new Counted(row.value1(), row.value2()));
    }

    /** What counts in these awards. */
    static List<Counted> of(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        return db.select(AWARD_PART.AWARD_ID, AWARD_PART.PART_ID)
                .from(AWARD_PART)
                .where(AWARD_PART.TENANT_ID.eq(tenant), AWARD_PART.AWARD_ID.in(awards))
                .orderBy(AWARD_PART.AWARD_ID, AWARD_PART.PART_ID)
                .fetch(row -> new Counted(row.value1(), row.value2()));
    }

    /** In how many stacks that are not revoked the award of the query around it counts. */
    static Field<Integer> uses() {
        return field(selectCount()
                .from(AWARD_PART)
                .where(
                        AWARD_PART.TENANT_ID.eq(AWARD.TENANT_ID),
                        AWARD_PART.PART_ID.eq(AWARD.ID.coerce(SQLDataType.UUID)),
                        isNotRevoked()));
    }

    /** The same of what was earned elsewhere, by its application; what counts in none has no entry. */
    static Map<UUID, Integer> uses(DSLContext db, TenantId tenant, Collection<UUID> parts) {
        var uses = count();
        return db.select(AWARD_PART.PART_ID, uses)
                .from(AWARD_PART)
                .where(AWARD_PART.TENANT_ID.eq(tenant), AWARD_PART.PART_ID.in(parts), isNotRevoked())
                .groupBy(AWARD_PART.PART_ID)
                .fetchMap(AWARD_PART.PART_ID, uses);
    }

    private static Condition isNotRevoked() {
        return notExists(selectOne()
                .from(AWARD_STEP)
                .where(
                        AWARD_STEP.TENANT_ID.eq(AWARD_PART.TENANT_ID),
                        AWARD_STEP.AWARD_ID.eq(AWARD_PART.AWARD_ID),
                        AWARD_STEP.STEP.eq(Award.Step.Kind.REVOKED.name())));
    }
}

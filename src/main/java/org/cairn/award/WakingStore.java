package org.cairn.award;

import static org.cairn.db.schema.Tables.AWARD;
import static org.cairn.db.schema.Tables.AWARD_STEP;
import static org.cairn.db.schema.Tables.WAKING;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.AwardStepRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Until when it is settled what time changed, and the awards that time ended. */
final class WakingStore {

    private static final String EXPIRED = "EXPIRED";

    /** An award whose end has passed. */
    record Ended(AwardId award, LearnerId learner, AchievementId achievement, Instant at) {

        Columns.Holder holder() {
            return new Columns.Holder(learner, achievement);
        }
    }

    private WakingStore() {}

    /** Until when everything is settled that time alone changes. */
    static Instant settledUntil(DSLContext db, TenantId tenant) {
        return Optional.ofNullable(db.select(WAKING.SETTLED_UNTIL)
                        .from(WAKING)
                        .where(WAKING.TENANT_ID.eq(tenant))
                        .fetchOne(WAKING.SETTLED_UNTIL))
                .orElse(Instant.EPOCH);
    }

    static void settle(DSLContext db, TenantId tenant, Instant until) {
        int known = db.update(WAKING)
                .set(WAKING.SETTLED_UNTIL, until)
                .where(WAKING.TENANT_ID.eq(tenant), WAKING.SETTLED_UNTIL.lt(until))
                .execute();
        if (known == 0 && !db.fetchExists(WAKING, WAKING.TENANT_ID.eq(tenant))) {
            db.insertInto(WAKING)
                    .set(WAKING.TENANT_ID, tenant)
                    .set(WAKING.SETTLED_UNTIL, until)
                    .execute();
        }
    }

    /** Awards that ended after the one instant and not after the other, of which that is not written down yet; like ones together. */
    static List<Ended> ended(DSLContext db, TenantId tenant, Instant after, Instant until) {
        return ended(
                db, AWARD.TENANT_ID.eq(tenant).and(AWARD.EXPIRES_AT.gt(after)).and(AWARD.EXPIRES_AT.le(until)));
    }

    /** Those of these of which that is still not written down. */
    static List<Ended> ended(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        return ended(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.ID.in(awards)));
    }

    /** Writes down that they ended, when they did. That decides nothing: whoever asks compares the time. */
    static void end(DSLContext db, TenantId tenant, Collection<Ended> ended) {
        db.batchInsert(ended.stream()
                        .map(one -> new AwardStepRecord(
                                UuidCreator.getTimeOrderedEpoch(),
                                tenant,
                                one.award(),
                                EXPIRED,
                                one.at(),
                                null,
                                "Its time is over.",
                                one.at()))
                        .toList())
                .execute();
    }

    private static List<Ended> ended(DSLContext db, Condition condition) {
        return db.select(AWARD.ID, AWARD.LEARNER_ID, AWARD.ACHIEVEMENT_ID, AWARD.EXPIRES_AT)
                .from(AWARD)
                .where(
                        condition,
                        notExists(selectOne()
                                .from(AWARD_STEP)
                                .where(
                                        AWARD_STEP.TENANT_ID.eq(AWARD.TENANT_ID),
                                        AWARD_STEP.AWARD_ID.eq(AWARD.ID),
                                        AWARD_STEP.STEP.in(EXPIRED, Award.Step.Kind.REVOKED.name()))))
                .orderBy(AWARD.ACHIEVEMENT_ID, AWARD.LEARNER_ID)
                .fetch(row -> new Ended(row.value1(), row.value2(), row.value3(), row.value4()));
    }
}

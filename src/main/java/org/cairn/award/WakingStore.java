package org.cairn.award;

import static org.cairn.db.schema.Tables.ACHIEVEMENT_VERSION;
import static org.cairn.db.schema.Tables.AWARD;
import static org.cairn.db.schema.Tables.AWARD_STEP;
import static org.cairn.db.schema.Tables.WAKING;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    private static final String SHORTENED = "SHORTENED";

    /** An award, and when it ends or ended. */
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
        write(db, tenant, ended, Ended::at, EXPIRED, "Its time is over.");
    }

    /** Awards that are valid for longer than a later version of their achievement leaves them, with the end that it names. */
    static List<Ended> outlasting(DSLContext db, TenantId tenant) {
        return outlasting(db, AWARD.TENANT_ID.eq(tenant));
    }

    /** Those of these that still are. */
    static List<Ended> outlasting(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        return outlasting(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.ID.in(awards)));
    }

    private static List<Ended> outlasting(DSLContext db, Condition condition) {
        var end = min(ACHIEVEMENT_VERSION.EARLIER_AWARDS_END);
        return db.select(AWARD.ID, AWARD.LEARNER_ID, AWARD.ACHIEVEMENT_ID, end)
                .from(ACHIEVEMENT_VERSION)
                .join(AWARD)
                .on(
                        AWARD.TENANT_ID.eq(ACHIEVEMENT_VERSION.TENANT_ID),
                        AWARD.ACHIEVEMENT_ID.eq(ACHIEVEMENT_VERSION.ACHIEVEMENT_ID),
                        AWARD.VERSION.lt(ACHIEVEMENT_VERSION.VERSION),
                        AWARD.EXPIRES_AT.isNull().or(AWARD.EXPIRES_AT.gt(ACHIEVEMENT_VERSION.EARLIER_AWARDS_END)))
                .where(condition, ACHIEVEMENT_VERSION.EARLIER_AWARDS_END.isNotNull())
                .groupBy(AWARD.ID, AWARD.LEARNER_ID, AWARD.ACHIEVEMENT_ID)
                .orderBy(AWARD.ACHIEVEMENT_ID, AWARD.LEARNER_ID)
                .fetch(row -> new Ended(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    /** Gives these awards their ends, and writes that down; it does not decide whether they stand. */
    static void shorten(DSLContext db, TenantId tenant, Collection<Ended> awards, Instant now) {
        awards.stream()
                .collect(Collectors.groupingBy(Ended::at, Collectors.mapping(Ended::award, Collectors.toList())))
                .forEach((end, some) -> db.update(AWARD)
                        .set(AWARD.EXPIRES_AT, end)
                        .where(AWARD.TENANT_ID.eq(tenant), AWARD.ID.in(some))
                        .execute());
        write(
                db,
                tenant,
                awards,
                one -> now,
                SHORTENED,
                "A new version of what can be earned ends the awards of earlier ones.");
    }

    private static void write(
            DSLContext db,
            TenantId tenant,
            Collection<Ended> awards,
            Function<Ended, Instant> at,
            String step,
            String reason) {
        db.batchInsert(awards.stream()
                        .map(one -> new AwardStepRecord(
                                UuidCreator.getTimeOrderedEpoch(),
                                tenant,
                                one.award(),
                                step,
                                at.apply(one),
                                null,
                                reason,
                                at.apply(one)))
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

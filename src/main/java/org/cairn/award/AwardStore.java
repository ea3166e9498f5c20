package org.cairn.award;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.AWARD;
import static org.cairn.db.schema.Tables.AWARD_STEP;
import static org.jooq.impl.DSL.countDistinct;

import com.github.f4b6a3.uuid.UuidCreator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.StoredJson;
import org.cairn.db.schema.tables.records.AwardRecord;
import org.cairn.db.schema.tables.records.AwardStepRecord;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.rule.EvaluationJson;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Awards and the steps of their lives. */
public final class AwardStore {

    private static final List<Field<?>> STEP =
            List.of(AWARD_STEP.STEP, AWARD_STEP.TAKEN_AT, AWARD_STEP.ACCOUNT_ID, AWARD_STEP.REASON);

    /** What somebody has been awarded, in short: all that a rule asks about it. {@code uses} counts the stacks that it counts in and that are not revoked. */
    record Holding(
            AwardId award,
            LearnerId learner,
            AchievementId achievement,
            int version,
            int occurrence,
            @Nullable CourseId course,
            Instant awardedAt,
            @Nullable Instant expiresAt,
            @Nullable BigDecimal result,
            int uses,
            Award.Step last) {

        boolean stands() {
            return last.stands();
        }

        boolean hasEnded(Instant at) {
            return expiresAt != null && !at.isBefore(expiresAt);
        }

        Columns.Holder holder() {
            return new Columns.Holder(learner, achievement);
        }

        Holding after(Award.Step step) {
            return new Holding(
                    award, learner, achievement, version, occurrence, course, awardedAt, expiresAt, result, uses, step);
        }
    }

    private AwardStore() {}

    /** Writes new awards. That a learner has one already fails the unique constraint, and Database runs the transaction again. */
    static void insert(DSLContext db, Collection<Award> awards) {
        if (awards.isEmpty()) {
            return;
        }
        db.batchInsert(awards.stream().map(AwardStore::row).toList()).execute();
        db.batchInsert(awards.stream()
                        .map(award -> row(award.tenant(), award.id(), award.last()))
                        .toList())
                .execute();
        PartStore.insert(db, awards);
    }

    /** Everything these learners were ever awarded, revoked or not. */
    static List<Holding> held(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return held(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.LEARNER_ID.in(learners)));
    }

    /** What of these achievements these learners were ever awarded, revoked or not. */
    static List<Holding> held(
            DSLContext db, TenantId tenant, Collection<LearnerId> learners, Collection<AchievementId> achievements) {
        return held(
                db,
                AWARD.TENANT_ID
                        .eq(tenant)
                        .and(AWARD.LEARNER_ID.in(learners))
                        .and(AWARD.ACHIEVEMENT_ID.in(achievements)));
    }

    private static List<Holding> held(DSLContext db, Condition condition) {
        var uses = PartStore.uses();
        return db.select(
                        AWARD.ID,
                        AWARD.LEARNER_ID,
                        AWARD.ACHIEVEMENT_ID,
                        AWARD.VERSION,
                        AWARD.OCCURRENCE,
                        AWARD.COURSE_ID,
                        AWARD.AWARDED_AT,
                        AWARD.EXPIRES_AT,
                        AWARD.RESULT,
                        uses)
                .select(STEP)
                .from(AWARD)
                .join(AWARD_STEP)
                .on(decides())
                .where(condition)
                .fetch(row -> new Holding(
                        row.get(AWARD.ID),
                        row.get(AWARD.LEARNER_ID),
                        row.get(AWARD.ACHIEVEMENT_ID),
                        row.get(AWARD.VERSION),
                        row.get(AWARD.OCCURRENCE),
                        row.get(AWARD.COURSE_ID),
                        row.get(AWARD.AWARDED_AT),
                        row.get(AWARD.EXPIRES_AT),
                        row.get(AWARD.RESULT) == null ? null : new BigDecimal(row.get(AWARD.RESULT)),
                        row.get(uses),
                        step(row)));
    }

    /** What of these achievements anybody was ever awarded, revoked or not. */
    static List<Holding> awarded(DSLContext db, TenantId tenant, Collection<AchievementId> achievements) {
        return held(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.ACHIEVEMENT_ID.in(achievements)));
    }

    /** The accounts of whoever was ever awarded any of these. */
    static List<Account> accounts(DSLContext db, TenantId tenant, Collection<AchievementId> achievements) {
        return db.selectDistinct(AccountStore.ACCOUNT_FIELDS)
                .from(AWARD)
                .join(ACCOUNT)
                .on(ACCOUNT.TENANT_ID.eq(AWARD.TENANT_ID), ACCOUNT.LEARNER_ID.eq(AWARD.LEARNER_ID))
                .where(AWARD.TENANT_ID.eq(tenant), AWARD.ACHIEVEMENT_ID.in(achievements))
                .fetch(AccountStore.ACCOUNT_ROW);
    }

    /** These learners' awards of these achievements, revoked ones too. */
    static List<Award> list(
            DSLContext db, TenantId tenant, Collection<LearnerId> learners, Collection<AchievementId> achievements) {
        return list(
                db,
                AWARD.TENANT_ID
                        .eq(tenant)
                        .and(AWARD.LEARNER_ID.in(learners))
                        .and(AWARD.ACHIEVEMENT_ID.in(achievements)));
    }

    public static List<Award> list(DSLContext db, TenantId tenant, LearnerId learner) {
        return list(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.LEARNER_ID.eq(learner)));
    }

    public static Optional<Award> find(DSLContext db, TenantId tenant, AwardId award) {
        return list(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.ID.eq(award))).stream()
                .findFirst();
    }

    /** These awards, the oldest first. */
    static List<Award> listed(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        return list(db, AWARD.TENANT_ID.eq(tenant).and(AWARD.ID.in(awards)));
    }

    /** How many of these learners hold each of these achievements now. */
    public static Map<AchievementId, Integer> count(
            DSLContext db,
            TenantId tenant,
            Collection<LearnerId> learners,
            Collection<AchievementId> achievements,
            Instant now) {
        var count = countDistinct(AWARD.LEARNER_ID);
        return db.select(AWARD.ACHIEVEMENT_ID, count)
                .from(AWARD)
                .join(AWARD_STEP)
                .on(decides())
                .where(
                        AWARD.TENANT_ID.eq(tenant),
                        AWARD.LEARNER_ID.in(learners),
                        AWARD.ACHIEVEMENT_ID.in(achievements),
                        AWARD.EXPIRES_AT.isNull().or(AWARD.EXPIRES_AT.gt(now)),
                        AWARD_STEP.STEP.in(Award.Step.Kind.AWARDED.name(), Award.Step.Kind.REINSTATED.name()))
                .groupBy(AWARD.ACHIEVEMENT_ID)
                .fetchMap(AWARD.ACHIEVEMENT_ID, count);
    }

    /** Who was ever awarded any of these. */
    static Set<LearnerId> holders(DSLContext db, TenantId tenant, Collection<AchievementId> achievements) {
        return db.selectDistinct(AWARD.LEARNER_ID)
                .from(AWARD)
                .where(AWARD.TENANT_ID.eq(tenant), AWARD.ACHIEVEMENT_ID.in(achievements))
                .fetchSet(AWARD.LEARNER_ID);
    }

    /** Who was awarded any of these from the one instant until before the other. */
    static Set<LearnerId> holders(
            DSLContext db, TenantId tenant, Collection<AchievementId> achievements, Instant from, Instant to) {
        return db.selectDistinct(AWARD.LEARNER_ID)
                .from(AWARD)
                .where(
                        AWARD.TENANT_ID.eq(tenant),
                        AWARD.ACHIEVEMENT_ID.in(achievements),
                        AWARD.AWARDED_AT.ge(from),
                        AWARD.AWARDED_AT.lt(to))
                .fetchSet(AWARD.LEARNER_ID);
    }

    /** Takes the next step with each of these awards, however many in two statements; it decides from now on. */
    static void take(DSLContext db, TenantId tenant, Map<AwardId, Award.Step> steps, Instant now) {
        db.update(AWARD_STEP)
                .set(AWARD_STEP.FOLLOWED_AT, now)
                .where(
                        AWARD_STEP.TENANT_ID.eq(tenant),
                        AWARD_STEP.AWARD_ID.in(steps.keySet()),
                        AWARD_STEP.FOLLOWED_AT.isNull())
                .execute();
        db.batchInsert(steps.entrySet().stream()
                        .map(one -> row(tenant, one.getKey(), one.getValue()))
                        .toList())
                .execute();
    }

    private static List<Award> list(DSLContext db, Condition condition) {
        return db.select(AWARD.fields())
                .select(STEP)
                .from(AWARD)
                .join(AWARD_STEP)
                .on(decides())
                .where(condition)
                .orderBy(AWARD.AWARDED_AT, AWARD.ID)
                .fetch(AwardStore::award);
    }

    /** One step of each award: the one that nothing followed. */
    private static Condition decides() {
        return AWARD_STEP
                .TENANT_ID
                .eq(AWARD.TENANT_ID)
                .and(AWARD_STEP.AWARD_ID.eq(AWARD.ID))
                .and(AWARD_STEP.FOLLOWED_AT.isNull());
    }

    private static AwardRecord row(Award award) {
        return new AwardRecord(
                award.id(),
                award.tenant(),
                award.learner(),
                award.achievement(),
                award.version(),
                award.occurrence(),
                award.course(),
                award.awardedAt(),
                award.expiresAt(),
                award.title(),
                award.evaluation().result().map(BigDecimal::toPlainString).orElse(null),
                EvaluationJson.write(award.evaluation()).toString());
    }

    private static AwardStepRecord row(TenantId tenant, AwardId award, Award.Step step) {
        return new AwardStepRecord(
                UuidCreator.getTimeOrderedEpoch(),
                tenant,
                award,
                step.kind().name(),
                step.at(),
                step.by(),
                step.reason(),
                null);
    }

    private static Award.Step step(Record row) {
        return new Award.Step(
                Award.Step.Kind.valueOf(row.get(AWARD_STEP.STEP)),
                row.get(AWARD_STEP.TAKEN_AT),
                row.get(AWARD_STEP.ACCOUNT_ID),
                row.get(AWARD_STEP.REASON));
    }

    private static Award award(Record row) {
        return new Award(
                row.get(AWARD.ID),
                row.get(AWARD.TENANT_ID),
                row.get(AWARD.LEARNER_ID),
                row.get(AWARD.ACHIEVEMENT_ID),
                row.get(AWARD.VERSION),
                row.get(AWARD.OCCURRENCE),
                row.get(AWARD.COURSE_ID),
                row.get(AWARD.AWARDED_AT),
                row.get(AWARD.EXPIRES_AT),
                row.get(AWARD.TITLE),
                EvaluationJson.read(StoredJson.read(row.get(AWARD.EVALUATION))),
                step(row));
    }
}

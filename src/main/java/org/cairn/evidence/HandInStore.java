package org.cairn.evidence;

import static org.cairn.db.schema.Tables.HAND_IN;
import static org.cairn.db.schema.Tables.REVIEW;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.HandInId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.Chunks;
import org.cairn.rule.Approval;
import org.cairn.rule.Slot;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** What learners handed in, and what was answered. Neither is ever changed; a hand-in is only closed. */
public final class HandInStore {

    /** A hand-in with one of its answers, or none. */
    record Row(
            HandInId handIn,
            LearnerId learner,
            AchievementId achievement,
            Slot slot,
            Approval asked,
            @Nullable Approval answer) {}

    private static final RecordMapper<Record, HandIn> HAND_IN_ROW = row -> new HandIn(
            row.get(HAND_IN.ID),
            row.get(HAND_IN.LEARNER_ID),
            row.get(HAND_IN.ACHIEVEMENT_ID),
            new Slot(row.get(HAND_IN.SLOT)),
            row.get(HAND_IN.COURSE_ID),
            row.get(HAND_IN.SAID),
            row.get(HAND_IN.HANDED_IN_AT),
            row.get(HAND_IN.CLOSED_AT) == null);

    private static final RecordMapper<Record, Review> REVIEW_ROW = row -> new Review(
            row.get(REVIEW.HAND_IN_ID),
            row.get(REVIEW.REVIEWER_ID),
            isApproved(row),
            row.get(REVIEW.INDEPENDENT),
            row.get(REVIEW.REASON),
            row.get(REVIEW.ANSWERED_AT));

    private HandInStore() {}

    /** Keeps an open hand-in, from the account that it was written with. */
    public static void insert(DSLContext db, TenantId tenant, HandIn handIn, AccountId by) {
        db.insertInto(HAND_IN)
                .set(HAND_IN.ID, handIn.id())
                .set(HAND_IN.TENANT_ID, tenant)
                .set(HAND_IN.LEARNER_ID, handIn.learner())
                .set(HAND_IN.ACHIEVEMENT_ID, handIn.achievement())
                .set(HAND_IN.SLOT, handIn.slot().name())
                .set(HAND_IN.COURSE_ID, handIn.course())
                .set(HAND_IN.ACCOUNT_ID, by)
                .set(HAND_IN.SAID, handIn.said())
                .set(HAND_IN.HANDED_IN_AT, handIn.at())
                .execute();
    }

    /** Keeps an answer. That this person has answered already fails the primary key. */
    public static void insert(DSLContext db, TenantId tenant, Review review, AccountId by) {
        var answer = review.isApproved() ? Approval.Step.APPROVED : Approval.Step.DECLINED;
        db.insertInto(REVIEW)
                .set(REVIEW.TENANT_ID, tenant)
                .set(REVIEW.HAND_IN_ID, review.handIn())
                .set(REVIEW.REVIEWER_ID, review.reviewer())
                .set(REVIEW.ACCOUNT_ID, by)
                .set(REVIEW.ANSWER, answer.name())
                .set(REVIEW.INDEPENDENT, review.independent())
                .set(REVIEW.REASON, review.reason())
                .set(REVIEW.ANSWERED_AT, review.at())
                .execute();
    }

    /** Nobody is asked to look at it any more. */
    public static void close(DSLContext db, TenantId tenant, HandInId handIn, Instant now) {
        db.update(HAND_IN)
                .set(HAND_IN.CLOSED_AT, now)
                .where(HAND_IN.TENANT_ID.eq(tenant), HAND_IN.ID.eq(handIn))
                .execute();
    }

    public static Optional<HandIn> find(DSLContext db, TenantId tenant, HandInId handIn) {
        return db.selectFrom(HAND_IN)
                .where(HAND_IN.TENANT_ID.eq(tenant), HAND_IN.ID.eq(handIn))
                .fetchOptional(HAND_IN_ROW);
    }

    /** Everything that a learner handed in for any of these, the newest first. */
    public static List<HandIn> list(
            DSLContext db, TenantId tenant, LearnerId learner, Collection<AchievementId> achievements) {
        return db.selectFrom(HAND_IN)
                .where(
                        HAND_IN.TENANT_ID.eq(tenant),
                        HAND_IN.LEARNER_ID.eq(learner),
                        HAND_IN.ACHIEVEMENT_ID.in(achievements))
                .orderBy(HAND_IN.HANDED_IN_AT.desc(), HAND_IN.ID.desc())
                .fetch(HAND_IN_ROW);
    }

    /** What is open in a course and this person has not answered, the oldest first. */
    public static List<HandIn> open(DSLContext db, TenantId tenant, CourseId course, LearnerId reviewer, int most) {
        return db.selectFrom(HAND_IN)
                .where(
                        HAND_IN.TENANT_ID.eq(tenant),
                        HAND_IN.COURSE_ID.eq(course),
                        HAND_IN.CLOSED_AT.isNull(),
                        notExists(selectOne()
                                .from(REVIEW)
                                .where(
                                        REVIEW.TENANT_ID.eq(HAND_IN.TENANT_ID),
                                        REVIEW.HAND_IN_ID.eq(HAND_IN.ID),
                                        REVIEW.REVIEWER_ID.eq(reviewer))))
                .orderBy(HAND_IN.HANDED_IN_AT, HAND_IN.ID)
                .limit(most)
                .fetch(HAND_IN_ROW);
    }

    /** What was answered to these, the oldest first. */
    public static List<Review> reviews(DSLContext db, TenantId tenant, Collection<HandInId> handIns) {
        return db.selectFrom(REVIEW)
                .where(REVIEW.TENANT_ID.eq(tenant), REVIEW.HAND_IN_ID.in(handIns))
                .orderBy(REVIEW.ANSWERED_AT, REVIEW.REVIEWER_ID)
                .fetch(REVIEW_ROW);
    }

    /** How often a learner has handed something in, whatever it was, since then. */
    public static int countSince(DSLContext db, TenantId tenant, LearnerId learner, Instant since) {
        return db.fetchCount(
                HAND_IN,
                HAND_IN.TENANT_ID.eq(tenant),
                HAND_IN.LEARNER_ID.eq(learner),
                HAND_IN.HANDED_IN_AT.greaterThan(since));
    }

    /** Who handed anything in for any of these. */
    public static Set<LearnerId> learners(DSLContext db, TenantId tenant, Collection<AchievementId> achievements) {
        return db.selectDistinct(HAND_IN.LEARNER_ID)
                .from(HAND_IN)
                .where(HAND_IN.TENANT_ID.eq(tenant), HAND_IN.ACHIEVEMENT_ID.in(achievements))
                .fetchSet(HAND_IN.LEARNER_ID);
    }

    /** All that these learners handed in with what was answered, without the words; the newest hand-in of each first. */
    static List<Row> steps(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return Chunks.list(
                learners, some -> steps(db, HAND_IN.TENANT_ID.eq(tenant).and(HAND_IN.LEARNER_ID.in(some))));
    }

    private static List<Row> steps(DSLContext db, Condition condition) {
        return db.select(
                        HAND_IN.ID,
                        HAND_IN.LEARNER_ID,
                        HAND_IN.ACHIEVEMENT_ID,
                        HAND_IN.SLOT,
                        HAND_IN.HANDED_IN_AT,
                        REVIEW.REVIEWER_ID,
                        REVIEW.ANSWER,
                        REVIEW.INDEPENDENT,
                        REVIEW.ANSWERED_AT)
                .from(HAND_IN)
                .leftJoin(REVIEW)
                .on(REVIEW.TENANT_ID.eq(HAND_IN.TENANT_ID), REVIEW.HAND_IN_ID.eq(HAND_IN.ID))
                .where(condition)
                .orderBy(HAND_IN.HANDED_IN_AT.desc(), HAND_IN.ID.desc())
                .fetch(HandInStore::step);
    }

    private static Row step(Record row) {
        var learner = row.get(HAND_IN.LEARNER_ID);
        var asked = new Approval(Approval.Step.ASKED, learner.toString(), false, row.get(HAND_IN.HANDED_IN_AT));
        var answer = row.get(REVIEW.REVIEWER_ID) == null
                ? null
                : new Approval(
                        isApproved(row) ? Approval.Step.APPROVED : Approval.Step.DECLINED,
                        row.get(REVIEW.REVIEWER_ID).toString(),
                        row.get(REVIEW.INDEPENDENT),
                        row.get(REVIEW.ANSWERED_AT));
        return new Row(
                row.get(HAND_IN.ID),
                learner,
                row.get(HAND_IN.ACHIEVEMENT_ID),
                new Slot(row.get(HAND_IN.SLOT)),
                asked,
                answer);
    }

    private static boolean isApproved(Record row) {
        return Approval.Step.valueOf(row.get(REVIEW.ANSWER)) == Approval.Step.APPROVED;
    }
}

package org.cairn.award;

import static org.cairn.db.schema.Tables.APPLICATION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.OperatorId;
import org.cairn.TenantId;
import org.cairn.db.Chunks;
import org.cairn.db.StoredJson;
import org.cairn.db.schema.tables.records.ApplicationRecord;
import org.cairn.rule.RequirementJson;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** What people decide about learners' awards. A decision is written once and stays. */
public final class ApplicationStore {

    private enum Kind {
        AWARD,
        WAIVER,
        RECOGNITION
    }

    private static final RecordMapper<ApplicationRecord, Application> APPLICATION_ROW = row -> new Application(
            row.getId(),
            row.getLearnerId(),
            row.getAchievementId(),
            row.getCourseId(),
            sought(row),
            row.getSaid(),
            row.getAppliedAt(),
            row.getDecidedAt() == null
                    ? null
                    : new Application.Decision(row.getGranted(), row.getReason(), row.getDecidedAt()));

    private ApplicationStore() {}

    /** Writes new ones. Of a decision that comes with one, nobody but the rule is the author. */
    static void insert(DSLContext db, TenantId tenant, Collection<Application> applications) {
        db.batchInsert(applications.stream().map(one -> row(tenant, one)).toList())
                .execute();
    }

    /** Writes the decision of a person, by account, or of an operator. */
    static void decide(
            DSLContext db,
            TenantId tenant,
            ApplicationId application,
            Application.Decision decision,
            @Nullable AccountId account,
            @Nullable OperatorId operator) {
        db.update(APPLICATION)
                .set(APPLICATION.GRANTED, decision.isGranted())
                .set(APPLICATION.REASON, decision.reason())
                .set(APPLICATION.DECIDED_AT, decision.at())
                .set(APPLICATION.ACCOUNT_ID, account)
                .set(APPLICATION.OPERATOR_ID, operator)
                .where(
                        APPLICATION.TENANT_ID.eq(tenant),
                        APPLICATION.ID.eq(application),
                        APPLICATION.DECIDED_AT.isNull())
                .execute();
    }

    static Optional<Application> find(DSLContext db, TenantId tenant, ApplicationId application) {
        return db.selectFrom(APPLICATION)
                .where(APPLICATION.TENANT_ID.eq(tenant), APPLICATION.ID.eq(application))
                .fetchOptional(APPLICATION_ROW);
    }

    /** Everything about these learners, the oldest first. */
    static List<Application> list(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return Chunks.list(
                learners,
                some -> db.selectFrom(APPLICATION)
                        .where(APPLICATION.TENANT_ID.eq(tenant), APPLICATION.LEARNER_ID.in(some))
                        .orderBy(APPLICATION.APPLIED_AT, APPLICATION.ID)
                        .fetch(APPLICATION_ROW));
    }

    /** The same of one learner, for her page. */
    public static List<Application> list(DSLContext db, TenantId tenant, LearnerId learner) {
        return list(db, tenant, List.of(learner));
    }

    /** What a course's teachers have to decide, the oldest first. */
    public static List<Application> open(DSLContext db, TenantId tenant, CourseId course, int most) {
        return open(db, APPLICATION.TENANT_ID.eq(tenant).and(APPLICATION.COURSE_ID.eq(course)), most);
    }

    /** What nobody but the institution has to decide, the oldest first. */
    public static List<Application> openOfInstitution(DSLContext db, TenantId tenant, int most) {
        return open(db, APPLICATION.TENANT_ID.eq(tenant).and(APPLICATION.COURSE_ID.isNull()), most);
    }

    /** All that is open in an institution, the oldest first. */
    public static List<Application> open(DSLContext db, TenantId tenant, int most) {
        return open(db, APPLICATION.TENANT_ID.eq(tenant), most);
    }

    /** How many are open in these institutions. */
    public static int countOpen(DSLContext db, Collection<TenantId> tenants) {
        return db.fetchCount(APPLICATION, APPLICATION.TENANT_ID.in(tenants), APPLICATION.DECIDED_AT.isNull());
    }

    /** How often a learner has applied for anything since then. */
    static int countSince(DSLContext db, TenantId tenant, LearnerId learner, Instant since) {
        return db.fetchCount(
                APPLICATION,
                APPLICATION.TENANT_ID.eq(tenant),
                APPLICATION.LEARNER_ID.eq(learner),
                APPLICATION.APPLIED_AT.greaterThan(since));
    }

    /** For whom anything was granted about any of these. */
    static Set<LearnerId> learners(DSLContext db, TenantId tenant, Collection<AchievementId> achievements) {
        return db.selectDistinct(APPLICATION.LEARNER_ID)
                .from(APPLICATION)
                .where(
                        APPLICATION.TENANT_ID.eq(tenant),
                        APPLICATION.ACHIEVEMENT_ID.in(achievements),
                        APPLICATION.GRANTED.isTrue())
                .fetchSet(APPLICATION.LEARNER_ID);
    }

    private static List<Application> open(DSLContext db, Condition condition, int most) {
        return db.selectFrom(APPLICATION)
                .where(condition, APPLICATION.DECIDED_AT.isNull())
                .orderBy(APPLICATION.APPLIED_AT, APPLICATION.ID)
                .limit(most)
                .fetch(APPLICATION_ROW);
    }

    private static ApplicationRecord row(TenantId tenant, Application application) {
        var row = new ApplicationRecord();
        row.setId(application.id());
        row.setTenantId(tenant);
        row.setLearnerId(application.learner());
        row.setAchievementId(application.achievement());
        row.setCourseId(application.course());
        row.setSaid(application.said());
        row.setAppliedAt(application.at());
        switch (application.sought()) {
            case Application.TheAward award -> row.setKind(Kind.AWARD.name());
            case Application.Waiver waiver -> {
                row.setKind(Kind.WAIVER.name());
                row.setRequirement(RequirementJson.write(waiver.requirement()).toString());
            }
            case Application.Recognition recognition -> {
                row.setKind(Kind.RECOGNITION.name());
                row.setNamed(recognition.named());
                row.setIssuer(recognition.issuer());
                row.setEarnedAt(recognition.earnedAt());
            }
        }
        var decision = application.decision();
        if (decision != null) {
            row.setGranted(decision.isGranted());
            row.setReason(decision.reason());
            row.setDecidedAt(decision.at());
        }
        return row;
    }

    private static Application.Sought sought(ApplicationRecord row) {
        return switch (Kind.valueOf(row.getKind())) {
            case AWARD -> new Application.TheAward();
            case WAIVER -> new Application.Waiver(RequirementJson.read(StoredJson.read(row.getRequirement())));
            case RECOGNITION -> new Application.Recognition(row.getNamed(), row.getIssuer(), row.getEarnedAt());
        };
    }
}

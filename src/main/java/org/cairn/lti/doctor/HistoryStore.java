package org.cairn.lti.doctor;

import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.SCORE;
import static org.cairn.db.schema.Tables.SUBSCRIPTION;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;

import java.util.Objects;
import java.util.Optional;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.service.ScoreStore.State;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What is remembered of a deployment, read together. */
final class HistoryStore {

    private HistoryStore() {}

    static History get(DSLContext db, Deployment deployment) {
        int waiting = (int) PlatformStore.pending(db).stream()
                .filter(pending -> pending.platform().equals(deployment.platform()))
                .count();
        return new History(
                PlatformStore.get(db, deployment.platform()),
                deployment,
                PlatformStore.lastLaunch(db, deployment),
                CourseStore.lastLaunched(db, deployment),
                scores(db, deployment),
                subscription(db, deployment),
                waiting);
    }

    private static History.Scores scores(DSLContext db, Deployment deployment) {
        var counts = db.select(SCORE.STATE, count(), max(SCORE.DELIVERED_AT))
                .from(SCORE)
                .join(COURSE)
                .on(COURSE.TENANT_ID.eq(SCORE.TENANT_ID), COURSE.ID.eq(SCORE.COURSE_ID))
                .where(SCORE.TENANT_ID.eq(deployment.tenant()), COURSE.DEPLOYMENT_ID.eq(deployment.id()))
                .groupBy(SCORE.STATE)
                .fetchMap(SCORE.STATE);
        return new History.Scores(
                number(counts.get(State.WAITING.name())),
                number(counts.get(State.REFUSED.name())),
                number(counts.get(State.DELIVERED.name())),
                counts.values().stream()
                        .map(row -> row.value3())
                        .filter(Objects::nonNull)
                        .max(java.util.Comparator.naturalOrder())
                        .orElse(null),
                problem(db, deployment));
    }

    private static int number(org.jooq.@Nullable Record3<String, Integer, java.time.Instant> row) {
        return row == null ? 0 : row.value2();
    }

    private static @Nullable String problem(DSLContext db, Deployment deployment) {
        return db.select(SCORE.PROBLEM)
                .from(SCORE)
                .join(COURSE)
                .on(COURSE.TENANT_ID.eq(SCORE.TENANT_ID), COURSE.ID.eq(SCORE.COURSE_ID))
                .where(
                        SCORE.TENANT_ID.eq(deployment.tenant()),
                        COURSE.DEPLOYMENT_ID.eq(deployment.id()),
                        SCORE.PROBLEM.isNotNull())
                // Refused ones first: they wait for somebody.
                .orderBy(SCORE.STATE, SCORE.STAMP.desc())
                .limit(1)
                .fetchOne(row -> row.value1());
    }

    private static Optional<History.Subscription> subscription(DSLContext db, Deployment deployment) {
        return db.selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.TENANT_ID.eq(deployment.tenant()), SUBSCRIPTION.DEPLOYMENT_ID.eq(deployment.id()))
                .fetchOptional(
                        row -> new History.Subscription(row.getSubscribedAt(), row.getHelloAt(), row.getProblem()));
    }
}

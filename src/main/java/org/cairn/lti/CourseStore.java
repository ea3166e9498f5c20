package org.cairn.lti;

import static org.cairn.db.schema.Tables.COURSE;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.db.schema.tables.records.CourseRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** Courses, as their LMS calls them. */
public final class CourseStore {

    static final List<Field<?>> COURSE_FIELDS = List.of(
            COURSE.ID,
            COURSE.TENANT_ID,
            COURSE.DEPLOYMENT_ID,
            COURSE.CONTEXT_ID,
            COURSE.TITLE,
            COURSE.MEMBERSHIPS_URL,
            COURSE.LINE_ITEMS_URL,
            COURSE.SCOPES,
            COURSE.GROUPS_URL,
            COURSE.LAUNCHED_AT);

    static final RecordMapper<Record, Course> COURSE_ROW = row -> new Course(
            row.get(COURSE.ID),
            row.get(COURSE.TENANT_ID),
            row.get(COURSE.DEPLOYMENT_ID),
            row.get(COURSE.CONTEXT_ID),
            row.get(COURSE.TITLE),
            uri(row.get(COURSE.MEMBERSHIPS_URL)),
            uri(row.get(COURSE.LINE_ITEMS_URL)),
            row.get(COURSE.SCOPES) == null ? Set.of() : Text.words(row.get(COURSE.SCOPES)),
            uri(row.get(COURSE.GROUPS_URL)),
            row.get(COURSE.LAUNCHED_AT));

    /** How exactly it is kept when a course was last launched: not every launch writes its course's row. */
    private static final Duration SEEN = Duration.ofMinutes(10);

    private CourseStore() {}

    /** The course of this context, made when missing: grades may arrive before anybody launches. */
    public static Course findOrCreate(
            DSLContext db, TenantId tenant, DeploymentId deployment, String contextId, Instant now) {
        var found = find(db, tenant, deployment, contextId);
        if (found.isPresent()) {
            return found.get();
        }
        db.insertInto(COURSE)
                .set(COURSE.ID, CourseId.fresh())
                .set(COURSE.TENANT_ID, tenant)
                .set(COURSE.DEPLOYMENT_ID, deployment)
                .set(COURSE.CONTEXT_ID, contextId)
                .set(COURSE.CREATED_AT, now)
                .execute();
        return find(db, tenant, deployment, contextId).orElseThrow();
    }

    public static Course get(DSLContext db, TenantId tenant, CourseId course) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.ID.eq(course))
                .fetchSingle(COURSE_ROW);
    }

    public static List<Course> list(DSLContext db, TenantId tenant, Collection<CourseId> courses) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.ID.in(courses))
                .fetch(COURSE_ROW);
    }

    /** The courses of these LMS's ids, whatever their deployment. */
    public static List<Course> called(DSLContext db, TenantId tenant, Collection<String> contextIds) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.CONTEXT_ID.in(contextIds))
                .fetch(COURSE_ROW);
    }

    public static Optional<Course> find(DSLContext db, TenantId tenant, DeploymentId deployment, String contextId) {
        return db.selectFrom(COURSE)
                .where(
                        COURSE.TENANT_ID.eq(tenant),
                        COURSE.DEPLOYMENT_ID.eq(deployment),
                        COURSE.CONTEXT_ID.eq(contextId))
                .fetchOptional(COURSE_ROW);
    }

    /**
     * The course of a launch, with what the launch says of it. A service that it does not offer is not forgotten: only some launches
     * offer each. Writes only what differs.
     */
    static Course arrive(DSLContext db, Deployment deployment, @Nullable Course known, Launch launch, Instant now) {
        var course =
                known != null ? known : findOrCreate(db, deployment.tenant(), deployment.id(), launch.courseKey(), now);
        var offer = launch.offer();
        var said = new CourseRecord();
        if (differs(launch.contextTitle(), course.title())) {
            said.setTitle(launch.contextTitle());
        }
        if (differs(offer.memberships(), course.memberships())) {
            said.setMembershipsUrl(String.valueOf(offer.memberships()));
        }
        if (offer.lineItems() != null
                && (differs(offer.lineItems(), course.lineItems())
                        || !offer.scopes().equals(course.scopes()))) {
            said.setLineItemsUrl(offer.lineItems().toString());
            said.setScopes(offer.scopes().stream().sorted().collect(Collectors.joining(" ")));
        }
        if (differs(offer.groups(), course.groups())) {
            said.setGroupsUrl(String.valueOf(offer.groups()));
        }
        boolean isSeen =
                course.launchedAt() != null && now.isBefore(course.launchedAt().plus(SEEN));
        if (isSeen && !said.touched()) {
            return course;
        }
        said.setLaunchedAt(now);
        db.update(COURSE)
                .set(said)
                .where(COURSE.TENANT_ID.eq(course.tenant()), COURSE.ID.eq(course.id()))
                .execute();
        return get(db, course.tenant(), course.id());
    }

    /** The course that a notice speaks of, made when missing: its title is the notice's until a launch says better. */
    static Course announce(
            DSLContext db, Deployment deployment, String contextId, @Nullable String title, Instant now) {
        var course = findOrCreate(db, deployment.tenant(), deployment.id(), contextId, now);
        if (title == null || course.title() != null) {
            return course;
        }
        db.update(COURSE)
                .set(COURSE.TITLE, title)
                .where(COURSE.TENANT_ID.eq(course.tenant()), COURSE.ID.eq(course.id()))
                .execute();
        return get(db, course.tenant(), course.id());
    }

    private static boolean differs(@Nullable Object said, @Nullable Object known) {
        return said != null && !said.equals(known);
    }

    /** The course of a deployment that was launched last; empty where none was. */
    public static Optional<Course> lastLaunched(DSLContext db, Deployment deployment) {
        return db.selectFrom(COURSE)
                .where(
                        COURSE.TENANT_ID.eq(deployment.tenant()),
                        COURSE.DEPLOYMENT_ID.eq(deployment.id()),
                        COURSE.LAUNCHED_AT.isNotNull())
                .orderBy(COURSE.LAUNCHED_AT.desc(), COURSE.ID)
                .limit(1)
                .fetchOptional(COURSE_ROW);
    }

    /** The courses of a tenant that somebody has launched. */
    public static List<Course> launched(DSLContext db, TenantId tenant) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.LAUNCHED_AT.isNotNull())
                .fetch(COURSE_ROW);
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null ? null : URI.create(text);
    }
}

package org.cairn.lti;

import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.LINE_ITEM;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.PLACEMENT;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AccountId;
import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.PlacementId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.CourseRecord;
import org.cairn.db.schema.tables.records.MemberRecord;
import org.cairn.db.schema.tables.records.PlacementRecord;
import org.cairn.people.Role;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** Courses, the placements of Cairn in them, who is in them, and the gradebook columns that Cairn made there. */
public final class CourseStore {

    private static final RecordMapper<CourseRecord, Course> COURSE_ROW = row -> new Course(
            row.getId(),
            row.getTenantId(),
            row.getDeploymentId(),
            row.getContextId(),
            row.getTitle(),
            uri(row.getMembershipsUrl()),
            uri(row.getLineItemsUrl()),
            row.getScopes() == null
                    ? Set.of()
                    : Arrays.stream(row.getScopes().split(" "))
                            .filter(scope -> !scope.isEmpty())
                            .collect(Collectors.toUnmodifiableSet()));

    private static final RecordMapper<PlacementRecord, Placement> PLACEMENT_ROW = row ->
            new Placement(row.getId(), row.getTenantId(), row.getCourseId(), row.getResourceLinkId(), row.getTitle());

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

    public static Optional<Course> find(DSLContext db, TenantId tenant, DeploymentId deployment, String contextId) {
        return db.selectFrom(COURSE)
                .where(
                        COURSE.TENANT_ID.eq(tenant),
                        COURSE.DEPLOYMENT_ID.eq(deployment),
                        COURSE.CONTEXT_ID.eq(contextId))
                .fetchOptional(COURSE_ROW);
    }

    /** What a launch said of the course. A service that it did not offer is not forgotten: only some launches offer each. */
    static void launched(
            DSLContext db,
            Course course,
            @Nullable String title,
            @Nullable URI memberships,
            @Nullable URI lineItems,
            Set<String> scopes,
            Instant now) {
        var update = db.update(COURSE).set(COURSE.LAUNCHED_AT, now);
        if (title != null) {
            update = update.set(COURSE.TITLE, title);
        }
        if (memberships != null) {
            update = update.set(COURSE.MEMBERSHIPS_URL, memberships.toString());
        }
        if (lineItems != null) {
            update = update.set(COURSE.LINE_ITEMS_URL, lineItems.toString())
                    .set(COURSE.SCOPES, scopes.stream().sorted().collect(Collectors.joining(" ")));
        }
        update.where(COURSE.TENANT_ID.eq(course.tenant()), COURSE.ID.eq(course.id()))
                .execute();
    }

    /** The placement of this resource link, made when missing. */
    static Placement place(DSLContext db, Course course, String resourceLinkId, @Nullable String title, Instant now) {
        var isThis = PLACEMENT
                .TENANT_ID
                .eq(course.tenant())
                .and(PLACEMENT.COURSE_ID.eq(course.id()))
                .and(PLACEMENT.RESOURCE_LINK_ID.eq(resourceLinkId));
        if (!db.fetchExists(PLACEMENT, isThis)) {
            db.insertInto(PLACEMENT)
                    .set(PLACEMENT.ID, PlacementId.fresh())
                    .set(PLACEMENT.TENANT_ID, course.tenant())
                    .set(PLACEMENT.COURSE_ID, course.id())
                    .set(PLACEMENT.RESOURCE_LINK_ID, resourceLinkId)
                    .set(PLACEMENT.TITLE, title)
                    .set(PLACEMENT.CREATED_AT, now)
                    .execute();
        }
        return db.selectFrom(PLACEMENT).where(isThis).fetchSingle(PLACEMENT_ROW);
    }

    public static Placement getPlacement(DSLContext db, TenantId tenant, PlacementId placement) {
        return db.selectFrom(PLACEMENT)
                .where(PLACEMENT.TENANT_ID.eq(tenant), PLACEMENT.ID.eq(placement))
                .fetchSingle(PLACEMENT_ROW);
    }

    /** Says that these accounts are in the course, in these roles, as of now. */
    public static void join(DSLContext db, Course course, Map<AccountId, Role> members, Instant now) {
        db.deleteFrom(MEMBER)
                .where(
                        MEMBER.TENANT_ID.eq(course.tenant()),
                        MEMBER.COURSE_ID.eq(course.id()),
                        MEMBER.ACCOUNT_ID.in(members.keySet()))
                .execute();
        db.batchInsert(members.entrySet().stream()
                        .map(entry -> new MemberRecord(
                                course.tenant(),
                                course.id(),
                                entry.getKey(),
                                entry.getValue().name(),
                                now))
                        .toList())
                .execute();
    }

    /** Who is in the course, by account. */
    public static Map<AccountId, Role> members(DSLContext db, TenantId tenant, CourseId course) {
        return db.select(MEMBER.ACCOUNT_ID, MEMBER.ROLE)
                .from(MEMBER)
                .where(MEMBER.TENANT_ID.eq(tenant), MEMBER.COURSE_ID.eq(course))
                .fetchMap(MEMBER.ACCOUNT_ID, row -> Role.valueOf(row.value2()));
    }

    /** Forgets who was in the course and is not on its whole roster any more. Their accounts and awards stay. */
    public static void leave(DSLContext db, Course course, Collection<AccountId> left) {
        db.deleteFrom(MEMBER)
                .where(
                        MEMBER.TENANT_ID.eq(course.tenant()),
                        MEMBER.COURSE_ID.eq(course.id()),
                        MEMBER.ACCOUNT_ID.in(left))
                .execute();
    }

    /** Where Cairn's column for an activity is in the LMS, if it made one. */
    public static Optional<URI> findColumn(DSLContext db, TenantId tenant, CourseId course, ActivityId activity) {
        return db.select(LINE_ITEM.URL)
                .from(LINE_ITEM)
                .where(
                        LINE_ITEM.TENANT_ID.eq(tenant),
                        LINE_ITEM.COURSE_ID.eq(course),
                        LINE_ITEM.ACTIVITY_ID.eq(activity))
                .fetchOptional(row -> URI.create(row.value1()));
    }

    public static void saveColumn(
            DSLContext db, TenantId tenant, CourseId course, ActivityId activity, URI column, Instant now) {
        forgetColumn(db, tenant, course, activity);
        db.insertInto(LINE_ITEM)
                .set(LINE_ITEM.TENANT_ID, tenant)
                .set(LINE_ITEM.COURSE_ID, course)
                .set(LINE_ITEM.ACTIVITY_ID, activity)
                .set(LINE_ITEM.URL, column.toString())
                .set(LINE_ITEM.CREATED_AT, now)
                .execute();
    }

    public static void forgetColumn(DSLContext db, TenantId tenant, CourseId course, ActivityId activity) {
        db.deleteFrom(LINE_ITEM)
                .where(
                        LINE_ITEM.TENANT_ID.eq(tenant),
                        LINE_ITEM.COURSE_ID.eq(course),
                        LINE_ITEM.ACTIVITY_ID.eq(activity))
                .execute();
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

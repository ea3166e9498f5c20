package org.cairn.evidence;

import static org.cairn.db.schema.Tables.ACTIVITY;
import static org.cairn.db.schema.Tables.ACTIVITY_ALIAS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.ActivityAliasRecord;
import org.cairn.db.schema.tables.records.ActivityRecord;
import org.jooq.DSLContext;

/** Activities and the names that the sources have for them. */
public final class ActivityStore {

    private ActivityStore() {}

    /** The activities that a source calls by these names; a name that is new makes an activity. */
    public static Map<String, ActivityId> findOrCreate(
            DSLContext db, TenantId tenant, CourseId course, Source source, Collection<String> names, Instant now) {
        var found = find(db, tenant, course, source, names);
        var missing = new TreeSet<>(names);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            create(db, tenant, course, source, missing, now);
            found = find(db, tenant, course, source, names);
        }
        return found;
    }

    /** The names by which a source has spoken of a course's activities, in their order. */
    public static List<String> names(DSLContext db, TenantId tenant, CourseId course, Source source) {
        return db.select(ACTIVITY_ALIAS.EXTERNAL_ID)
                .from(ACTIVITY_ALIAS)
                .where(
                        ACTIVITY_ALIAS.TENANT_ID.eq(tenant),
                        ACTIVITY_ALIAS.COURSE_ID.eq(course),
                        ACTIVITY_ALIAS.SOURCE.eq(source.name()))
                .orderBy(ACTIVITY_ALIAS.EXTERNAL_ID)
                .fetch(ACTIVITY_ALIAS.EXTERNAL_ID);
    }

    /** What a source calls these activities; what it has no name for is left out. */
    public static Map<ActivityId, String> namesOf(
            DSLContext db, TenantId tenant, Collection<ActivityId> activities, Source source) {
        return db
                .select(ACTIVITY_ALIAS.ACTIVITY_ID, ACTIVITY_ALIAS.EXTERNAL_ID)
                .from(ACTIVITY_ALIAS)
                .where(
                        ACTIVITY_ALIAS.TENANT_ID.eq(tenant),
                        ACTIVITY_ALIAS.ACTIVITY_ID.in(activities),
                        ACTIVITY_ALIAS.SOURCE.eq(source.name()))
                .fetch()
                .stream()
                .collect(Collectors.toMap(row -> row.value1(), row -> row.value2(), (a, b) -> a));
    }

    /** Makes an activity a gradebook column of Cairn's own, graded out of {@code maximum}. */
    public static void column(DSLContext db, TenantId tenant, ActivityId activity, int maximum) {
        db.update(ACTIVITY)
                .set(ACTIVITY.COLUMN_MAXIMUM, maximum)
                .where(ACTIVITY.TENANT_ID.eq(tenant), ACTIVITY.ID.eq(activity))
                .execute();
    }

    /** The columns of Cairn's own in a course, by the name under which the LMS keeps them (the line item's resourceId). */
    public static Map<String, Activity> columns(DSLContext db, TenantId tenant, CourseId course) {
        return db.select(ACTIVITY_ALIAS.EXTERNAL_ID, ACTIVITY.ID, ACTIVITY.COURSE_ID, ACTIVITY.COLUMN_MAXIMUM)
                .from(ACTIVITY)
                .join(ACTIVITY_ALIAS)
                .on(ACTIVITY_ALIAS.TENANT_ID.eq(ACTIVITY.TENANT_ID), ACTIVITY_ALIAS.ACTIVITY_ID.eq(ACTIVITY.ID))
                .where(
                        ACTIVITY.TENANT_ID.eq(tenant),
                        ACTIVITY.COURSE_ID.eq(course),
                        ACTIVITY.COLUMN_MAXIMUM.isNotNull(),
                        ACTIVITY_ALIAS.SOURCE.eq(Source.COLUMN.name()))
                .fetchMap(row -> row.value1(), row -> new Activity(row.value2(), row.value3(), row.value4()));
    }

    /** The activities that a source calls by these names; what was never heard of is left out. */
    public static Map<String, ActivityId> find(
            DSLContext db, TenantId tenant, CourseId course, Source source, Collection<String> names) {
        return db.select(ACTIVITY_ALIAS.EXTERNAL_ID, ACTIVITY_ALIAS.ACTIVITY_ID)
                .from(ACTIVITY_ALIAS)
                .where(
                        ACTIVITY_ALIAS.TENANT_ID.eq(tenant),
                        ACTIVITY_ALIAS.COURSE_ID.eq(course),
                        ACTIVITY_ALIAS.SOURCE.eq(source.name()),
                        ACTIVITY_ALIAS.EXTERNAL_ID.in(names))
                .fetchMap(ACTIVITY_ALIAS.EXTERNAL_ID, ACTIVITY_ALIAS.ACTIVITY_ID);
    }

    // A name that another transaction makes meanwhile fails the primary key here, and Database runs us again.
    private static void create(
            DSLContext db, TenantId tenant, CourseId course, Source source, Collection<String> names, Instant now) {
        var activities = new ArrayList<ActivityRecord>();
        var aliases = new ArrayList<ActivityAliasRecord>();
        for (var name : names) {
            var activity = ActivityId.fresh();
            activities.add(new ActivityRecord(activity, tenant, course, null, now));
            aliases.add(new ActivityAliasRecord(tenant, course, source.name(), name, activity));
        }
        db.batchInsert(activities).execute();
        db.batchInsert(aliases).execute();
    }
}

package org.cairn.lti;

import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.COURSE_ORIGIN;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.db.schema.tables.records.CourseOriginRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What courses were copied from, as launches and notices say. */
public final class OriginStore {

    private static final int MOST = 20;

    private OriginStore() {}

    /**
     * Keeps that a course was copied from these contexts of its deployment, the nearest first. What is said now comes before what was said
     * earlier, so that a launch, which knows the whole history, and a notice, which knows the last step, end alike in any order. What a
     * teacher has settled stays settled. Writes only what differs.
     */
    static void copied(DSLContext db, Course course, List<String> origins, Instant now) {
        var known = db.selectFrom(COURSE_ORIGIN)
                .where(COURSE_ORIGIN.TENANT_ID.eq(course.tenant()), COURSE_ORIGIN.COURSE_ID.eq(course.id()))
                .orderBy(COURSE_ORIGIN.POSITION)
                .fetchMap(COURSE_ORIGIN.ORIGIN_CONTEXT_ID);
        int room = MOST - known.size();
        var ordered = new LinkedHashMap<String, CourseOriginRecord>();
        for (var origin : origins) {
            boolean isOne = !origin.isBlank()
                    && origin.length() <= 255
                    && Text.isKept(origin)
                    && !origin.equals(course.contextId());
            if (known.containsKey(origin)) {
                ordered.put(origin, known.get(origin));
            } else if (isOne && !ordered.containsKey(origin) && room-- > 0) {
                ordered.put(origin, origin(db, course, origin, now));
            }
        }
        known.forEach(ordered::putIfAbsent);
        int position = 0;
        for (var row : ordered.values()) {
            if (!Integer.valueOf(position).equals(row.getPosition())) {
                row.setPosition(position);
            }
            position++;
        }
        db.batchStore(ordered.values()).execute();
    }

    /**
     * The known courses that this one was copied from, the nearest first, and theirs in turn: an LMS that only sends notices tells each
     * step by itself. Empty where a teacher has decided about them all.
     */
    public static List<Course> list(DSLContext db, Course course) {
        var undecided = originIds(db, course.tenant(), Set.of(course.id()), COURSE_ORIGIN.SETTLED_AT.isNull());
        var found = new LinkedHashMap<String, Course>();
        var asked = new LinkedHashSet<>(undecided);
        while (!undecided.isEmpty() && found.size() < MOST) {
            var courses = courses(db, course.tenant(), course.deployment(), undecided);
            undecided.stream().filter(courses::containsKey).forEach(id -> found.putIfAbsent(id, courses.get(id)));
            var ids = courses.values().stream().map(Course::id).collect(Collectors.toSet());
            undecided = originIds(db, course.tenant(), ids, DSL.noCondition()).stream()
                    .filter(id -> !id.equals(course.contextId()) && asked.add(id))
                    .toList();
        }
        return List.copyOf(found.values());
    }

    /** A teacher has decided what becomes of the copy. */
    public static void settle(DSLContext db, TenantId tenant, CourseId course, Instant now) {
        db.update(COURSE_ORIGIN)
                .set(COURSE_ORIGIN.SETTLED_AT, now)
                .where(
                        COURSE_ORIGIN.TENANT_ID.eq(tenant),
                        COURSE_ORIGIN.COURSE_ID.eq(course),
                        COURSE_ORIGIN.SETTLED_AT.isNull())
                .execute();
    }

    private static CourseOriginRecord origin(DSLContext db, Course course, String contextId, Instant now) {
        var row = db.newRecord(COURSE_ORIGIN);
        row.setTenantId(course.tenant());
        row.setCourseId(course.id());
        row.setOriginContextId(contextId);
        row.setFoundAt(now);
        return row;
    }

    private static List<String> originIds(DSLContext db, TenantId tenant, Set<CourseId> courses, Condition condition) {
        return db.select(COURSE_ORIGIN.ORIGIN_CONTEXT_ID)
                .from(COURSE_ORIGIN)
                .where(COURSE_ORIGIN.TENANT_ID.eq(tenant), COURSE_ORIGIN.COURSE_ID.in(courses), condition)
                .orderBy(COURSE_ORIGIN.POSITION)
                .fetch(COURSE_ORIGIN.ORIGIN_CONTEXT_ID);
    }

    /** By context, within one deployment: another one's ids may be the same and mean other courses. */
    private static Map<String, Course> courses(
            DSLContext db, TenantId tenant, DeploymentId deployment, Collection<String> contexts) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.DEPLOYMENT_ID.eq(deployment), COURSE.CONTEXT_ID.in(contexts))
                .fetchMap(COURSE.CONTEXT_ID, CourseStore.COURSE_ROW);
    }
}

package org.cairn.lti;

import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.PLACEMENT;

import java.time.Instant;
import java.util.List;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.PlacementId;
import org.cairn.TenantId;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** Where Cairn is placed in courses: the links of an LMS that lead to it, and what each is about. */
public final class PlacementStore {

    static final List<Field<?>> PLACEMENT_FIELDS = List.of(
            PLACEMENT.ID,
            PLACEMENT.TENANT_ID,
            PLACEMENT.COURSE_ID,
            PLACEMENT.RESOURCE_LINK_ID,
            PLACEMENT.TITLE,
            PLACEMENT.ACHIEVEMENT_ID);

    static final RecordMapper<Record, Placement> PLACEMENT_ROW = row -> new Placement(
            row.get(PLACEMENT.ID),
            row.get(PLACEMENT.TENANT_ID),
            row.get(PLACEMENT.COURSE_ID),
            row.get(PLACEMENT.RESOURCE_LINK_ID),
            row.get(PLACEMENT.TITLE),
            row.get(PLACEMENT.ACHIEVEMENT_ID));

    private PlacementStore() {}

    /**
     * The placement of a launch's resource link: {@code found}, or made where that is null. What it is about is believed only from our own
     * deep links, this one's or that of a link that it was copied from.
     */
    static Placement place(DSLContext db, Course course, @Nullable Placement found, Launch launch, Instant now) {
        if (found != null && found.achievement() != null) {
            return found;
        }
        var about = DeepLinking.achievement(launch, course.tenant());
        if (about == null) {
            about = originAchievement(db, course, launch.history(Launch.RESOURCE_LINK_HISTORY));
        }
        if (found != null && about == null) {
            return found;
        }
        var isThis = PLACEMENT
                .TENANT_ID
                .eq(course.tenant())
                .and(PLACEMENT.COURSE_ID.eq(course.id()))
                .and(PLACEMENT.RESOURCE_LINK_ID.eq(launch.linkKey()));
        if (found != null) {
            db.update(PLACEMENT)
                    .set(PLACEMENT.ACHIEVEMENT_ID, about)
                    .where(isThis)
                    .execute();
            return db.selectFrom(PLACEMENT).where(isThis).fetchSingle(PLACEMENT_ROW);
        }
        db.insertInto(PLACEMENT)
                .set(PLACEMENT.ID, PlacementId.fresh())
                .set(PLACEMENT.TENANT_ID, course.tenant())
                .set(PLACEMENT.COURSE_ID, course.id())
                .set(PLACEMENT.RESOURCE_LINK_ID, launch.linkKey())
                .set(PLACEMENT.TITLE, launch.resourceLinkTitle())
                .set(PLACEMENT.ACHIEVEMENT_ID, about)
                .set(PLACEMENT.CREATED_AT, now)
                .execute();
        return db.selectFrom(PLACEMENT).where(isThis).fetchSingle(PLACEMENT_ROW);
    }

    public static Placement get(DSLContext db, TenantId tenant, PlacementId placement) {
        return db.selectFrom(PLACEMENT)
                .where(PLACEMENT.TENANT_ID.eq(tenant), PLACEMENT.ID.eq(placement))
                .fetchSingle(PLACEMENT_ROW);
    }

    /** What this course's deep links are about and a teacher has not declined: the LMS copies links along with a course. */
    public static List<AchievementId> linked(DSLContext db, TenantId tenant, CourseId course) {
        return db.selectDistinct(PLACEMENT.ACHIEVEMENT_ID)
                .from(PLACEMENT)
                .where(
                        PLACEMENT.TENANT_ID.eq(tenant),
                        PLACEMENT.COURSE_ID.eq(course),
                        PLACEMENT.ACHIEVEMENT_ID.isNotNull(),
                        PLACEMENT.DECLINED_AT.isNull())
                .orderBy(PLACEMENT.ACHIEVEMENT_ID)
                .fetch(PLACEMENT.ACHIEVEMENT_ID);
    }

    /** A teacher does not want to be asked about these links again. */
    public static void declineLinks(DSLContext db, TenantId tenant, CourseId course, Instant now) {
        db.update(PLACEMENT)
                .set(PLACEMENT.DECLINED_AT, now)
                .where(
                        PLACEMENT.TENANT_ID.eq(tenant),
                        PLACEMENT.COURSE_ID.eq(course),
                        PLACEMENT.ACHIEVEMENT_ID.isNotNull(),
                        PLACEMENT.DECLINED_AT.isNull())
                .execute();
    }

    /** What the nearest link of the same deployment is about, of those that this one was copied from; null where none says. */
    private static @Nullable AchievementId originAchievement(DSLContext db, Course course, List<String> links) {
        if (links.isEmpty()) {
            return null;
        }
        var known = db.select(PLACEMENT.RESOURCE_LINK_ID, PLACEMENT.ACHIEVEMENT_ID)
                .from(PLACEMENT)
                .join(COURSE)
                .on(COURSE.TENANT_ID.eq(PLACEMENT.TENANT_ID), COURSE.ID.eq(PLACEMENT.COURSE_ID))
                .where(
                        PLACEMENT.TENANT_ID.eq(course.tenant()),
                        COURSE.DEPLOYMENT_ID.eq(course.deployment()),
                        PLACEMENT.RESOURCE_LINK_ID.in(links),
                        PLACEMENT.ACHIEVEMENT_ID.isNotNull())
                .fetchGroups(PLACEMENT.RESOURCE_LINK_ID, PLACEMENT.ACHIEVEMENT_ID);
        return links.stream()
                .flatMap(link -> known.getOrDefault(link, List.of()).stream())
                .findFirst()
                .orElse(null);
    }
}

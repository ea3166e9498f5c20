package org.cairn.award;

import static org.cairn.db.schema.Tables.COLLECTION;

import java.time.Instant;
import java.util.Optional;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** When a course was last checked, and how that went. */
public final class CollectionStore {

    /** {@code problem} is a sentence; null where all went well. {@code rosterAt} is null until a roster was read. */
    public record Collection(
            Instant checkedAt,
            @Nullable String problem,
            @Nullable Instant rosterAt) {}

    private CollectionStore() {}

    public static Optional<Collection> find(DSLContext db, TenantId tenant, CourseId course) {
        return db.selectFrom(COLLECTION)
                .where(COLLECTION.TENANT_ID.eq(tenant), COLLECTION.COURSE_ID.eq(course))
                .fetchOptional(row -> new Collection(row.getCheckedAt(), row.getProblem(), row.getRosterAt()));
    }

    static void save(
            DSLContext db,
            TenantId tenant,
            CourseId course,
            Instant checkedAt,
            @Nullable String problem,
            @Nullable Instant rosterAt) {
        db.deleteFrom(COLLECTION)
                .where(COLLECTION.TENANT_ID.eq(tenant), COLLECTION.COURSE_ID.eq(course))
                .execute();
        db.insertInto(COLLECTION)
                .set(COLLECTION.TENANT_ID, tenant)
                .set(COLLECTION.COURSE_ID, course)
                .set(COLLECTION.CHECKED_AT, checkedAt)
                .set(COLLECTION.PROBLEM, problem == null ? null : problem.substring(0, Math.min(problem.length(), 500)))
                .set(COLLECTION.ROSTER_AT, rosterAt)
                .execute();
    }
}

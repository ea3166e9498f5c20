package org.cairn.lti;

import static org.cairn.db.schema.Tables.LINE_ITEM;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** Where Cairn's own columns are in the LMSs' gradebooks. A row without an address is the claim of whoever is making the column. */
public final class ColumnStore {

    private ColumnStore() {}

    /** Where Cairn's column of this resource id is in the LMS, if it made one. */
    public static Optional<URI> find(DSLContext db, TenantId tenant, CourseId course, String resourceId) {
        return db.select(LINE_ITEM.URL)
                .from(LINE_ITEM)
                .where(
                        LINE_ITEM.TENANT_ID.eq(tenant),
                        LINE_ITEM.COURSE_ID.eq(course),
                        LINE_ITEM.RESOURCE_ID.eq(resourceId),
                        LINE_ITEM.URL.isNotNull())
                .fetchOptional(row -> URI.create(row.value1()));
    }

    /** Whether the caller, and nobody else, is to make the column now: it has no address, and whoever began has had {@code patience}. */
    public static boolean claim(
            DSLContext db, TenantId tenant, CourseId course, String resourceId, Instant now, Duration patience) {
        if (!db.fetchExists(
                LINE_ITEM,
                LINE_ITEM.TENANT_ID.eq(tenant),
                LINE_ITEM.COURSE_ID.eq(course),
                LINE_ITEM.RESOURCE_ID.eq(resourceId))) {
            db.insertInto(LINE_ITEM)
                    .set(LINE_ITEM.TENANT_ID, tenant)
                    .set(LINE_ITEM.COURSE_ID, course)
                    .set(LINE_ITEM.RESOURCE_ID, resourceId)
                    .set(LINE_ITEM.CREATED_AT, now)
                    .execute();
            return true;
        }
        return db.update(LINE_ITEM)
                        .set(LINE_ITEM.CREATED_AT, now)
                        .where(
                                LINE_ITEM.TENANT_ID.eq(tenant),
                                LINE_ITEM.COURSE_ID.eq(course),
                                LINE_ITEM.RESOURCE_ID.eq(resourceId),
                                LINE_ITEM.URL.isNull(),
                                LINE_ITEM.CREATED_AT.le(now.minus(patience)))
                        .execute()
                == 1;
    }

    /** Keeps the address of a column that was claimed. */
    public static void save(
            DSLContext db, TenantId tenant, CourseId course, String resourceId, URI column, Instant now) {
        db.update(LINE_ITEM)
                .set(LINE_ITEM.URL, column.toString())
                .set(LINE_ITEM.CREATED_AT, now)
                .where(
                        LINE_ITEM.TENANT_ID.eq(tenant),
                        LINE_ITEM.COURSE_ID.eq(course),
                        LINE_ITEM.RESOURCE_ID.eq(resourceId))
                .execute();
    }

    /** Forgets the column, or the claim to make it. */
    public static void forget(DSLContext db, TenantId tenant, CourseId course, String resourceId) {
        db.deleteFrom(LINE_ITEM)
                .where(
                        LINE_ITEM.TENANT_ID.eq(tenant),
                        LINE_ITEM.COURSE_ID.eq(course),
                        LINE_ITEM.RESOURCE_ID.eq(resourceId))
                .execute();
    }
}

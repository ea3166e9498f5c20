package org.cairn.people;

import static org.cairn.db.schema.Tables.TENANT;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.TenantRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;

/** The institutions. */
public final class TenantStore {

    private static final RecordMapper<TenantRecord, Tenant> TENANT_ROW =
            row -> new Tenant(row.getId(), row.getSlug(), row.getName(), ZoneId.of(row.getTimeZone()));

    private TenantStore() {}

    /** The tenant of this slug, made when missing; name and time zone follow what is given. */
    public static Tenant findOrCreate(DSLContext db, String slug, String name, ZoneId timeZone, Instant now) {
        if (find(db, slug).isEmpty()) {
            db.insertInto(TENANT)
                    .set(TENANT.ID, TenantId.fresh())
                    .set(TENANT.SLUG, slug)
                    .set(TENANT.NAME, name)
                    .set(TENANT.TIME_ZONE, timeZone.getId())
                    .set(TENANT.CREATED_AT, now)
                    .execute();
        }
        db.update(TENANT)
                .set(TENANT.NAME, name)
                .set(TENANT.TIME_ZONE, timeZone.getId())
                .where(TENANT.SLUG.eq(slug))
                .execute();
        return find(db, slug).orElseThrow();
    }

    /** Throws Problem CONFLICT where there is a tenant of this slug. */
    public static Tenant add(DSLContext db, String slug, String name, ZoneId timeZone, Instant now) {
        if (find(db, slug).isPresent()) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "tenant_exists",
                    "There is a tenant of this short name; choose another one.");
        }
        return findOrCreate(db, slug, name, timeZone, now);
    }

    /** Gives a tenant another name and time zone; its slug stays, since addresses carry it. */
    public static void change(DSLContext db, TenantId tenant, String name, ZoneId timeZone) {
        db.update(TENANT)
                .set(TENANT.NAME, name)
                .set(TENANT.TIME_ZONE, timeZone.getId())
                .where(TENANT.ID.eq(tenant))
                .execute();
    }

    public static Tenant get(DSLContext db, TenantId tenant) {
        return db.selectFrom(TENANT).where(TENANT.ID.eq(tenant)).fetchSingle(TENANT_ROW);
    }

    public static Optional<Tenant> find(DSLContext db, String slug) {
        return db.selectFrom(TENANT).where(TENANT.SLUG.eq(slug)).fetchOptional(TENANT_ROW);
    }

    public static List<Tenant> list(DSLContext db) {
        return db.selectFrom(TENANT).orderBy(TENANT.SLUG).fetch(TENANT_ROW);
    }
}

package org.cairn.catalog;

import static org.cairn.db.schema.Tables.ISSUER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.IssuerRecord;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.people.Tenant;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** Who signs a tenant's credentials. */
public final class IssuerStore {

    private static final RecordMapper<IssuerRecord, IssuerProfile> ISSUER_ROW = row -> new IssuerProfile(
            row.getTenantId(),
            row.getId(),
            row.getName(),
            row.getUrl(),
            row.getEmail(),
            row.getCountry(),
            row.getDid(),
            IssuerProfile.TokenAlgorithm.valueOf(row.getTokenAlgorithm()));

    private IssuerStore() {}

    /** The tenant's issuer, with the profile that is given; its id never changes. */
    public static IssuerProfile findOrCreate(DSLContext db, TenantId tenant, IssuerSettings profile, Instant now) {
        if (!isBegun(db, tenant)) {
            db.insertInto(ISSUER)
                    .set(ISSUER.ID, IssuerId.fresh())
                    .set(ISSUER.TENANT_ID, tenant)
                    .set(ISSUER.NAME, profile.name())
                    .set(ISSUER.TOKEN_ALGORITHM, IssuerProfile.TokenAlgorithm.ES256.name())
                    .set(ISSUER.CREATED_AT, now)
                    .execute();
        }
        db.update(ISSUER)
                .set(ISSUER.NAME, profile.name())
                .set(ISSUER.URL, profile.url())
                .set(ISSUER.EMAIL, profile.email())
                .set(ISSUER.COUNTRY, profile.country())
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
        return get(db, tenant);
    }

    /** Gives each tenant that has none an issuer of its own name: no catalogue is read without one, not even an empty one. */
    public static void begin(DSLContext db, Collection<Tenant> tenants, Instant now) {
        var ids = tenants.stream().map(Tenant::id).toList();
        var begun = db.select(ISSUER.TENANT_ID)
                .from(ISSUER)
                .where(ISSUER.TENANT_ID.in(ids))
                .fetchSet(ISSUER.TENANT_ID);
        tenants.stream()
                .filter(tenant -> !begun.contains(tenant.id()))
                .forEach(tenant ->
                        findOrCreate(db, tenant.id(), new IssuerSettings(tenant.name(), null, null, null), now));
    }

    /** Whether the tenant has one, without which its catalogue cannot be read. */
    public static boolean isBegun(DSLContext db, TenantId tenant) {
        return db.fetchExists(ISSUER, ISSUER.TENANT_ID.eq(tenant));
    }

    public static IssuerProfile get(DSLContext db, TenantId tenant) {
        return db.selectFrom(ISSUER).where(ISSUER.TENANT_ID.eq(tenant)).fetchSingle(ISSUER_ROW);
    }

    /** Public: an issuer by its id alone, since its address is in every credential. */
    public static Optional<IssuerProfile> find(DSLContext db, IssuerId issuer) {
        return db.selectFrom(ISSUER).where(ISSUER.ID.eq(issuer)).fetchOptional(ISSUER_ROW);
    }

    /** Every tenant's issuer. */
    public static List<IssuerProfile> list(DSLContext db) {
        return db.selectFrom(ISSUER).fetch(ISSUER_ROW);
    }

    /** Names the issuer by this DID from now on, or with null by its address here. */
    public static void name(DSLContext db, TenantId tenant, @Nullable String did) {
        db.update(ISSUER)
                .set(ISSUER.DID, did)
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    public static void signTokensWith(DSLContext db, TenantId tenant, IssuerProfile.TokenAlgorithm algorithm) {
        db.update(ISSUER)
                .set(ISSUER.TOKEN_ALGORITHM, algorithm.name())
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    /** Asks that all that stands be issued anew under this name. */
    public static void askRenewal(DSLContext db, TenantId tenant, String name, Instant now) {
        db.update(ISSUER)
                .set(ISSUER.REISSUED_AS, name)
                .set(ISSUER.REISSUED_SINCE, now)
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    /** The name under which all is being issued anew, and since when; empty where nothing is. */
    public static Optional<Renewal> renewal(DSLContext db, TenantId tenant) {
        return db.select(ISSUER.REISSUED_AS, ISSUER.REISSUED_SINCE)
                .from(ISSUER)
                .where(ISSUER.TENANT_ID.eq(tenant), ISSUER.REISSUED_AS.isNotNull())
                .fetchOptional(row -> new Renewal(row.value1(), row.value2()));
    }

    public record Renewal(String name, Instant since) {}

    /** Everything is issued anew, unless that was asked for again meanwhile. */
    public static void endRenewal(DSLContext db, TenantId tenant, Renewal renewal) {
        db.update(ISSUER)
                .setNull(ISSUER.REISSUED_AS)
                .setNull(ISSUER.REISSUED_SINCE)
                .where(
                        ISSUER.TENANT_ID.eq(tenant),
                        ISSUER.REISSUED_AS.eq(renewal.name()),
                        ISSUER.REISSUED_SINCE.eq(renewal.since()))
                .execute();
    }
}

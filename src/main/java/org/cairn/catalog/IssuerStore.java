package org.cairn.catalog;

import static org.cairn.db.schema.Tables.ISSUER;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.IssuerRecord;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.people.Tenant;
import org.jooq.Condition;
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

    /** Those of these tenants, as far as they have one. */
    public static Map<TenantId, IssuerProfile> list(DSLContext db, Collection<TenantId> tenants) {
        return db.selectFrom(ISSUER).where(ISSUER.TENANT_ID.in(tenants)).fetchMap(ISSUER.TENANT_ID, ISSUER_ROW);
    }

    /** Names the issuer by this DID from now on, or with null by its address here. */
    public static void name(DSLContext db, TenantId tenant, @Nullable String did) {
        db.update(ISSUER)
                .set(ISSUER.DID, did)
                .setNull(ISSUER.LOOKED_AT)
                .setNull(ISSUER.PUBLICATION_FAULT)
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    public static void signTokensWith(DSLContext db, TenantId tenant, IssuerProfile.TokenAlgorithm algorithm) {
        db.update(ISSUER)
                .set(ISSUER.TOKEN_ALGORITHM, algorithm.name())
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    /** What an issuer's own domain published when it was last looked at; {@code fault} is for operators, null where all was right. */
    public record Publication(Instant lookedAt, @Nullable String fault) {}

    public static Optional<Publication> publication(DSLContext db, TenantId tenant) {
        return db.select(ISSUER.LOOKED_AT, ISSUER.PUBLICATION_FAULT)
                .from(ISSUER)
                .where(ISSUER.TENANT_ID.eq(tenant), ISSUER.LOOKED_AT.isNotNull())
                .fetchOptional(row -> new Publication(row.value1(), row.value2()));
    }

    /** Of these tenants those on whose own domain something was wrong when it was last looked at. */
    public static Set<TenantId> unpublished(DSLContext db, Collection<TenantId> tenants) {
        return db.select(ISSUER.TENANT_ID)
                .from(ISSUER)
                .where(ISSUER.TENANT_ID.in(tenants), ISSUER.PUBLICATION_FAULT.isNotNull())
                .fetchSet(ISSUER.TENANT_ID);
    }

    public static void looked(DSLContext db, TenantId tenant, @Nullable String fault, Instant now) {
        db.update(ISSUER)
                .set(ISSUER.LOOKED_AT, now)
                .set(ISSUER.PUBLICATION_FAULT, fault)
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    /** Of every tenant, who is named by a did:web and was not looked at since this instant. */
    public static List<IssuerProfile> unlooked(DSLContext db, Instant since) {
        return db.selectFrom(ISSUER)
                .where(
                        ISSUER.DID.startsWith("did:web:"),
                        ISSUER.LOOKED_AT.isNull().or(ISSUER.LOOKED_AT.lt(since)))
                .fetch(ISSUER_ROW);
    }

    /** Asks that all that stands be issued anew under this name. */
    public static void askRenewal(DSLContext db, TenantId tenant, String name, Instant now) {
        db.update(ISSUER)
                .set(ISSUER.REISSUED_AS, name)
                .set(ISSUER.REISSUED_SINCE, now)
                .where(ISSUER.TENANT_ID.eq(tenant))
                .execute();
    }

    /** Every issuer of which all is being issued anew. */
    public static List<Renewal> renewals(DSLContext db) {
        return renewals(db, noCondition());
    }

    /** What is being issued anew of a tenant's issuer; empty where nothing is. */
    public static Optional<Renewal> renewal(DSLContext db, TenantId tenant) {
        return renewals(db, ISSUER.TENANT_ID.eq(tenant)).stream().findFirst();
    }

    private static List<Renewal> renewals(DSLContext db, Condition condition) {
        return db.selectFrom(ISSUER)
                .where(condition, ISSUER.REISSUED_AS.isNotNull())
                .fetch(row -> new Renewal(ISSUER_ROW.map(row), row.getReissuedAs(), row.getReissuedSince()));
    }

    /** That all of an issuer is being issued anew under this name, since when that was asked for. */
    public record Renewal(IssuerProfile issuer, String name, Instant since) {}

    /** Everything is issued anew, unless that was asked for again meanwhile. */
    public static void endRenewal(DSLContext db, Renewal renewal) {
        db.update(ISSUER)
                .setNull(ISSUER.REISSUED_AS)
                .setNull(ISSUER.REISSUED_SINCE)
                .where(
                        ISSUER.TENANT_ID.eq(renewal.issuer().tenant()),
                        ISSUER.REISSUED_AS.eq(renewal.name()),
                        ISSUER.REISSUED_SINCE.eq(renewal.since()))
                .execute();
    }
}

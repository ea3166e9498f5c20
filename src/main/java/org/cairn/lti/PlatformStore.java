package org.cairn.lti;

import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.PENDING_DEPLOYMENT;
import static org.cairn.db.schema.Tables.PLATFORM;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.PlatformRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RecordMapper;

/** Registrations and their deployments. A registration is found before any tenant is known: the deployment decides that. */
public final class PlatformStore {

    private static final RecordMapper<PlatformRecord, Platform> PLATFORM_ROW = row -> new Platform(
            row.getId(),
            row.getIssuer(),
            row.getClientId(),
            row.getName(),
            row.getProduct(),
            URI.create(row.getAuthorizationEndpoint()),
            URI.create(row.getTokenEndpoint()),
            row.getTokenAudience(),
            URI.create(row.getKeySet()),
            row.getAlgorithm(),
            List.of(row.getFrameOrigins().split(" ")),
            row.getAnonymousLaunches());

    static final List<Field<?>> DEPLOYMENT_FIELDS = List.of(
            DEPLOYMENT.ID,
            DEPLOYMENT.TENANT_ID,
            DEPLOYMENT.PLATFORM_ID,
            DEPLOYMENT.EXTERNAL_ID,
            DEPLOYMENT.LAUNCHED_AT);

    static final RecordMapper<Record, Deployment> DEPLOYMENT_ROW = row -> new Deployment(
            row.get(DEPLOYMENT.ID),
            row.get(DEPLOYMENT.TENANT_ID),
            row.get(DEPLOYMENT.PLATFORM_ID),
            row.get(DEPLOYMENT.EXTERNAL_ID),
            row.get(DEPLOYMENT.LAUNCHED_AT));

    private static final int MOST_PENDING = 100;

    private PlatformStore() {}

    /** Keeps a registration, in place of an earlier one of the same issuer and client, whose id it takes over. */
    public static Platform save(DSLContext db, Platform platform, Instant now) {
        if (find(db, platform.issuer(), platform.clientId()).isEmpty()) {
            db.insertInto(PLATFORM)
                    .set(row(platform))
                    .set(PLATFORM.ID, platform.id())
                    .set(PLATFORM.CREATED_AT, now)
                    .execute();
        }
        db.update(PLATFORM)
                .set(row(platform))
                .where(PLATFORM.ISSUER.eq(platform.issuer()), PLATFORM.CLIENT_ID.eq(platform.clientId()))
                .execute();
        return find(db, platform.issuer(), platform.clientId()).orElseThrow();
    }

    public static Optional<Platform> find(DSLContext db, String issuer, String clientId) {
        return db.selectFrom(PLATFORM)
                .where(PLATFORM.ISSUER.eq(issuer), PLATFORM.CLIENT_ID.eq(clientId))
                .fetchOptional(PLATFORM_ROW);
    }

    /** Every registration of an issuer: some LMSs share one issuer among all their customers. */
    public static List<Platform> list(DSLContext db, String issuer) {
        return db.selectFrom(PLATFORM).where(PLATFORM.ISSUER.eq(issuer)).fetch(PLATFORM_ROW);
    }

    public static Optional<Platform> find(DSLContext db, PlatformId platform) {
        return db.selectFrom(PLATFORM).where(PLATFORM.ID.eq(platform)).fetchOptional(PLATFORM_ROW);
    }

    public static List<Platform> list(DSLContext db) {
        return db.selectFrom(PLATFORM).orderBy(PLATFORM.NAME, PLATFORM.ID).fetch(PLATFORM_ROW);
    }

    public static Platform get(DSLContext db, PlatformId platform) {
        return db.selectFrom(PLATFORM).where(PLATFORM.ID.eq(platform)).fetchSingle(PLATFORM_ROW);
    }

    /** The deployment, made when missing. Throws IllegalStateException where another tenant has it. */
    public static Deployment deploy(
            DSLContext db, TenantId tenant, PlatformId platform, String externalId, Instant now) {
        if (findDeployment(db, platform, externalId).isEmpty()) {
            db.insertInto(DEPLOYMENT)
                    .set(DEPLOYMENT.ID, DeploymentId.fresh())
                    .set(DEPLOYMENT.TENANT_ID, tenant)
                    .set(DEPLOYMENT.PLATFORM_ID, platform)
                    .set(DEPLOYMENT.EXTERNAL_ID, externalId)
                    .set(DEPLOYMENT.ENDED, 0)
                    .set(DEPLOYMENT.CREATED_AT, now)
                    .execute();
            db.deleteFrom(PENDING_DEPLOYMENT)
                    .where(PENDING_DEPLOYMENT.PLATFORM_ID.eq(platform), PENDING_DEPLOYMENT.EXTERNAL_ID.eq(externalId))
                    .execute();
        }
        var deployment = findDeployment(db, platform, externalId).orElseThrow();
        if (!deployment.tenant().equals(tenant)) {
            throw new IllegalStateException("Another tenant has this deployment.");
        }
        return deployment;
    }

    /** By the LMS's names, since it is this row that says which tenant. */
    public static Optional<Deployment> findDeployment(DSLContext db, PlatformId platform, String externalId) {
        return db.selectFrom(DEPLOYMENT)
                .where(
                        DEPLOYMENT.PLATFORM_ID.eq(platform),
                        DEPLOYMENT.EXTERNAL_ID.eq(externalId),
                        DEPLOYMENT.ENDED.eq(0))
                .fetchOptional(DEPLOYMENT_ROW);
    }

    public static Deployment getDeployment(DSLContext db, TenantId tenant, DeploymentId deployment) {
        return db.selectFrom(DEPLOYMENT)
                .where(DEPLOYMENT.TENANT_ID.eq(tenant), DEPLOYMENT.ID.eq(deployment))
                .fetchSingle(DEPLOYMENT_ROW);
    }

    /** The deployment of this id, if it is one of these tenants'. */
    public static Optional<Deployment> findDeployment(
            DSLContext db, Collection<TenantId> tenants, DeploymentId deployment) {
        return db.selectFrom(DEPLOYMENT)
                .where(DEPLOYMENT.TENANT_ID.in(tenants), DEPLOYMENT.ID.eq(deployment), DEPLOYMENT.ENDED.eq(0))
                .fetchOptional(DEPLOYMENT_ROW);
    }

    /** The deployments that stand, of every tenant. */
    public static List<Deployment> deployments(DSLContext db, PlatformId platform) {
        return db.selectFrom(DEPLOYMENT)
                .where(DEPLOYMENT.PLATFORM_ID.eq(platform), DEPLOYMENT.ENDED.eq(0))
                .orderBy(DEPLOYMENT.EXTERNAL_ID)
                .fetch(DEPLOYMENT_ROW);
    }

    /** What was noticed at the last launch of a deployment; empty before the first. */
    public record LastLaunch(Instant at, Launch.Bound bound, int skewSeconds) {}

    public static Optional<LastLaunch> lastLaunch(DSLContext db, Deployment deployment) {
        return db.selectFrom(DEPLOYMENT)
                .where(
                        DEPLOYMENT.TENANT_ID.eq(deployment.tenant()),
                        DEPLOYMENT.ID.eq(deployment.id()),
                        DEPLOYMENT.LAUNCHED_AT.isNotNull())
                .fetchOptional(row -> new LastLaunch(
                        row.getLaunchedAt(), Launch.Bound.valueOf(row.getBoundBy()), row.getSkewSeconds()));
    }

    /** Notes a launch, once a minute: all of a university's learners launch by one row. */
    static void launched(DSLContext db, Deployment deployment, Launch launch, Instant now) {
        if (deployment.launchedAt() != null
                && now.isBefore(deployment.launchedAt().plusSeconds(60))) {
            return;
        }
        db.update(DEPLOYMENT)
                .set(DEPLOYMENT.LAUNCHED_AT, now)
                .set(DEPLOYMENT.BOUND_BY, launch.bound().name())
                .set(DEPLOYMENT.SKEW_SECONDS, (int) Math.clamp(launch.skewSeconds(), -100_000, 100_000))
                .where(DEPLOYMENT.TENANT_ID.eq(deployment.tenant()), DEPLOYMENT.ID.eq(deployment.id()))
                .execute();
    }

    /** An installation that launched and that nobody has approved. */
    public record Pending(PlatformId platform, String externalId, Instant firstAt, Instant lastAt) {}

    public static List<Pending> pending(DSLContext db) {
        return db.selectFrom(PENDING_DEPLOYMENT)
                .orderBy(PENDING_DEPLOYMENT.LAST_AT.desc())
                .fetch(row -> new Pending(row.getPlatformId(), row.getExternalId(), row.getFirstAt(), row.getLastAt()));
    }

    /** Keeps that an unknown installation launched; of one platform at most a hundred are kept. */
    static void knock(DSLContext db, PlatformId platform, String externalId, Instant now) {
        int known = db.update(PENDING_DEPLOYMENT)
                .set(PENDING_DEPLOYMENT.LAST_AT, now)
                .where(PENDING_DEPLOYMENT.PLATFORM_ID.eq(platform), PENDING_DEPLOYMENT.EXTERNAL_ID.eq(externalId))
                .execute();
        boolean isRoom = known == 0
                && db.fetchCount(PENDING_DEPLOYMENT, PENDING_DEPLOYMENT.PLATFORM_ID.eq(platform)) < MOST_PENDING;
        if (isRoom) {
            db.insertInto(PENDING_DEPLOYMENT)
                    .set(PENDING_DEPLOYMENT.PLATFORM_ID, platform)
                    .set(PENDING_DEPLOYMENT.EXTERNAL_ID, externalId)
                    .set(PENDING_DEPLOYMENT.FIRST_AT, now)
                    .set(PENDING_DEPLOYMENT.LAST_AT, now)
                    .execute();
        }
    }

    public static void refuse(DSLContext db, PlatformId platform, String externalId) {
        db.deleteFrom(PENDING_DEPLOYMENT)
                .where(PENDING_DEPLOYMENT.PLATFORM_ID.eq(platform), PENDING_DEPLOYMENT.EXTERNAL_ID.eq(externalId))
                .execute();
    }

    /**
     * Gives a deployment to another tenant: from its next launch on, courses and accounts are made there. What was earned stays with the
     * tenant that awarded it.
     */
    public static Deployment move(DSLContext db, Deployment deployment, TenantId to, Instant now) {
        int ended = db.fetchCount(
                DEPLOYMENT,
                DEPLOYMENT.PLATFORM_ID.eq(deployment.platform()),
                DEPLOYMENT.EXTERNAL_ID.eq(deployment.externalId()));
        db.update(DEPLOYMENT)
                .set(DEPLOYMENT.ENDED, ended)
                .where(DEPLOYMENT.TENANT_ID.eq(deployment.tenant()), DEPLOYMENT.ID.eq(deployment.id()))
                .execute();
        return deploy(db, to, deployment.platform(), deployment.externalId(), now);
    }

    private static PlatformRecord row(Platform platform) {
        var row = new PlatformRecord();
        row.setIssuer(platform.issuer());
        row.setClientId(platform.clientId());
        row.setName(platform.name());
        row.setProduct(platform.product());
        row.setAuthorizationEndpoint(platform.authorizationEndpoint().toString());
        row.setTokenEndpoint(platform.tokenEndpoint().toString());
        row.setTokenAudience(platform.tokenAudience());
        row.setKeySet(platform.keySet().toString());
        row.setAlgorithm(platform.algorithm());
        row.setFrameOrigins(String.join(" ", platform.frameOrigins()));
        row.setAnonymousLaunches(platform.anonymousLaunches());
        return row;
    }
}

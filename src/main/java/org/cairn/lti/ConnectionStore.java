package org.cairn.lti;

import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.INVITATION;
import static org.cairn.db.schema.Tables.LTI11_CONSUMER;
import static org.cairn.db.schema.Tables.NOTICE;
import static org.cairn.db.schema.Tables.PLATFORM;
import static org.cairn.db.schema.Tables.SUBSCRIPTION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The connections as those see them who run Cairn: for some tenants, all in one query. */
public final class ConnectionStore {

    /** A deployment that stands, and its last launch; {@code bound} and {@code skewSeconds} are null before the first. */
    public record Connection(
            Deployment deployment,
            Launch.@Nullable Bound bound,
            @Nullable Integer skewSeconds) {}

    /** What a deployment tells us of: how its subscription stands. {@code problem} is a sentence, or null. */
    public record Subscribed(
            TenantId tenant,
            DeploymentId deployment,
            String types,
            @Nullable Instant subscribedAt,
            @Nullable Instant helloAt,
            @Nullable String problem) {}

    /** Notices of one type that came from a deployment. */
    public record Noticed(DeploymentId deployment, String type, int number, Instant lastAt) {}

    private ConnectionStore() {}

    /** The platforms that this tenant launches from, or that registered by an invitation of its; all of them for null. */
    public static Set<PlatformId> seen(DSLContext db, @Nullable TenantId tenant) {
        return db.select(PLATFORM.ID)
                .from(PLATFORM)
                .where(
                        tenant == null
                                ? DSL.noCondition()
                                : condition(INVITATION.TENANT_ID.eq(tenant), DEPLOYMENT.TENANT_ID.eq(tenant)))
                .fetchSet(PLATFORM.ID);
    }

    /** Those of them that no other tenant has anything to do with: only these may an operator of this tenant change. */
    public static Set<PlatformId> run(DSLContext db, @Nullable TenantId tenant) {
        var run = seen(db, tenant);
        if (tenant != null) {
            run.removeAll(db.select(PLATFORM.ID)
                    .from(PLATFORM)
                    .where(condition(INVITATION.TENANT_ID.ne(tenant), DEPLOYMENT.TENANT_ID.ne(tenant)))
                    .fetchSet(PLATFORM.ID));
        }
        return run;
    }

    /** The deployments of these tenants that stand, by platform and name. */
    public static List<Connection> list(DSLContext db, Collection<TenantId> tenants) {
        return db.selectFrom(DEPLOYMENT)
                .where(DEPLOYMENT.TENANT_ID.in(tenants), DEPLOYMENT.ENDED.eq(0))
                .orderBy(DEPLOYMENT.PLATFORM_ID, DEPLOYMENT.EXTERNAL_ID)
                .fetch(row -> new Connection(
                        new Deployment(
                                row.getId(),
                                row.getTenantId(),
                                row.getPlatformId(),
                                row.getExternalId(),
                                row.getLaunchedAt()),
                        row.getBoundBy() == null ? null : Launch.Bound.valueOf(row.getBoundBy()),
                        row.getSkewSeconds()));
    }

    /** The subscriptions of these tenants. */
    public static List<Subscribed> subscriptions(DSLContext db, Collection<TenantId> tenants) {
        return db.selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.TENANT_ID.in(tenants))
                .orderBy(SUBSCRIPTION.DEPLOYMENT_ID)
                .fetch(row -> new Subscribed(
                        row.getTenantId(),
                        row.getDeploymentId(),
                        row.getTypes(),
                        row.getSubscribedAt(),
                        row.getHelloAt(),
                        row.getProblem()));
    }

    /** How many notices of which type came to these tenants, the latest first. */
    public static List<Noticed> notices(DSLContext db, Collection<TenantId> tenants) {
        var last = DSL.max(NOTICE.RECEIVED_AT);
        return db.select(NOTICE.DEPLOYMENT_ID, NOTICE.TYPE, DSL.count(), last)
                .from(NOTICE)
                .where(NOTICE.TENANT_ID.in(tenants))
                .groupBy(NOTICE.DEPLOYMENT_ID, NOTICE.TYPE)
                .orderBy(last.desc())
                .fetch(row -> new Noticed(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    /** The consumer keys of LTI 1.1 whose secrets are kept for a platform, which tells its tenants. */
    public static List<String> consumers(DSLContext db, PlatformId platform) {
        Condition condition = LTI11_CONSUMER.PLATFORM_ID.eq(platform);
        return db.select(LTI11_CONSUMER.CONSUMER_KEY)
                .from(LTI11_CONSUMER)
                .where(condition)
                .orderBy(LTI11_CONSUMER.CONSUMER_KEY)
                .fetch(LTI11_CONSUMER.CONSUMER_KEY);
    }

    private static Condition condition(Condition invitation, Condition deployment) {
        var invited = DSL.selectOne().from(INVITATION).where(INVITATION.PLATFORM_ID.eq(PLATFORM.ID), invitation);
        var deployed = DSL.selectOne()
                .from(DEPLOYMENT)
                .where(DEPLOYMENT.PLATFORM_ID.eq(PLATFORM.ID), DEPLOYMENT.ENDED.eq(0), deployment);
        return DSL.exists(invited).or(DSL.exists(deployed));
    }
}

package org.cairn.lti;

import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.SUBSCRIPTION;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.db.schema.tables.records.SubscriptionRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** Subscriptions to notices: kept by launches, since only those say where to subscribe, and settled with the LMS afterwards. */
public final class SubscriptionStore {

    /** How long what the LMS confirmed is believed, and how long a problem is given to pass. */
    private static final Duration CONFIRMED = Duration.ofDays(1);

    private static final Duration AFTER_PROBLEM = Duration.ofHours(1);

    private static final RecordMapper<SubscriptionRecord, Subscription> ROW = row -> new Subscription(
            row.getTenantId(),
            row.getDeploymentId(),
            URI.create(row.getUrl()),
            Text.words(row.getTypes()),
            row.getTriedAt(),
            row.getSubscribedAt(),
            row.getHelloAt(),
            row.getProblem());

    private SubscriptionStore() {}

    /** Keeps what a launch offers. Writes only where it is news: then Cairn subscribes anew. */
    static void offered(DSLContext db, Deployment deployment, Offer offer) {
        var url = offer.notices();
        if (url == null) {
            return;
        }
        var types = wanted(offer.noticeTypes());
        var known = find(db, deployment.tenant(), deployment.id());
        if (known.isEmpty()) {
            db.insertInto(SUBSCRIPTION)
                    .set(SUBSCRIPTION.TENANT_ID, deployment.tenant())
                    .set(SUBSCRIPTION.DEPLOYMENT_ID, deployment.id())
                    .set(SUBSCRIPTION.URL, url.toString())
                    .set(SUBSCRIPTION.TYPES, String.join(" ", types))
                    .execute();
        } else if (!known.get().url().equals(url) || !known.get().types().equals(types)) {
            db.update(SUBSCRIPTION)
                    .set(SUBSCRIPTION.URL, url.toString())
                    .set(SUBSCRIPTION.TYPES, String.join(" ", types))
                    .setNull(SUBSCRIPTION.TRIED_AT)
                    .where(
                            SUBSCRIPTION.TENANT_ID.eq(deployment.tenant()),
                            SUBSCRIPTION.DEPLOYMENT_ID.eq(deployment.id()))
                    .execute();
        }
    }

    public static Optional<Subscription> find(DSLContext db, TenantId tenant, DeploymentId deployment) {
        return db.selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.TENANT_ID.eq(tenant), SUBSCRIPTION.DEPLOYMENT_ID.eq(deployment))
                .fetchOptional(ROW);
    }

    /** What has never been settled with the LMS, failed an hour ago or was confirmed yesterday, of every deployment that stands. */
    public static List<Subscription> due(DSLContext db, Instant now, int most) {
        return db.select(SUBSCRIPTION.fields())
                .from(SUBSCRIPTION)
                .join(DEPLOYMENT)
                .on(
                        DEPLOYMENT.TENANT_ID.eq(SUBSCRIPTION.TENANT_ID),
                        DEPLOYMENT.ID.eq(SUBSCRIPTION.DEPLOYMENT_ID),
                        DEPLOYMENT.ENDED.eq(0))
                .where(SUBSCRIPTION
                        .TRIED_AT
                        .isNull()
                        .or(SUBSCRIPTION.TRIED_AT.le(now.minus(CONFIRMED)))
                        .or(SUBSCRIPTION.PROBLEM.isNotNull().and(SUBSCRIPTION.TRIED_AT.le(now.minus(AFTER_PROBLEM)))))
                .orderBy(SUBSCRIPTION.DEPLOYMENT_ID)
                .limit(most)
                .fetchInto(SUBSCRIPTION)
                .map(ROW);
    }

    /** What came of asking the LMS; {@code problem} is a sentence, or null where it tells Cairn from now on. */
    public static void tried(DSLContext db, Subscription asked, @Nullable String problem, Instant now) {
        var update = db.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.TRIED_AT, now)
                .set(
                        SUBSCRIPTION.PROBLEM,
                        problem == null ? null : problem.substring(0, Math.min(problem.length(), 500)));
        (problem == null ? update.set(SUBSCRIPTION.SUBSCRIBED_AT, now) : update)
                .where(
                        SUBSCRIPTION.TENANT_ID.eq(asked.tenant()),
                        SUBSCRIPTION.DEPLOYMENT_ID.eq(asked.deployment()),
                        // A launch that named another address meanwhile has made it due again.
                        SUBSCRIPTION.URL.eq(asked.url().toString()))
                .execute();
    }

    /** A test notice came through. */
    static void hello(DSLContext db, Deployment deployment, Instant now) {
        db.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.HELLO_AT, now)
                .where(SUBSCRIPTION.TENANT_ID.eq(deployment.tenant()), SUBSCRIPTION.DEPLOYMENT_ID.eq(deployment.id()))
                .execute();
    }

    /** An LMS that does not say what it tells is asked for all that Cairn understands. */
    private static Set<String> wanted(Set<String> told) {
        var wanted = new TreeSet<>(Notices.TYPES);
        if (!told.isEmpty()) {
            wanted.retainAll(told);
        }
        return wanted;
    }
}

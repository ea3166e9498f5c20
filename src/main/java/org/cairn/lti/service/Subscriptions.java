package org.cairn.lti.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.Deployment;
import org.cairn.lti.Notices;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.Subscription;
import org.cairn.lti.SubscriptionStore;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks LMSs to tell Cairn what happens (Platform Notification Service 1.0), after a launch has said where. An LMS keeps one handler for
 * each type and deployment, and wants it on the tool's own host. Calls out, so never to be used within a transaction.
 */
public final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final Set<String> SCOPE = Set.of("https://purl.imsglobal.org/spec/lti/scope/noticehandlers");
    private static final String MEDIA = "application/json";
    private static final String WHAT = "its list of what it tells Cairn";
    private static final int BATCH = 200;

    private final Database database;
    private final Services services;
    private final URI publicUrl;
    private final Clock clock;

    public Subscriptions(Database database, Outbound outbound, Keys keys, URI publicUrl, Clock clock) {
        this.database = database;
        this.services = new Services(outbound, new Tokens(outbound, keys, clock), clock);
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Settles what is due, one after the other; what went wrong is kept as a sentence, and tried again in an hour. */
    public void settle() {
        var due = database.inTransaction(db -> SubscriptionStore.due(db, clock.instant(), BATCH));
        due.forEach(this::settle);
    }

    /** Where a platform's notices are posted. */
    public URI handler(PlatformId platform) {
        return publicUrl.resolve("/lti/notices/" + platform);
    }

    private void settle(Subscription subscription) {
        String problem = null;
        try {
            subscribe(subscription);
        } catch (Problem e) {
            LOG.warn("notices of deployment {} not subscribed: {}", subscription.deployment(), e.code());
            problem = e.sentence();
        }
        var sentence = problem;
        database.inTransaction(db -> {
            SubscriptionStore.tried(db, subscription, sentence, clock.instant());
            return null;
        });
    }

    private void subscribe(Subscription subscription) {
        var deployment = deployment(subscription);
        var platform = platform(deployment);
        var missing = missing(platform, deployment, subscription);
        missing.forEach(type ->
                put(platform, subscription.url(), type, handler(platform.id()).toString()));
        if (!missing.isEmpty() && !missing(platform, deployment, subscription).isEmpty()) {
            throw Services.upstream("Your LMS took Cairn's address for notices, and does not list it.", "");
        }
    }

    /** The wanted types for which the LMS has another handler, or none. */
    private Set<String> missing(Platform platform, Deployment deployment, Subscription subscription) {
        var json = services.json(platform, SCOPE, Call.get(subscription.url(), MEDIA), WHAT);
        var theirs = json.path("deployment_id").asText(deployment.externalId());
        if (!theirs.equals(deployment.externalId())) {
            throw Services.upstream(
                    "Your LMS offers the notices of another installation of Cairn than the one that was opened.", "");
        }
        var missing = new TreeSet<>(subscription.types());
        var ours = handler(platform.id()).toString();
        for (JsonNode one : json.path("notice_handlers")) {
            if (one.path("handler").asText().equals(ours)) {
                missing.remove(one.path("notice_type").asText());
            }
        }
        return missing;
    }

    private void put(Platform platform, URI url, String type, String handler) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("notice_type", type).put("handler", handler).put("max_batch_size", Notices.MOST);
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        var answer = services.send(
                platform, SCOPE, new Call("PUT", url, Map.of("Accept", MEDIA, "Content-Type", MEDIA), body));
        if (!answer.isSuccess()) {
            throw Services.upstream(
                    "Your LMS does not take Cairn's address for notices (status %d); check the tool's domain and scopes in the LMS."
                            .formatted(answer.status()),
                    "");
        }
    }

    private Deployment deployment(Subscription subscription) {
        return database.inTransaction(
                db -> PlatformStore.getDeployment(db, subscription.tenant(), subscription.deployment()));
    }

    private Platform platform(Deployment deployment) {
        return database.inTransaction(db -> PlatformStore.get(db, deployment.platform()));
    }
}

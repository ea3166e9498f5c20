package org.cairn.lti;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cairn.AchievementId;
import org.cairn.PlacementId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.people.Browser;
import org.jspecify.annotations.Nullable;

/**
 * Deep Linking 2.0: a teacher chooses, and the LMS gets links that it keeps in the course. What a choice needs until it is made travels
 * sealed in its own form.
 */
public final class DeepLinking {

    private static final String PURPOSE = "lti/deep-linking";
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration RESPONSE = Duration.ofMinutes(5);
    private static final String CLAIM = "https://purl.imsglobal.org/spec/lti-dl/claim/";
    static final String ACHIEVEMENT = "cairn_achievement";
    private static final String TENANT = "cairn_tenant";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A choice that is open: where its answer goes, and what the LMS takes. */
    public record Choice(
            PlatformId platform,
            String deploymentId,
            URI returnUrl,
            boolean acceptsSeveral,
            boolean acceptsLineItem,
            @Nullable String data) {}

    /**
     * What is linked.
     *
     * @param achievement what the link is about; null for all that can be earned in the course
     * @param column a gradebook column to be made with the link; null for none
     */
    public record Link(
            String title,
            @Nullable String text,
            @Nullable AchievementId achievement,
            @Nullable Column column) {}

    /** A gradebook column. {@code resourceId} is our name of it, which the LMS keeps. */
    public record Column(String label, int maximum, String resourceId) {}

    /** A form that the browser posts to the LMS, with one field: {@code JWT}. */
    public record Response(URI returnUrl, String jwt) {

        @Override
        public String toString() {
            return "Response[" + returnUrl.getHost() + "]";
        }
    }

    private final Database database;
    private final Keys keys;
    private final URI launchUrl;
    private final Clock clock;

    /** {@code launchUrl} is what every link opens. */
    public DeepLinking(Database database, Keys keys, URI launchUrl, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.launchUrl = launchUrl;
        this.clock = clock;
    }

    /**
     * What a deep link of ours said that it is about; null where there is none, or where it was made in another tenant: a link can be
     * copied anywhere, and edited by whoever may edit the course.
     */
    static @Nullable AchievementId achievement(Launch launch, TenantId tenant) {
        var named = launch.custom().get(ACHIEVEMENT);
        if (named == null || !tenant.toString().equals(launch.custom().get(TENANT))) {
            return null;
        }
        try {
            return new AchievementId(named);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Seals the settings of a request for the form of its choice, good for two hours in this browser at this placement. */
    public String seal(Launch launch, Message.DeepLinking settings, Browser browser, PlacementId placement) {
        var json = JSON.createObjectNode()
                .put("platform", launch.platform().id().toString())
                .put("deployment", launch.deploymentId())
                .put("return", settings.returnUrl().toString())
                .put("several", settings.acceptsSeveral())
                .put("column", settings.acceptsLineItem())
                .put("place", place(browser, placement))
                .put("until", clock.instant().plus(LIFE).toString());
        if (settings.data() != null) {
            json.put("data", settings.data());
        }
        return keys.seal(PURPOSE, json.toString());
    }

    /** Empty where it was not sealed for this browser at this placement, or too long ago. */
    public Optional<Choice> open(String sealed, Browser browser, PlacementId placement) {
        return keys.open(PURPOSE, sealed).flatMap(text -> {
            try {
                var json = JSON.readTree(text);
                boolean isOurs = json.path("place").asText().equals(place(browser, placement))
                        && clock.instant()
                                .isBefore(Instant.parse(json.path("until").asText()));
                return isOurs
                        ? Optional.of(new Choice(
                                PlatformId.of(json.path("platform").asText()),
                                json.path("deployment").asText(),
                                URI.create(json.path("return").asText()),
                                json.path("several").asBoolean(),
                                json.path("column").asBoolean(),
                                json.has("data") ? json.path("data").asText() : null))
                        : Optional.empty();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("What was sealed is no JSON.", e);
            }
        });
    }

    /**
     * The signed answer (Deep Linking 2.0 §4.5). {@code data} goes back as it came, also if it was empty. Without links, the LMS is told
     * {@code message}: most show it.
     */
    public Response respond(Choice choice, TenantId tenant, List<Link> links, @Nullable String message) {
        var platform = database.inTransaction(db -> PlatformStore.get(db, choice.platform()));
        var now = clock.instant();
        var key = keys.ltiKey();
        var jwt = JWT.create()
                .withKeyId(key.kid())
                .withIssuer(platform.clientId())
                .withSubject(platform.clientId())
                .withAudience(platform.issuer())
                // A few seconds ago: not every LMS allows for clocks that differ.
                .withIssuedAt(now.minusSeconds(5))
                .withExpiresAt(now.plus(RESPONSE))
                .withClaim("nonce", UUID.randomUUID().toString())
                .withClaim("azp", platform.clientId())
                .withClaim(Claims.LTI + "deployment_id", choice.deploymentId())
                .withClaim(Claims.LTI + "message_type", "LtiDeepLinkingResponse")
                .withClaim(Claims.LTI + "version", "1.3.0")
                .withClaim(
                        CLAIM + "content_items",
                        links.stream().map(link -> item(link, tenant)).toList());
        if (choice.data() != null) {
            jwt = jwt.withClaim(CLAIM + "data", choice.data());
        }
        if (message != null) {
            jwt = jwt.withClaim(CLAIM + "msg", message);
        }
        return new Response(choice.returnUrl(), jwt.sign(Algorithm.RSA256(null, (RSAPrivateKey) key.privateKey())));
    }

    private Map<String, Object> item(Link link, TenantId tenant) {
        var item = new LinkedHashMap<String, Object>();
        item.put("type", "ltiResourceLink");
        item.put("title", link.title());
        if (link.text() != null) {
            item.put("text", link.text());
        }
        item.put("url", launchUrl.toString());
        var custom = new LinkedHashMap<String, Object>();
        custom.put(TENANT, tenant.toString());
        if (link.achievement() != null) {
            custom.put(ACHIEVEMENT, link.achievement().value());
        }
        custom.putAll(Launch.HISTORIES);
        item.put("custom", custom);
        var column = link.column();
        if (column != null) {
            item.put(
                    "lineItem",
                    Map.of(
                            "label", column.label(),
                            "scoreMaximum", column.maximum(),
                            "resourceId", column.resourceId(),
                            "tag", "cairn"));
        }
        return item;
    }

    private static String place(Browser browser, PlacementId placement) {
        return browser.hash() + "/" + placement;
    }
}

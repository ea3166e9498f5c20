package org.cairn.lti.service;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.cairn.lti.Platform;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;

/** Access tokens for an LMS's services: client credentials with a signed assertion (Security Framework 1.0 §4.1.1). Kept until shortly before they expire. */
public final class Tokens {

    private static final Duration ASSERTION = Duration.ofMinutes(4);
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Wanted(PlatformId platform, Set<String> scopes) {}

    private record Token(String value, Instant usableUntil) {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    private final Outbound outbound;
    private final Keys keys;
    private final Clock clock;
    private final Cache<Wanted, Token> tokens =
            Caffeine.newBuilder().maximumSize(10_000).build();

    public Tokens(Outbound outbound, Keys keys, Clock clock) {
        this.outbound = outbound;
        this.keys = keys;
        this.clock = clock;
    }

    /** A token for these scopes. Throws Problem UPSTREAM where the LMS gives none, with its reason. */
    public String get(Platform platform, Set<String> scopes) {
        var wanted = new Wanted(platform.id(), Set.copyOf(scopes));
        var known = tokens.getIfPresent(wanted);
        if (known == null || !clock.instant().isBefore(known.usableUntil())) {
            known = request(platform, scopes);
            tokens.put(wanted, known);
        }
        return known.value();
    }

    /** Forgets a token that an LMS refused. */
    void forget(Platform platform, Set<String> scopes) {
        tokens.invalidate(new Wanted(platform.id(), Set.copyOf(scopes)));
    }

    private Token request(Platform platform, Set<String> scopes) {
        var form = "grant_type=client_credentials"
                + "&client_assertion_type=" + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + encoded(assertion(platform))
                + "&scope=" + encoded(String.join(" ", new TreeSet<>(scopes)));
        var answer = outbound.send(Call.post(
                platform.tokenEndpoint(),
                "application/json",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.US_ASCII)));
        var json = json(answer.body());
        if (!answer.isSuccess() || json == null || !json.path("access_token").isTextual()) {
            var reason = json == null ? "" : json.path("error").asText("");
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "token_refused",
                    "Your LMS did not let Cairn read grades and names (status %d%s); check the tool's services in the LMS."
                            .formatted(
                                    answer.status(), reason.isEmpty() ? "" : ", " + reason.replaceAll("[^a-z_]", "")));
        }
        long life = Math.clamp(json.path("expires_in").asLong(300), 60, 86_400);
        return new Token(
                json.get("access_token").textValue(),
                clock.instant().plusSeconds(life).minus(MARGIN));
    }

    private String assertion(Platform platform) {
        var key = keys.ltiKey();
        // A few seconds ago: Moodle allows no leeway at all and refuses a clock that is a second ahead of its own.
        var issued = clock.instant().minusSeconds(5);
        return JWT.create()
                .withKeyId(key.kid())
                .withIssuer(platform.clientId())
                .withSubject(platform.clientId())
                .withAudience(platform.tokenAudience())
                .withIssuedAt(issued)
                .withExpiresAt(issued.plus(ASSERTION))
                .withJWTId(UUID.randomUUID().toString())
                .sign(Algorithm.RSA256(null, (RSAPrivateKey) key.privateKey()));
    }

    // By its content: Moodle sends a token as text/html.
    private static @Nullable JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

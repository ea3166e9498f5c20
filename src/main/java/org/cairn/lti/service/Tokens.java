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
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.cairn.lti.Platform;
import org.cairn.lti.Together;
import org.cairn.outbound.Answer;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;

/** Access tokens for an LMS's services: client credentials with a signed assertion (Security Framework 1.0 §4.1.1). Kept until shortly before they expire; whoever wants one that is just being asked for gets that. */
public final class Tokens {

    /**
     * What a token endpoint answered to one request.
     *
     * @param isJson whether it could be read at all
     * @param error the LMS's code for why there is no token, in letters and underscores; empty where it gave none
     * @param granted what the token is good for, as the LMS says; what was asked for where it does not say (RFC 6749 §5.1); empty where
     *     there is no token
     * @param date the LMS's clock; null where it does not tell
     */
    public record Reply(
            int status,
            boolean isJson,
            String error,
            Set<String> granted,
            @Nullable Instant date) {

        public boolean isToken() {
            return !granted.isEmpty();
        }
    }

    private static final Duration ASSERTION = Duration.ofMinutes(4);

    /** How long before its end a token is no longer used: a tenth of its life, within these. */
    private static final Duration SHORTEST_MARGIN = Duration.ofSeconds(5);

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(60);
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";
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
    private final Together<Wanted, Token> asking = new Together<>();

    public Tokens(Outbound outbound, Keys keys, Clock clock) {
        this.outbound = outbound;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A token for these scopes. Throws Problem UPSTREAM where the LMS gives none, with its reason, or leaves out of it what was asked for:
     * {@code token_scope_missing}.
     */
    public String get(Platform platform, Set<String> scopes) {
        var wanted = new Wanted(platform.id(), Set.copyOf(scopes));
        return known(wanted)
                .orElseGet(() -> asking.get(wanted, () -> known(wanted).orElseGet(() -> ask(platform, wanted))))
                .value();
    }

    private Optional<Token> known(Wanted wanted) {
        return Optional.ofNullable(tokens.getIfPresent(wanted))
                .filter(token -> clock.instant().isBefore(token.usableUntil()));
    }

    private Token ask(Platform platform, Wanted wanted) {
        var token = request(platform, wanted.scopes());
        tokens.put(wanted, token);
        return token;
    }

    /** Forgets a token that an LMS refused. */
    void forget(Platform platform, Set<String> scopes) {
        tokens.invalidate(new Wanted(platform.id(), Set.copyOf(scopes)));
    }

    /** Asks for a token and tells only how that went. Throws Problem UPSTREAM where there is no answer at all. */
    public Reply ask(Platform platform, Set<String> scopes) {
        var answer = send(platform, scopes);
        var json = json(answer.body());
        var date = answer.date().orElse(null);
        if (json == null || !json.isObject()) {
            return new Reply(answer.status(), false, "", Set.of(), date);
        }
        return new Reply(
                answer.status(), true, error(json), isToken(answer, json) ? granted(json, scopes) : Set.of(), date);
    }

    private Token request(Platform platform, Set<String> scopes) {
        var answer = send(platform, scopes);
        var json = json(answer.body());
        if (json == null || !isToken(answer, json)) {
            var reason = json == null ? "" : error(json);
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "token_refused",
                    "Your LMS did not let Cairn read grades and names (status %d%s); check the tool's services in the LMS."
                            .formatted(answer.status(), reason.isEmpty() ? "" : ", " + reason));
        }
        if (!allows(granted(json, scopes), scopes)) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "token_scope_missing",
                    "Your LMS gave Cairn a token and left out the right to %s; check the tool's services in the LMS."
                            .formatted(names(scopes)));
        }
        long life = Math.clamp(json.path("expires_in").asLong(300), 0, 86_400);
        long margin = Math.clamp(life / 10, SHORTEST_MARGIN.toSeconds(), LONGEST_MARGIN.toSeconds());
        return new Token(json.get("access_token").textValue(), clock.instant().plusSeconds(life - margin));
    }

    /** Who may change columns may read them (AGS §3.1). */
    private static boolean allows(Set<String> granted, Set<String> asked) {
        return asked.stream()
                .allMatch(scope -> granted.contains(scope)
                        || (scope.equals(AGS + "lineitem.readonly") && granted.contains(AGS + "lineitem")));
    }

    private static String names(Set<String> scopes) {
        return scopes.stream()
                .map(scope -> scope.substring(scope.lastIndexOf('/') + 1))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Answer send(Platform platform, Set<String> scopes) {
        var form = "grant_type=client_credentials"
                + "&client_assertion_type=" + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + encoded(assertion(platform))
                + "&scope=" + encoded(String.join(" ", new TreeSet<>(scopes)));
        return outbound.send(Call.post(
                platform.tokenEndpoint(),
                "application/json",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean isToken(Answer answer, JsonNode json) {
        return answer.isSuccess() && json.path("access_token").isTextual();
    }

    private static String error(JsonNode json) {
        var code = json.path("error").asText("").replaceAll("[^a-z_]", "");
        return code.substring(0, Math.min(code.length(), 60));
    }

    private static Set<String> granted(JsonNode json, Set<String> asked) {
        var said = json.path("scope").asText("").strip();
        return said.isEmpty()
                ? Set.copyOf(asked)
                : Arrays.stream(said.split("\\s+")).collect(Collectors.toUnmodifiableSet());
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

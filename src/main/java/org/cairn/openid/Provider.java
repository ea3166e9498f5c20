package org.cairn.openid;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.auth0.jwk.InvalidPublicKeyException;
import com.auth0.jwk.Jwk;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;

/** The provider as it describes itself (OpenID Connect Discovery 1.0 §4), its keys, and its token endpoint. Safe for many threads. */
final class Provider {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final int MOST_KEYS = 100;

    /** Its addresses. {@code isPost} is whether it takes a client's secret only in the body. */
    record Known(URI authorization, URI token, URI keySet, boolean isPost, Instant readAt) {}

    private record KeySet(Map<String, PublicKey> keys, Instant readAt) {}

    private final OpenIdSettings settings;
    private final Outbound outbound;
    private final Clock clock;
    private volatile @Nullable Known known;
    private volatile @Nullable KeySet keySet;

    Provider(OpenIdSettings settings, Outbound outbound, Clock clock) {
        this.settings = settings;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** Throws Problem UPSTREAM where it cannot be read or is not the issuer's. */
    Known known() {
        var one = known;
        var now = clock.instant();
        if (one == null || now.isAfter(one.readAt().plus(FRESH))) {
            one = read(now);
            known = one;
        }
        return one;
    }

    /** Its key of this id; an unknown id makes the set be read anew, at most once a minute. Throws Problem UPSTREAM. */
    Optional<PublicKey> key(String id) {
        var set = keySet;
        var now = clock.instant();
        boolean isOld = set == null || now.isAfter(set.readAt().plus(FRESH));
        boolean isWorthALook = set != null
                && !set.keys().containsKey(id)
                && now.isAfter(set.readAt().plus(PAUSE));
        if (set == null || isOld || isWorthALook) {
            set = new KeySet(keys(json(outbound.get(known().keySet(), "application/json"))), now);
            keySet = set;
        }
        return Optional.ofNullable(set.keys().get(id));
    }

    /** The id_token for a code (Core §3.1.3). Throws Problem UNAUTHENTICATED where the provider refuses the code. */
    String redeem(String code, String verifier, URI returnUrl) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", returnUrl.toString());
        fields.put("code_verifier", verifier);
        var secret = settings.clientSecret();
        boolean isBasic = secret != null && !known().isPost();
        if (!isBasic) {
            fields.put("client_id", settings.clientId());
        }
        if (secret != null && !isBasic) {
            fields.put("client_secret", secret);
        }
        var headers = new HashMap<String, String>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        if (secret != null && isBasic) {
            headers.put("Authorization", basic(settings.clientId(), secret));
        }
        var answer = outbound.send(
                new Call("POST", known().token(), headers, OpenId.form(fields).getBytes(UTF_8)));
        if (!answer.isSuccess()) {
            throw OpenId.refused("token_status_" + answer.status());
        }
        return json(answer.body()).path("id_token").asText();
    }

    private Known read(Instant now) {
        var base = settings.issuer().replaceFirst("/$", "");
        var json = json(outbound.get(URI.create(base + "/.well-known/openid-configuration"), "application/json"));
        // Discovery §4.3: exactly the issuer that was asked, or the document is somebody else's.
        if (!json.path("issuer").asText().equals(settings.issuer())) {
            throw unreadable("names another issuer");
        }
        var methods = json.path("token_endpoint_auth_methods_supported").toString();
        return new Known(
                address(json, "authorization_endpoint"),
                address(json, "token_endpoint"),
                address(json, "jwks_uri"),
                methods.contains("\"client_secret_post\"") && !methods.contains("\"client_secret_basic\""),
                now);
    }

    // Nothing less than the issuer's own scheme: an https issuer has no http endpoints.
    private URI address(JsonNode json, String name) {
        try {
            var address = URI.create(json.path(name).asText());
            var scheme = URI.create(settings.issuer()).getScheme();
            if (address.getHost() != null && scheme.equals(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw unreadable("has no usable " + name);
    }

    // RFC 6749 §2.3.1: both are form-encoded before they are joined.
    private static String basic(String id, String secret) {
        var pair = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    // A key that we cannot read does not spoil the others.
    private static Map<String, PublicKey> keys(JsonNode set) {
        var keys = new HashMap<String, PublicKey>();
        for (var entry : set.path("keys")) {
            try {
                var jwk = Jwk.fromValues(JSON.convertValue(entry, new TypeReference<Map<String, Object>>() {}));
                if (jwk.getId() != null && !"enc".equals(jwk.getUsage()) && keys.size() < MOST_KEYS) {
                    keys.put(jwk.getId(), jwk.getPublicKey());
                }
            } catch (InvalidPublicKeyException | RuntimeException e) {
                // Left out.
            }
        }
        return Map.copyOf(keys);
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw unreadable("is not JSON");
        }
    }

    private static Problem unreadable(String why) {
        return new Problem(
                Problem.Kind.UPSTREAM,
                "openid_provider_unreadable",
                "Your institution's sign-in answers in a way that Cairn cannot read: it %s.".formatted(why));
    }
}

package org.cairn.openid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cairn.OperatorId;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.cairn.outbound.Outbound;
import org.cairn.people.Browser;
import org.jspecify.annotations.Nullable;

/**
 * Signing in at the institution: OpenID Connect Core 1.0 §3.1, with PKCE (RFC 7636). What has to be remembered between the two halves is
 * sealed in the {@code state} and bound to the browser, so that any node can finish and strangers write nothing. Safe for many threads.
 */
public final class OpenId {

    /** How long somebody has for signing in at the institution. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final String PURPOSE = "openid";
    private static final String NOBODY = "-";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Who came back.
     *
     * @param link the operator who asked to be linked to this person; null where somebody signs in
     * @param nonce of this one sign-in: whoever acts on it has to see to it that it is used once
     */
    public record SignedIn(
            String issuer, String subject, @Nullable OperatorId link, String nonce, Instant expiresAt) {

        @Override
        public String toString() {
            return "SignedIn[" + issuer + "]";
        }
    }

    /** What the state seals. */
    private record Begun(
            String browserHash,
            String nonce,
            String verifier,
            @Nullable OperatorId link,
            Instant expiresAt) {

        String sealed(Keys keys) {
            return keys.seal(
                    PURPOSE,
                    String.join(
                            "|",
                            browserHash,
                            nonce,
                            verifier,
                            link == null ? NOBODY : link.toString(),
                            expiresAt.toString()));
        }

        static Optional<Begun> open(Keys keys, String state) {
            return keys.open(PURPOSE, state).map(text -> {
                var parts = text.split("\\|", -1);
                var link = parts[3].equals(NOBODY) ? null : OperatorId.of(parts[3]);
                return new Begun(parts[0], parts[1], parts[2], link, Instant.parse(parts[4]));
            });
        }
    }

    private final OpenIdSettings settings;
    private final Provider provider;
    private final Keys keys;
    private final URI returnUrl;
    private final Clock clock;

    /** {@code returnUrl} is where the provider sends browsers back to, as it is registered there. */
    public OpenId(OpenIdSettings settings, Outbound outbound, Keys keys, URI returnUrl, Clock clock) {
        this.settings = settings;
        this.provider = new Provider(settings, outbound, clock);
        this.keys = keys;
        this.returnUrl = returnUrl;
        this.clock = clock;
    }

    /** The institution's host, as people know it. */
    public String host() {
        return URI.create(settings.issuer()).getHost();
    }

    /**
     * Where to send this browser. {@code link} is the operator who wants to be linked; null where somebody signs in. Throws Problem
     * UPSTREAM where the provider does not answer.
     */
    public URI begin(Browser browser, @Nullable OperatorId link) {
        var begun = new Begun(
                browser.hash(), random(), random(), link, clock.instant().plus(LIFE));
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("scope", "openid");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", returnUrl.toString());
        query.put("state", begun.sealed(keys));
        query.put("nonce", begun.nonce());
        query.put("code_challenge", challenge(begun.verifier()));
        query.put("code_challenge_method", "S256");
        var address = provider.known().authorization().toString();
        return URI.create(address + (address.contains("?") ? "&" : "?") + form(query));
    }

    /**
     * Who came back to this browser, by what the provider sent along. Throws Problem UNAUTHENTICATED where any check fails, and UPSTREAM
     * where the provider does not answer.
     */
    public SignedIn finish(Map<String, String> answer, Browser browser) {
        var now = clock.instant();
        var begun = Begun.open(keys, answer.getOrDefault("state", ""))
                .filter(one -> one.browserHash().equals(browser.hash()) && now.isBefore(one.expiresAt()))
                .orElseThrow(() -> refused("state"));
        // RFC 9207: an answer of another provider, mixed up with ours.
        if (!answer.getOrDefault("iss", settings.issuer()).equals(settings.issuer())) {
            throw refused("answer_issuer");
        }
        var code = answer.get("code");
        if (code == null || code.isBlank()) {
            throw refused("code");
        }
        var token = provider.redeem(code, begun.verifier(), returnUrl);
        var subject = OpenIdToken.subject(token, settings, provider::key, begun.nonce(), now);
        return new SignedIn(settings.issuer(), subject, begun.link(), begun.nonce(), begun.expiresAt());
    }

    static Problem refused(String check) {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "openid_refused",
                "The sign-in at your institution did not come through, or was begun in another browser or long ago; begin again at /admin.",
                check);
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}

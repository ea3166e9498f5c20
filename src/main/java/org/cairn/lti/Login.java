package org.cairn.lti;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cairn.PlatformId;
import org.cairn.SessionId;
import org.cairn.Sha256;
import org.cairn.db.Database;
import org.cairn.db.Text;
import org.cairn.keys.Keys;
import org.cairn.people.Browser;
import org.jspecify.annotations.Nullable;

/**
 * Third-party login initiation (Security Framework 1.0 §5.1.1). Any number of logins may be open in one browser, and none of them is
 * kept anywhere but in its own state.
 */
public final class Login {

    /** Where to send the browser. */
    public record Begun(URI authorization, @Nullable Stored stored) {}

    /**
     * What the LMS's page is asked to keep until the launch (LTI Client Side postMessages, Platform Storage 0.1).
     *
     * @param target the frame that keeps it: {@code _parent} or the name of one of the parent's frames
     * @param origin the only origin that may be told: that of the authorization endpoint (Client Side OIDC Login 0.1)
     */
    public record Stored(String target, String origin, String key, String value) {

        @Override
        public String toString() {
            return "Stored[" + origin + "]";
        }
    }

    private static final Duration LIFE = Duration.ofMinutes(10);

    /** With all of an answer's headers it has to stay below 8 KB, which is what servers and browsers take. */
    private static final int LONGEST = 7000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Platforms platforms;
    private final Keys keys;
    private final URI redirectUri;
    private final Clock clock;

    /** {@code redirectUri} is the one registered: LMSs compare it as text, so nothing of a request ever goes into it. */
    public Login(Database database, Keys keys, URI redirectUri, Clock clock) {
        this.platforms = new Platforms(database, clock);
        this.keys = keys;
        this.redirectUri = redirectUri;
        this.clock = clock;
    }

    /**
     * Begins a login for this browser. {@code target_link_uri} is only a hint here and leads nowhere: the signed one counts.
     * {@code registration} is the one whose own login address was called, if it was. Throws Problem with the code of a {@link Refusal}.
     */
    public Begun begin(
            Map<String, String> parameters, @Nullable PlatformId registration, Browser browser, boolean inWindow) {
        return begin(parameters, registration, browser, inWindow, null);
    }

    /** Begins one that the LMS's page is to be asked to keep, since this browser keeps no cookie of ours. */
    public Begun beginStored(Map<String, String> parameters, @Nullable PlatformId registration) {
        return begin(parameters, registration, Browser.fresh(), false, storageTarget(parameters));
    }

    /** The frame that the LMS offers for keeping things, if it offers one that is a name. */
    public static @Nullable String storageTarget(Map<String, String> parameters) {
        var target = parameters.getOrDefault("lti_storage_target", "");
        return target.matches("[A-Za-z0-9_.:-]{1,100}") ? target : null;
    }

    private Begun begin(
            Map<String, String> parameters,
            @Nullable PlatformId registration,
            Browser browser,
            boolean inWindow,
            @Nullable String storageTarget) {
        var hint = parameters.getOrDefault("login_hint", "");
        boolean isComplete = !parameters.getOrDefault("iss", "").isEmpty()
                && !hint.isEmpty()
                && !parameters.getOrDefault("target_link_uri", "").isEmpty();
        IdToken.check(isComplete, Refusal.LOGIN_INCOMPLETE);
        var platform = platform(parameters, registration);
        var nonce = random();
        var secret = random();
        var state = new LoginState(
                        platform.id(),
                        SessionId.fresh(),
                        browser.hash(),
                        nonce,
                        storageTarget == null ? null : Sha256.hex(secret),
                        inWindow,
                        clock.instant().plus(LIFE))
                .seal(keys);
        var stored = storageTarget == null
                ? null
                : new Stored(
                        storageTarget, Platform.origin(platform.authorizationEndpoint()), storageKey(state), secret);
        return new Begun(authorization(platform, state, nonce, hint, parameters.get("lti_message_hint")), stored);
    }

    /** Under which key the LMS's page keeps the secret of a login. */
    static String storageKey(String state) {
        return "cairn_" + Sha256.hex(state).substring(0, 32);
    }

    private Platform platform(Map<String, String> parameters, @Nullable PlatformId registration) {
        var issuer = parameters.getOrDefault("iss", "");
        var clientId = parameters.getOrDefault("client_id", "");
        if (!Text.isKept(issuer) || !Text.isKept(clientId)) {
            throw unknown(issuer, clientId);
        }
        var fitting = platforms.list(issuer).stream()
                .filter(platform -> registration == null || platform.id().equals(registration))
                .filter(platform -> clientId.isEmpty() || platform.clientId().equals(clientId))
                .toList();
        if (fitting.size() > 1) {
            throw Refusal.REGISTRATION_AMBIGUOUS.problem();
        }
        return fitting.stream().findFirst().orElseThrow(() -> unknown(issuer, clientId));
    }

    private static RuntimeException unknown(String issuer, String clientId) {
        return Refusal.REGISTRATION_UNKNOWN.problem(
                "(issuer: %s, client_id: %s)".formatted(cut(issuer), cut(clientId)));
    }

    /** The authentication request (Security Framework 1.0 §5.1.1.2). */
    private URI authorization(
            Platform platform, String state, String nonce, String hint, @Nullable String messageHint) {
        var query = new LinkedHashMap<String, String>();
        query.put("scope", "openid");
        query.put("response_type", "id_token");
        query.put("response_mode", "form_post");
        query.put("prompt", "none");
        query.put("client_id", platform.clientId());
        query.put("redirect_uri", redirectUri.toString());
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("login_hint", hint);
        Optional.ofNullable(messageHint).ifPresent(text -> query.put("lti_message_hint", text));
        var endpoint = platform.authorizationEndpoint().toString();
        var address = endpoint
                + (endpoint.contains("?") ? "&" : "?")
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        IdToken.check(address.length() <= LONGEST, Refusal.LOGIN_TOO_LONG);
        return URI.create(address);
    }

    private static String random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private static String cut(String text) {
        var plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ");
        return plain.length() <= 200 ? plain : Text.cut(plain, 200) + "…";
    }
}

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
import java.util.stream.Collectors;
import org.cairn.db.Database;
import org.cairn.people.Browser;
import org.jooq.DSLContext;

/** Third-party login initiation (Security Framework 1.0 §5.1.1). Any number of logins may be open in one browser. */
public final class Login {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final URI redirectUri;
    private final Clock clock;

    /** {@code redirectUri} is the one registered: LMSs compare it as text, so nothing of a request ever goes into it. */
    public Login(Database database, URI redirectUri, Clock clock) {
        this.database = database;
        this.redirectUri = redirectUri;
        this.clock = clock;
    }

    /**
     * Begins a login for this browser and returns where to send it. {@code target_link_uri} is only a hint here and leads nowhere: the
     * signed one counts. Throws Problem with the code of a {@link Refusal}.
     */
    public URI begin(Map<String, String> parameters, Browser browser) {
        var issuer = parameters.getOrDefault("iss", "");
        var hint = parameters.getOrDefault("login_hint", "");
        if (issuer.isEmpty()
                || hint.isEmpty()
                || parameters.getOrDefault("target_link_uri", "").isEmpty()) {
            throw Refusal.LOGIN_INCOMPLETE.problem();
        }
        var state = random();
        var nonce = random();
        var now = clock.instant();
        var platform = database.inTransaction(db -> {
            var found = platform(db, issuer, parameters.getOrDefault("client_id", ""));
            LoginStore.insert(db, state, nonce, browser, found.id(), now, now.plus(LIFE));
            return found;
        });
        return authorization(platform, state, nonce, hint, parameters.get("lti_message_hint"));
    }

    /** Removes logins that nobody can finish any more; returns how many there were. */
    public int sweep() {
        var before = clock.instant().minus(Duration.ofHours(1));
        return database.inTransaction(db -> LoginStore.sweep(db, before));
    }

    private static Platform platform(DSLContext db, String issuer, String clientId) {
        if (!clientId.isEmpty()) {
            return PlatformStore.find(db, issuer, clientId)
                    .orElseThrow(() -> Refusal.REGISTRATION_UNKNOWN.problem(
                            "(issuer: %s, client_id: %s)".formatted(cut(issuer), cut(clientId))));
        }
        var all = PlatformStore.list(db, issuer);
        if (all.isEmpty()) {
            throw Refusal.REGISTRATION_UNKNOWN.problem("(issuer: %s)".formatted(cut(issuer)));
        }
        if (all.size() > 1) {
            throw Refusal.REGISTRATION_AMBIGUOUS.problem();
        }
        return all.getFirst();
    }

    /** The authentication request (Security Framework 1.0 §5.1.1.2). */
    private URI authorization(
            Platform platform,
            String state,
            String nonce,
            String hint,
            @org.jspecify.annotations.Nullable String messageHint) {
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
        if (messageHint != null) {
            query.put("lti_message_hint", messageHint);
        }
        var endpoint = platform.authorizationEndpoint().toString();
        return URI.create(endpoint
                + (endpoint.contains("?") ? "&" : "?")
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private static String random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private static String cut(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "…";
    }
}

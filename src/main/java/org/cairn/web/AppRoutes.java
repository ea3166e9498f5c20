package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.backpack.App;
import org.cairn.openbadges.backpack.AppMetadata;
import org.cairn.openbadges.backpack.Apps;
import org.cairn.openbadges.backpack.Scope;
import org.cairn.openbadges.backpack.Tokens;
import org.jspecify.annotations.Nullable;

/** What apps ask for themselves: to be registered (RFC 7591), for tokens (RFC 6749), and to be let go (RFC 7009). */
final class AppRoutes {

    private static final int LARGEST = 64 * 1024;

    private final Database database;
    private final boolean allowLoopback;
    private final Clock clock;

    AppRoutes(Database database, boolean allowLoopback, Clock clock) {
        this.database = database;
        this.allowLoopback = allowLoopback;
        this.clock = clock;
    }

    /** Registers an app, and tells it its secret, which it never is again. */
    void register(Context context) {
        OAuth.answered(context, () -> {
            var said = AppMetadata.read(body(context), allowLoopback);
            var registered = database.inTransaction(db -> Apps.register(db, said, clock.instant()));
            OAuth.answer(context, 201, registration(registered));
        });
    }

    /** Tokens for an authorization code or a refresh token (RFC 6749 §4.1.3, §6). */
    void token(Context context) {
        OAuth.answered(context, () -> {
            var app = app(context);
            var grant = OAuth.parameter(context, "grant_type");
            var tokens = switch (grant) {
                case "authorization_code" -> exchange(context, app);
                case "refresh_token" -> refresh(context, app);
                default ->
                    throw OAuth.refused(
                            "unsupported_grant_type", "The grant types here are authorization_code and refresh_token.");
            };
            OAuth.answer(
                    context,
                    200,
                    json(
                            tokens.orElseThrow(
                                    () -> OAuth.refused(
                                            "invalid_grant",
                                            "The code or token is unknown, over or used, or what was sent with it does not fit; the learner has to let the app in again."))));
        });
    }

    /** Ends a token, or with a refresh token everything that the learner let this app do. */
    void revoke(Context context) {
        OAuth.answered(context, () -> {
            var app = app(context);
            var token = OAuth.parameter(context, "token");
            database.inTransaction(db -> {
                Tokens.revoke(db, app, token);
                return null;
            });
            OAuth.answer(context, 200, JsonNodeFactory.instance.objectNode());
        });
    }

    private Optional<Tokens.Pair> exchange(Context context, App app) {
        var code = OAuth.parameter(context, "code");
        var redirectUri = OAuth.parameter(context, "redirect_uri");
        var verifier = OAuth.parameter(context, "code_verifier");
        return database.inTransaction(db -> Tokens.exchange(db, app, code, redirectUri, verifier, clock.instant()));
    }

    private Optional<Tokens.Pair> refresh(Context context, App app) {
        var token = OAuth.parameter(context, "refresh_token");
        var wish = wish(context);
        return database.inTransaction(db -> Tokens.refresh(db, app, token, wish, clock.instant()));
    }

    private static @Nullable Set<Scope> wish(Context context) {
        return context.formParam("scope") == null ? null : Scope.read(OAuth.parameter(context, "scope"));
    }

    /** Who asks, by client_secret_basic (RFC 6749 §2.3.1). */
    private App app(Context context) {
        var header = String.valueOf(context.header("Authorization"));
        var basic = header.regionMatches(true, 0, "Basic ", 0, 6) ? decoded(header.substring(6)) : "";
        int colon = basic.indexOf(':');
        return database.inTransaction(db -> colon < 0
                        ? Optional.<App>empty()
                        : Apps.authenticate(db, basic.substring(0, colon), basic.substring(colon + 1)))
                .orElseThrow(() -> {
                    context.header("WWW-Authenticate", "Basic realm=\"apps\", charset=\"UTF-8\"");
                    return new Problem(
                            Problem.Kind.UNAUTHENTICATED,
                            "invalid_client",
                            "Send the client_id and client_secret of a registered app by HTTP Basic; one that nobody lets in is forgotten after a week.");
                });
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static JsonNode body(Context context) throws IOException {
        var type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
        byte[] body = context.bodyInputStream().readNBytes(LARGEST + 1);
        if (!type.matches("application/json\\s*(;.*)?") || body.length > LARGEST) {
            throw OAuth.refused("invalid_client_metadata", "Send application/json of up to 64 KB.");
        }
        try {
            return CredentialJson.read(body);
        } catch (IllegalArgumentException e) {
            throw OAuth.refused("invalid_client_metadata", "The body is not one JSON object.");
        }
    }

    /** As it is registered, which may be less than it asked for (RFC 7591 §3.2.1). */
    private static ObjectNode registration(Apps.Registered registered) {
        var app = registered.app();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("client_id", app.id().toString()).put("client_secret", registered.secret());
        json.put("client_id_issued_at", app.registeredAt().getEpochSecond()).put("client_secret_expires_at", 0);
        json.put("client_name", app.name());
        app.redirectUris().forEach(json.putArray("redirect_uris")::add);
        json.put("token_endpoint_auth_method", "client_secret_basic");
        json.putArray("grant_types").add("authorization_code").add("refresh_token");
        json.putArray("response_types").add("code");
        return json.put("scope", Scope.write(app.scopes()));
    }

    private ObjectNode json(Tokens.Pair tokens) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("access_token", tokens.access()).put("token_type", "Bearer");
        json.put(
                "expires_in", Duration.between(clock.instant(), tokens.endsAt()).toSeconds());
        if (tokens.refresh() != null) {
            json.put("refresh_token", tokens.refresh());
        }
        return json.put("scope", Scope.write(tokens.scopes()));
    }
}

package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.cairn.Problem;
import org.cairn.award.Backpacks;
import org.cairn.db.Database;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.backpack.Apps;
import org.cairn.openbadges.backpack.Brought;
import org.cairn.openbadges.backpack.Connection;
import org.cairn.openbadges.backpack.Scope;
import org.cairn.openbadges.backpack.Tokens;
import org.cairn.openbadges.verification.Verification;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;

/** The API of Open Badges 3.0 (§6.2) for apps that learners let in. Below /ims/ob/v3p0, every refusal is an Imsx_StatusInfo. */
final class BackpackRoutes {

    private static final int LARGEST = 256 * 1024;
    private static final Set<String> JSON =
            Set.of("application/json", "application/vc+ld+json", "application/ld+json", "application/vc");

    private final Database database;
    private final Backpacks backpacks;
    private final Verifying verifying;
    private final String address;
    private final Clock clock;

    BackpackRoutes(Database database, Backpacks backpacks, Verifying verifying, String publicUrl, Clock clock) {
        this.database = database;
        this.backpacks = backpacks;
        this.verifying = verifying;
        this.address = publicUrl + AppDiscovery.CREDENTIALS;
        this.clock = clock;
    }

    /** getCredentials (§6.2.2), a page at a time (§6.4). */
    void credentials(Context context) {
        var paging = Paging.of(context);
        var page = used(
                context,
                Scope.READ,
                (db, connection) -> backpacks.deliver(db, connection, paging.since(), paging.offset(), paging.limit()));
        var json = JsonNodeFactory.instance.objectNode();
        var credentials = json.putArray("credential");
        var tokens = json.putArray("compactJwsString");
        for (var one : page.delivered()) {
            if (one.isToken()) {
                tokens.add(one.text());
            } else {
                // As it was signed: the numbers' own form is part of that.
                credentials.addRawValue(new RawValue(one.text()));
            }
        }
        context.header("X-Total-Count", String.valueOf(page.total()));
        context.header("Link", paging.links(address, page.total()));
        OAuth.answer(context, 200, json);
    }

    /** upsertCredential (§6.2.3): one of ours is kept already, and one of others is verified before it is. */
    void upsert(Context context) throws IOException {
        used(context, Scope.BRING, (db, connection) -> connection);
        var type = media(context);
        boolean isToken = !JSON.contains(type);
        byte[] body = Body.read(context, LARGEST, BackpackRoutes::tooLarge);
        // As the verifier reads it: with a mark of byte order inside it would be no JSON among others.
        var text =
                new String(body, StandardCharsets.UTF_8).replace("\ufeff", "").strip();
        if (text.startsWith("{") == isToken) {
            throw invalid("Send a VC-JWT as text/plain, and JSON with a proof as application/json.");
        }
        var credential = verified(text);
        boolean isNew = used(context, Scope.BRING, (db, connection) -> keep(db, connection, credential, isToken, text));
        context.status(isNew ? 201 : 200).header("Cache-Control", "no-store");
        context.contentType(type).result(body);
    }

    /** getProfile (§6.2.4): a name that is good for this app only, and what her LMS calls her. */
    void profile(Context context) {
        var json = used(context, Scope.PROFILE, (db, connection) -> {
            var profile = JsonNodeFactory.instance.objectNode();
            profile.putArray("@context").add(Contexts.BADGES);
            profile.put("id", "urn:uuid:" + connection.id());
            profile.putArray("type").add("Profile");
            AccountStore.ofLearners(db, connection.tenant(), List.of(connection.learner())).stream()
                    .map(Account::name)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(name -> profile.put("name", name));
            return profile;
        });
        OAuth.answer(context, 200, json);
    }

    private boolean keep(DSLContext db, Connection connection, JsonNode credential, boolean isToken, String text) {
        var own = verifying.own(credential.path("id").asText());
        if (own.isPresent()) {
            backpacks.requireHers(db, connection, own.get(), CredentialJson.issuer(credential));
            return false;
        }
        try {
            var app = Apps.list(db, List.of(connection.app())).getFirst();
            return backpacks.bring(db, Brought.of(connection, app, credential, isToken, clock.instant()), text);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode verified(String text) {
        var verification = verifying.one(text);
        var credential = verification.credential();
        if (!verification.isValid() || credential == null) {
            throw invalid(verification.verdict().sentence() + failed(verification));
        }
        var types = credential.path("type").toString();
        if (!types.contains("\"OpenBadgeCredential\"") && !types.contains("\"AchievementCredential\"")) {
            throw invalid("This is genuine, but is no OpenBadgeCredential.");
        }
        return credential;
    }

    private static String failed(Verification verification) {
        return verification.checks().stream()
                .filter(check -> Boolean.FALSE.equals(check.passed()))
                .map(check -> " " + check.name() + ": " + check.sentence())
                .findFirst()
                .orElse("");
    }

    /** What follows for whoever brings a token that is good for that. */
    private <T> T used(Context context, Scope scope, BiFunction<DSLContext, Connection, T> work) {
        var token = OAuth.bearer(context);
        if (token == null) {
            throw unauthorized(context, "Bearer");
        }
        return database.inTransaction(db -> {
            var use = Tokens.use(db, token, clock.instant())
                    .orElseThrow(() -> unauthorized(context, "Bearer error=\"invalid_token\""));
            if (!use.scopes().contains(scope)) {
                context.header(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(scope.address()));
                throw new Problem(
                        Problem.Kind.FORBIDDEN,
                        "insufficient_scope",
                        "The learner has not allowed this; it needs the scope %s.".formatted(scope.address()));
            }
            return work.apply(db, use.connection());
        });
    }

    // RFC 6750 §3.1: who sent no token is told no error.
    private static Problem unauthorized(Context context, String challenge) {
        context.header("WWW-Authenticate", challenge);
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "invalid_token",
                "Send an access token that is good now as Authorization: Bearer.");
    }

    private static String media(Context context) {
        var type = Body.type(context);
        if (!JSON.contains(type) && !type.equals("text/plain") && !type.equals("application/vc+jwt")) {
            throw new Problem(
                    Problem.Kind.WRONG_MEDIA_TYPE,
                    "credential_media_type",
                    "Send a VC-JWT as text/plain, or JSON with a proof as application/json.");
        }
        return type;
    }

    private static Problem tooLarge() {
        return new Problem(Problem.Kind.TOO_LARGE, "credential_too_large", "A credential has up to 256 KB here.");
    }

    private static Problem invalid(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "credential_refused", sentence);
    }
}

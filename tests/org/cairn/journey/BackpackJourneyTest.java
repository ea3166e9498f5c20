package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.journey.BackpackClient.form;
import static org.cairn.journey.BackpackClient.json;
import static org.cairn.journey.BackpackClient.posted;
import static org.cairn.journey.BackpackClient.query;
import static org.cairn.journey.BackpackClient.request;
import static org.cairn.journey.BackpackClient.send;
import static org.cairn.journey.Visitor.found;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cairn.journey.BackpackClient.Window;
import org.cairn.openbadges.backpack.Backpack;
import org.cairn.openbadges.verification.Stranger;
import org.cairn.testing.Shared;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A backpack that is not ours fetches a learner's credentials: Open Badges 3.0 §6 and §7, from discovery to its end. */
class BackpackJourneyTest {

    private static final Pattern CHOICE = Pattern.compile("name=\"credential\" value=\"([^\"]{22})\"");
    private static final String PROFILE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly";

    private static TestApp app;
    private static Stranger stranger;
    private static BackpackClient backpack;

    @BeforeAll
    static void start() throws Exception {
        app = TestApp.start();
        stranger = new Stranger();
        app.sandbox().sendAll();
        app.sandbox().grade("2", "101", "11", 95);
        app.settle();
        backpack = new BackpackClient(app.url());
    }

    @AfterAll
    static void stop() {
        stranger.close();
        app.close();
    }

    @Test
    void a_backpack_that_knows_only_the_address_gets_what_she_ticked_refreshes_and_lets_go() throws Exception {
        var ada = learner("10");
        var window = Window.of(ada, app.url());
        assertThat(window.get("/oauth/session").body()).contains("Cairn knows you in this browser for", app.url());
        var page = window.get(backpack.authorization(backpack.asks()));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Ada Lovelace", "Ada’s &lt;b&gt;Backpack&lt;/b&gt;", "<bdi>backpack.example.org</bdi>");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("frame-ancestors 'none'", "form-action 'self' https:"));
        var ticked = choices(page).subList(0, 1);
        var answer = window.allow(page, ticked);
        assertThat(answer).startsWith(BackpackClient.REDIRECT + "&code=");
        var parameters = query(answer);
        assertThat(parameters).containsEntry("state", "a state & more").containsEntry("iss", app.url() + "/oauth");

        var tokens = json(backpack.token(backpack.exchange(parameters.get("code"))));
        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isBetween(3590, 3600);
        assertThat(tokens.path("scope").asText()).isEqualTo(BackpackClient.SCOPES);
        var access = tokens.path("access_token").asText();
        var fetched = backpack.get("/credentials", access);
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.headers().firstValue("X-Total-Count")).contains("1");
        assertThat(fetched.headers().firstValue("Cache-Control")).contains("no-store");
        var credential = json(fetched).at("/compactJwsString/0").asText();
        var verified = verified(credential);
        assertThat(verified.path("verdict").asText()).isEqualTo("valid");
        assertThat(verified.at("/credential/id").asText()).endsWith("/" + ticked.getFirst());

        var profile = json(backpack.get("/profile", access));
        assertThat(profile.path("name").asText()).isEqualTo("Ada Lovelace");
        assertThat(profile.toString()).doesNotContain("@example", "email");

        assertThat(ada.get(ada.page + "/apps").body())
                .contains(
                        "Ada’s &lt;b&gt;Backpack&lt;/b&gt;", "gets one credential that you chose", "It last asked on");
        var refreshed = json(backpack.refresh(tokens.path("refresh_token").asText()));
        var next = refreshed.path("access_token").asText();
        assertThat(next).isNotEqualTo(access);
        assertThat(backpack.get("/credentials", next).statusCode()).isEqualTo(200);
        var gone = posted(
                app.url() + "/oauth/revocation",
                backpack.id + ":" + backpack.secret,
                Map.of("token", refreshed.path("refresh_token").asText(), "token_type_hint", "refresh_token"));
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(backpack.get("/credentials", next).statusCode()).isEqualTo(401);
        assertThat(ada.get(ada.page + "/apps").body()).contains("<p>None.</p>");
    }

    @Test
    void what_it_needs_to_know_is_said_in_two_places_that_agree() throws Exception {
        var metadata = json(send(request(app.url() + "/.well-known/oauth-authorization-server/oauth")
                .build()));
        assertThat(metadata.path("issuer").asText()).isEqualTo(app.url() + "/oauth");
        assertThat(metadata.path("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(metadata.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        var flow = backpack.scheme.at("/flows/authorizationCode");
        assertThat(metadata.path("authorization_endpoint")).isEqualTo(flow.path("authorizationUrl"));
        assertThat(metadata.path("token_endpoint")).isEqualTo(flow.path("tokenUrl"));
        assertThat(metadata.path("registration_endpoint")).isEqualTo(backpack.scheme.path("x-imssf-registrationUrl"));
        var discovery = json(send(request(app.url() + "/ims/ob/v3p0/discovery").build()));
        assertThat(discovery.path("openapi").asText()).startsWith("3.0.");
        assertThat(discovery.at("/paths/~1credentials/post/operationId").asText())
                .isEqualTo("upsertCredential");
        for (var url : List.of("termsOfService", "x-imssf-privacyPolicyUrl")) {
            var address = discovery.path("info").path(url).asText();
            assertThat(send(request(address).build()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_app_that_gets_all_gets_it_page_by_page_and_all_of_it_is_valid() throws Exception {
        var alan = letIn("11");
        var none = backpack.get("/credentials?since=2999-01-01T00:00:00Z&offset=7", alan);
        assertThat(none.headers().firstValue("X-Total-Count")).contains("0");
        assertThat(json(none).toString()).isEqualTo("{\"credential\":[],\"compactJwsString\":[]}");
        backpack.upsert("application/json", stranger.proved(stranger.credential()), alan);
        var first = backpack.get("/credentials?limit=1", alan);
        int total = Integer.parseInt(first.headers().firstValue("X-Total-Count").orElseThrow());
        assertThat(total).isGreaterThan(1);
        var texts = new ArrayList<String>();
        var links = "<" + backpack.service + "/credentials?limit=1>; rel=\"next\"";
        while (links.contains("rel=\"next\"")) {
            var page = backpack.get(found(links, "<([^>]+)>; rel=\"next\"").replace(backpack.service, ""), alan);
            json(page).path("credential").forEach(one -> texts.add(one.toString()));
            json(page).path("compactJwsString").forEach(one -> texts.add(one.asText()));
            links = page.headers().firstValue("Link").orElseThrow();
        }
        assertThat(links).contains("rel=\"first\"", "rel=\"last\"", "rel=\"prev\"");
        assertThat(texts).hasSize(total);
        for (var text : texts) {
            assertThat(verified(text).path("verdict").asText()).isEqualTo("valid");
        }
        var since = backpack.get("/credentials?since=2026-06-01T00:00:00%2B02:00&limit=1", alan);
        assertThat(since.headers().firstValue("X-Total-Count")).contains(String.valueOf(total - 1));
        assertThat(since.headers().firstValue("Link").orElseThrow()).contains("since=2026-05-31T22%3A00%3A00Z");
    }

    @Test
    void what_it_answers_has_the_shape_of_1edtech_s_schemas() throws Exception {
        var schemas = Shared.folder().resolve("standards/schemas");
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909);
        var access = letIn("11");
        backpack.upsert("application/json", stranger.proved(stranger.credential()), access);
        for (var one : Map.of(
                        "getopenbadgecredentialsresponse", backpack.get("/credentials", access),
                        "profile", backpack.get("/profile", access),
                        "imsx_statusinfo", backpack.get("/credentials?limit=0", access))
                .entrySet()) {
            var schema = Files.readString(schemas.resolve("ob_v3p0_" + one.getKey() + "_schema.json"));
            assertThat(factory.getSchema(schema).validate(json(one.getValue())))
                    .as(one.getKey())
                    .isEmpty();
        }
    }

    @Test
    void what_others_issued_is_verified_kept_shown_to_her_given_back_and_removed() throws Exception {
        var ada = learner("10");
        var access = letIn("10");
        var credential = stranger.credential();
        var json = stranger.proved(credential);
        var token = stranger.token(Stranger.payload(credential));
        var created = backpack.upsert("application/json", json, access);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).isEqualTo(json);
        assertThat(created.headers().firstValue("Content-Type")).contains("application/json");
        // The same issuer and id, in the other form.
        var replaced = backpack.upsert("text/plain", token, access);
        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.body()).isEqualTo(token);
        assertThat(json(backpack.get("/credentials", access))
                        .path("compactJwsString")
                        .toString())
                .contains(token);
        var older = credential.deepCopy().put("validFrom", "2026-01-14T10:00:00Z");
        refusedBy(backpack.upsert("application/json", stranger.proved(older), access), 409, "invalid_data");

        var page = ada.get(ada.page + "/apps").body();
        assertThat(page).contains("Löten 电路", "Schule für Löten", "nobody here has checked");
        assertThat(page).containsOnlyOnce("Löten 电路</h3>");
        var removal = found(page, "action=\"([^\"]+/removal)\"");
        assertThat(ada.post(removal, Map.of("token", "guessed")).statusCode()).isEqualTo(403);
        var eve = learner("13");
        eve.get(eve.page + "/apps");
        assertThat(eve.post(removal.replace(ada.page, eve.page), Map.of("token", eve.token()))
                        .statusCode())
                .isEqualTo(404);
        ada.get(ada.page + "/apps");
        assertThat(ada.post(removal, Map.of("token", ada.token())).statusCode()).isEqualTo(303);
        assertThat(ada.get(ada.page + "/apps").body()).doesNotContain("Löten");
        assertThat(backpack.get("/credentials", access).body()).doesNotContain(token);
    }

    @Test
    void nothing_is_kept_that_does_not_verify_or_is_somebody_else_s() throws Exception {
        var access = letIn("10");
        var alan = letIn("11");
        var hers = json(backpack.get("/credentials", access))
                .at("/compactJwsString/0")
                .asText();
        var his = json(backpack.get("/credentials", alan))
                .at("/compactJwsString/0")
                .asText();
        var own = backpack.upsert("text/plain", hers, access);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(own.body()).isEqualTo(hers);
        refusedBy(backpack.upsert("text/plain", his, access), 403, "forbidden");
        var posed = stranger.credential();
        posed.put("id", verified(hers).at("/credential/id").asText());
        refusedBy(backpack.upsert("application/json", stranger.proved(posed), access), 403, "forbidden");
        var credential = stranger.credential();
        var json = stranger.proved(credential);
        for (var wrong : List.of(
                json.replace("Löten 电路", "Schweißen"),
                json.replace("\"proof\"", "\"evidence\""),
                credential.toString(),
                stranger.proved(credential.deepCopy().put("validUntil", "2026-02-01T00:00:00Z")),
                stranger.proved(credential.deepCopy().put("validFrom", "2999-02-01T00:00:00Z")),
                stranger.proved(stranger.endorsement("https://badges.example.edu/a/1")),
                "{}",
                "{",
                "{\"a\":1,\"a\":2}",
                "[" + json + "]",
                "",
                hers)) {
            refusedBy(backpack.upsert("application/json", wrong, access), 400, "invalid_data");
        }
        for (var wrong : List.of(json, "", "a.b.c", hers + "A", hers.substring(0, hers.lastIndexOf('.') + 1))) {
            refusedBy(backpack.upsert("text/plain", wrong, access), 400, "invalid_data");
        }
        stranger.published.put("/issuer/status", stranger.proved(stranger.list(List.of(7), "revocation")));
        try {
            var revoked = backpack.upsert("application/json", json, access);
            refusedBy(revoked, 400, "invalid_data");
            assertThat(json(revoked).path("imsx_description").asText()).contains("has revoked it");
        } finally {
            stranger.published.put("/issuer/status", stranger.proved(stranger.list(List.of(), "revocation")));
        }
        refusedBy(backpack.upsert("application/pdf", json, access), 415, "not_acceptable");
        refusedBy(backpack.upsert("application/json", " ".repeat(256 * 1024 + 1), access), 413, "invalid_data");
        assertThat(backpack.get("/credentials", access).headers().firstValue("X-Total-Count"))
                .contains("2");
    }

    @Test
    void every_refusal_of_the_interface_is_a_status_of_its_own_shape() throws Exception {
        var access = letIn("10");
        for (var path : List.of("/credentials", "/profile")) {
            var without = backpack.get(path, "");
            refusedBy(without, 401, "unauthorizedrequest");
            assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            var wrong = backpack.get(path, "guessed");
            refusedBy(wrong, 401, "unauthorizedrequest");
            assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
            refusedBy(backpack.get(path + "?access_token=" + access, ""), 401, "unauthorizedrequest");
        }
        refusedBy(backpack.upsert("application/json", "{}", ""), 401, "unauthorizedrequest");
        for (var query : List.of(
                "limit=0",
                "limit=-1",
                "limit=x",
                "limit=",
                "limit=1&limit=2",
                "offset=-1",
                "offset=9999999999",
                "since=yesterday",
                "since=2026-01-01",
                "since=")) {
            refusedBy(backpack.get("/credentials?" + query, access), 400, "invalid_query_parameter");
        }
        refusedBy(backpack.get("/nothing", access), 404, "not_found");
        var put = send(backpack.authorized("/profile", access)
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        refusedBy(put, 405, "not_allowed");
        assertThat(json(put).path("imsx_codeMajor").asText()).isEqualTo("unsupported");

        var asks = backpack.asks();
        asks.put("scope", PROFILE);
        var narrow = exchanged(backpack, letIn(backpack, Window.of(learner("10"), app.url()), asks));
        assertThat(narrow.has("refresh_token")).isFalse();
        var little = narrow.path("access_token").asText();
        assertThat(backpack.get("/profile", little).statusCode()).isEqualTo(200);
        var refused = backpack.get("/credentials", little);
        refusedBy(refused, 403, "forbidden");
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_scope", "credential.readonly");
        refusedBy(backpack.upsert("text/plain", "a.b.c", little), 403, "forbidden");
    }

    @Test
    void what_an_app_does_wrong_is_answered_by_the_words_of_oauth() throws Exception {
        var tokens = app.url() + "/oauth/token";
        var me = backpack.id + ":" + backpack.secret;
        for (var basic : List.of(
                "", backpack.id, backpack.id + ":", backpack.id + ":wrong", "wrong:" + backpack.secret, ":", "x")) {
            for (var address : List.of(tokens, app.url() + "/oauth/revocation")) {
                var answer = posted(address, basic, Map.of("token", "x", "grant_type", "refresh_token"));
                oauthError(answer, 401, "invalid_client");
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                        .startsWith("Basic ");
            }
        }
        oauthError(posted(tokens, me, Map.of()), 400, "invalid_request");
        oauthError(posted(tokens, me, Map.of("grant_type", "password")), 400, "unsupported_grant_type");
        oauthError(posted(tokens, me, Map.of("grant_type", "client_credentials")), 400, "unsupported_grant_type");
        oauthError(posted(tokens, me, Map.of("grant_type", "refresh_token")), 400, "invalid_request");
        oauthError(posted(app.url() + "/oauth/revocation", me, Map.of()), 400, "invalid_request");
        for (var missing : List.of("code", "redirect_uri", "code_verifier")) {
            var parameters = backpack.exchange("x");
            parameters.remove(missing);
            oauthError(backpack.token(parameters), 400, "invalid_request");
        }
        oauthError(backpack.token(backpack.exchange("x")), 400, "invalid_grant");
        oauthError(backpack.refresh("x"), 400, "invalid_grant");
        for (var body :
                List.of("", "[]", "{", "{\"a\":1,\"a\":2}", "\"x\"", "{\"x\":\"" + "y".repeat(65_536) + "\"}")) {
            oauthError(backpack.register(body), 400, "invalid_client_metadata");
        }
        oauthError(
                backpack.register(
                        "{\"redirect_uris\":[\"http://evil.example/\"],\"client_name\":\"x\",\"scope\":\"%s\"}"
                                .formatted(PROFILE)),
                400,
                "invalid_redirect_uri");
    }

    @Test
    void nobody_is_sent_anywhere_by_an_app_that_asks_wrongly() throws Exception {
        var window = Window.of(learner("10"), app.url());
        for (var change : Map.of("client_id", "x", "redirect_uri", "https://evil.example/")
                .entrySet()) {
            var asks = backpack.asks();
            asks.put(change.getKey(), change.getValue());
            var answer = window.get(backpack.authorization(asks));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.body()).doesNotContain("evil.example");
        }
        for (var change : Map.of("response_type", "token", "code_challenge_method", "plain", "scope", "openid")
                .entrySet()) {
            var asks = backpack.asks();
            asks.put(change.getKey(), change.getValue());
            var answer = window.get(backpack.authorization(asks));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.body())
                    .contains("The app asked wrongly", BackpackClient.REDIRECT + "&amp;error=", "rel=\"noreferrer\"");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("frame-ancestors 'none'", "form-action 'self';");
        }
    }

    @Test
    void who_is_not_known_is_asked_for_nothing_and_told_where_to_begin() throws Exception {
        var window = new Window(app.url());
        var page = window.get(backpack.authorization(backpack.asks()));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("First say who you are", "no code and no password", "error=access_denied")
                .doesNotContain("<input", "<form");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        var forged = backpack.asks();
        forged.putAll(Map.of("decision", "allow", "which", "all", "token", ""));
        assertThat(window.post("/oauth/authorization", forged, app.url()).statusCode())
                .isEqualTo(401);
        assertThat(window.get("/oauth/session").body()).contains("does not know you");
        window.cookie = "cairn-app=" + "A".repeat(43);
        assertThat(window.post("/oauth/authorization", forged, app.url()).statusCode())
                .isEqualTo(401);
        window.cookie = "cairn-app=x";
        assertThat(window.get("/oauth/session").statusCode()).isEqualTo(200);
    }

    @Test
    void what_opens_her_window_works_once_and_from_our_own_pages_only() throws Exception {
        var ada = learner("10");
        ada.get(ada.page + "/apps");
        assertThat(ada.post(ada.page + "/apps/session", Map.of("token", "guessed"))
                        .statusCode())
                .isEqualTo(403);
        var offered = ada.post(ada.page + "/apps/session", Map.of("token", ada.token()));
        assertThat(offered.headers().firstValue("Cache-Control")).contains("no-store");
        var secret = Map.of("secret", found(offered.body(), "name=\"secret\" value=\"([^\"]{43})\""));
        var window = new Window(app.url());
        // Who could send her browser a secret of their own would have her app bring them her credentials.
        assertThat(window.post("/oauth/session", secret, "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(window.post("/oauth/session", Map.of("secret", "guessed"), app.url())
                        .statusCode())
                .isEqualTo(410);
        assertThat(window.post("/oauth/session", Map.of(), app.url()).statusCode())
                .isEqualTo(410);
        assertThat(window.post("/oauth/session", secret, app.url()).statusCode())
                .isEqualTo(303);
        assertThat(window.post("/oauth/session", secret, app.url()).statusCode())
                .isEqualTo(410);
    }

    @Test
    void a_secret_is_read_letter_by_letter_whatever_came_before_on_its_connection() throws Exception {
        var window = Window.of(learner("10"), app.url());
        var whole = window.cookie;
        var letter = Pattern.compile("(?<==)[^a-zA-Z]*[a-zA-Z]").matcher(whole);
        assertThat(letter.find()).isTrue();
        var last = whole.charAt(letter.end() - 1);
        // What Jetty remembers of a connection would stand for what begins like it but for capitals.
        window.cookie = whole.substring(0, letter.end() - 1)
                + (char) (Character.isUpperCase(last) ? last - 'A' + 'a' : last - 'a' + 'A');
        assertThat(window.get("/oauth/session").body()).contains("does not know you");
        window.cookie = whole;
        assertThat(window.get("/oauth/session").body()).contains("Cairn knows you in this browser for");
    }

    @Test
    void her_answer_is_to_the_page_that_she_was_shown_in_her_window_and_given_once() throws Exception {
        var window = Window.of(learner("10"), app.url());
        var page = window.get(backpack.authorization(backpack.asks()));
        var good = Window.fields(page);
        good.putAll(Map.of("decision", "allow", "which", "all"));
        assertThat(window.post("/oauth/authorization", good, "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        var other = new BackpackClient(app.url());
        for (var change : Map.of(
                        "token",
                        "guessed",
                        "scope",
                        PROFILE,
                        "state",
                        "another",
                        "client_id",
                        other.id,
                        "code_challenge",
                        Backpack.challenge("x".repeat(43)))
                .entrySet()) {
            var changed = new HashMap<>(good);
            changed.put(change.getKey(), change.getValue());
            assertThat(window.post("/oauth/authorization", changed, app.url()).statusCode())
                    .as("%s", change)
                    .isEqualTo(403);
        }
        var elsewhere = new HashMap<>(good);
        elsewhere.put("redirect_uri", "https://evil.example/");
        assertThat(window.post("/oauth/authorization", elsewhere, app.url()).statusCode())
                .isEqualTo(400);
        var alan = Window.of(learner("11"), app.url());
        assertThat(alan.post("/oauth/authorization", good, app.url()).statusCode())
                .as("in another window")
                .isEqualTo(403);
        var his = choices(alan.get(backpack.authorization(backpack.asks()))).getFirst();
        var chosen = new HashMap<>(good);
        chosen.put("which", "chosen");
        assertThat(window.post("/oauth/authorization", chosen, app.url()).statusCode())
                .as("nothing ticked")
                .isEqualTo(422);
        chosen.put("credential", his);
        assertThat(window.post("/oauth/authorization", chosen, app.url()).statusCode())
                .as("somebody else's credential")
                .isEqualTo(400);
        chosen.put("credential", "x");
        assertThat(window.post("/oauth/authorization", chosen, app.url()).statusCode())
                .isEqualTo(400);
        var answered = window.post("/oauth/authorization", good, app.url());
        assertThat(answered.statusCode()).isEqualTo(303);
        assertThat(answered.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(window.post("/oauth/authorization", good, app.url()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_says_no_is_sent_back_and_the_app_gets_nothing() throws Exception {
        var window = Window.of(learner("10"), app.url());
        var fields = Window.fields(window.get(backpack.authorization(backpack.asks())));
        fields.put("decision", "refuse");
        var answer = window.post("/oauth/authorization", fields, app.url());
        assertThat(answer.statusCode()).isEqualTo(303);
        var sent = query(answer.headers().firstValue("Location").orElseThrow());
        assertThat(sent)
                .containsEntry("error", "access_denied")
                .containsEntry("state", "a state & more")
                .containsEntry("iss", app.url() + "/oauth")
                .doesNotContainKey("code");
        assertThat(window.get("/oauth/session").body()).contains("does not know you");
    }

    @Test
    void a_code_or_token_of_one_app_is_worth_nothing_to_another_and_a_replay_ends_all() throws Exception {
        var other = new BackpackClient(app.url());
        var code = letIn(backpack, Window.of(learner("10"), app.url()), backpack.asks());
        oauthError(other.token(other.exchange(code)), 400, "invalid_grant");
        var tokens = exchanged(backpack, code);
        var refresh = tokens.path("refresh_token").asText();
        oauthError(other.refresh(refresh), 400, "invalid_grant");
        posted(app.url() + "/oauth/revocation", other.id + ":" + other.secret, Map.of("token", refresh));
        var access = tokens.path("access_token").asText();
        assertThat(backpack.get("/profile", access).statusCode()).isEqualTo(200);
        assertThat(backpack.get("/profile", refresh).statusCode()).isEqualTo(401);
        oauthError(backpack.token(backpack.exchange(code)), 400, "invalid_grant");
        assertThat(backpack.get("/profile", access).statusCode()).isEqualTo(401);
        oauthError(backpack.refresh(refresh), 400, "invalid_grant");

        var again = letIn(backpack, Window.of(learner("10"), app.url()), backpack.asks());
        var wrong = backpack.exchange(again);
        wrong.put("code_verifier", "x".repeat(43));
        oauthError(backpack.token(wrong), 400, "invalid_grant");
        oauthError(backpack.token(backpack.exchange(again)), 400, "invalid_grant");
    }

    @Test
    void a_stolen_refresh_token_ends_what_both_have() throws Exception {
        var tokens = exchanged(backpack, letIn(backpack, Window.of(learner("10"), app.url()), backpack.asks()));
        var stolen = tokens.path("refresh_token").asText();
        var thief = json(backpack.refresh(stolen));
        oauthError(backpack.refresh(stolen), 400, "invalid_grant");
        assertThat(backpack.get("/profile", thief.path("access_token").asText()).statusCode())
                .isEqualTo(401);
        oauthError(backpack.refresh(thief.path("refresh_token").asText()), 400, "invalid_grant");
    }

    @Test
    void what_she_ends_is_over_at_once() throws Exception {
        var ada = learner("10");
        var access = letIn("10");
        var page = ada.get(ada.page + "/apps").body();
        var end = found(page, "action=\"([^\"]+/end)\"");
        var eve = learner("13");
        eve.get(eve.page + "/apps");
        assertThat(eve.post(end.replace(ada.page, eve.page), Map.of("token", eve.token()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(backpack.get("/credentials", access).statusCode()).isEqualTo(200);
        ada.get(ada.page + "/apps");
        assertThat(ada.post(end, Map.of("token", ada.token())).statusCode()).isEqualTo(303);
        refusedBy(backpack.get("/credentials", access), 401, "unauthorizedrequest");
    }

    @Test
    void programs_of_other_sites_may_ask_and_no_page_for_people_lets_them() throws Exception {
        for (var path : List.of("/oauth/token", "/oauth/registration", "/ims/ob/v3p0/credentials")) {
            var asked = send(request(app.url() + path)
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://backpack.example.org")
                    .build());
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
                    .contains("Authorization, Content-Type");
        }
        var refused = backpack.get("/credentials", "");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Link", "X-Total-Count");
        for (var path : List.of("/oauth/session", "/oauth/authorization?" + form(backpack.asks()))) {
            assertThat(new Window(app.url()).get(path).headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    private static Visitor learner(String sub) throws Exception {
        var learner = new Visitor(app);
        learner.launch(sub);
        return learner;
    }

    /** An access token to all that somebody holds. */
    private static String letIn(String sub) throws Exception {
        var code = letIn(backpack, Window.of(learner(sub), app.url()), backpack.asks());
        return exchanged(backpack, code).path("access_token").asText();
    }

    private static String letIn(BackpackClient by, Window window, Map<String, String> asks) throws Exception {
        return query(window.allow(window.get(by.authorization(asks)), List.of()))
                .get("code");
    }

    private static JsonNode exchanged(BackpackClient by, String code) throws Exception {
        var answer = by.token(by.exchange(code));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return json(answer);
    }

    private static List<String> choices(HttpResponse<String> page) {
        return CHOICE.matcher(page.body()).results().map(one -> one.group(1)).toList();
    }

    private static JsonNode verified(String credential) throws Exception {
        ObjectNode body = BackpackClient.JSON.createObjectNode();
        if (credential.startsWith("{")) {
            body.set("credential", BackpackClient.JSON.readTree(credential));
        } else {
            body.put("credential", credential);
        }
        return json(send(request(app.url() + "/verify")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
    }

    private static void refusedBy(HttpResponse<String> answer, int status, String minor) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer)
                        .at("/imsx_codeMinor/imsx_codeMinorField/0/imsx_codeMinorFieldValue")
                        .asText())
                .isEqualTo(minor);
        assertThat(json(answer).path("imsx_description").asText()).isNotEmpty();
    }

    private static void oauthError(HttpResponse<String> answer, int status, String error) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("error").asText()).isEqualTo(error);
        // RFC 6749 §5.2
        assertThat(json(answer).path("error_description").asText()).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
}

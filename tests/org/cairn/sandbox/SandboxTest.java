package org.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox is as stiff as the Moodle that was measured (numbers are those of its list of quirks). */
class SandboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";
    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    private static final String RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";
    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";

    private final WireMockServer tool = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final java.security.KeyPair keys = TestPlatform.keyPair();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        tool.start();
        tool.stubFor(WireMock.get("/lti/jwks").willReturn(WireMock.okJson(TestPlatform.jwks(keys, "tool"))));
        sandbox = Sandbox.start("127.0.0.1", TestApp.freePort(), Tool.at(tool.baseUrl(), "cairn", null));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        tool.stop();
    }

    @Test
    void quirk_9_only_the_exact_redirect_uri_and_an_unused_hint_are_answered() throws Exception {
        var hint = sandbox.initiation("10", "2").get("lti_message_hint");
        var request = new java.util.HashMap<>(Map.of(
                "scope",
                "openid",
                "response_type",
                "id_token",
                "response_mode",
                "form_post",
                "prompt",
                "none",
                "client_id",
                "cairn",
                "redirect_uri",
                tool.baseUrl() + "/lti/launch?x=1",
                "state",
                "s",
                "nonce",
                "n"));
        request.put("login_hint", "10");
        request.put("lti_message_hint", hint);
        assertThat(authorize(request).statusCode()).isEqualTo(400);
        request.put("redirect_uri", tool.baseUrl() + "/lti/launch");
        assertThat(authorize(request).body()).contains("name=\"id_token\"");
        assertThat(authorize(request).body()).isEqualTo("Invalid request");
        request.put("lti_message_hint", sandbox.initiation("10", "2").get("lti_message_hint"));
        request.put("client_id", "other");
        assertThat(authorize(request).body()).contains("unauthorized_client").doesNotContain("id_token");
    }

    @Test
    void quirk_14_tokens_come_as_html_and_a_clock_ahead_is_refused() throws Exception {
        assertThat(token(0, "cairn").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/html");
        assertThat(token(0, "cairn").statusCode()).isEqualTo(200);
        assertThat(token(30, "cairn").statusCode()).isEqualTo(400);
        assertThat(token(0, "other").statusCode()).isEqualTo(400);
    }

    @Test
    void quirks_15_and_16_one_media_type_exactly_and_a_query_in_every_column() throws Exception {
        var token = bearer();
        var items = sandbox.url() + "/mod/lti/services.php/2/lineitems?type_id=1";
        assertThat(get(items, token, "*/*").statusCode()).isEqualTo(400);
        assertThat(get(items, token, LINE_ITEMS + ", application/json").statusCode())
                .isEqualTo(400);
        assertThat(get(items, token, LINE_ITEMS).body()).isEqualTo("[]");
        assertThat(get(items, "none", LINE_ITEMS).statusCode()).isEqualTo(401);
        assertThat(column(token)).endsWith("/lineitem?type_id=1");
    }

    @Test
    void quirks_17_18_and_20_scores_by_the_second_and_results_without_limit_or_time() throws Exception {
        var token = bearer();
        var column = column(token);
        var scores = column.replace("?", "/scores?");
        var results = column.replace("?", "/results?");
        assertThat(score(scores, token, "10", "2026-11-24T09:00:00.100Z", "FullyGraded")
                        .statusCode())
                .isEqualTo(200);
        assertThat(score(scores, token, "10", "2026-11-24T09:00:00.900Z", "FullyGraded")
                        .statusCode())
                .isEqualTo(409);
        assertThat(score(scores, token, "3", "2026-11-24T09:00:02Z", "FullyGraded")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(results + "&limit=1", token, RESULTS).statusCode()).isEqualTo(404);
        var list = JSON.readTree(get(results, token, RESULTS).body());
        assertThat(list).hasSize(1);
        assertThat(list.get(0).get("resultScore").asInt()).isEqualTo(7);
        assertThat(list.get(0).has("timestamp")).isFalse();
        assertThat(score(scores, token, "10", "2026-11-24T09:00:05Z", "Pending").statusCode())
                .isEqualTo(200);
        assertThat(JSON.readTree(get(results, token, RESULTS).body()).get(0).has("resultScore"))
                .isFalse();
    }

    @Test
    void native_activities_are_invisible_to_a_tool() throws Exception {
        var token = bearer();
        column(token);
        var items = JSON.readTree(get(sandbox.url() + "/mod/lti/services.php/2/lineitems", token, LINE_ITEMS)
                .body());
        assertThat(items).extracting(item -> item.get("label").asText()).containsExactly("Column");
    }

    private HttpResponse<String> authorize(Map<String, String> request) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/mod/lti/auth.php?" + form(request)))
                .build());
    }

    private HttpResponse<String> token(int ahead, String client) throws Exception {
        var issued = Instant.now().plusSeconds(ahead - 5L);
        var assertion = JWT.create()
                .withKeyId("tool")
                .withIssuer(client)
                .withSubject(client)
                .withAudience(sandbox.url() + "/mod/lti/token.php")
                .withIssuedAt(issued)
                .withExpiresAt(issued.plusSeconds(120))
                .withJWTId("j")
                .sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
        return send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/mod/lti/token.php"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion,
                        "scope",
                        String.join(" ", Scopes.ALL)))))
                .build());
    }

    private String bearer() throws Exception {
        return JSON.readTree(token(0, "cairn").body()).get("access_token").asText();
    }

    private String column(String token) throws Exception {
        var body = JSON.createObjectNode()
                .put("label", "Column")
                .put("scoreMaximum", 10)
                .put("resourceId", "r");
        JsonNode made = JSON.readTree(
                post(sandbox.url() + "/mod/lti/services.php/2/lineitems?type_id=1", token, LINE_ITEM, body)
                        .body());
        return made.get("id").asText();
    }

    private HttpResponse<String> score(String url, String token, String sub, String at, String progress)
            throws Exception {
        return post(
                url,
                token,
                SCORE,
                JSON.createObjectNode()
                        .put("userId", sub)
                        .put("scoreGiven", 7)
                        .put("scoreMaximum", 10)
                        .put("timestamp", at)
                        .put("activityProgress", "Completed")
                        .put("gradingProgress", progress));
    }

    private static HttpResponse<String> get(String url, String token, String accept) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .build());
    }

    private static HttpResponse<String> post(String url, String token, String type, JsonNode body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Accept", type)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}

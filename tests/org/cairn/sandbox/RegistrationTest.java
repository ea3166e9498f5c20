package org.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Tools that register themselves: at a Moodle as it was measured, at a Canvas, and where no token is sent. */
@Isolated("A browser has its deadlines.")
class RegistrationTest {

    private static final String TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";

    private Peer peer;

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void a_moodle_registers_a_tool_at_once_and_says_too_much_of_its_scopes() throws Exception {
        peer = new Peer(Profile.MOODLE);
        var invited = invited();
        var answer = register(invited, application());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var json = Peer.JSON.readTree(answer.body());
        var registered = peer.sandbox.tools().getLast();
        assertThat(json.path("client_id").asText()).isEqualTo(registered.clientId());
        assertThat(json.path(TOOL).path("deployment_id").asText()).isEqualTo(registered.deploymentId());
        assertThat(json.path(TOOL).at("/custom_parameters/equals").asText()).isEqualTo("a");
        assertThat(json.path("scope").asText()).contains("scope/lineitem ");
        assertThat(registered.scopes()).containsExactlyInAnyOrder(Scopes.RESULTS, Scopes.SCORE, Scopes.COLUMNS_READ);
        assertThat(json.has("registration_client_uri")).isFalse();
        var page = peer.sandbox.url() + "/course/2/links/8-2/launch";
        assertThat(Peer.get(page).statusCode()).isEqualTo(303);
        var launch = peer.launch(peer.sandbox.initiation("10", "2", "8-2"));
        assertThat(launch.path("aud").asText()).isEqualTo(registered.clientId());
        assertThat(launch.path(Peer.LTI + "custom").path("equals").asText()).isEqualTo("a=b");
        assertThat(launch.has("name")).isFalse();
    }

    @Test
    void a_registration_token_is_good_once_and_for_an_hour() throws Exception {
        peer = new Peer(Profile.MOODLE);
        var invited = invited();
        assertThat(register(invited, application()).statusCode()).isEqualTo(200);
        told(register(invited, application()), 401, "token_already_used");
        invited.remove("registration_token");
        told(register(invited, application()), 401, "missing_registration_token");
        invited.put("registration_token", "garbage");
        assertThat(register(invited, application()).statusCode()).isEqualTo(404);
        var late = invited();
        peer.sandbox.expireInvitations();
        told(register(late, application()), 401, "token_expired");
        assertThat(peer.sandbox.tools()).hasSize(2);
    }

    @Test
    void a_moodle_refuses_in_bare_words_of_html_and_the_token_stays_good() throws Exception {
        peer = new Peer(Profile.MOODLE);
        var invited = invited();
        for (var field : List.of("jwks_uri", "redirect_uris", "initiate_login_uri", "client_name", TOOL)) {
            told(register(invited, with(json -> json.remove(field))), 400, "missing required attribute " + field);
        }
        told(register(invited, with(json -> tool(json).remove("domain"))), 400, "missing_domain");
        told(
                register(invited, with(json -> tool(json).put("domain", "localhost"))),
                400,
                "domain_targetlinkuri_mismatch");
        told(
                register(invited, with(json -> json.put("initiate_login_uri", "https://other.example/"))),
                400,
                "domain_address_mismatch");
        told(
                register(invited, with(json -> json.put("token_endpoint_auth_method", "client_secret_basic"))),
                400,
                "invalid_token_endpoint_auth_method");
        assertThat(register(invited, application()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_canvas_refuses_by_field_names_no_deployment_and_lets_a_tool_look_after_itself() throws Exception {
        peer = new Peer(Profile.CANVAS);
        var invited = invited();
        assertThat(Peer.get(invited.get("openid_configuration")).statusCode()).isEqualTo(401);
        var refused = register(
                invited,
                with(json -> tool(json)
                        .putArray("messages")
                        .addObject()
                        .put("type", "LtiDeepLinkingRequest")
                        .putArray("placements")
                        .add("nowhere")));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Peer.JSON.readTree(refused.body()).at("/errors/0/field").asText())
                .isEqualTo("messages.placements");
        var json = Peer.JSON.readTree(register(invited, application()).body());
        assertThat(json.path(TOOL).has("deployment_id")).isFalse();
        assertThat(peer.sandbox.tools()).hasSize(1);
        var client = json.path("client_id").asText();
        var first = peer.sandbox.install(client);
        var second = peer.sandbox.install(client);
        assertThat(first.deploymentId()).isNotEqualTo(second.deploymentId());
        assertThatThrownBy(() -> peer.sandbox.install("none")).isInstanceOf(IllegalArgumentException.class);

        var own = json.path("registration_client_uri").asText();
        var access = json.path("registration_access_token").asText();
        assertThat(send("GET", own, "wrong", "").statusCode()).isEqualTo(401);
        assertThat(Peer.JSON
                        .readTree(send("GET", own, access, "").body())
                        .path("client_name")
                        .asText())
                .isEqualTo("Tool");
        var changed = with(one -> one.put("client_name", "Renamed"));
        assertThat(send("PUT", own, access, changed.toString()).statusCode()).isEqualTo(200);
        assertThat(peer.sandbox.tools().subList(1, 3)).extracting(Tool::name).containsOnly("Renamed");
    }

    @Test
    void a_brightspace_sends_no_token_and_wants_tokens_asked_for_under_another_name() throws Exception {
        peer = new Peer(Profile.BRIGHTSPACE);
        var invited = invited();
        assertThat(invited).doesNotContainKey("registration_token");
        var configuration =
                Peer.JSON.readTree(Peer.get(invited.get("openid_configuration")).body());
        assertThat(configuration.path("authorization_server").asText()).isEqualTo(Profile.BRIGHTSPACE_AUDIENCE);
        assertThat(register(invited, application()).statusCode()).isEqualTo(201);
        assertThat(register(invited, application()).statusCode()).isEqualTo(401);
    }

    @Test
    void the_page_around_a_registration_closes_when_the_tool_says_so() {
        peer = new Peer(Profile.MOODLE);
        peer.wire.stubFor(WireMock.get(WireMock.urlPathEqualTo("/register"))
                .willReturn(WireMock.ok(
                                "<script>onclick = () => parent.postMessage({subject: 'org.imsglobal.lti.close'}, '*')</script>Tool")
                        .withHeader("Content-Type", "text/html")));
        try (var context = Chromium.get().newContext()) {
            var page = context.newPage();
            page.navigate(peer.sandbox.url() + "/admin");
            page.locator("#address").fill("javascript:alert(1)");
            page.locator("form[action$=registrations] button").click();
            page.locator("#address").fill(peer.wire.baseUrl() + "/register?from=lms");
            page.locator("form[action$=registrations] button").click();
            var frame = page.frameLocator("#contentframe");
            assertThat(page.locator("#contentframe").getAttribute("src"))
                    .contains("?from=lms&openid_configuration=", "&registration_token=");
            frame.locator("body").click();
            page.waitForURL(url -> url.endsWith("/admin?registered=1"));
        }
    }

    private void told(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(words);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    /** What the frame of a registration opens, as its parameters. */
    private Map<String, String> invited() {
        return TestPlatform.query(peer.sandbox.invite(URI.create(peer.wire.baseUrl() + "/register")));
    }

    private HttpResponse<String> register(Map<String, String> invited, JsonNode application) throws Exception {
        var token = invited.get("registration_token");
        var configuration = Peer.JSON.readTree(send("GET", invited.get("openid_configuration"), token, "")
                .body()
                .replaceFirst("^[^{].*", "{}"));
        // Where the configuration is refused too, the address is known all the same.
        var endpoint =
                configuration.path("registration_endpoint").asText(peer.sandbox.url() + Profile.MOODLE.registration);
        return send("POST", endpoint, token, application.toString());
    }

    private static HttpResponse<String> send(String method, String url, String token, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return Peer.send(request.build());
    }

    private ObjectNode with(Consumer<ObjectNode> change) {
        var json = application();
        change.accept(json);
        return json;
    }

    private static ObjectNode tool(ObjectNode json) {
        return (ObjectNode) json.get(TOOL);
    }

    private ObjectNode application() {
        var url = peer.wire.baseUrl();
        var json = Peer.JSON
                .createObjectNode()
                .put("application_type", "web")
                .put("client_name", "Tool")
                .put("initiate_login_uri", url + "/lti/login")
                .put("jwks_uri", url + "/lti/jwks")
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("scope", Scopes.RESULTS);
        json.putArray("redirect_uris").add(peer.redirectUri());
        json.putArray("response_types").add("id_token");
        json.putArray("grant_types").add("client_credentials").add("implicit");
        var tool = json.putObject(TOOL)
                .put("domain", URI.create(url).getAuthority())
                .put("target_link_uri", peer.redirectUri());
        tool.putObject("custom_parameters").put("equals", "a=b");
        return json;
    }
}

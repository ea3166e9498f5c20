package org.cairn.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;

/** An LMS that follows an invitation: WireMock shows its configuration and takes registrations. */
public final class RegisteringLms implements AutoCloseable {

    public static final String TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";
    public static final String PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration";
    public static final ObjectMapper JSON = new ObjectMapper();

    public final WireMockServer wire =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    public RegisteringLms() {
        wire.start();
    }

    public String url() {
        return wire.baseUrl();
    }

    /** Where the configuration lies. */
    public String address() {
        return url() + "/openid-configuration";
    }

    /** A plain configuration of this LMS that every check accepts. */
    public ObjectNode configuration(String product) {
        return configuration(url(), product);
    }

    public static ObjectNode configuration(String issuer, String product) {
        var json = JSON.createObjectNode()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/auth")
                .put("token_endpoint", issuer + "/token")
                .put("jwks_uri", issuer + "/jwks")
                .put("registration_endpoint", issuer + "/register");
        json.putArray("id_token_signing_alg_values_supported").add("RS256");
        var claim = json.putObject(PLATFORM).put("product_family_code", product).put("version", "1");
        var messages = claim.putArray("messages_supported");
        messages.addObject().put("type", "LtiResourceLinkRequest");
        messages.addObject().put("type", "LtiDeepLinkingRequest");
        return json;
    }

    public void shows(Object configuration) {
        wire.stubFor(
                WireMock.get(urlPathEqualTo("/openid-configuration")).willReturn(okJson(configuration.toString())));
    }

    public void answers(int status, String contentType, String body) {
        wire.stubFor(post(urlPathEqualTo("/register"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", contentType)
                        .withBody(body)));
    }

    public void answers(ObjectNode registration) {
        answers(200, "application/json", registration.toString());
    }

    /** What an LMS answers that took the registration; {@code deployment} may be null. */
    public static ObjectNode registered(String clientId, String deployment) {
        var json = JSON.createObjectNode().put("client_id", clientId);
        var tool = json.putObject(TOOL);
        if (deployment != null) {
            tool.put("deployment_id", deployment);
        }
        return json;
    }

    @Override
    public void close() {
        wire.stop();
    }
}

package org.cairn.sandbox;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;

/** A tool at the edge of a sandbox: WireMock answers for it, and a key of the test's signs for it. */
final class Peer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    final WireMockServer wire = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    final KeyPair keys = TestPlatform.keyPair();
    final Profile profile;
    final Sandbox sandbox;

    Peer(Profile profile) {
        this.profile = profile;
        wire.start();
        wire.stubFor(WireMock.get("/lti/jwks").willReturn(WireMock.okJson(TestPlatform.jwks(keys, "tool"))));
        sandbox = Sandbox.start("127.0.0.1", TestApp.freePort(), profile, Tool.at(wire.baseUrl(), "cairn", null));
    }

    String redirectUri() {
        return wire.baseUrl() + "/lti/launch";
    }

    /** What a tool that begins a login well asks back. */
    Map<String, String> authentication(Map<String, String> initiation) {
        var request = new HashMap<String, String>();
        request.put("scope", "openid");
        request.put("response_type", "id_token");
        request.put("response_mode", "form_post");
        request.put("prompt", "none");
        request.put("client_id", initiation.get("client_id"));
        request.put("redirect_uri", redirectUri());
        request.put("state", "s");
        request.put("nonce", "n");
        request.put("login_hint", initiation.get("login_hint"));
        request.put("lti_message_hint", initiation.get("lti_message_hint"));
        return request;
    }

    HttpResponse<String> authorize(Map<String, String> request) throws Exception {
        return get(sandbox.url() + profile.authorization + "?" + form(request));
    }

    /** The claims of the id_token that a click ends in. */
    JsonNode launch(Map<String, String> initiation) throws Exception {
        return claims(fields(authorize(authentication(initiation)).body()).get("id_token"));
    }

    /** A JWT of the tool's, for this platform and for now; the test adds the rest. */
    JWTCreator.Builder jwt() {
        var now = Instant.now();
        return JWT.create()
                .withKeyId("tool")
                .withIssuer("cairn")
                .withAudience(sandbox.issuer())
                .withIssuedAt(now.minusSeconds(5))
                .withExpiresAt(now.plusSeconds(60))
                .withClaim("nonce", UUID.randomUUID().toString());
    }

    String signed(JWTCreator.Builder jwt) {
        return jwt.sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
    }

    static HttpResponse<String> get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    static HttpResponse<String> post(String url, Map<String, String> form) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static Map<String, String> fields(String html) {
        var fields = new HashMap<String, String>();
        var field = FIELD.matcher(html);
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        return fields;
    }

    static JsonNode claims(String jwt) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(JWT.decode(jwt).getPayload()));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        sandbox.close();
        wire.stop();
    }
}

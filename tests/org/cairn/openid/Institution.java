package org.cairn.openid;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.util.Base64;
import org.cairn.testing.TestPlatform;

/** A university's sign-in at the edge: WireMock answers for it, and its tokens can be wrong in every way. */
public final class Institution implements AutoCloseable {

    public static final String CLIENT = "cairn-operators";
    private static final ObjectMapper JSON = new ObjectMapper();

    public final WireMockServer wire =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    public final KeyPair keys = TestPlatform.keyPair();
    private final Clock clock;

    public Institution(Clock clock) {
        this.clock = clock;
        wire.start();
        wire.stubFor(get("/.well-known/openid-configuration")
                .willReturn(okJson(description(issuer()).toString())));
        wire.stubFor(get("/keys").willReturn(okJson(TestPlatform.jwks(keys, "key-1"))));
    }

    public String issuer() {
        return wire.baseUrl();
    }

    public OpenIdSettings settings() {
        return new OpenIdSettings(issuer(), CLIENT, "the client's secret");
    }

    public ObjectNode description(String issuer) {
        return JSON.createObjectNode()
                .put("issuer", issuer)
                .put("authorization_endpoint", wire.baseUrl() + "/authorize?tenant=1")
                .put("token_endpoint", wire.baseUrl() + "/token")
                .put("jwks_uri", wire.baseUrl() + "/keys");
    }

    /** From now on every code is good for this token. */
    public void give(String idToken) {
        wire.stubFor(post("/token")
                .willReturn(
                        okJson(JSON.createObjectNode().put("id_token", idToken).toString())));
    }

    public void refuse() {
        wire.stubFor(post("/token").willReturn(aResponse().withStatus(400).withBody("{\"error\":\"invalid_grant\"}")));
    }

    /** What a sign-in of this person says, for this nonce. */
    public ObjectNode claims(String subject, String nonce) {
        long now = clock.instant().getEpochSecond();
        return JSON.createObjectNode()
                .put("iss", issuer())
                .put("aud", CLIENT)
                .put("sub", subject)
                .put("nonce", nonce)
                .put("iat", now)
                .put("exp", now + 300);
    }

    public String sign(ObjectNode claims) {
        return TestPlatform.sign(header("RS256", "key-1"), claims, keys);
    }

    static ObjectNode header(String algorithm, String kid) {
        return JSON.createObjectNode().put("alg", algorithm).put("kid", kid);
    }

    static String signEc(ObjectNode claims, KeyPair keys, String kid) {
        return joined(header("ES256", kid), claims, Algorithm.ECDSA256(null, (ECPrivateKey) keys.getPrivate()));
    }

    static String joined(ObjectNode header, ObjectNode claims, Algorithm algorithm) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var head = base64.encodeToString(header.toString().getBytes(StandardCharsets.UTF_8));
        var body = base64.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature = algorithm.sign(head.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
        return head + "." + body + "." + base64.encodeToString(signature);
    }

    static Algorithm rsa(KeyPair keys) {
        return Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate());
    }

    @Override
    public void close() {
        wire.stop();
    }
}

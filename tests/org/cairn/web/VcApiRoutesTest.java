package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.cairn.Cairn;
import org.cairn.Config;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The endpoints that conformance suites are pointed at: there where they were asked for, and nowhere else. */
class VcApiRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String CREDENTIAL = """
            {"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:1",
             "credentialSubject":{"id":"did:example:2"}}""";

    private static Cairn cairn;
    private static Cairn plain;

    @BeforeAll
    static void start() {
        var port = TestApp.freePort();
        cairn = Cairn.start(config(URI.create("http://localhost:" + port), port), Clock.systemUTC());
        plain = Cairn.start(TestApp.bare(TestApp.folder(), TestApp.freePort(), null), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        cairn.close();
        plain.close();
    }

    @Test
    void a_credential_is_issued_and_verified_in_both_forms() throws Exception {
        for (var options : new String[] {"{}", "{\"envelope\":\"application/vc+jwt\"}"}) {
            var issued = post(
                    cairn, "/credentials/issue", "{\"credential\":%s,\"options\":%s}".formatted(CREDENTIAL, options));
            assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
            var verified = post(cairn, "/credentials/verify", issued.body());
            assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
            assertThat(json(verified).path("verified").asBoolean()).isTrue();
        }
    }

    @Test
    void what_is_altered_is_not_verified_and_says_why() throws Exception {
        var issued = json(post(cairn, "/credentials/issue", "{\"credential\":%s}".formatted(CREDENTIAL)));
        ((ObjectNode) issued.at("/verifiableCredential/credentialSubject")).put("id", "did:example:3");
        var answer = post(cairn, "/credentials/verify", issued.toString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("verified").asBoolean()).isFalse();
        assertThat(json(answer).at("/problemDetails/0/type").asText()).endsWith("#CRYPTOGRAPHIC_SECURITY_ERROR");
    }

    @Test
    void bad_input_is_refused_and_not_signed() throws Exception {
        for (var body : new String[] {
            "",
            "[]",
            "{}",
            "{\"credential\":5}",
            "{\"credential\":{}}",
            "{\"credential\":%s,\"options\":{\"cryptosuite\":\"ecdsa-rdfc-2019\"}}".formatted(CREDENTIAL),
            "{\"credential\":%s,\"options\":{\"envelope\":\"application/sd-jwt\"}}".formatted(CREDENTIAL),
            "{\"credential\":%s}".formatted(CREDENTIAL.replace("VerifiableCredential", "Surprise")),
            "{\"credential\":%s}".formatted(CREDENTIAL.replaceFirst("\"type\"", "\"type\":[],\"type\""))
        }) {
            var answer = post(cairn, "/credentials/issue", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("proofValue", "vc+jwt,");
        }
        for (var body : new String[] {"", "{}", "{\"verifiableCredential\":5}", "{\"verifiableCredential\":{}}"}) {
            assertThat(post(cairn, "/credentials/verify", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(post(cairn, "/credentials/issue", " ".repeat(300_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void where_nobody_asked_for_it_nothing_is_signed() throws Exception {
        var body = "{\"credential\":%s}".formatted(CREDENTIAL);
        assertThat(post(plain, "/credentials/issue", body).statusCode()).isEqualTo(405);
        assertThat(post(plain, "/credentials/verify", body).statusCode()).isEqualTo(405);
    }

    @Test
    void it_is_refused_where_others_could_reach_it() {
        for (var url :
                new String[] {"https://cairn.example.edu", "http://cairn.example.edu", "https://localhost.example"}) {
            assertThatThrownBy(() -> config(URI.create(url), 8080))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--vc-api");
        }
    }

    private static Config config(URI publicUrl, int port) {
        var bare = TestApp.bare(TestApp.folder(), port, null);
        return new Config(
                publicUrl,
                bare.formerUrls(),
                bare.host(),
                port,
                bare.trustProxy(),
                bare.data(),
                bare.ltiConfig(),
                null,
                null,
                null,
                bare.masterKey(),
                null,
                bare.issuer(),
                bare.allowLoopback(),
                bare.collectEvery(),
                bare.rotateKeysEvery(),
                null,
                true);
    }

    private static HttpResponse<String> post(Cairn to, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}

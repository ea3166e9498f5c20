package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.journey.Visitor.found;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cairn.openbadges.wallet.Wallet;
import org.cairn.openbadges.wallet.Wallet.Naming;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A learner's credential goes into her wallet: from the page of her award, by what OpenID4VCI 1.0 has the wallet ask. */
class WalletJourneyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        app.sandbox().sendAll();
        app.settle();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_wallet_that_scans_the_code_gets_the_credential_for_its_own_key_in_both_forms() throws Exception {
        var ada = new Visitor(app);
        var offer = Offered.by(ada);
        var asked = offer.json();
        assertThat(asked.path("credential_issuer").asText()).isEqualTo(app.url());
        var grant = asked.path("grants").path(GRANT);
        assertThat(grant.path("tx_code").path("length").asInt()).isEqualTo(6);
        var metadata = json(get("/.well-known/openid-credential-issuer"));
        assertThat(metadata.path("credential_issuer").asText()).isEqualTo(app.url());
        var server = json(get("/.well-known/oauth-authorization-server"));
        assertThat(server.path("issuer").asText()).isEqualTo(app.url());
        assertThat(server.path("pre-authorized_grant_anonymous_access_supported")
                        .asBoolean())
                .isTrue();

        var token = json(form(server.path("token_endpoint").asText(), offer.grant(offer.pin)));
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.path("expires_in").asInt()).isEqualTo(300);
        var access = token.path("access_token").asText();
        var wallet = Wallet.p256(Naming.DID_KEY);
        for (var configuration : asked.path("credential_configuration_ids")) {
            var described = metadata.path("credential_configurations_supported").path(configuration.asText());
            assertThat(described.at("/proof_types_supported/jwt/proof_signing_alg_values_supported"))
                    .extracting(JsonNode::asText)
                    .contains("ES256");
            var nonce = form(metadata.path("nonce_endpoint").asText(), "");
            assertThat(nonce.headers().firstValue("Cache-Control")).contains("no-store");
            var proof = wallet.proof(app.url(), json(nonce).path("c_nonce").asText(), Instant.now());
            var answer = credential(access, request(configuration.asText(), proof));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            var credential = json(answer).path("credentials").get(0).path("credential");
            assertThat(credential.isTextual())
                    .isEqualTo(described.path("format").asText().equals("jwt_vc_json"));
            var text = credential.isTextual() ? credential.asText() : credential.toString();
            assertThat(verified(text).path("verdict").asText()).isEqualTo("valid");
            assertThat(verified(text).at("/credential/credentialSubject/id").asText())
                    .isEqualTo(wallet.did());
        }
        assertThat(ada.get(offer.award).body()).contains("Wallets that have a copy of it: ");
    }

    @Test
    void the_code_on_the_page_says_what_the_link_says_and_the_offer_is_made_by_nobody_else() throws Exception {
        var ada = new Visitor(app);
        var offer = Offered.by(ada);
        assertThat(offer.scanned()).isEqualTo(offer.link);
        var eve = new Visitor(app);
        eve.launch("11");
        var path = offer.form.replace(ada.page, eve.page) + "/offers";
        assertThat(eve.post(path, Map.of("token", eve.token())).statusCode()).isEqualTo(404);
        assertThat(ada.post(offer.form + "/offers", Map.of("token", "guessed")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_a_wallet_does_wrong_is_answered_by_the_words_of_the_specification() throws Exception {
        var offer = Offered.by(new Visitor(app));
        var wrong = offer.pin.equals("000000") ? "000001" : "000000";
        tokenError("", "invalid_request");
        tokenError("grant_type=authorization_code&code=x", "unsupported_grant_type");
        tokenError("grant_type=" + encoded(GRANT), "invalid_request");
        tokenError(offer.grant("").replace("&tx_code=", ""), "invalid_request");
        tokenError(offer.grant(offer.pin) + "&tx_code=" + offer.pin, "invalid_request");
        tokenError(offer.grant(offer.pin) + "&authorization_details=%5B%5D", "invalid_authorization_details");
        tokenError(offer.grant(wrong), "invalid_grant");
        tokenError(offer.grant(offer.pin).replaceFirst("code=[^&]+", "code=x"), "invalid_grant");
        var access = json(form("/wallet/token", offer.grant(offer.pin)))
                .path("access_token")
                .asText();
        tokenError(offer.grant(offer.pin), "invalid_grant");

        var wallet = Wallet.ed25519(Naming.JWK);
        var good = request("open-badge-jwt", wallet.proof(app.url(), nonce(), Instant.now()));
        assertThat(credential("", good).statusCode()).isEqualTo(401);
        var unknown = credential("x", good);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        for (var body : List.of("", "[]", "{", "{}", "{\"credential_configuration_id\":1}", "{\"a\":1,\"a\":2}")) {
            credentialError(access, body, "invalid_credential_request");
        }
        credentialError(access, good.deepCopy().put("x", "y".repeat(65_536)).toString(), "invalid_credential_request");
        credentialError(
                access,
                good.deepCopy().put("credential_configuration_id", "x").toString(),
                "unknown_credential_configuration");
        credentialError(
                access, good.deepCopy().put("credential_identifier", "x").toString(), "unknown_credential_identifier");
        ObjectNode secret = good.deepCopy();
        secret.putObject("credential_response_encryption");
        credentialError(access, secret.toString(), "invalid_encryption_parameters");
        for (var proofs : List.of(
                "{}",
                "[]",
                "{\"jwt\":[]}",
                "{\"jwt\":\"x\"}",
                "{\"jwt\":[1]}",
                "{\"jwt\":[\"x\",\"y\"]}",
                "{\"jwt\":[\"x\"],\"di_vp\":[]}",
                "{\"jwt\":[\"x\"]}")) {
            credentialError(
                    access, good.deepCopy().set("proofs", JSON.readTree(proofs)).toString(), "invalid_proof");
        }
        credentialError(
                access,
                request("open-badge-jwt", wallet.proof(app.url(), "x", Instant.now()))
                        .toString(),
                "invalid_nonce");
        assertThat(credential(access, good).statusCode()).isEqualTo(200);
        var other = Wallet.p256(Naming.DID_JWK).proof(app.url(), nonce(), Instant.now());
        credentialError(access, request("open-badge-jwt", other).toString(), "credential_request_denied");
    }

    @Test
    void a_wallet_may_be_a_page_of_another_site() throws Exception {
        var asked = HttpRequest.newBuilder(URI.create(app.url() + "/wallet/credential"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://wallet.example.org")
                .build();
        var answer = HTTP.send(asked, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("Authorization, Content-Type");
        for (var one : List.of(
                answer,
                form("/wallet/token", ""),
                form("/wallet/nonce", ""),
                get("/.well-known/openid-credential-issuer"),
                credential("", request("x", "y")))) {
            assertThat(one.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        }
        assertThat(get("/verify").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    /** What a learner's page shows of an offer; paths of her award and its form. */
    private record Offered(String award, String form, String body, String link, String pin) {

        static Offered by(Visitor learner) throws Exception {
            var award = found(learner.launch("10").body(), "(/in/[^\"]+/awards/[0-9a-f-]+)\"");
            var form = found(learner.get(award).body(), "Tells how it was earned<[\\s\\S]*?action=\"([^\"]+)/page\"");
            var made = learner.post(form + "/offers", Map.of("token", learner.token()));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
            return new Offered(
                    award,
                    form,
                    made.body(),
                    found(made.body(), "href=\"(openid-credential-offer://[^\"]+)\""),
                    found(made.body(), "class=\"pin\">([0-9]{6})<"));
        }

        JsonNode json() throws Exception {
            return JSON.readTree(
                    URLDecoder.decode(link.replaceFirst(".*credential_offer=", ""), StandardCharsets.UTF_8));
        }

        String grant(String pin) throws Exception {
            return "grant_type=%s&pre-authorized_code=%s&tx_code=%s"
                    .formatted(
                            encoded(GRANT),
                            json().path("grants")
                                    .path(GRANT)
                                    .path("pre-authorized_code")
                                    .asText(),
                            pin);
        }

        /** As a camera reads it. */
        String scanned() throws Exception {
            int width = Integer.parseInt(found(body, "viewBox=\"0 0 ([0-9]+)")) - 8;
            var modules = new BitMatrix(width);
            var dark = Pattern.compile("M([0-9]+) ([0-9]+)h1v1h-1z").matcher(body);
            while (dark.find()) {
                modules.set(Integer.parseInt(dark.group(1)) - 4, Integer.parseInt(dark.group(2)) - 4);
            }
            return new Decoder().decode(modules).getText();
        }
    }

    private static void tokenError(String body, String error) throws Exception {
        error(form("/wallet/token", body), error);
    }

    private static void credentialError(String token, String body, String error) throws Exception {
        error(sent("/wallet/credential", "application/json", body, token), error);
    }

    private static void error(HttpResponse<String> answer, String error) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isEqualTo(error);
        // §8.3.1.2, RFC 6749 §5.2
        assertThat(json(answer).path("error_description").asText()).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    private static ObjectNode request(String configuration, String proof) {
        var request = JSON.createObjectNode().put("credential_configuration_id", configuration);
        request.putObject("proofs").putArray("jwt").add(proof);
        return request;
    }

    private static HttpResponse<String> credential(String token, ObjectNode request) throws Exception {
        return sent("/wallet/credential", "application/json", request.toString(), token);
    }

    private static String nonce() throws Exception {
        return json(form("/wallet/nonce", "")).path("c_nonce").asText();
    }

    private static JsonNode verified(String credential) throws Exception {
        var body = JSON.createObjectNode().put("credential", credential).toString();
        return json(sent("/verify", "application/json", body, ""));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(app.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> form(String address, String body) throws Exception {
        return sent(address.replace(app.url(), ""), "application/x-www-form-urlencoded", body, "");
    }

    private static HttpResponse<String> sent(String path, String type, String body, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

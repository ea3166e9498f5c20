package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.AccountId;
import org.cairn.AwardId;
import org.cairn.TenantId;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.Pdfs;
import org.cairn.openbadges.Pictures;
import org.cairn.openbadges.verification.Stranger;
import org.cairn.openbadges.verification.Verification;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody shows a credential, of ours or of others, to a page or to the interface for programs. */
class VerifyPagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String STANDS = "This credential is genuine and stands.";

    private static TestApp app;
    private static Stranger stranger;
    private static List<String> ours;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        stranger = new Stranger();
        app.sandbox().sendAll();
        app.settle();
        app.showAll();
        ours = app.cairn()
                .database()
                .inTransaction(
                        db -> db.fetch("select id from credential order by id").getValues("id", String.class));
    }

    @AfterAll
    static void stop() {
        stranger.close();
        app.close();
    }

    @Test
    void the_form_is_there_for_everybody_and_the_home_page_leads_to_it() throws Exception {
        assertThat(get("/").body()).contains("href=\"/verify\"");
        var form = get("/verify");
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.body()).contains("enctype=\"multipart/form-data\"").doesNotContain("What was checked");
    }

    @Test
    void a_credential_of_a_stranger_says_what_it_means_before_what_was_checked() throws Exception {
        var body =
                pasted(stranger.token(Stranger.payload(stranger.credential()))).body();
        assertThat(body).contains(STANDS, "Löten 电路", "Schule für Löten", "<em>hold</em>", "Micro-credential");
        assertThat(body.indexOf("What had to be shown")).isLessThan(body.indexOf("What was checked"));
        assertThat(pasted(stranger.proved(stranger.credential())).body()).contains(STANDS);
    }

    @Test
    void endorsements_inside_a_credential_have_verdicts_of_their_own_on_the_page_and_for_programs() throws Exception {
        var credential = stranger.credential();
        var achievement = (ObjectNode) credential.at("/credentialSubject/achievement");
        var about = achievement.path("id").asText();
        achievement.withArray("endorsementJwt").add(stranger.token(Stranger.payload(stranger.endorsement(about))));
        achievement.withArray("endorsementJwt").add(stranger.token(Stranger.payload(stranger.endorsement("urn:a:b"))));
        var token = stranger.token(Stranger.payload(credential));
        assertThat(pasted(token).body())
                .contains("Who endorses it", "Verband der Löter", "We hire who holds it.")
                .contains("is no endorsement of what carries it");
        var endorsements =
                asked(JSON.createObjectNode().put("credential", token)).path("endorsements");
        assertThat(endorsements.findValuesAsText("verdict")).containsExactly("valid", "about_another");
    }

    @Test
    void a_file_is_read_whatever_it_is() throws Exception {
        var json = stranger.proved(stranger.credential());
        assertThat(uploaded("a.json", json.getBytes(StandardCharsets.UTF_8)).body())
                .contains(STANDS);
        assertThat(uploaded("a.png", Pictures.png(Pictures.itxt("openbadgecredential", 0, json)))
                        .body())
                .contains(STANDS);
        assertThat(uploaded("a.pdf", Pdfs.carrying(Map.of("a.json", json, "other.txt", "text")))
                        .body())
                .contains(STANDS);
        assertThat(uploaded("a.png", Pictures.png()).body()).contains("The picture carries no credential.");
        assertThat(uploaded("a.bin", new byte[] {(byte) 0xff, 0, 1}).body())
                .contains("neither text nor a picture or PDF");
    }

    @Test
    void a_pack_is_read_and_says_what_stood_where_its_issuer_is_gone() throws Exception {
        var id = ours.getFirst();
        assertThat(get("/verify/" + id).body()).contains("/credentials/" + id + ".pack.zip");
        assertThat(posted("address=" + encoded(app.url() + "/credentials/" + id + ".pack.zip"))
                        .statusCode())
                .isEqualTo(303);
        byte[] zip;
        try (var gone = new Stranger()) {
            var parts = List.of(
                    new Pack.Part(Pack.JSON, null, gone.proved(gone.credential())),
                    new Pack.Part("issuer.json", gone.issuer(), gone.published.get("/issuer")),
                    new Pack.Part("status.json", gone.issuer() + "/status", gone.published.get("/issuer/status")));
            zip = new Pack(Instant.EPOCH, parts, List.of()).zip();
            assertThat(uploaded("a.zip", zip).body()).contains(STANDS);
        }
        assertThat(uploaded("a.zip", zip).body())
                .contains("By what came with it", "verdict-unknown", "it stood on 2026-01-01")
                .doesNotContain(STANDS);
    }

    @Test
    void a_file_above_the_limit_is_refused_with_a_sentence() throws Exception {
        assertThat(uploaded("a.json", new byte[2 * 1024 * 1024 + 100]).body()).contains("2 MB");
        var larger = uploaded("a.json", new byte[5 * 1024 * 1024]);
        assertThat(larger.statusCode()).isEqualTo(413);
        assertThat(larger.body()).contains("2 MB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/mixed; boundary=x",
                "application/x-www-form-urlencoded; charset=bogus"
            })
    void a_form_that_is_none_is_the_senders_fault(String type) throws Exception {
        for (var body : List.of(
                "",
                "--x\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc",
                "%zz")) {
            assertThat(sent("/verify", type, body.getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .as(body)
                    .isBetween(400, 422);
        }
    }

    @Test
    void an_address_is_asked_and_one_of_ours_leads_to_its_page() throws Exception {
        stranger.published.put("/a.json", stranger.proved(stranger.credential()));
        assertThat(posted("address=" + encoded(stranger.url() + "/a.json")).body())
                .contains(STANDS);
        assertThat(posted("text=" + encoded(stranger.url() + "/a.json")).body()).contains(STANDS);
        for (var of : List.of("/credentials/", "/verify/")) {
            var own = posted("address=" + encoded(app.url() + of + ours.getFirst()));
            assertThat(own.statusCode()).isEqualTo(303);
            assertThat(own.headers().firstValue("Location").orElseThrow()).endsWith("/verify/" + ours.getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "address=http%3A%2F%2F10.0.0.1%2F",
                "address=nonsense+here",
                "address=file%3A%2F%2F%2Fetc%2Fhostname",
                ""
            })
    void what_cannot_be_asked_is_refused_with_a_sentence_and_the_form(String form) throws Exception {
        var refused = posted(form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("role=\"alert\"", "Check it").doesNotContain("What was checked");
    }

    @Test
    void a_hostile_credential_shows_as_text_and_loads_nothing() throws Exception {
        var credential = stranger.credential();
        ((ObjectNode) credential.at("/credentialSubject/achievement"))
                .put("name", "<script>alert(1)</script>")
                .put("description", "<img src=https://evil.example.com/pixel>");
        ((ObjectNode) credential.at("/credentialSubject/achievement/criteria"))
                .put(
                        "narrative",
                        "![x](https://evil.example.com/p.png) [go](javascript:alert(1)) " + ">".repeat(4_000)
                                + " deep");
        ((ObjectNode) credential.get("issuer")).put("url", "javascript:alert(1)");
        var answer = pasted(stranger.token(Stranger.payload(credential)));
        assertThat(answer.body())
                .contains(STANDS, "&lt;script&gt;")
                .doesNotContain("<script>alert", "<img src=https", "src=\"https://evil", "href=\"javascript");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("img-src 'self' data:");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void one_of_ours_shows_its_own_page_and_once_held_for_review_or_revoked_says_so() throws Exception {
        var id = ours.getLast();
        assertThat(get("/verify/" + id).body()).contains(STANDS, "/credentials/" + id + ".png");
        var jwt = get("/credentials/" + id + ".jwt").body();
        assertThat(pasted(jwt).body()).contains(STANDS);
        var award = app.cairn()
                .database()
                .inTransaction(db -> db.fetchSingle("select tenant_id, award_id from credential where id = ?", id));
        var tenant = new TenantId(award.get("tenant_id", java.util.UUID.class));
        var of = new AwardId(award.get("award_id", java.util.UUID.class));
        app.cairn().awarding().suspend(tenant, of, AccountId.fresh(), "A test");
        assertThat(get("/verify/" + id).body())
                .contains("is looking at it again")
                .doesNotContain(STANDS);
        var anew = get("/credentials/" + id + ".jwt").body();
        assertThat(anew).isNotEqualTo(jwt);
        for (var form : List.of(jwt, anew)) {
            assertThat(pasted(form).body()).contains("is looking at it again").doesNotContain(STANDS);
        }
        app.cairn().awarding().revoke(tenant, of, AccountId.fresh(), "A test");
        assertThat(pasted(jwt).body()).contains("has revoked it").doesNotContain(STANDS);
    }

    @Test
    void the_schema_names_every_verdict() throws Exception {
        var named = JSON.readTree(
                        get("/assets/schema/verification-v1.schema.json").body())
                .at("/$defs/one/properties/verdict/examples");
        assertThat(named)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(Stream.of(Verification.Verdict.values())
                        .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }

    @Test
    void programs_are_answered_as_the_schema_says() throws Exception {
        var token = stranger.token(Stranger.payload(stranger.credential()));
        var proved = JSON.readTree(stranger.proved(stranger.credential()));
        var one = asked(JSON.createObjectNode().put("credential", token));
        assertThat(one.path("verdict").asText()).isEqualTo("valid");
        assertThat(one.at("/credential/name").asText()).isEqualTo("Löten");
        assertSchema("one", one);
        var request = JSON.createObjectNode();
        request.putArray("credentials").add(token).add("nonsense").add(proved).add(damaged(proved));
        assertSchema("request", request);
        var several = asked(request);
        assertSchema("several", several);
        assertThat(several.path("verifications").findValuesAsText("verdict"))
                .containsExactly("valid", "unreadable", "valid", "not_genuine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"credential\":1}",
                "{\"credentials\":[]}",
                "{\"credentials\":{}}",
                "{\"credential\":\"a\",\"credentials\":[]}",
                "{\"credential\":\"a\"} x",
                "{\"credentials\":[null]}"
            })
    void a_request_that_cannot_be_read_is_a_problem(String body) throws Exception {
        var answer = sent("/verify", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo("verification_malformed");
    }

    @Test
    void too_many_and_too_much_and_of_another_type_are_problems() throws Exception {
        var many = "{\"credentials\":[%s]}".formatted(String.join(",", Collections.nCopies(101, "\"x\"")));
        assertThat(sent("/verify", "application/json", many.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(sent("/verify", "application/json", new byte[4 * 1024 * 1024 + 1])
                        .statusCode())
                .isEqualTo(413);
        assertThat(sent("/verify", "text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void a_hundred_are_checked_at_once_and_their_issuer_is_asked_once() throws Exception {
        var token = stranger.token(Stranger.payload(stranger.credential()));
        var request = JSON.createObjectNode();
        var list = request.putArray("credentials");
        Collections.nCopies(100, token).forEach(list::add);
        stranger.asked.clear();
        assertThat(asked(request).path("verifications").findValuesAsText("verdict"))
                .hasSize(100)
                .containsOnly("valid");
        assertThat(stranger.asked).containsExactlyInAnyOrder("/issuer", "/issuer/status");
    }

    private static JsonNode damaged(JsonNode proved) {
        ObjectNode damaged = proved.deepCopy();
        return damaged.put("name", "Better");
    }

    private static void assertSchema(String part, JsonNode json) throws Exception {
        var schema = (ObjectNode)
                JSON.readTree(get("/assets/schema/verification-v1.schema.json").body());
        schema.remove("oneOf");
        schema.put("$ref", "#/$defs/" + part);
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(json))
                .isEmpty();
    }

    private static JsonNode asked(JsonNode request) throws Exception {
        var answer = sent("/verify", "application/json", request.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> pasted(String text) throws Exception {
        return posted("text=" + encoded(text));
    }

    private static HttpResponse<String> posted(String form) throws Exception {
        return sent("/verify", "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> uploaded(String name, byte[] content) throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--x\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
        return sent("/verify", "multipart/form-data; boundary=x", body.toByteArray());
    }

    /** On a connection of its own: after a body that is none, or that nobody read, there is no going on with one. */
    private static HttpResponse<String> sent(String path, String type, byte[] body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(app.url() + path))
                            .header("Content-Type", type)
                            .header("Accept", type.contains("json") ? "application/json" : "text/html")
                            .expectContinue(body.length > 1024 * 1024)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(app.url() + path))
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

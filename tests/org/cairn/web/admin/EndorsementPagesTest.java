package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cairn.openbadges.Judges;
import org.cairn.openbadges.verification.Stranger;
import org.cairn.testing.Shared;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner's endorsement goes from its signature to the public pages, and one of the institution's to whoever checks it. */
class EndorsementPagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern GIVEN = Pattern.compile("(/endorsements/[A-Za-z0-9_-]{22})\\.json");

    private static TestApp app;
    private static Stranger partner;
    private static Desk desk;
    private static String tenant;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        partner = new Stranger();
        app.sandbox().sendAll();
        app.settle();
        desk = Desk.signedIn(app.url(), app.cairn().firstToken().orElseThrow());
        tenant = app.cairn()
                .database()
                .inTransaction(db -> db.fetchValue("select id from tenant").toString());
    }

    @AfterAll
    static void stop() {
        partner.close();
        app.close();
    }

    @Test
    void what_a_partner_endorses_is_shown_with_the_achievement_and_with_what_was_earned_until_it_is_withdrawn()
            throws Exception {
        var earned = app.cairn()
                .database()
                .inTransaction(
                        db -> db.fetchSingle(
                                "select c.id, a.achievement_id, a.version from credential c join award a on a.id = c.award_id order by c.id limit 1"));
        var place = "/achievements/%s/%s/%s".formatted(tenant, earned.get(1), earned.get(2));
        var signed = partner.token(Stranger.payload(partner.endorsement(app.url() + place)));
        desk.get("/admin/endorsements");
        assertThat(desk.post("/admin/endorsements", Map.of("signed", signed.substring(0, signed.length() - 9)))
                        .statusCode())
                .isEqualTo(422);
        assertThat(get(place)).doesNotContain("Verband der Löter");
        assertThat(desk.post("/admin/endorsements", Map.of("signed", " " + signed + "\n"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(get(place)).contains("Who endorses it", "Verband der Löter", "We hire who holds it.");
        app.showAll();
        assertThat(get("/verify/" + earned.get(0))).contains("Verband der Löter", "We hire who holds it.");
        var list = desk.get("/admin/endorsements").body();
        assertThat(list).contains("Verband der Löter", "Shown");
        var id = matched("/admin/endorsements/([0-9a-f-]{36})/withdrawal", list);
        assertThat(get(place + "/endorsements/" + id)).isEqualTo(signed);
        desk.post("/admin/endorsements/" + id + "/withdrawal", Map.of("tenant", tenant));
        assertThat(get(place)).doesNotContain("Verband der Löter");
        assertThat(get("/verify/" + earned.get(0))).doesNotContain("Verband der Löter");
        assertThat(status(place + "/endorsements/" + id)).isEqualTo(404);
    }

    @Test
    void what_the_institution_endorses_is_valid_for_everybody_in_both_forms_until_it_is_revoked() throws Exception {
        desk.get("/admin/endorsements");
        var form = Map.of(
                "tenant", tenant,
                "subject", partner.issuer(),
                "name", "Schule für Löten 电路",
                "comment", "They *teach* it well.\nSince \"1990\".",
                "until", "2099-12-31");
        assertThat(desk.post("/admin/endorsements/given", form).statusCode()).isEqualTo(303);
        var list = desk.get("/admin/endorsements").body();
        var address = matched(GIVEN.pattern(), list);
        var proved = get(address + ".json");
        var token = get(address + ".jwt");
        assertThat(get(address)).isEqualTo(proved);
        assertThat(JSON.readTree(proved).path("id").asText()).isEqualTo(app.url() + address);
        assertThat(List.of(verdict(proved), verdict(token))).containsExactly("valid", "valid");
        assertThat(judged(proved, token)).isEqualTo(List.of("ok revocation: false", "ok revocation: false"));
        assertThat(schemaFaults(proved)).isEmpty();
        var id = address.substring(address.lastIndexOf('/') + 1);
        desk.post("/admin/endorsements/given/" + id + "/revocation", Map.of("tenant", tenant));
        assertThat(List.of(verdict(proved), verdict(token))).containsExactly("revoked", "revoked");
        assertThat(status("/endorsements/AAAAAAAAAAAAAAAAAAAAAA.json")).isEqualTo(404);
        assertThat(status("/endorsements/nothing.json")).isEqualTo(404);
    }

    /** What the judges say of proof and status; of the schema of endorsements they know nothing. */
    private static List<String> judged(String proved, String token) throws Exception {
        Judges.require();
        var files = List.of(Path.of("target/judges/endorsement.json"), Path.of("target/judges/endorsement.jwt"));
        Files.writeString(files.getFirst(), proved);
        Files.writeString(files.getLast(), token);
        return Judges.judged(files).stream()
                .map(one -> one.path("proof").asText() + " "
                        + one.path("status").path(0).asText())
                .toList();
    }

    private static List<String> schemaFaults(String proved) throws Exception {
        var file = Shared.folder().resolve("standards/schemas/ob_v3p0_endorsementcredential_schema.json");
        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909).getSchema(Files.readString(file));
        return schema.validate(JSON.readTree(proved)).stream()
                .map(Object::toString)
                .toList();
    }

    private static String verdict(String credential) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/verify"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("credential", credential))))
                .build();
        JsonNode answer =
                JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
        return answer.path("verdict").asText();
    }

    private static String matched(String pattern, String text) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private static String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path)).build();
        return HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
    }

    private static int status(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(app.url() + path)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}

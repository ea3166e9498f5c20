package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.lti;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cairn.Cairn;
import org.cairn.Problem;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerNameStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;
import org.cairn.web.admin.Desk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An institution that has connected its LMS and defined no credential yet. */
class BareInstitutionTest {

    private static final String ISSUER = "https://lms.example.edu";

    private final int port = TestApp.freePort();
    private final String url = "http://localhost:" + port;
    private TestPlatform lms;
    private Path data;
    private Cairn cairn;

    @BeforeEach
    void start() throws IOException {
        lms = new TestPlatform(Databases.H2.open(), ISSUER, "cairn", "1");
        data = TestApp.folder();
        var platforms = Files.createDirectories(data.resolve("config/platforms"));
        Files.writeString(platforms.resolve("lms.json"), """
                {
                  "tenant": { "slug": "bare", "name": "Bare", "timeZone": "Europe/Vienna" },
                  "name": "LMS", "product": "moodle", "issuer": "%s", "clientId": "cairn",
                  "authorizationEndpoint": "%2$s/auth", "tokenEndpoint": "%2$s/token", "keySet": "%2$s/jwks",
                  "frameOrigins": ["%2$s"], "deployments": ["1"]
                }
                """.formatted(ISSUER, lms.wire.baseUrl()));
        cairn = cairn(data, port);
    }

    @AfterEach
    void stop() {
        cairn.close();
        lms.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Learner, No credential is offered in this course yet",
        "Instructor, Credentials of this course",
        "Mentor, Credentials"
    })
    void its_pages_say_that_nothing_is_offered_yet(String role, String said) {
        var desk = new Desk(url);
        var page = desk.get(launch(desk, role));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains(said);
    }

    @Test
    void one_that_an_operator_adds_has_an_empty_catalogue() {
        var desk = Desk.signedIn(url, cairn.firstToken().orElseThrow());
        desk.get("/admin/tenants");
        var added = desk.post("/admin/tenants", Map.of("slug", "new", "name", "New", "zone", "Europe/Vienna"));
        assertThat(added.statusCode()).isEqualTo(303);
        var catalogue = cairn.database()
                .inTransaction(db -> new Catalogues()
                        .current(db, TenantStore.find(db, "new").orElseThrow().id()));
        assertThat(catalogue.achievements()).isEmpty();
        assertThat(catalogue.issuer().name()).isEqualTo("New");
        var issuer = catalogue.issuer().id();
        var names = cairn.database().inTransaction(db -> IssuerNameStore.names(db, issuer));
        assertThat(names).containsExactly(url + "/issuers/" + issuer);
    }

    @Test
    void an_operator_of_nothing_yet_is_led_to_its_tenant_first() {
        int another = TestApp.freePort();
        try (var empty = cairn(TestApp.folder(), another)) {
            var desk = Desk.signedIn(
                    "http://localhost:" + another, empty.firstToken().orElseThrow());
            assertThat(desk.get("/admin/invitations").body())
                    .contains("<a href=\"/admin/tenants\">add your institution</a>")
                    .doesNotContain("Make the link");
            assertThat(desk.get("/admin/tenants").body()).contains("The first one");
        }
    }

    @Test
    void an_operator_who_is_refused_something_finds_back() {
        var desk = Desk.signedIn(url, cairn.firstToken().orElseThrow());
        desk.get("/admin/tenants");
        var refused = desk.post("/admin/tenants", Map.of("slug", "Not A Slug", "name", "New", "zone", "Europe/Vienna"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("<a class=\"btn btn-outline-primary\" href=\"/admin\">");
        assertThat(new Desk(url).get("/verify/AAAAAAAAAAAAAAAAAAAAAA").body()).doesNotContain("href=\"/admin\"");
    }

    @Test
    void who_types_the_address_is_told_where_to_go() {
        var page = new Desk(url).get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("from a course in your LMS")
                .contains("href=\"/privacy\"")
                .contains("href=\"/admin\"");
    }

    @Test
    void one_whose_added_font_cannot_be_set_is_told_which_before_it_serves() throws IOException {
        var folder = TestApp.folder();
        Files.writeString(Files.createDirectory(folder.resolve("fonts")).resolve("songti.ttf"), "<html>Not found");
        assertThatThrownBy(() -> cairn(folder, TestApp.freePort()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("songti.ttf cannot be set in certificates");
    }

    @Test
    void one_that_moves_to_another_address_is_told_what_becomes_of_its_credentials_and_answers_at_both()
            throws Exception {
        int other = TestApp.freePort();
        cairn.close();
        assertThatThrownBy(() -> cairn(data, other))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("public_url_changed"))
                .hasMessageContaining(url);
        cairn = Cairn.start(TestApp.bare(data, other, List.of(URI.create(url)), null), lms.clock);
        var issuer = cairn.database()
                .inTransaction(
                        db -> db.fetchSingle("select id from issuer").get(0).toString());
        assertThat(asked(other, "/issuers/" + issuer, "localhost:" + other))
                .contains("\"id\":\"http://localhost:%d/issuers/%s\"".formatted(other, issuer));
        assertThat(asked(other, "/issuers/" + issuer, "localhost:" + port))
                .contains("\"id\":\"%s/issuers/%s\"".formatted(url, issuer));
        assertThat(asked(other, "/issuers/" + issuer + "/status/0", "localhost:" + port))
                .contains("\"issuer\":\"%s/issuers/%s\"".formatted(url, issuer));
        assertThat(asked(other, "/issuers/" + issuer, "evil.example"))
                .contains("\"id\":\"http://localhost:%d/issuers/%s\"".formatted(other, issuer));
        cairn.close();
        cairn = Cairn.start(
                TestApp.bare(data, port, List.of(URI.create("http://localhost:" + other)), null), lms.clock);
    }

    /** What is answered to who calls the server by this name. */
    private static String asked(int port, String path, String host) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, host)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Cairn cairn(Path data, int at) {
        return Cairn.start(TestApp.bare(data, at, null), lms.clock);
    }

    private String launch(Desk desk, String role) {
        var login = "/lti/login?iss=" + ISSUER + "&client_id=cairn&login_hint=4&target_link_uri=" + url + "/lti/launch";
        var looked = desk.get(login).headers().firstValue("Location").orElseThrow();
        var asked = TestPlatform.query(
                URI.create(desk.get(looked).headers().firstValue("Location").orElseThrow()));
        var claims = lms.claims(asked.get("nonce")).put(lti("target_link_uri"), url + "/lti/launch");
        claims.putArray(lti("roles")).add("http://purl.imsglobal.org/vocab/lis/v2/membership#" + role);
        var form = Map.of("state", asked.get("state"), "id_token", lms.sign(claims));
        var answer = desk.send(desk.form("/lti/launch", form));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}

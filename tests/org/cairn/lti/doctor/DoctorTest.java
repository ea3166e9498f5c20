package org.cairn.lti.doctor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.keys.PublicSigningKey;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.doctor.Finding.State;
import org.cairn.people.Browser;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of a connection that was ever asked about, played by WireMock: each gets its own sentence, and stops no other check. */
class DoctorTest {

    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";
    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    private static final String MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";

    private TestPlatform lms;

    @BeforeEach
    void start() {
        lms = new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn-0123456789", "1");
        // The Date of WireMock's answers is of now; finer than a microsecond no database keeps it.
        lms.clock.set(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        serve(lms);
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void of_a_connection_that_works_every_check_says_so() {
        launch(lms);
        var examination = examine();
        assertThat(examination.isHealthy()).as("%s", examination.findings()).isTrue();
        assertThat(examination.broken()).isEmpty();
        assertThat(examination.findings()).extracting(Finding::check).containsExactly(Check.values());
        assertThat(examination.findings())
                .filteredOn(finding -> finding.check() != Check.NOTICES)
                .allSatisfy(
                        finding -> assertThat(finding.state()).as("%s", finding).isEqualTo(State.OK));
        assertThat(seen(examination, Check.ROSTER)).contains("2 active members");
        assertThat(seen(examination, Check.COLUMNS)).contains("1 column ");
        assertThat(seen(examination, Check.THEIR_KEYS)).contains("1 key ");
        assertThat(seen(examination, Check.BROWSER)).contains("cookie");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "our keys: a proxy's page",
                        Check.OUR_ADDRESS,
                        State.FAILED,
                        "does not show the key",
                        lms -> lms.wire.stubFor(get("/lti/jwks").willReturn(html()))),
                fault(
                        "our keys: not there",
                        Check.OUR_ADDRESS,
                        State.FAILED,
                        "no keys (status 404)",
                        lms -> lms.wire.stubFor(
                                get("/lti/jwks").willReturn(aResponse().withStatus(404)))),
                fault(
                        "our keys: not to be seen from inside",
                        Check.OUR_ADDRESS,
                        State.ATTENTION,
                        "cannot see",
                        lms -> lms.wire.stubFor(get("/lti/jwks").willReturn(reset()))),
                fault(
                        "their keys: 404",
                        Check.THEIR_KEYS,
                        State.FAILED,
                        "answered with status 404",
                        lms -> lms.wire.stubFor(
                                get("/jwks").willReturn(aResponse().withStatus(404)))),
                fault(
                        "their keys: a page",
                        Check.THEIR_KEYS,
                        State.FAILED,
                        "is not JSON",
                        lms -> lms.wire.stubFor(get("/jwks").willReturn(html()))),
                fault(
                        "their keys: none",
                        Check.THEIR_KEYS,
                        State.FAILED,
                        "no key that Cairn can use",
                        lms -> lms.wire.stubFor(get("/jwks").willReturn(okJson("{\"keys\":[]}")))),
                fault(
                        "their keys: down",
                        Check.THEIR_KEYS,
                        State.FAILED,
                        "could not be reached",
                        lms -> lms.wire.stubFor(get("/jwks").willReturn(reset()))),
                fault(
                        "token: unknown client",
                        Check.TOKEN,
                        State.FAILED,
                        "status 400, invalid_client",
                        lms -> token(lms, 400, "{\"error\":\"invalid_client\"}")),
                fault(
                        "token: nothing allowed",
                        Check.TOKEN,
                        State.FAILED,
                        "status 400, invalid_scope",
                        lms -> token(lms, 400, "{\"error\":\"invalid_scope\"}")),
                fault(
                        "token: a page",
                        Check.TOKEN,
                        State.FAILED,
                        "no token answer but a page",
                        lms -> lms.wire.stubFor(post("/token").willReturn(html()))),
                fault(
                        "token: down",
                        Check.TOKEN,
                        State.FAILED,
                        "could not be reached",
                        lms -> lms.wire.stubFor(post("/token").willReturn(reset()))),
                fault(
                        "scopes: one refused",
                        Check.MAY_WRITE_SCORES,
                        State.ATTENTION,
                        "refuses it (status 400",
                        lms -> lms.wire.stubFor(post("/token")
                                .withRequestBody(containing("scope%2Fscore"))
                                .willReturn(aResponse().withStatus(400).withBody("{\"error\":\"invalid_scope\"}")))),
                fault(
                        "scopes: one cut",
                        Check.MAY_MAKE_COLUMNS,
                        State.ATTENTION,
                        "left this right out",
                        lms -> lms.wire.stubFor(post("/token")
                                .withRequestBody(containing("lineitem"))
                                .willReturn(okJson(
                                        "{\"access_token\":\"t\",\"scope\":\"" + AGS + "lineitem.readonly\"}")))),
                fault(
                        "columns: forbidden",
                        Check.COLUMNS,
                        State.FAILED,
                        "status 403",
                        lms -> lms.wire.stubFor(get(urlPathEqualTo("/items"))
                                .willReturn(aResponse().withStatus(403)))),
                fault(
                        "columns: a page",
                        Check.COLUMNS,
                        State.FAILED,
                        "says that it is text/html",
                        lms -> lms.wire.stubFor(get(urlPathEqualTo("/items")).willReturn(html()))),
                fault(
                        "columns: wrong media type",
                        Check.COLUMNS,
                        State.ATTENTION,
                        "application/json instead of",
                        lms -> lms.wire.stubFor(get(urlPathEqualTo("/items")).willReturn(okJson("[]")))),
                fault(
                        "columns: a fault of the LMS",
                        Check.COLUMNS,
                        State.FAILED,
                        "status 500",
                        lms -> lms.wire.stubFor(get(urlPathEqualTo("/items"))
                                .willReturn(aResponse().withStatus(500)))),
                fault(
                        "roster: gone",
                        Check.ROSTER,
                        State.FAILED,
                        "status 404",
                        lms -> lms.wire.stubFor(get(urlPathEqualTo("/members"))
                                .willReturn(aResponse().withStatus(404)))),
                fault("roster: truncated", Check.ROSTER, State.ATTENTION, "only a part of the roster", lms -> {
                    lms.wire.stubFor(get(urlPathEqualTo("/members"))
                            .willReturn(members("Ada", "Alan")
                                    .withHeader("Link", "<" + lms.wire.baseUrl() + "/more>; rel=\"next\"")));
                    lms.wire.stubFor(get("/more").willReturn(aResponse().withStatus(500)));
                }),
                fault(
                        "roster: no names",
                        Check.NAMES,
                        State.ATTENTION,
                        "shares no names",
                        lms -> lms.wire.stubFor(get(urlPathEqualTo("/members")).willReturn(members("", "")))),
                fault(
                        "clock: five minutes ahead",
                        Check.CLOCK,
                        State.FAILED,
                        "5 minutes ahead of ours",
                        lms -> token(lms, Duration.ofMinutes(5))),
                fault(
                        "clock: half a minute behind",
                        Check.CLOCK,
                        State.ATTENTION,
                        "seconds behind ours",
                        lms -> token(lms, Duration.ofSeconds(-30))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_is_named_and_stops_no_other_check(
            Check check, State state, String sentence, Consumer<TestPlatform> play) {
        launch(lms);
        play.accept(lms);
        var examination = examine();
        var finding = finding(examination, check);
        assertThat(finding.state()).as("%s", finding).isEqualTo(state);
        assertThat(finding.seen()).contains(sentence);
        assertThat(finding.advice()).isNotEqualTo(Finding.NOTHING);
        assertThat(examination.findings()).extracting(Finding::check).containsExactly(Check.values());
        // A link that has nothing to do with the fault is found well.
        assertThat(Stream.of(Check.THEIR_KEYS, Check.OUR_KEYS, Check.LAUNCH)
                        .filter(other -> other != check)
                        .map(other -> finding(examination, other).state()))
                .containsOnly(State.OK);
    }

    @Test
    void names_that_are_written_for_html_are_noticed_where_the_lms_is_not_known_to_do_so() {
        launch(lms);
        lms.wire.stubFor(get(urlPathEqualTo("/members")).willReturn(members("Conan O&#039;Brien", "Ada")));
        assertThat(finding(examine(), Check.NAMES).state()).isEqualTo(State.OK);
        lms.database.inTransaction(db -> db.execute("update platform set product = 'sakai'"));
        assertThat(seen(examine(), Check.NAMES)).contains("written for HTML");
    }

    @Test
    void without_a_token_what_needs_one_is_not_tried_and_is_not_called_broken() {
        launch(lms);
        token(lms, 401, "{\"error\":\"invalid_client\"}");
        var examination = examine();
        assertThat(examination.broken()).contains(Hop.TOKEN);
        for (var check : new Check[] {Check.MAY_READ_ROSTER, Check.COLUMNS, Check.ROSTER, Check.NAMES}) {
            assertThat(finding(examination, check).state()).isEqualTo(State.NOT_POSSIBLE);
        }
        lms.wire.verify(0, com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(urlPathEqualTo("/members")));
    }

    @Test
    void before_the_first_launch_it_says_to_launch() {
        var examination = examine();
        assertThat(finding(examination, Check.LAUNCH).advice()).contains("Open Cairn once from a course");
        assertThat(finding(examination, Check.ROSTER).state()).isEqualTo(State.NOT_POSSIBLE);
        assertThat(examination.isHealthy()).isTrue();
    }

    @Test
    void what_offers_no_services_is_said_so() {
        launch(lms, claims -> {});
        var examination = examine();
        assertThat(seen(examination, Check.ROSTER)).contains("offers Cairn no roster");
        assertThat(seen(examination, Check.COLUMNS)).contains("offers Cairn no gradebook");
    }

    @Test
    void a_token_goes_to_no_host_that_the_registration_does_not_name() {
        launch(lms);
        lms.database.inTransaction(
                db -> db.execute("update course set memberships_url = 'http://localhost:1/members'"));
        assertThat(seen(examine(), Check.ROSTER)).contains("outside its registered hosts");
    }

    @Test
    void an_lms_that_hangs_ends_the_examination_all_the_same() {
        launch(lms);
        lms.wire.stubFor(get("/jwks").willReturn(aResponse().withFixedDelay(4_000)));
        lms.wire.stubFor(get(urlPathEqualTo("/members"))
                .willReturn(members("Ada", "Alan").withFixedDelay(4_000)));
        long begun = System.nanoTime();
        var examination = doctor(Duration.ofSeconds(2))
                .examine(deployment().tenant(), deployment().id());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        assertThat(seen(examination, Check.ROSTER)).contains("after 2 seconds");
        assertThat(seen(examination, Check.THEIR_KEYS)).contains("after 2 seconds");
    }

    @Test
    void what_is_remembered_asks_nobody() {
        launch(lms);
        lms.wire.resetRequests();
        var recalled = doctor(Duration.ofSeconds(20))
                .recall(deployment().tenant(), deployment().id());
        assertThat(lms.wire.getAllServeEvents()).isEmpty();
        assertThat(recalled.isWhole()).isFalse();
        assertThat(recalled.findings())
                .extracting(Finding::check)
                .containsExactly(Stream.of(Check.values())
                        .filter(check -> !check.isAsked())
                        .toArray(Check[]::new));
    }

    @Test
    void a_report_for_support_tells_hosts_and_counts_and_no_person_and_no_secret() {
        launch(lms);
        var planted = "eyJhbGciOiJSUzI1NiJ9.c2VjcmV0LXNlY3JldA.c2lnbmVkLXNpZ25lZDE";
        token(lms, 400, "{\"error\":\"invalid_client\",\"error_description\":\"Ada Lovelace ada@example.edu\"}");
        lms.database.inTransaction(db -> {
            db.execute(
                    "insert into score select c.tenant_id, c.id, 'secret-resource-77', a.id, 'Ada Lovelace''s column',"
                            + " 1, 1, 1, current_timestamp, 'REFUSED', 1, current_timestamp, 422, 'Not for ada@example.edu: "
                            + planted
                            + " at https://user:Passw0rd@lms.example.edu/x?token=s3cret', null from course c, account a");
            db.execute(
                    "insert into subscription (tenant_id, deployment_id, url, types, subscribed_at, hello_at, problem) select tenant_id, id, 'https://lms.example.edu/n?key=s3cret', 'x', null, null,"
                            + " 'Bearer " + planted + "' from deployment");
            return db.execute(
                    "update platform set name = 'Ada Lovelace''s Moodle', issuer = 'https://lms.example.edu/t/s3cret'");
        });
        var examination = examine();
        var report = new Report(examination);
        for (var text : new String[] {report.text(), report.json().toString()}) {
            assertThat(text).contains("lms.example.edu", "cair…", "invalid_client");
            assertThat(text)
                    .doesNotContain(planted)
                    .doesNotContain("eyJ")
                    .doesNotContain("s3cret")
                    .doesNotContain("Passw0rd")
                    .doesNotContain("cairn-0123456789")
                    .doesNotContain("@")
                    .doesNotContain("Ada")
                    .doesNotContain("Lovelace")
                    .doesNotContain("secret-resource-77")
                    .doesNotContain("Course")
                    .doesNotContain(lms.own.ltiKey().kid())
                    .doesNotContain(deployment().tenant().toString());
        }
    }

    static Stream<Arguments> coverings() {
        return Stream.of(
                Arguments.of("Mail ada@example.edu now.", "Mail [address] now."),
                Arguments.of("At https://lms.example.edu/a?b=c it fails.", "At https://lms.example.edu/… it fails."),
                Arguments.of("Key 0a1b2c3d4e5f60718293 is bad.", "Key [covered] is bad."),
                Arguments.of("An ordinary-sentence-with-hyphens stays.", "An ordinary-sentence-with-hyphens stays."));
    }

    @ParameterizedTest
    @MethodSource("coverings")
    void what_looks_like_a_secret_is_covered(String text, String covered) {
        assertThat(Report.covered(text)).isEqualTo(covered);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Databases.class)
    void what_is_remembered_is_of_this_deployment_alone(Databases databases) {
        try (var other = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn-0123456789", "1")) {
            other.clock.set(Instant.now().truncatedTo(ChronoUnit.MILLIS));
            serve(other);
            launch(other);
            var deployment = deployment(other);
            // The same tenant's other deployment, with a refused score and a subscription of its own.
            var near = other.database.inTransaction(db ->
                    PlatformStore.deploy(db, deployment.tenant(), deployment.platform(), "2", other.clock.instant()));
            other.database.inTransaction(db -> {
                db.execute("insert into course (id, tenant_id, deployment_id, context_id, created_at, launched_at)"
                        + " select cast('00000000-0000-7000-8000-000000000001' as uuid), tenant_id, id, 'near', created_at, created_at"
                        + " from deployment where external_id = '2'");
                db.execute("insert into score select c.tenant_id, c.id, 'r', a.id, 'l',"
                        + " 1, 1, 1, current_timestamp, 'REFUSED', 1, current_timestamp, 422, 'Near.', null from course c, account a"
                        + " where c.context_id = 'near'");
                return db.execute(
                        "insert into subscription (tenant_id, deployment_id, url, types, subscribed_at, hello_at, problem) select tenant_id, id, 'u', 't', created_at, created_at, null"
                                + " from deployment where external_id = '2'");
            });
            var history = other.database.inTransaction(db -> HistoryStore.get(db, deployment));
            assertThat(history.scores().refused()).isZero();
            assertThat(history.scores().problem()).isNull();
            assertThat(history.subscription()).isEmpty();
            assertThat(history.course().orElseThrow().contextId()).isEqualTo("2");
            var nearby = other.database.inTransaction(db -> HistoryStore.get(db, near));
            assertThat(nearby.scores().refused()).isEqualTo(1);
            assertThat(nearby.subscription()).isPresent();
        }
    }

    private Examination examine() {
        // Patient: a machine that builds and tests may be slow itself.
        return doctor(Duration.ofMinutes(2))
                .examine(deployment().tenant(), deployment().id());
    }

    private Doctor doctor(Duration patience) {
        return new Doctor(
                lms.database, lms.own, lms.keySets, lms.outbound, URI.create(lms.wire.baseUrl()), lms.clock, patience);
    }

    private Deployment deployment() {
        return deployment(lms);
    }

    private static Deployment deployment(TestPlatform lms) {
        return lms.database.inTransaction(
                db -> PlatformStore.findDeployment(db, lms.platform.id(), "1").orElseThrow());
    }

    private static void serve(TestPlatform lms) {
        var ours = lms.own.ltiKeys().stream().map(PublicSigningKey::jwk).toList();
        lms.wire.stubFor(get("/lti/jwks")
                .willReturn(okJson(
                        TestPlatform.JSON.valueToTree(Map.of("keys", ours)).toString())));
        lms.wire.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"secret-token\",\"expires_in\":60}")));
        lms.wire.stubFor(get(urlPathEqualTo("/items"))
                .willReturn(aResponse().withHeader("Content-Type", LINE_ITEMS).withBody("[{\"id\":\"http://x/1\"}]")));
        lms.wire.stubFor(get(urlPathEqualTo("/members")).willReturn(members("Ada Lovelace", "Alan Turing")));
    }

    private static void launch(TestPlatform lms) {
        launch(lms, claims -> {
            var ags = claims.putObject("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint");
            ags.put("lineitems", lms.wire.baseUrl() + "/items")
                    .putArray("scope")
                    .add(AGS + "lineitem");
            claims.putObject("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                    .put("context_memberships_url", lms.wire.baseUrl() + "/members");
        });
    }

    private static void launch(TestPlatform lms, Consumer<com.fasterxml.jackson.databind.node.ObjectNode> change) {
        var browser = Browser.fresh();
        var begun = lms.begin(browser);
        var claims = lms.claims(begun.get("nonce"));
        change.accept(claims);
        var form = new HashMap<String, String>();
        form.put("state", begun.get("state"));
        form.put("id_token", lms.sign(claims));
        lms.launches.accept(form, browser);
    }

    private static ResponseDefinitionBuilder html() {
        return aResponse()
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<html>Sign in</html>");
    }

    private static ResponseDefinitionBuilder reset() {
        return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
    }

    private static ResponseDefinitionBuilder members(String... names) {
        var members = Stream.of(names)
                .map(name ->
                        "{\"user_id\":\"sub-%d\",\"name\":\"%s\",\"email\":\"ada@example.edu\",\"roles\":[\"Learner\"]}"
                                .formatted(name.length(), name))
                .collect(Collectors.joining(","));
        return aResponse().withHeader("Content-Type", MEMBERS).withBody("{\"members\":[" + members + "]}");
    }

    private static void token(TestPlatform lms, int status, String body) {
        lms.wire.stubFor(
                post("/token").willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static void token(TestPlatform lms, Duration ahead) {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(ahead).atOffset(ZoneOffset.UTC));
        lms.wire.stubFor(
                post("/token").willReturn(okJson("{\"access_token\":\"t\"}").withHeader("Date", date)));
    }

    private static Finding finding(Examination examination, Check check) {
        return examination.findings().stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow();
    }

    private static String seen(Examination examination, Check check) {
        return finding(examination, check).seen();
    }

    private static Arguments fault(
            String name, Check check, State state, String sentence, Consumer<TestPlatform> play) {
        return Arguments.of(check, state, sentence, Named.of(name, play));
    }
}

package org.cairn.lti;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.JSON;
import static org.cairn.testing.TestPlatform.lti;

import com.auth0.jwt.JWT;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairn.Cairn;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.SessionId;
import org.cairn.TenantId;
import org.cairn.keys.Keys;
import org.cairn.keys.LtiKey;
import org.cairn.keys.PublicSigningKey;
import org.cairn.lti.registration.Invitations;
import org.cairn.lti.registration.Registrations;
import org.cairn.lti.service.Gradebook;
import org.cairn.lti.service.Roster;
import org.cairn.lti.service.ScoreStore;
import org.cairn.lti.service.Scores;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.people.SessionStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.Cookies;
import org.cairn.testing.Databases;
import org.cairn.testing.RegisteringLms;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What went wrong in other tools of this kind, and goes right here: one short proof for each of thirty lessons. Most have a test class of
 * their own, which goes further.
 */
class LessonsTest {

    private static final String ISSUER = "https://lms.example.edu";
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/";
    private static final String COLUMN = "/lineitems/5/lineitem";
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private static TestApp app;

    private final Browser browser = Browser.fresh();
    private TestPlatform lms;

    @BeforeAll
    static void open() {
        app = TestApp.start();
    }

    @AfterAll
    static void close() {
        app.close();
    }

    @BeforeEach
    void start() {
        lms = new TestPlatform(Databases.H2.open(), ISSUER, "cairn", "1");
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void lesson_01_a_browser_is_known_by_cookie_then_by_storage_then_in_a_window_and_is_told_what_failed()
            throws Exception {
        var first = ask("/lti/login?" + query(initiation()));
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("Secure", "SameSite=None", "Partitioned", "HttpOnly");
        var again = first.headers().firstValue("Location").orElseThrow();
        assertThat(ask(again + "&lti_storage_target=_parent").body()).contains("data-binding=\"put\"");
        assertThat(ask(again).body()).contains("window=1", "target=\"_blank\"");
        var refused = ask(again + "&window=1");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("keeps no cookies for Cairn, not even in a window of its own");
    }

    @Test
    void lesson_02_an_lms_s_page_may_keep_what_no_cookie_does_for_the_authorization_endpoint_s_origin_alone() {
        var parameters = new HashMap<>(login(ISSUER, "cairn"));
        parameters.put("lti_storage_target", "lms_frame");
        var begun = lms.login.beginStored(parameters, null);
        var stored = begun.stored();
        assertThat(stored.target()).isEqualTo("lms_frame");
        assertThat(stored.origin()).isEqualTo(lms.wire.baseUrl());
        var asked = TestPlatform.query(begun.authorization());
        var form = form(asked.get("state"), lms.sign(lms.claims(asked.get("nonce"))));
        var unproved = (Arrival.Unproved) lms.launches.accept(form, browser);
        assertThat(unproved.stored().key()).isEqualTo(stored.key());
        form.put("proof", "guessed");
        refused(Refusal.STORAGE_WRONG, form, browser);
        form.put("proof", stored.value());
        var accepted = (Arrival.Accepted) lms.launches.accept(form, browser);
        assertThat(accepted.launch().bound()).isEqualTo(Launch.Bound.STORAGE);
    }

    @Test
    void lesson_03_a_nonce_is_used_up_by_one_statement() {
        var now = lms.clock.instant();
        var launch = SessionId.fresh();
        assertThat(lms.database.<Boolean>inTransaction(db -> SessionStore.spend(db, launch, now, now.plusSeconds(600))))
                .isTrue();
        assertThat(lms.database.<Boolean>inTransaction(db -> SessionStore.spend(db, launch, now, now.plusSeconds(600))))
                .isFalse();
        var form = form(claims -> {});
        lms.launches.accept(form, browser);
        refused(Refusal.STATE_USED, form, browser);
    }

    @Test
    void lesson_04_a_state_is_asked_for_on_success_and_on_error_and_is_of_this_browser_and_used_once() {
        var form = form(claims -> {});
        refused(Refusal.STATE_MISSING, Map.of("id_token", form.get("id_token")), browser);
        refused(Refusal.STATE_MISSING, Map.of("error", "access_denied"), browser);
        refused(Refusal.STATE_OF_ANOTHER_BROWSER, form, Browser.fresh());
        refused(
                Refusal.STATE_OF_ANOTHER_BROWSER,
                Map.of("error", "access_denied", "state", form.get("state")),
                Browser.fresh());
        refused(Refusal.PLATFORM_ERROR, Map.of("error", "access_denied", "state", form.get("state")), browser);
    }

    @Test
    void lesson_05_the_server_decides_and_no_page_carries_script_of_its_own() throws Exception {
        var again = ask("/lti/login?" + query(initiation()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var page = ask(again + "&lti_storage_target=_parent%22%3E%3Cscript%3E");
        assertThat(page.body()).doesNotContain("\"><script>");
        page = ask(again + "&lti_storage_target=_parent");
        assertThat(page.body())
                .contains("data-origin=\"" + app.sandbox().url() + "\"")
                .doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'")
                .doesNotContain("unsafe-inline");
    }

    @Test
    void lesson_06_the_audience_comes_first_and_of_an_unknown_deployment_only_the_knock_is_kept() {
        refused(Refusal.AUDIENCE_WRONG, claims -> claims.put("aud", "other").put(lti("deployment_id"), "unknown"));
        assertThat(pending()).isEmpty();
        refused(Refusal.DEPLOYMENT_PENDING, claims -> claims.put(lti("deployment_id"), "unknown"));
        assertThat(pending()).extracting(PlatformStore.Pending::externalId).containsExactly("unknown");
        assertThat(count("account") + count("course") + count("session where account_id is not null"))
                .isZero();
    }

    @Test
    void lesson_07_an_issuer_is_not_one_customer_and_the_deployment_says_whose_it_is() {
        var other = register("cairn-2");
        var there = tenant("there");
        lms.database.inTransaction(db -> PlatformStore.deploy(db, there, other.id(), "1", lms.clock.instant()));
        var parameters = new HashMap<>(login(ISSUER, "cairn"));
        parameters.remove("client_id");
        code(Refusal.REGISTRATION_AMBIGUOUS, () -> lms.login.begin(parameters, null, browser, false));
        var asked = TestPlatform.query(
                lms.login.begin(parameters, other.id(), browser, false).authorization());
        assertThat(asked.get("client_id")).isEqualTo("cairn-2");
        var claims = lms.claims(asked.get("nonce")).put("aud", "cairn-2");
        var arrival = (Arrival.AtPlacement) lms.launches.accept(form(asked.get("state"), lms.sign(claims)), browser);
        assertThat(arrival.course().tenant()).isEqualTo(there);
    }

    @Test
    void lesson_08_issuer_and_audience_are_compared_as_they_are_and_several_audiences_need_azp() {
        refused(Refusal.ISSUER_WRONG, claims -> claims.put("iss", ISSUER + "/"));
        refused(Refusal.AUDIENCE_WRONG, claims -> claims.put("aud", "Cairn"));
        refused(Refusal.AUTHORIZED_PARTY_WRONG, claims -> audiences(claims, "other", "cairn"));
        refused(Refusal.AUTHORIZED_PARTY_WRONG, claims -> audiences(claims.put("azp", "other"), "other", "cairn"));
        assertThat(launch(claims -> audiences(claims.put("azp", "cairn"), "other", "cairn")))
                .isNotNull();
    }

    @Test
    void lesson_09_the_algorithm_is_the_one_agreed_on_and_never_the_token_s_choice() {
        for (var algorithm : List.of("none", "HS256", "RS512", "ES256")) {
            var begun = lms.begin(browser);
            var header = JSON.createObjectNode().put("alg", algorithm).put("kid", "key-1");
            var token = TestPlatform.sign(header, lms.claims(begun.get("nonce")), lms.keys);
            refused(Refusal.ALGORITHM_REFUSED, form(begun.get("state"), token), browser);
        }
        lms.wire.verify(0, getRequestedFor(urlEqualTo("/jwks")));
    }

    @Test
    void lesson_10_a_key_set_is_asked_for_seldom_renewed_for_an_unknown_key_and_believed_while_it_must_be() {
        launch(claims -> {});
        launch(claims -> {});
        lms.wire.verify(1, getRequestedFor(urlEqualTo("/jwks")));
        lms.clock.advance(Duration.ofSeconds(61));
        lms.wire.stubFor(get("/jwks").willReturn(okJson(TestPlatform.jwks(lms.keys, "key-2"))));
        for (int i = 0; i < 3; i++) {
            assertThat(lms.keySets.find(lms.platform, "key-2")).isPresent();
            assertThat(lms.keySets.find(lms.platform, "unknown")).isEmpty();
        }
        lms.wire.verify(2, getRequestedFor(urlEqualTo("/jwks")));
        lms.wire.stubFor(get("/jwks").willReturn(serverError()));
        lms.clock.advance(Duration.ofHours(20));
        assertThat(lms.keySets.find(lms.platform, "key-2")).isPresent();
    }

    @Test
    void lesson_11_no_address_that_others_name_leads_inside_and_only_who_was_invited_registers() {
        try (var outbound = new Outbound(false, "Cairn/test");
                var other = new RegisteringLms()) {
            for (var inside : List.of("https://169.254.169.254/latest", "https://10.0.0.1/", "http://lms.example/")) {
                assertThatThrownBy(() -> outbound.get(URI.create(inside), "*/*"))
                        .isInstanceOf(Problem.class);
            }
            var registrations = registrations();
            other.shows(other.configuration("moodle"));
            assertThatThrownBy(() -> registrations.ask("uninvited", other.address(), null))
                    .isInstanceOf(Problem.class);
            other.wire.verify(0, getRequestedFor(urlPathEqualTo("/openid-configuration")));
            // Its configuration lies elsewhere than the LMS that it speaks for.
            other.shows(RegisteringLms.configuration("https://victim.example.edu", "moodle"));
            assertThatThrownBy(() -> registrations.ask(invited(), other.address(), null))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void lesson_12_a_target_leads_nowhere_but_home() {
        var parameters = new HashMap<>(login(ISSUER, "cairn"));
        parameters.put("target_link_uri", "https://evil.example.com/");
        var authorization = lms.login.begin(parameters, null, browser, false).authorization();
        assertThat(authorization.toString()).startsWith(lms.wire.baseUrl()).doesNotContain("evil");
        assertThat(TestPlatform.query(authorization).get("redirect_uri")).isEqualTo(TestPlatform.TOOL + "/lti/launch");
        refused(Refusal.TARGET_WRONG, claims -> claims.put(lti("target_link_uri"), "https://evil.example.com/"));
    }

    @Test
    void lesson_13_no_address_of_a_page_signs_anybody_in() throws Exception {
        var visitor = new Visitor(InetAddress.getLoopbackAddress());
        var page = visitor.launch("10");
        assertThat(page).matches("/in/[0-9a-f-]{36}");
        assertThat(visitor.page(page).body()).contains("Ada Lovelace");
        var stranger = ask(page);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).doesNotContain("Ada Lovelace");
        assertThat(stranger.headers().firstValue("Referrer-Policy")).contains("same-origin");
    }

    @Test
    void lesson_14_nobody_is_known_by_her_e_mail() {
        launch(claims -> claims.put("email", "ada@example.edu"));
        launch(claims -> claims.put("email", "ada@example.edu").put("sub", "5"));
        assertThat(count("account")).isEqualTo(2);
        assertThat(count("learner")).isEqualTo(2);
        launch(claims -> claims.put("email", "other@example.edu"));
        assertThat(count("account")).isEqualTo(2);
    }

    @Test
    void lesson_15_a_minute_between_two_clocks_is_forgiven_and_more_is_measured_and_told() {
        assertThat(launch(claims -> shift(claims, 59))).isNotNull();
        assertThat(launch(claims -> shift(claims, -59)).launch().skewSeconds()).isEqualTo(-59);
        var form = form(claims -> shift(claims, 120));
        assertThatThrownBy(() -> lms.launches.accept(form, browser))
                .hasMessageContaining("2026-11-24T09:02:00Z")
                .hasMessageContaining("2026-11-24T09:00:00Z");
    }

    @Test
    void lesson_16_an_lms_registers_itself_without_a_token_too_and_what_it_answers_is_shown() {
        try (var other = new RegisteringLms()) {
            var registrations = registrations();
            other.shows(other.configuration("desire2learn"));
            other.answers(422, "text/html", "domain_targetlinkuri_mismatch");
            var refused = registrations.register(
                    invited(),
                    registrations.ask(lastInvited, other.address(), null).form());
            assertThat(refused.isSuccess()).isFalse();
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.answer()).contains("domain_targetlinkuri_mismatch");
            other.answers(RegisteringLms.registered("client-9", "1"));
            var done = registrations.register(
                    lastInvited,
                    registrations.ask(lastInvited, other.address(), null).form());
            assertThat(done.isSuccess()).isTrue();
            assertThat(done.platform().tokenAudience()).isEqualTo("https://api.brightspace.com/auth/token");
        }
    }

    @Test
    void lesson_17_a_token_is_asked_for_by_the_audience_that_its_lms_wants() {
        serveGradebook();
        var brightspace = withAudience("https://api.brightspace.com/auth/token");
        gradebook().results(brightspace, URI.create(lms.wire.baseUrl() + COLUMN + "?type_id=1"));
        var body = lms.wire
                .findAll(postRequestedFor(urlEqualTo("/token")))
                .getFirst()
                .getBodyAsString();
        var assertion = JWT.decode(TestPlatform.query(URI.create("?" + body)).get("client_assertion"));
        assertThat(assertion.getAudience()).containsExactly("https://api.brightspace.com/auth/token");
        assertThat(assertion.getIssuedAtAsInstant()).isBefore(lms.clock.instant());
    }

    @Test
    void lesson_18_every_answer_to_a_score_has_its_cause_in_words_and_says_whether_to_try_again() {
        serveGradebook();
        var arrival = course();
        var sentences = new HashMap<Integer, String>();
        for (int answer : new int[] {400, 409, 415, 429, 500}) {
            scoresAnswer(status(answer));
            want(arrival, 100);
            deliver();
            var row = stuck(arrival);
            sentences.put(answer, row.problem());
            assertThat(row.state())
                    .as("%d", answer)
                    .isEqualTo(answer == 400 || answer == 415 ? ScoreStore.State.REFUSED : ScoreStore.State.WAITING);
            scoresAnswer(ok());
            lms.clock.advance(Duration.ofDays(2));
            want(arrival, 0);
            deliver();
        }
        assertThat(sentences.values())
                .doesNotHaveDuplicates()
                .allSatisfy(sentence -> assertThat(sentence).contains("LMS"));
        lms.wire.verify(postRequestedFor(urlPathEqualTo(COLUMN + "/scores"))
                .withHeader("Content-Type", equalTo("application/vnd.ims.lis.v1.score+json")));
    }

    @Test
    void lesson_19_the_times_of_scores_rise_by_whole_seconds_and_a_conflict_is_looked_into() throws IOException {
        serveGradebook();
        var arrival = course();
        for (int given : new int[] {100, 0, 100}) {
            want(arrival, given);
            deliver();
        }
        var times = new java.util.TreeSet<Long>();
        for (var told : lms.wire.findAll(postRequestedFor(urlPathEqualTo(COLUMN + "/scores")))) {
            times.add(OffsetDateTime.parse(
                            JSON.readTree(told.getBody()).get("timestamp").textValue())
                    .toEpochSecond());
        }
        assertThat(times).hasSize(3);
        scoresAnswer(status(409));
        lms.wire.stubFor(get(urlPathEqualTo(COLUMN + "/results"))
                .willReturn(okJson("[{\"userId\":\"4\",\"resultScore\":0,\"resultMaximum\":100}]")));
        want(arrival, 0);
        assertThat(deliver()).as("its answer was lost before").isEqualTo(1);
    }

    @Test
    void lesson_20_whoever_left_the_course_is_tried_once() {
        serveGradebook();
        var arrival = course();
        scoresAnswer(status(422));
        want(arrival, 100);
        for (int i = 0; i < 5; i++) {
            deliver();
            want(arrival, 100);
            lms.clock.advance(Duration.ofDays(1));
        }
        lms.wire.verify(1, postRequestedFor(urlPathEqualTo(COLUMN + "/scores")));
        assertThat(stuck(arrival).state()).isEqualTo(ScoreStore.State.REFUSED);
    }

    @Test
    void lesson_21_a_roster_is_read_to_its_last_page_or_known_not_to_be_whole() {
        serveGradebook();
        page("/members?a=1&limit=250", "ada", "<" + lms.wire.baseUrl() + "/members?a=1&amp;from=2>; rel=“next”");
        page("/members?a=1&from=2", "bob", null);
        var read = roster();
        assertThat(read.members()).extracting(member -> member.person().sub()).containsExactly("ada", "bob");
        assertThat(read.isWhole()).isTrue();
        page("/members?a=1&from=2", "bob", "<https://evil.example.com/members>; rel=\"next\"");
        assertThat(roster().isWhole()).isFalse();
        lms.wire.stubFor(get(urlEqualTo("/members?a=1&from=2")).willReturn(serverError()));
        assertThat(roster().isWhole()).isFalse();
    }

    @Test
    void lesson_22_a_column_s_address_keeps_its_query() {
        var column = URI.create("https://moodle.example.edu/mod/lti/services.php/2/lineitems/5/lineitem?type_id=1");
        assertThat(Gradebook.withPath(column, "/scores"))
                .hasToString("https://moodle.example.edu/mod/lti/services.php/2/lineitems/5/lineitem/scores?type_id=1");
    }

    @Test
    void lesson_23_a_copied_course_is_a_course_of_its_own_that_knows_where_it_comes_from() {
        var old = launch(claims -> context(claims, "old", ""));
        var copy = launch(claims -> context(claims, "new", "old"));
        assertThat(copy.course().id()).isNotEqualTo(old.course().id());
        assertThat(lms.database.<List<Course>>inTransaction(db -> OriginStore.list(db, copy.course())))
                .extracting(Course::id)
                .containsExactly(old.course().id());
        assertThat(lms.database.<Course>inTransaction(db ->
                        CourseStore.get(db, old.course().tenant(), old.course().id())))
                .isEqualTo(old.course());
        // A course of that name elsewhere is none of its origins.
        lms.database.inTransaction(
                db -> PlatformStore.deploy(db, tenant("there"), lms.platform.id(), "2", lms.clock.instant()));
        var elsewhere = launch(claims -> context(claims, "newer", "old").put(lti("deployment_id"), "2"));
        assertThat(lms.database.<List<Course>>inTransaction(db -> OriginStore.list(db, elsewhere.course())))
                .isEmpty();
    }

    @Test
    void lesson_24_our_next_key_is_published_two_days_before_it_signs_and_the_last_one_for_two_days_after() {
        var first = lms.own.ltiKey().kid();
        var next = lms.own.rotateLti().kid();
        assertThat(published()).contains(first, next);
        lms.clock.advance(Keys.OVERLAP.minusSeconds(1));
        assertThat(lms.own.ltiKey().kid()).isEqualTo(first);
        lms.clock.advance(Duration.ofSeconds(61));
        assertThat(lms.own.ltiKey().kid()).isEqualTo(next);
        assertThat(published()).contains(first, next);
        assertThat(lms.own.ltiStates())
                .extracting(LtiKey::state)
                .containsExactly(LtiKey.State.ACTIVE, LtiKey.State.RETIRING);
    }

    @Test
    void lesson_25_no_service_and_no_custom_parameter_has_to_be_there_or_to_be_of_any_type() {
        var bare = launch(claims -> claims.remove(List.of(lti("context"), "name")));
        assertThat(bare.launch().offer().memberships()).isNull();
        assertThat(bare.launch().offer().lineItems()).isNull();
        var odd = launch(claims -> {
            claims.put(AGS + "claim/endpoint", 7).put(lti("context"), "2");
            claims.putObject(lti("custom")).put("number", 7).put("truth", true).putArray("list");
        });
        assertThat(odd.launch().custom()).containsEntry("number", "7").containsEntry("truth", "true");
    }

    @Test
    void lesson_26_links_that_all_have_the_course_s_id_are_told_apart_by_what_we_said_of_them() {
        var first = launch(claims -> embedded(claims, "soldering"));
        var second = launch(claims -> embedded(claims, "welding"));
        assertThat(second.placement().id()).isNotEqualTo(first.placement().id());
        assertThat(second.placement().achievement()).hasToString("welding");
        assertThat(launch(claims -> embedded(claims, "soldering")).placement()).isEqualTo(first.placement());
    }

    @Test
    void lesson_27_whom_nobody_registered_is_told_what_to_register() throws Exception {
        var unknown = initiation();
        unknown.put("iss", "https://who.example.edu/<b>");
        unknown.put("client_id", "client-77");
        var page = ask("/lti/login?" + query(unknown));
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body())
                .contains("https://who.example.edu/", "client-77")
                .doesNotContain("<b>");
    }

    @Test
    void lesson_28_whoever_changes_the_network_stays_who_she_is() throws Exception {
        var visitor = new Visitor(InetAddress.getByName("127.0.0.2"));
        var form = visitor.begin("10");
        visitor.from(InetAddress.getByName("127.0.0.3"));
        var page = visitor.finish(form);
        visitor.from(InetAddress.getByName("127.0.0.4"));
        assertThat(visitor.page(page).body()).contains("Ada Lovelace");
    }

    @Test
    void lesson_29_somebody_without_a_role_may_look() {
        for (var none : List.of(new String[] {""}, new String[] {})) {
            var arrival = launch(claims -> {
                var roles = claims.putArray(lti("roles"));
                List.of(none).forEach(roles::add);
            });
            assertThat(lms.session(browser, arrival).role()).isEqualTo(Role.VISITOR);
        }
    }

    @Test
    void lesson_30_every_request_says_who_asks() {
        assertThat(Cairn.USER_AGENT).matches("Cairn/\\d+\\.\\d+ \\(\\+https://\\S+\\)");
        try (var outbound = new Outbound(true, Cairn.USER_AGENT)) {
            lms.wire.stubFor(get("/x").willReturn(ok()));
            outbound.send(Call.get(URI.create(lms.wire.baseUrl() + "/x"), "*/*"));
        }
        lms.wire.verify(getRequestedFor(urlEqualTo("/x")).withHeader("User-Agent", equalTo(Cairn.USER_AGENT)));
    }

    private Arrival.AtPlacement launch(Consumer<ObjectNode> change) {
        return (Arrival.AtPlacement) lms.launches.accept(form(change), browser);
    }

    private Map<String, String> form(Consumer<ObjectNode> change) {
        return new HashMap<>(lms.form(browser, change));
    }

    private static Map<String, String> form(String state, String token) {
        return new HashMap<>(Map.of("state", state, "id_token", token));
    }

    private void refused(Refusal refusal, Consumer<ObjectNode> change) {
        refused(refusal, form(change), browser);
    }

    private void refused(Refusal refusal, Map<String, String> form, Browser who) {
        code(refusal, () -> lms.launches.accept(form, who));
    }

    private static void code(Refusal refusal, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(refusal.code()));
    }

    private static Map<String, String> login(String issuer, String clientId) {
        return Map.of(
                "iss", issuer, "client_id", clientId, "login_hint", "4", "target_link_uri", TestPlatform.TOOL + "/x");
    }

    private static ObjectNode audiences(ObjectNode claims, String... audiences) {
        var array = claims.putArray("aud");
        List.of(audiences).forEach(array::add);
        return claims;
    }

    private static void shift(ObjectNode claims, int seconds) {
        long issued = claims.get("iat").asLong() + seconds;
        claims.put("iat", issued).put("exp", issued + 60);
    }

    private static ObjectNode context(ObjectNode claims, String id, String history) {
        claims.putObject(lti("context")).put("id", id);
        claims.putObject(lti("resource_link")).put("id", "link-of-" + id);
        claims.putObject(lti("custom")).put("context_history", history);
        return claims;
    }

    private void embedded(ObjectNode claims, String achievement) {
        claims.putObject(lti("context")).put("id", "course-9");
        claims.putObject(lti("resource_link")).put("id", "course-9");
        claims.putObject(lti("custom"))
                .put("cairn_achievement", achievement)
                .put("cairn_tenant", tenant("here").toString());
    }

    private TenantId tenant(String slug) {
        return lms.database
                .inTransaction(
                        db -> TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), lms.clock.instant()))
                .id();
    }

    private List<PlatformStore.Pending> pending() {
        return lms.database.inTransaction(PlatformStore::pending);
    }

    private int count(String table) {
        return lms.database.<Integer>inTransaction(db -> db.fetchCount(org.jooq.impl.DSL.table(table)));
    }

    private Platform register(String clientId) {
        return lms.database.inTransaction(db -> PlatformStore.save(
                db, like(PlatformId.fresh(), clientId, lms.platform.tokenAudience()), lms.clock.instant()));
    }

    private Platform withAudience(String audience) {
        return like(lms.platform.id(), lms.platform.clientId(), audience);
    }

    private Platform like(PlatformId id, String clientId, String audience) {
        var one = lms.platform;
        return new Platform(
                id,
                one.issuer(),
                clientId,
                one.name(),
                one.product(),
                one.authorizationEndpoint(),
                one.tokenEndpoint(),
                audience,
                one.keySet(),
                one.algorithm(),
                one.frameOrigins(),
                false);
    }

    private List<String> published() {
        return lms.own.ltiKeys().stream().map(PublicSigningKey::kid).toList();
    }

    private @Nullable String lastInvited;

    private String invited() {
        var link = new Invitations(lms.database, URI.create(TestPlatform.TOOL), lms.clock)
                .create(tenant("here"), "LMS", Duration.ofDays(1))
                .link()
                .getPath();
        lastInvited = link.substring(Invitations.PATH.length());
        return lastInvited;
    }

    private Registrations registrations() {
        return new Registrations(
                lms.database, lms.own, lms.outbound, URI.create(TestPlatform.TOOL), null, true, lms.clock);
    }

    // The gradebook

    private void serveGradebook() {
        lms.wire.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":3600}")));
        lms.wire.stubFor(get(urlPathEqualTo("/lineitems")).willReturn(okJson("[]")));
        lms.wire.stubFor(post(urlPathEqualTo("/lineitems"))
                .willReturn(okJson("{\"id\":\"" + lms.wire.baseUrl() + COLUMN + "?type_id=1\"}")));
        lms.wire.stubFor(get(urlPathEqualTo(COLUMN + "/results")).willReturn(okJson("[]")));
        scoresAnswer(ok());
    }

    private void scoresAnswer(ResponseDefinitionBuilder answer) {
        lms.wire.stubFor(post(urlEqualTo(COLUMN + "/scores?type_id=1")).willReturn(answer));
    }

    private Gradebook gradebook() {
        return new Gradebook(lms.outbound, lms.own, lms.clock);
    }

    private Arrival.AtPlacement course() {
        return launch(claims -> {
            var endpoint = claims.putObject(AGS + "claim/endpoint");
            endpoint.put("lineitems", lms.wire.baseUrl() + "/lineitems");
            for (var scope : List.of("lineitem", "score", "result.readonly")) {
                endpoint.withArray("scope").add(AGS + "scope/" + scope);
            }
        });
    }

    private void want(Arrival.AtPlacement arrival, int given) {
        var course = arrival.course();
        lms.database.inTransaction(db -> {
            var account = AccountStore.find(db, course.tenant(), lms.platform.id(), "4")
                    .orElseThrow()
                    .id();
            var wanted = new ScoreStore.Wanted(course.id(), "cairn-award/x", account, "X", given, 100);
            ScoreStore.want(db, course.tenant(), List.of(wanted), lms.clock.instant());
            return null;
        });
    }

    private int deliver() {
        return new Scores(lms.database, gradebook(), lms.clock).deliver();
    }

    private ScoreStore.Row stuck(Arrival.AtPlacement arrival) {
        return lms.database
                .inTransaction(db -> ScoreStore.stuck(db, arrival.course().tenant(), 10))
                .getFirst();
    }

    private void page(String address, String sub, @Nullable String next) {
        var page = okJson("{\"members\":[{\"user_id\":\"%s\",\"roles\":[\"Learner\"]}]}".formatted(sub));
        // Header bytes are Latin-1 to a server, and curly quotes are UTF-8.
        lms.wire.stubFor(get(urlEqualTo(address))
                .willReturn(
                        next == null
                                ? page
                                : page.withHeader(
                                        "Link",
                                        new String(
                                                next.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))));
    }

    private Roster.Members roster() {
        return new Roster(lms.outbound, lms.own, lms.clock)
                .read(lms.platform, URI.create(lms.wire.baseUrl() + "/members?a=1"), false);
    }

    // Over HTTP

    private static Map<String, String> initiation() {
        return new HashMap<>(Map.of(
                "iss",
                app.sandbox().url(),
                "client_id",
                "cairn-demo",
                "login_hint",
                "10",
                "target_link_uri",
                app.url() + "/lti/launch"));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> ask(String path) throws Exception {
        return new Visitor(InetAddress.getLoopbackAddress()).page(path);
    }

    /** A browser without a window, calling from an address of this machine. */
    private static final class Visitor {

        private HttpClient client;
        private final Cookies cookies = new Cookies();

        Visitor(InetAddress from) {
            from(from);
        }

        void from(InetAddress address) {
            client = HttpClient.newBuilder().localAddress(address).build();
        }

        String launch(String sub) throws Exception {
            return finish(begin(sub));
        }

        /** The form that the LMS has the browser post. */
        Map<String, String> begin(String sub) throws Exception {
            var begun = page("/lti/login?" + query(app.sandbox().initiation(sub, "2")));
            cookies.keep(begun);
            var authorization = page(begun.headers().firstValue("Location").orElseThrow())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(authorization)).build(),
                            HttpResponse.BodyHandlers.ofString());
            var fields = new HashMap<String, String>();
            var field = FIELD.matcher(answer.body());
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
            }
            return fields;
        }

        /** The path of the page that the launch leads to. */
        String finish(Map<String, String> form) throws Exception {
            var launched = client.send(
                    request("/lti/launch")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(query(form)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(launched.statusCode()).as(launched.body()).isEqualTo(303);
            cookies.keep(launched);
            return launched.headers().firstValue("Location").orElseThrow().replace(app.url(), "");
        }

        HttpResponse<String> page(String path) throws Exception {
            return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(app.url().replace("localhost", "127.0.0.1") + path))
                    .header("Cookie", "none=1; " + cookies.header(path))
                    .header("Accept", "text/html");
        }
    }
}

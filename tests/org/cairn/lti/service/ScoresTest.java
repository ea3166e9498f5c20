package org.cairn.lti.service;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.cairn.AccountId;
import org.cairn.CourseId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.ColumnStore;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.MemberStore;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.outbound.Outbound;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestApp;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outbox of scores, between a real database and an LMS with every kind of fault. */
class ScoresTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMN = "/lineitems/5/lineitem";
    private static final String SCORES = COLUMN + "/scores?type_id=1";

    private final WireMockServer lms = lms();
    private final WireMockServer other = lms();
    private final SettableClock clock = new SettableClock();
    private final Outbound outbound = new Outbound(true, "Cairn/test");
    private Database database;
    private Keys keys;
    private Scores scores;
    private TenantId tenant;
    private CourseId course;

    @AfterEach
    void stop() {
        lms.stop();
        other.stop();
        outbound.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_score_is_told_once_with_the_query_of_its_column_kept(Databases databases) {
        open(databases);
        want("4", 100);
        assertThat(scores.deliver()).isEqualTo(1);
        assertThat(scores.deliver()).isZero();
        lms.verify(
                1,
                postRequestedFor(urlEqualTo(SCORES))
                        .withHeader("Content-Type", equalTo("application/vnd.ims.lis.v1.score+json")));
        var told = told().getFirst();
        assertThat(told.get("userId").textValue()).isEqualTo("4");
        assertThat(told.get("scoreGiven").intValue()).isEqualTo(100);
        assertThat(told.get("gradingProgress").textValue()).isEqualTo("FullyGraded");
        assertThat(counts()).isEqualTo(Map.of(ScoreStore.State.DELIVERED, 1));
    }

    @ParameterizedTest
    @EnumSource
    void what_a_tenant_wanted_told_is_not_told_where_its_deployment_is_another_s_now(Databases databases) {
        open(databases);
        var kept = addCourse(other, "client-2", "course");
        want("4", 100);
        want(kept, "4", 100);
        database.inTransaction(db -> {
            var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), clock.instant());
            var deployment = PlatformStore.getDeployment(
                    db, tenant, CourseStore.get(db, tenant, course).deployment());
            return PlatformStore.move(db, deployment, there.id(), clock.instant());
        });
        assertThat(scores.deliver()).isEqualTo(1);
        lms.verify(0, anyRequestedFor(anyUrl()));
        other.verify(1, postRequestedFor(urlEqualTo(SCORES)));
    }

    @ParameterizedTest
    @EnumSource
    void the_times_of_one_learner_s_scores_rise_by_whole_seconds_even_when_the_clock_goes_back(Databases databases) {
        open(databases);
        var start = clock.instant();
        want("4", 100);
        scores.deliver();
        clock.set(start.minusSeconds(30));
        want("4", 0);
        clock.set(start);
        scores.deliver();
        want("4", 100);
        clock.advance(Duration.ofSeconds(5));
        scores.deliver();
        var times = told().stream()
                .map(score ->
                        OffsetDateTime.parse(score.get("timestamp").textValue()).toEpochSecond())
                .toList();
        assertThat(times).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_newer_score_takes_the_place_of_one_that_still_waits(Databases databases) {
        open(databases);
        want("4", 100);
        want("4", 0);
        assertThat(scores.deliver()).isEqualTo(1);
        assertThat(told())
                .singleElement()
                .satisfies(
                        score -> assertThat(score.get("scoreGiven").intValue()).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void what_an_lms_has_already_is_not_wanted_again(Databases databases) {
        open(databases);
        want("4", 100);
        scores.deliver();
        want("4", 100);
        assertThat(scores.deliver()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_of_the_lms_is_tried_again_later_and_later(Databases databases) {
        open(databases);
        answer(status(503));
        want("4", 100);
        assertThat(scores.deliver()).isZero();
        assertThat(scores.deliver()).as("not due yet").isZero();
        lms.verify(1, postRequestedFor(urlEqualTo(SCORES)));
        clock.advance(Duration.ofSeconds(31));
        scores.deliver();
        clock.advance(Duration.ofSeconds(31));
        scores.deliver();
        lms.verify(2, postRequestedFor(urlEqualTo(SCORES)));
        clock.advance(Duration.ofSeconds(31));
        answer(ok());
        assertThat(scores.deliver()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void after_two_days_of_faults_a_score_waits_for_an_administrator_who_sends_it_again(Databases databases) {
        open(databases);
        answer(status(500));
        want("4", 100);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofHours(7));
            scores.deliver();
        }
        lms.verify(15, postRequestedFor(urlEqualTo(SCORES)));
        assertThat(counts()).isEqualTo(Map.of(ScoreStore.State.REFUSED, 1));
        assertThat(stuck())
                .singleElement()
                .satisfies(row -> assertThat(row.problem()).contains("two days"));
        answer(ok());
        assertThat(database.<Integer>inTransaction(db -> ScoreStore.replay(db, TenantId.fresh(), clock.instant())))
                .as("another tenant's")
                .isZero();
        assertThat(database.<Integer>inTransaction(db -> ScoreStore.replay(db, tenant, clock.instant())))
                .isEqualTo(1);
        assertThat(scores.deliver()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_platform_that_wants_fewer_requests_is_left_alone_for_as_long_as_it_says(Databases databases) {
        open(databases);
        for (var busy : List.of(
                status(429).withHeader("Retry-After", "600"),
                status(429).withHeader("Retry-After", "Wed, 01 Jan 2020 00:00:00 GMT"),
                status(403).withBody("403 Forbidden (Rate Limit Exceeded)"),
                status(403).withHeader("X-Rate-Limit-Remaining", "0.0"))) {
            lms.resetRequests();
            answer(busy);
            want("4", 100);
            want("5", 100);
            scores.deliver();
            scores.deliver();
            lms.verify(1, postRequestedFor(urlEqualTo(SCORES)));
            clock.advance(Duration.ofSeconds(601));
            answer(ok());
            assertThat(scores.deliver()).isEqualTo(2);
            want("4", 0);
            want("5", 0);
            scores.deliver();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_conflict_is_delivered_where_the_lms_has_just_that_score(Databases databases) {
        open(databases);
        answer(status(409));
        results("[{\"userId\":\"4\",\"resultScore\":1,\"resultMaximum\":1}]");
        want("4", 100);
        assertThat(scores.deliver()).isEqualTo(1);
        lms.verify(1, getRequestedFor(urlEqualTo(COLUMN + "/results?type_id=1&user_id=4")));
    }

    @ParameterizedTest
    @EnumSource
    void a_conflict_with_what_a_teacher_set_is_given_up_after_a_few_later_times(Databases databases) {
        open(databases);
        answer(status(409));
        results("[{\"userId\":\"4\",\"resultScore\":50,\"resultMaximum\":100}]");
        want("4", 100);
        for (int i = 0; i < 10; i++) {
            scores.deliver();
            clock.advance(Duration.ofSeconds(10));
        }
        lms.verify(4, postRequestedFor(urlEqualTo(SCORES)));
        assertThat(stuck())
                .singleElement()
                .satisfies(row -> assertThat(row.problem()).contains("teacher"));
    }

    @ParameterizedTest
    @EnumSource
    void somebody_who_left_the_course_is_not_tried_for_ever(Databases databases) {
        open(databases);
        answer(status(422));
        want("4", 100);
        for (int i = 0; i < 5; i++) {
            scores.deliver();
            clock.advance(Duration.ofDays(1));
        }
        lms.verify(1, postRequestedFor(urlEqualTo(SCORES)));
        assertThat(counts()).isEqualTo(Map.of(ScoreStore.State.REFUSED, 1));
    }

    @ParameterizedTest
    @EnumSource
    void somebody_who_came_back_to_the_course_is_told_of_again_and_a_teacher_s_own_grade_is_not(Databases databases) {
        open(databases);
        results("[{\"userId\":\"5\",\"resultScore\":50,\"resultMaximum\":100}]");
        lms.stubFor(
                post(urlEqualTo(SCORES)).withRequestBody(containing("\"5\"")).willReturn(status(409)));
        lms.stubFor(
                post(urlEqualTo(SCORES)).withRequestBody(containing("\"4\"")).willReturn(status(422)));
        want("4", 100);
        want("5", 100);
        for (int i = 0; i < 5; i++) {
            scores.deliver();
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(counts()).isEqualTo(Map.of(ScoreStore.State.REFUSED, 2));
        lms.resetRequests();
        answer(ok());
        clock.advance(Duration.ofDays(1));
        want("4", 100);
        scores.deliver();
        lms.verify(0, postRequestedFor(urlEqualTo(SCORES)));
        // A near miss: she came to another course.
        join(addCourse(other, "other", "their-course"), "4");
        want("4", 100);
        scores.deliver();
        lms.verify(0, postRequestedFor(urlEqualTo(SCORES)));
        join(course, "4");
        join(course, "5");
        want("4", 100);
        want("5", 100);
        assertThat(scores.deliver()).isEqualTo(1);
        assertThat(told())
                .singleElement()
                .satisfies(score -> assertThat(score.get("userId").textValue()).isEqualTo("4"));
    }

    @ParameterizedTest
    @EnumSource
    void canvas_s_way_of_saying_that_a_time_is_too_old_makes_a_later_time_be_tried(Databases databases) {
        open(databases);
        results("[]");
        answer(
                status(400)
                        .withBody(
                                "{\"errors\":{\"type\":\"bad_request\",\"message\":\"Provided timestamp of 2026 before last updated timestamp\"}}"));
        want("4", 100);
        assertThat(scores.deliver()).isZero();
        assertThat(stuck()).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(ScoreStore.State.WAITING);
            assertThat(row.problem()).contains("later time");
        });
        answer(ok());
        clock.advance(Duration.ofSeconds(3));
        assertThat(scores.deliver()).isEqualTo(1);
        var times =
                told().stream().map(score -> score.get("timestamp").textValue()).toList();
        assertThat(times).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_score_over_which_cairn_itself_fails_keeps_none_of_the_others_back(Databases databases) {
        open(databases);
        // Four of them: more than a platform may fail in one run.
        for (int i = 0; i < 4; i++) {
            var broken = "broken-" + i;
            want(course, broken, "4", 100);
            database.inTransaction(db -> db.execute(
                    "insert into line_item (tenant_id, course_id, resource_id, url, created_at) values (?, ?, ?, 'http://[', current_timestamp)",
                    tenant.value(),
                    course.value(),
                    broken));
        }
        clock.advance(Duration.ofSeconds(1));
        want("4", 100);
        assertThat(scores.deliver()).isEqualTo(1);
        assertThat(stuck()).hasSize(4).allSatisfy(row -> {
            assertThat(row.state()).isEqualTo(ScoreStore.State.WAITING);
            assertThat(row.problem()).contains("Cairn failed");
        });
    }

    @ParameterizedTest
    @EnumSource
    void where_columns_may_only_be_read_one_is_found_without_the_right_to_make_any(Databases databases) {
        open(databases);
        scopes("lineitem.readonly");
        want("4", 100);
        scores.deliver();
        assertThat(stuck())
                .singleElement()
                .satisfies(row -> assertThat(row.problem()).contains("does not let Cairn make one"));
        lms.stubFor(get(urlPathEqualTo("/lineitems"))
                .willReturn(okJson("[{\"id\":\"" + lms.baseUrl() + COLUMN
                        + "?type_id=1\",\"resourceId\":\"cairn-award/soldering\"}]")));
        clock.advance(Duration.ofSeconds(31));
        assertThat(scores.deliver()).isEqualTo(1);
        lms.verify(0, postRequestedFor(urlPathEqualTo("/lineitems")));
        lms.verify(0, postRequestedFor(urlEqualTo("/token")).withRequestBody(matching(".*scope%2Flineitem(?!\\.).*")));
    }

    @ParameterizedTest
    @EnumSource
    void no_column_is_made_after_a_search_that_was_not_finished(Databases databases) {
        open(databases);
        lms.stubFor(get(urlPathEqualTo("/lineitems"))
                .willReturn(okJson("[]").withHeader("Link", "<" + lms.baseUrl() + "/more>; rel=\"next\"")));
        lms.stubFor(get("/more").willReturn(status(500)));
        want("4", 100);
        assertThat(scores.deliver()).isZero();
        lms.verify(0, postRequestedFor(urlPathEqualTo("/lineitems")));
        assertThat(stuck())
                .singleElement()
                .satisfies(row -> assertThat(row.problem()).contains("all pages"));
    }

    @ParameterizedTest
    @EnumSource
    void two_nodes_make_one_column_between_them_and_a_claim_that_came_to_nothing_is_given_back(Databases databases)
            throws Exception {
        open(databases);
        var place = database.inTransaction(db -> CourseStore.get(db, tenant, course));
        var platform = database.inTransaction(db -> PlatformStore.get(
                db, PlatformStore.getDeployment(db, tenant, place.deployment()).platform()));
        var made = aResponse().withStatus(201).withBody("{\"id\":\"" + lms.baseUrl() + COLUMN + "\"}");
        lms.stubFor(post(urlPathEqualTo("/lineitems")).willReturn(status(500)));
        assertThatThrownBy(() -> node().get(platform, place, "Column", 100, "column"))
                .isInstanceOf(Problem.class);
        lms.resetRequests();
        lms.stubFor(post(urlPathEqualTo("/lineitems")).willReturn(made.withFixedDelay(2500)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> node().get(platform, place, "Column", 100, "column"));
            while (lms.findAll(getRequestedFor(urlPathEqualTo("/lineitems"))).isEmpty() && !first.isDone()) {
                Thread.sleep(10);
            }
            assertThatThrownBy(() -> node().get(platform, place, "Column", 100, "column"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("column_begun"));
            assertThat(first.get()).isEqualTo(URI.create(lms.baseUrl() + COLUMN));
        }
        assertThat(node().get(platform, place, "Column", 100, "column")).isEqualTo(URI.create(lms.baseUrl() + COLUMN));
        lms.verify(1, postRequestedFor(urlPathEqualTo("/lineitems")));
    }

    @ParameterizedTest
    @EnumSource
    void who_claimed_a_column_and_vanished_is_given_ten_minutes(Databases databases) {
        open(databases);
        var start = clock.instant();
        assertThat(claim(start)).isTrue();
        assertThat(claim(start.plusSeconds(599))).isFalse();
        assertThat(claim(start.plusSeconds(600))).isTrue();
        assertThat(claim(start.plusSeconds(601))).isFalse();
        database.inTransaction(db -> {
            ColumnStore.save(db, tenant, course, "column", URI.create("https://lms.example.edu/1"), start);
            return null;
        });
        assertThat(claim(start.plusSeconds(9999))).as("it is made").isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_column_that_somebody_deleted_is_made_anew(Databases databases) {
        open(databases);
        want("4", 100);
        scores.deliver();
        answer(status(404));
        want("4", 0);
        scores.deliver();
        answer(ok());
        clock.advance(Duration.ofSeconds(31));
        assertThat(scores.deliver()).isEqualTo(1);
        lms.verify(2, postRequestedFor(urlPathEqualTo("/lineitems")));
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_is_no_longer_taken_is_renewed_once(Databases databases) {
        open(databases);
        lms.stubFor(post(urlEqualTo(SCORES))
                .inScenario("token")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(status(401))
                .willSetStateTo("renewed"));
        lms.stubFor(post(urlEqualTo(SCORES))
                .inScenario("token")
                .whenScenarioStateIs("renewed")
                .willReturn(ok()));
        want("4", 100);
        assertThat(scores.deliver()).isEqualTo(1);
        lms.verify(2, postRequestedFor(urlEqualTo(SCORES)));
    }

    @ParameterizedTest
    @EnumSource
    void a_platform_that_is_down_is_asked_three_times_a_run_and_keeps_nobody_waiting(Databases databases) {
        open(databases);
        answer(status(503));
        for (int i = 0; i < 250; i++) {
            want("learner-" + i, 100);
        }
        clock.advance(Duration.ofSeconds(1));
        var elsewhere = addCourse(other, "other", "their-course");
        want(elsewhere, "4", 100);
        assertThat(scores.deliver()).as("the other platform's").isEqualTo(1);
        lms.verify(3, postRequestedFor(urlEqualTo(SCORES)));
        answer(ok());
        assertThat(scores.deliver()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(60));
        assertThat(scores.deliver()).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource
    void one_score_that_is_refused_does_not_keep_the_others_back(Databases databases) {
        open(databases);
        for (int i = 0; i < 6; i++) {
            want("learner-" + i, 100);
        }
        lms.stubFor(post(urlEqualTo(SCORES))
                .withRequestBody(containing("learner-2"))
                .willReturn(status(400)));
        assertThat(scores.deliver()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void an_lms_that_lets_us_make_no_column_is_told_nothing_and_the_cause_is_kept(Databases databases) {
        open(databases);
        lms.stubFor(get(urlPathEqualTo("/lineitems")).willReturn(status(403)));
        want("4", 100);
        assertThat(scores.deliver()).isZero();
        assertThat(stuck()).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(ScoreStore.State.WAITING);
            assertThat(row.problem()).contains("403");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_score_that_changed_while_it_was_told_is_told_again(Databases databases) {
        open(databases);
        want("4", 100);
        var due = database.inTransaction(db -> ScoreStore.due(db, clock.instant(), 10))
                .getFirst();
        want("4", 0);
        database.inTransaction(db -> {
            ScoreStore.tried(
                    db, due, ScoreStore.State.DELIVERED, 200, null, clock.instant(), due.stamp(), clock.instant());
            return null;
        });
        assertThat(scores.deliver()).isEqualTo(1);
        assertThat(told())
                .singleElement()
                .satisfies(
                        score -> assertThat(score.get("scoreGiven").intValue()).isZero());
    }

    private void open(Databases databases) {
        database = databases.open();
        keys = new Keys(database, MasterKey.open(TestApp.folder().resolve("master.key")), clock);
        scores = new Scores(database, new Gradebook(outbound, keys, clock), clock);
        tenant = database.inTransaction(
                db -> TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), clock.instant())
                        .id());
        course = addCourse(lms, "client", "course");
    }

    private CourseId addCourse(WireMockServer server, String client, String context) {
        return database.inTransaction(db -> {
            var now = clock.instant();
            var platform = PlatformStore.save(db, platform(server.baseUrl(), client), now);
            var deployment = PlatformStore.deploy(db, tenant, platform.id(), "1", now);
            var made = CourseStore.findOrCreate(db, tenant, deployment.id(), context, now);
            db.execute(
                    "update course set line_items_url = ?, scopes = ? where id = ?",
                    server.baseUrl() + "/lineitems?type_id=1",
                    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
                    made.id().value());
            return made.id();
        });
    }

    private void join(CourseId where, String sub) {
        database.inTransaction(db -> {
            var place = CourseStore.get(db, tenant, where);
            var platform = PlatformStore.getDeployment(db, tenant, course(db).deployment())
                    .platform();
            var account = AccountStore.findOrCreate(db, tenant, platform, List.of(Person.unnamed(sub)), clock.instant())
                    .get(sub)
                    .id();
            MemberStore.join(db, place, Map.of(account, Role.LEARNER), clock.instant());
            return null;
        });
    }

    private Course course(DSLContext db) {
        return CourseStore.get(db, tenant, course);
    }

    private boolean claim(Instant at) {
        return database.inTransaction(
                db -> ColumnStore.claim(db, tenant, course, "column", at, Duration.ofMinutes(10)));
    }

    private OwnColumns node() {
        return new OwnColumns(database, new Gradebook(outbound, keys, clock), clock);
    }

    private void scopes(String scope) {
        database.inTransaction(db -> db.execute(
                "update course set scopes = ? where id = ?",
                "https://purl.imsglobal.org/spec/lti-ags/scope/" + scope,
                course.value()));
    }

    private void want(String sub, int given) {
        want(course, sub, given);
    }

    private void want(CourseId where, String sub, int given) {
        want(where, "cairn-award/soldering", sub, given);
    }

    private void want(CourseId where, String resourceId, String sub, int given) {
        var now = clock.instant();
        database.inTransaction(db -> {
            var place = CourseStore.get(db, tenant, where);
            var platform =
                    PlatformStore.getDeployment(db, tenant, place.deployment()).platform();
            AccountId account = AccountStore.findOrCreate(db, tenant, platform, List.of(Person.unnamed(sub)), now)
                    .get(sub)
                    .id();
            ScoreStore.want(
                    db,
                    tenant,
                    List.of(new ScoreStore.Wanted(where, resourceId, account, "Soldering", given, 100)),
                    now);
            return null;
        });
    }

    private void answer(ResponseDefinitionBuilder answer) {
        lms.stubFor(post(urlEqualTo(SCORES)).willReturn(answer));
    }

    private void results(String json) {
        lms.stubFor(get(urlPathEqualTo(COLUMN + "/results")).willReturn(okJson(json)));
    }

    private List<JsonNode> told() {
        var told = new ArrayList<JsonNode>();
        lms.findAll(postRequestedFor(urlEqualTo(SCORES))).forEach(request -> {
            try {
                told.add(JSON.readTree(request.getBody()));
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        });
        told.sort(java.util.Comparator.comparing(score ->
                Instant.parse(OffsetDateTime.parse(score.get("timestamp").textValue())
                        .toInstant()
                        .toString())));
        return told;
    }

    private Map<ScoreStore.State, Integer> counts() {
        return new HashMap<>(database.inTransaction(db -> ScoreStore.count(db, tenant)));
    }

    private List<ScoreStore.Row> stuck() {
        return database.inTransaction(db -> ScoreStore.stuck(db, tenant, 10));
    }

    private static Platform platform(String lms, String client) {
        return new Platform(
                PlatformId.fresh(),
                lms,
                client,
                "LMS",
                "moodle",
                URI.create(lms + "/auth"),
                URI.create(lms + "/token"),
                lms + "/token",
                URI.create(lms + "/jwks"),
                "RS256",
                List.of(lms),
                false);
    }

    private static WireMockServer lms() {
        var lms = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        lms.start();
        lms.stubFor(post("/token")
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/html")
                        .withBody("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
        lms.stubFor(get(urlPathEqualTo("/lineitems")).willReturn(okJson("[]")));
        lms.stubFor(post(urlPathEqualTo("/lineitems"))
                .willReturn(
                        aResponse().withStatus(201).withBody("{\"id\":\"" + lms.baseUrl() + COLUMN + "?type_id=1\"}")));
        lms.stubFor(post(urlEqualTo(SCORES)).willReturn(ok()));
        return lms;
    }
}

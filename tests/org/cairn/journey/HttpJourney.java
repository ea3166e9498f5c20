package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.journey.Visitor.found;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.cairn.evidence.GradeKeyStore;
import org.cairn.lti.PlatformStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The journeys over plain HTTP against the sandbox, and what bad input gets: a status, a sentence, a number to pass on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpJourney {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestApp app;
    private static String key;
    private static String tenant;

    private final Databases databases;

    HttpJourney(Databases databases) {
        this.databases = databases;
    }

    @BeforeAll
    void start() {
        app = TestApp.start(databases);
        key = app.cairn().database().inTransaction(db -> {
            var platform =
                    PlatformStore.find(db, app.sandbox().url(), "cairn-demo").orElseThrow();
            var deployment =
                    PlatformStore.findDeployment(db, platform.id(), "1").orElseThrow();
            tenant = deployment.tenant().toString();
            return GradeKeyStore.add(db, deployment.tenant(), deployment.id(), "test", java.time.Instant.EPOCH);
        });
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @Test
    void a_pushed_grade_shows_on_the_next_page_load_and_a_polled_one_after_check_now() throws Exception {
        var alan = new Visitor(app);
        assertThat(alan.launch("11").body()).contains("Alan Turing", "You need at least 70 % in");
        app.sandbox().grade("2", "101", "11", 88);
        app.settle();
        assertThat(alan.get(alan.page).body()).contains("You hold 1;").contains("awarded");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !app.sandbox().course().columns().isEmpty());
        app.sandbox().gradeColumn("2", "Capstone: audit report", "11", 75.0);
        alan.post(alan.page + "/checks", Map.of("token", alan.token()));
        assertThat(alan.get(alan.page).body()).contains("You hold 2;").contains("less than a minute ago");
    }

    @Test
    void a_learner_is_told_what_she_would_have_and_what_is_no_grade_is_said_to_be_none() throws Exception {
        var tess = new Visitor(app);
        var page = tess.launch("13").body();
        assertThat(page).contains("What if").doesNotContain("With that you would");
        var name = Pattern.compile("name=\"(if\\.[0-9a-f-]+)\"").matcher(page);
        assertThat(name.find()).isTrue();
        assertThat(tess.get(tess.page + "?" + name.group(1) + "=100").body())
                .contains("With that you would also have:", "value=\"100\"");
        assertThat(tess.get(tess.page + "?" + name.group(1) + "=0").body())
                .contains("With that you would have nothing more yet.");
        for (var none : List.of("much", "101", "-1", "1e9", "%3Cb%3E")) {
            var told = tess.get(tess.page + "?" + name.group(1) + "=" + none);
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.body()).contains("A grade is").doesNotContain("<b>");
        }
        assertThat(tess.get(tess.page).body()).isEqualTo(page);
    }

    @Test
    void each_reader_is_told_in_her_own_language_what_a_credential_asks_for() throws Exception {
        var tess = new Visitor(app);
        tess.languages = "ar-EG,ar;q=0.9,en;q=0.8";
        assertThat(tess.launch("13").body())
                .contains("<html lang=\"en\"", "<div lang=\"ar\" dir=\"rtl\"><p>يلزمك ما لا يقل عن 70% في <em>\u2068")
                .contains("<span lang=\"ar\" dir=\"rtl\">لا توجد درجة بعد</span>")
                .doesNotContain("You need");
        var grace = new Visitor(app);
        grace.languages = "de-AT";
        assertThat(grace.launch("3").body())
                .contains("<div lang=\"de\" dir=\"ltr\"><p>Nötig: mindestens 70")
                .doesNotContain("Needs at least");
        var stranger = new Visitor(app);
        stranger.languages = "fr";
        var page = stranger.get("/achievements/" + tenant + "/bias-in-models/1");
        assertThat(page.body()).contains("<div lang=\"fr\" dir=\"ltr\"><p>");
        assertThat(page.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Accept-Language"));
        for (var unreadable : List.of(";q=1", "de;q=much", "*", "x".repeat(4000))) {
            stranger.languages = unreadable;
            assertThat(stranger.get("/achievements/" + tenant + "/bias-in-models/1")
                            .body())
                    .contains("<div lang=\"en-GB\" dir=\"ltr\"><p>");
        }
    }

    @Test
    void a_teacher_sees_the_course_an_assistant_changes_nothing_and_a_learner_sees_only_herself() throws Exception {
        var grace = new Visitor(app);
        assertThat(grace.launch("3").body()).contains("Credentials of this course", "Ada Lovelace", "O'Brien");
        var tim = new Visitor(app);
        assertThat(tim.launch("4").body()).contains("changing awards is theirs");
        var ada = new Visitor(app);
        assertThat(ada.launch("10").body()).doesNotContain("Alan Turing").doesNotContain("Grace Hopper");
    }

    @Test
    void a_review_shows_the_learner_who_is_meant_and_says_so_where_nobody_is() throws Exception {
        new Visitor(app).launch("3");
        for (var teacher : List.of("3", "4")) {
            assertThat(review(teacher, "10").body())
                    .contains("Ada Lovelace", "1 to 1 of 1", "Show all learners")
                    .doesNotContain("Alan Turing");
        }
        assertThat(review("10", "10").body()).contains("Ada Lovelace").doesNotContain("Alan Turing");
        var nobody = review("3", "no-such-person");
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(nobody.body()).contains("does not know this person as a learner of this course");
    }

    private static HttpResponse<String> review(String sub, String reviewed) throws Exception {
        var claim = "https://purl.imsglobal.org/spec/lti/claim/";
        app.sandbox().changeClaims(claims -> {
            claims.put(claim + "message_type", "LtiSubmissionReviewRequest");
            claims.putObject(claim + "for_user").put("user_id", reviewed);
            return claims;
        });
        try {
            return new Visitor(app).launch(sub);
        } finally {
            app.sandbox().changeClaims(java.util.function.UnaryOperator.identity());
        }
    }

    @Test
    void what_is_handed_in_is_sent_back_with_a_reason_and_awarded_when_two_people_have_approved_it() throws Exception {
        app.sandbox().addCourse("7", "Welding");
        app.offer("7", "welding", "{'approved':'portfolio','rubric':['Shows a <b> seam'],'reviewers':2}");
        var ada = new Visitor(app);
        assertThat(ada.launch(app.sandbox().initiation("10", "7")).body())
                .contains("Hand in: portfolio", "Shows a &lt;b&gt; seam");
        assertThat(handIn(ada, " ").statusCode()).isEqualTo(400);
        assertThat(handIn(ada, "<script>alert(1)</script>").statusCode()).isEqualTo(303);
        assertThat(ada.get(ada.page).body())
                .contains("It waits to be looked at", "&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("name=\"said\"");
        assertThat(handIn(ada, "once more").statusCode()).isEqualTo(409);

        var grace = new Visitor(app);
        var id = waiting(grace.launch(app.sandbox().initiation("3", "7")).body());
        assertThat(grace.last)
                .contains("Ada Lovelace: portfolio", "&lt;script&gt;alert(1)")
                .doesNotContain("<script>");
        assertThat(answer(ada, id, "approve").statusCode()).isEqualTo(403);
        var elsewhere = new Visitor(app);
        elsewhere.launch("3");
        assertThat(answer(elsewhere, id, "approve").statusCode()).isEqualTo(404);
        var tim = new Visitor(app);
        assertThat(tim.launch(app.sandbox().initiation("4", "7")).body())
                .contains("Somebody else has to answer this")
                .doesNotContain("name=\"reason\"");
        assertThat(answer(tim, id, "approve").statusCode()).isEqualTo(403);
        assertThat(grace.post(
                                grace.page + "/hand-ins/" + id + "/answers",
                                Map.of("token", grace.token(), "reason", "x", "do", "approve"))
                        .statusCode())
                .as("without a tick")
                .isEqualTo(400);
        assertThat(grace.post(
                                grace.page + "/hand-ins/" + id + "/answers",
                                Map.of("token", "guessed", "reason", "x", "do", "back"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(answer(grace, id, "back").statusCode()).isEqualTo(303);

        assertThat(ada.get(ada.page).body()).contains("Sent back on", "The 2nd seam", "Hand in again");
        assertThat(handIn(ada, "https://example.edu/seam?a=1&b=2").statusCode()).isEqualTo(303);
        id = waiting(grace.get(grace.page).body());
        assertThat(grace.last).contains("href=\"https://example.edu/seam?a=1&amp;b=2\"");
        assertThat(answer(grace, id, "approve").statusCode()).isEqualTo(303);
        assertThat(grace.get(grace.page).body()).doesNotContain("Waiting for you");
        assertThat(ada.get(ada.page).body()).contains("Approved on").doesNotContain("awarded");
        var root = administrator("4", "7");
        assertThat(answer(root, waiting(root.last), "approve").statusCode()).isEqualTo(303);
        assertThat(ada.get(ada.page).body()).contains("You hold 1", "awarded").doesNotContain("Hand in: portfolio");
    }

    private static HttpResponse<String> handIn(Visitor learner, String said) throws Exception {
        return learner.post(
                learner.page + "/hand-ins",
                Map.of("token", learner.token(), "achievement", "welding", "slot", "portfolio", "said", said));
    }

    private static HttpResponse<String> answer(Visitor teacher, String id, String answer) throws Exception {
        return teacher.post(
                teacher.page + "/hand-ins/" + id + "/answers",
                Map.of(
                        "token",
                        teacher.token(),
                        "met",
                        "Shows a <b> seam",
                        "reason",
                        "The 2nd seam: good.",
                        "do",
                        answer));
    }

    private static String waiting(String page) {
        assertThat(page).contains("Waiting for you");
        return found(page, "/hand-ins/([0-9a-f-]+)/answers\"");
    }

    private static Visitor administrator(String sub, String course) throws Exception {
        app.sandbox().changeClaims(claims -> {
            claims.putArray("https://purl.imsglobal.org/spec/lti/claim/roles")
                    .add("http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator");
            return claims;
        });
        try {
            var visitor = new Visitor(app);
            visitor.launch(app.sandbox().initiation(sub, course));
            return visitor;
        } finally {
            app.sandbox().changeClaims(java.util.function.UnaryOperator.identity());
        }
    }

    @Test
    void a_privacy_launch_needs_no_course_and_keeps_nobody() throws Exception {
        Object before = app.cairn().database().inTransaction(db -> db.fetchValue("select count(*) from account"));
        var visitor = new Visitor(app);
        assertThat(visitor.launch(app.sandbox().privacy("3")).body())
                .contains("What Cairn keeps of people", "Of teachers");
        Object after = app.cairn().database().inTransaction(db -> db.fetchValue("select count(*) from account"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void notices_are_posted_to_their_platform_s_address_and_one_without_is_nobody_s() throws Exception {
        var address = "/lti/notices/" + java.util.UUID.randomUUID();
        told(notices(address, "{\"notices\":[]}"), 404, "belongs to no connection");
        told(notices("/lti/notices/nobody", "{}"), 404, "belongs to no connection");
        var platform = app.cairn()
                .database()
                .inTransaction(db -> PlatformStore.find(db, app.sandbox().url(), "cairn-demo")
                        .orElseThrow()
                        .id());
        told(notices("/lti/notices/" + platform, "{}"), 400, "Nothing was kept");
        var forged = notices("/lti/notices/" + platform, "{\"notices\":[{\"jwt\":\"e30.e30.e30\"}]}");
        assertThat(forged.statusCode()).as(forged.body()).isBetween(400, 401);
        assertThat(json(forged).at("/outcomes/0/outcome").asText()).isEqualTo("refused");
        assertThat(notices("/lti/notices/" + platform, "x".repeat(1024 * 1024 + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    private static HttpResponse<String> notices(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void a_stranger_s_award_is_not_there_and_a_learner_cannot_revoke_her_own() throws Exception {
        app.sandbox().grade("2", "101", "12", 95);
        app.settle();
        var owner = new Visitor(app);
        var page = owner.launch("12").body();
        var award = found(page, "/in/[^\"]+/awards/([0-9a-f-]+)");
        var other = new Visitor(app);
        other.launch("13");
        assertThat(other.get(other.page + "/awards/" + award).statusCode()).isEqualTo(404);
        assertThat(owner.get(owner.page + "/awards/" + award).statusCode()).isEqualTo(200);
        assertThat(owner.post(
                                owner.page + "/awards/" + award + "/revocation",
                                Map.of("token", owner.token(), "reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.post(owner.page + "/awards/" + award + "/forms", Map.of("token", "guessed"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(owner.post(
                                owner.page + "/awards/" + award + "/forms",
                                Map.of("token", owner.token(), "grades", "yes"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(owner.get(owner.page + "/awards/" + award).body()).contains("Tells your grades");
    }

    @Test
    void a_teacher_holds_an_award_for_review_and_reinstates_it_and_everybody_who_looks_at_it_sees_so()
            throws Exception {
        app.sandbox().grade("2", "101", "14", 95);
        app.settle();
        var owner = new Visitor(app);
        var award = found(owner.launch("14").body(), "/in/[^\"]+/awards/([0-9a-f-]+)");
        var own = owner.get(owner.page + "/awards/" + award).body();
        var form = found(own, "action=\"(/in/[^\"]+/credentials/[A-Za-z0-9_-]+)/page\"");
        var shared = "/verify/" + form.substring(form.lastIndexOf('/') + 1);
        assertThat(owner.post(form + "/page", Map.of("token", owner.token(), "shown", "yes"))
                        .statusCode())
                .isEqualTo(303);
        var teacher = new Visitor(app);
        teacher.launch("3");
        var path = teacher.page + "/awards/" + award;
        assertThat(teacher.get(path).body()).contains("Hold this award for review", "Revoke this award");
        assertThat(owner.post(
                                owner.page + "/awards/" + award + "/suspension",
                                Map.of("token", owner.token(), "reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(teacher.post(path + "/suspension", Map.of("token", teacher.token(), "reason", "Is it hers?"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(teacher.get(path).body()).contains("Held for review", "Is it hers?", "Reinstate this award");
        assertThat(owner.get(owner.page).body()).contains("Held for review", "Is it hers?");
        assertThat(owner.get(owner.page + "/awards/" + award).body())
                .contains("Is it hers?")
                .contains("Switch its public page off")
                .doesNotContain("Share it", "Reinstate this award");
        assertThat(owner.get(shared).body())
                .contains("its issuer is looking at it again")
                .doesNotContain("Is it hers?", "genuine and stands");
        assertThat(teacher.post(path + "/reinstatement", Map.of("token", teacher.token(), "reason", "It is."))
                        .statusCode())
                .isEqualTo(303);
        assertThat(teacher.get(path).body()).doesNotContain("Held for review.", "Is it hers?");
        // Each time that it is issued anew it begins a second later at least, and this was the second time.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(owner.get(shared).body())
                        .contains("genuine and stands")
                        .doesNotContain("looking at it again"));
    }

    @Test
    void a_form_from_another_site_is_refused_and_a_session_belongs_to_its_browser() throws Exception {
        var ada = new Visitor(app);
        ada.launch("10");
        var foreign = HttpRequest.newBuilder(URI.create(app.url() + ada.page + "/checks"))
                .header("Cookie", ada.cookies.header(ada.page))
                .header("Origin", app.sandbox().url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + ada.token()))
                .build();
        assertThat(send(foreign).statusCode()).isEqualTo(403);
        var stranger = new Visitor(app);
        stranger.cookies = ada.cookies.as("A".repeat(43));
        assertThat(stranger.get(ada.page).statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_is_of_one_browser_at_one_placement_and_what_a_browser_says_of_it_is_checked() throws Exception {
        var ada = new Visitor(app);
        ada.launch("10");
        var here = ada.page;
        ada.launch(app.sandbox().initiation("10", "7"));
        var there = ada.page;
        assertThat(there).isNotEqualTo(here);
        var browser = "cairn=" + ada.cookies.value("/");
        var session = "cairn-session=" + ada.cookies.value(here);
        assertThat(page(here, browser, session)).isEqualTo(200);
        assertThat(page(here, session)).isEqualTo(401);
        assertThat(page(here, browser)).isEqualTo(401);
        assertThat(page(there, browser, session)).isEqualTo(401);
        for (var odd : List.of("", "0", "0123456789ABC", "ZZZZZZZZZZZZZ", "-1", "é", "x".repeat(4000))) {
            assertThat(page(here, browser, "cairn-session=" + odd)).as(odd).isEqualTo(401);
        }
    }

    @Test
    void whoever_came_last_counts_where_two_people_share_a_browser() throws Exception {
        var shared = new Visitor(app);
        assertThat(shared.launch("10").body()).contains("Ada Lovelace");
        var adas = shared.token();
        shared.launch("10");
        assertThat(shared.token()).as("of another launch of hers").isEqualTo(adas);
        assertThat(shared.launch("11").body()).contains("Alan Turing").doesNotContain("Ada Lovelace");
        assertThat(shared.post(shared.page + "/checks", Map.of("token", adas)).statusCode())
                .as("a form of hers")
                .isEqualTo(403);
        assertThat(shared.get(shared.page).body()).contains("Alan Turing").doesNotContain("Ada Lovelace");
    }

    private int page(String path, String... cookies) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Cookie", String.join("; ", cookies))
                .header("Accept", "text/html")
                .build();
        return send(request).statusCode();
    }

    @Test
    void pages_may_be_framed_by_their_platform_only_and_sharedones_by_nobody() throws Exception {
        var ada = new Visitor(app);
        var page = ada.launch("10");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors " + app.sandbox().url())
                .contains("default-src 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    }

    @Test
    void one_bad_grade_among_five_hundred_does_not_stop_the_others() throws Exception {
        var body = JSON.createArrayNode();
        for (int i = 0; i < 500; i++) {
            var score = body.addObject().put("userId", "bulk-" + i).put("scoreGiven", i == 250 ? -1 : 50);
            score.put("scoreMaximum", 100).put("activityProgress", "Completed").put("gradingProgress", "FullyGraded");
            score.put("timestamp", "2026-11-01T09:00:00.5Z");
        }
        var answer = grades("/grades/1/bulk/unattached", key, body.toString());
        assertThat(answer.statusCode()).isEqualTo(202);
        var outcomes = json(answer).get("outcomes");
        assertThat(outcomes).hasSize(500);
        assertThat(outcomes.get(250).get("outcome").asText()).isEqualTo("refused");
        assertThat(outcomes.get(250).get("detail").asText()).contains("not negative");
        assertThat(outcomes.get(0).get("outcome").asText()).isEqualTo("unmatched");
        assertThat(json(grades("/grades/1/bulk/unattached", key, body.toString()))
                        .get("outcomes")
                        .get(0)
                        .get("outcome")
                        .asText())
                .isEqualTo("repeated");
        body.add(body.get(0));
        told(grades("/grades/1/bulk/unattached", key, body.toString()), 413, "at most 500");
    }

    @Test
    void bad_grades_get_a_status_and_a_sentence() throws Exception {
        var good =
                "{\"userId\":\"1\",\"activityProgress\":\"Completed\",\"gradingProgress\":\"Pending\",\"timestamp\":\"2026-11-01T09:00:00Z\"}";
        told(grades("/grades/1/2/101", "wrong", good), 401, "cairn key add");
        told(grades("/grades/2/2/101", key, good), 403, "another deployment");
        told(grades("/grades/1/2/101", key, "{\"userId\":"), 400, "not valid JSON at line 1");
        told(
                grades(
                        "/grades/1/2/101",
                        key,
                        good.replace("\"Pending\"", "\"FullyGraded\",\"scoreGiven\":1e99999999999")),
                400,
                "not valid JSON at line 1");
        told(grades("/grades/1/2/101", key, "7"), 400, "neither an AGS score");
        told(grades("/grades/1/2/101", key, "[".repeat(5_000)), 400, "not valid JSON");
        told(grades("/grades/1/2/101", key, "x".repeat(1024 * 1024 + 1)), 413, "");
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/grades/1/2/101"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(good))
                .build();
        told(send(request), 415, "application/json");
        for (var damage : Map.of(
                        "\"userId\":\"1\"", "\"userId\":1",
                        "\"Completed\"", "\"Done\"",
                        "\"Pending\"", "\"FullyGraded\",\"scoreGiven\":1",
                        "2026-11-01T09:00:00Z", "2026-11-01T09:00:00",
                        "\"Pending\",", "\"FullyGraded\",\"scoreGiven\":1e400,\"scoreMaximum\":1,",
                        "2026-11-01", "2999-11-01",
                        "{", "{\"attempt\":0,")
                .entrySet()) {
            var answer = grades("/grades/1/2/101", key, good.replace(damage.getKey(), damage.getValue()));
            assertThat(answer.statusCode()).as(damage.getValue()).isEqualTo(422);
            assertThat(json(answer).at("/outcomes/0/outcome").asText()).isEqualTo("refused");
        }
        assertThat(grades("/grades/1/2/101", key, good).statusCode()).isEqualTo(202);
    }

    @Test
    void what_is_not_there_is_said_without_a_stack_trace() throws Exception {
        for (var path : java.util.List.of(
                "/nowhere",
                "/verify/x",
                "/verify/AAAAAAAAAAAAAAAAAAAAAA",
                "/credentials/AAAAAAAAAAAAAAAAAAAAAA.jwt",
                "/issuers/x",
                "/issuers/00000000-0000-7000-8000-000000000000/status/0",
                "/achievements/x/y/z",
                "/in/x")) {
            var answer = send(HttpRequest.newBuilder(URI.create(app.url() + path))
                    .header("Accept", "text/html")
                    .build());
            assertThat(answer.statusCode()).as(path).isIn(404, 401);
            assertThat(answer.body()).as(path).doesNotContain("Exception").doesNotContain("org.cairn");
            assertThat(answer.headers().firstValue("X-Correlation-Id")).isPresent();
            assertThat(answer.body())
                    .contains(answer.headers().firstValue("X-Correlation-Id").orElseThrow());
        }
    }

    @Test
    void an_unknown_platform_is_told_what_it_called_itself_and_never_as_markup() throws Exception {
        var answer = new Visitor(app)
                .post(
                        "/lti/login",
                        Map.of("iss", "https://who.example/<script>", "login_hint", "1", "target_link_uri", "x"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("not connected")
                .doesNotContain("<script>alert")
                .doesNotContain("/<script>");
    }

    private static HttpResponse<String> grades(String path, String bearer, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/vnd.ims.lis.v1.score+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static void told(HttpResponse<String> answer, int status, String sentence) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("detail").asText()).contains(sentence);
        assertThat(json(answer).get("correlationId").asText())
                .isEqualTo(answer.headers().firstValue("X-Correlation-Id").orElseThrow());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

package org.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradebook, roster, groups and notices, in the ways of other platforms than Moodle, and what a platform does wrong by itself. */
class ServicesTest {

    private static final String LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";
    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    private static final String RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";
    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";
    private static final String MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    private static final String NOTICES = Peer.LTI + "platformnotificationservice";

    private Peer peer;
    private String token;

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void a_canvas_pages_by_ten_with_good_links_and_wants_to_know_who_calls() throws Exception {
        play(Profile.CANVAS);
        var launch = peer.launch(peer.sandbox.initiation("10", "2"));
        assertThat(launch.path("iss").asText()).isEqualTo("https://canvas.instructure.com");
        var members = launch.path("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                .path("context_memberships_url")
                .asText();
        var first = call("GET", members, MEMBERS, null);
        assertThat(Peer.JSON.readTree(first.body()).path("members")).hasSize(10);
        var next = first.headers().firstValue("Link").orElseThrow();
        assertThat(next).endsWith("rel=\"next\"").doesNotContain("&amp;");
        var second = call("GET", next.substring(1, next.indexOf('>')), MEMBERS, null);
        assertThat(Peer.JSON.readTree(second.body()).path("members")).hasSize(10);
        var nameless = HttpRequest.newBuilder(URI.create(members))
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", "")
                .build();
        assertThat(Peer.send(nameless).statusCode()).isEqualTo(403);
        peer.sandbox.switches().throttledCalls.set(1);
        assertThat(call("GET", members, MEMBERS, null).body()).contains("Rate Limit Exceeded");
        assertThat(call("GET", members, MEMBERS, null).statusCode()).isEqualTo(200);
    }

    @Test
    void a_canvas_makes_submissions_of_scores_and_says_in_json_who_is_no_student() throws Exception {
        play(Profile.CANVAS);
        var column = column();
        assertThat(column).doesNotContain("?");
        assertThat(score(column, "3", "2026-11-24T09:00:00Z", null).statusCode())
                .isEqualTo(422);
        assertThat(score(column, "10", "2026-11-24T09:00:00.100Z", null).statusCode())
                .isEqualTo(200);
        assertThat(score(column, "10", "2026-11-24T09:00:00.200Z", false).statusCode())
                .isEqualTo(200);
        assertThat(score(column, "10", "2026-11-24T09:00:00Z", false).statusCode())
                .isEqualTo(400);
        assertThat(peer.sandbox.column("2", "Column").submissions("10")).isEqualTo(1);
    }

    @Test
    void a_brightspace_gives_tokens_only_for_its_own_audience() throws Exception {
        peer = new Peer(Profile.BRIGHTSPACE);
        assertThat(token(peer.sandbox.url() + Profile.BRIGHTSPACE.token).statusCode())
                .isEqualTo(400);
        assertThat(token(Profile.BRIGHTSPACE_AUDIENCE).statusCode()).isEqualTo(200);
    }

    @Test
    void what_a_teacher_overrode_stays_and_a_locked_column_takes_nothing() throws Exception {
        play(Profile.MOODLE);
        var column = column();
        peer.sandbox.column("2", "Column").linkId = "7-2";
        peer.sandbox.gradeColumn("2", "Column", "10", 3.0);
        assertThat(score(column, "10", "2999-01-01T00:00:00Z", null).statusCode())
                .isEqualTo(200);
        var results = call("GET", column.replace("?", "/results?"), RESULTS, null);
        assertThat(Peer.JSON.readTree(results.body()).get(0).path("resultScore").asInt())
                .isEqualTo(3);
        peer.sandbox.switches().suspended.add("11");
        assertThat(score(column, "11", "2026-11-24T09:00:00Z", null).statusCode())
                .isEqualTo(200);
        peer.sandbox.column("2", "Column").lock();
        assertThat(score(column, "12", "2026-11-24T09:00:00Z", null).statusCode())
                .isEqualTo(500);
    }

    @Test
    void without_column_management_a_tool_makes_no_columns() throws Exception {
        peer = new Peer(Profile.MOODLE);
        peer.sandbox.switches().gradeSync = 1;
        signIn();
        assertThat(create().statusCode()).isEqualTo(403);
        peer.sandbox.switches().gradeSync = 0;
        var answer = token(peer.sandbox.url() + Profile.MOODLE.token, Scopes.SCORE);
        assertThat(answer.body()).contains("invalid_scope");
    }

    @Test
    void a_suspended_person_is_in_no_moodle_roster_and_inactive_elsewhere() throws Exception {
        play(Profile.BRIGHTSPACE);
        peer.sandbox.switches().suspended.add("10");
        var address =
                peer.sandbox.url() + Profile.BRIGHTSPACE.members.replace("{course}", "2") + "?limit=200&groups=true";
        var members =
                Peer.JSON.readTree(call("GET", address, MEMBERS, null).body()).path("members");
        assertThat(members)
                .filteredOn(one -> one.path("user_id").asText().equals("10"))
                .allSatisfy(one -> {
                    assertThat(one.path("status").asText()).isEqualTo("Inactive");
                    assertThat(one.at("/group_enrollments/0/group_id").asText()).isIn("2-am", "2-pm");
                })
                .hasSize(1);
        var groups = call("GET", peer.sandbox.url() + "/lti/courses/2/groups", "*/*", null);
        assertThat(Peer.JSON.readTree(groups.body()).path("groups")).hasSize(2);
    }

    @Test
    void a_copy_has_new_ids_and_the_old_words_and_subscribers_are_told_of_it() throws Exception {
        play(Profile.CANVAS);
        peer.wire.stubFor(WireMock.post("/lti/notices").willReturn(WireMock.ok()));
        var service = peer.launch(peer.sandbox.initiation("3", "2"))
                .path(NOTICES)
                .path("platform_notification_service_url")
                .asText();
        assertThat(subscribe(service, "LtiContextCopyNotice", "https://other.example/n")
                        .statusCode())
                .isEqualTo(400);
        assertThat(subscribe(service, "LtiNothingNotice", peer.wire.baseUrl() + "/lti/notices")
                        .statusCode())
                .isEqualTo(400);
        for (var type : List.of("LtiContextCopyNotice", "LtiHelloWorldNotice")) {
            assertThat(subscribe(service, type, peer.wire.baseUrl() + "/lti/notices")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(Peer.JSON
                        .readTree(call("GET", service, "application/json", null).body())
                        .path("notice_handlers"))
                .hasSize(2);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> told("LtiHelloWorldNotice") == 1);

        var column = column();
        var original = peer.sandbox.column("2", "Column");
        var copy = peer.sandbox.copyCourse("2", "77", "Next term");
        assertThat(copy.learners()).isEmpty();
        assertThat(copy.columns()).singleElement().satisfies(one -> {
            assertThat(one.id()).isNotEqualTo(original.id());
            assertThat(one.resourceId()).isEqualTo("r");
        });
        assertThat(column).contains("/2/");
        assertThat(told("LtiContextCopyNotice")).isEqualTo(1);
        var notice = notices().getLast();
        assertThat(notice.path(Peer.LTI + "context").path("id").asText()).isEqualTo("77");
        assertThat(notice.path(Peer.LTI + "origin_contexts").get(0).asText()).isEqualTo("2");

        peer.sandbox.switches().noticeDeliveries = 2;
        assertThat(peer.sandbox.hello()).isEqualTo(200);
        assertThat(told("LtiHelloWorldNotice")).isEqualTo(3);
        peer.sandbox.switches().noticeDeliveries = 0;
        assertThat(peer.sandbox.hello()).isNull();
        peer.sandbox.switches().noticeDeliveries = 1;
        subscribe(service, "LtiHelloWorldNotice", "");
        assertThat(peer.sandbox.hello()).isNull();
    }

    private void play(Profile profile) throws Exception {
        peer = new Peer(profile);
        signIn();
    }

    private void signIn() throws Exception {
        var audience = peer.profile == Profile.BRIGHTSPACE
                ? Profile.BRIGHTSPACE_AUDIENCE
                : peer.sandbox.url() + peer.profile.token;
        token = Peer.JSON.readTree(token(audience).body()).path("access_token").asText();
        assertThat(token).isNotEmpty();
    }

    private HttpResponse<String> token(String audience) throws Exception {
        return token(audience, String.join(" ", Scopes.ALL));
    }

    private HttpResponse<String> token(String audience, String scopes) throws Exception {
        var issued = Instant.now().minusSeconds(5);
        var assertion = JWT.create()
                .withKeyId("tool")
                .withIssuer("cairn")
                .withSubject("cairn")
                .withAudience(audience)
                .withIssuedAt(issued)
                .withExpiresAt(issued.plusSeconds(120))
                .withJWTId("j")
                .sign(Algorithm.RSA256(null, (RSAPrivateKey) peer.keys.getPrivate()));
        return Peer.post(
                peer.sandbox.url() + peer.profile.token,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion,
                        "scope",
                        scopes));
    }

    private String column() throws Exception {
        return Peer.JSON.readTree(create().body()).path("id").asText();
    }

    private HttpResponse<String> create() throws Exception {
        var items = peer.launch(peer.sandbox.initiation("3", "2"))
                .path(AGS)
                .path("lineitems")
                .asText();
        var body = Peer.JSON
                .createObjectNode()
                .put("label", "Column")
                .put("scoreMaximum", 10)
                .put("resourceId", "r");
        assertThat(call("GET", items, LINE_ITEMS, null).statusCode()).isEqualTo(200);
        return call("POST", items, LINE_ITEM, body);
    }

    private HttpResponse<String> score(String column, String sub, String at, Boolean newSubmission) throws Exception {
        ObjectNode body = Peer.JSON
                .createObjectNode()
                .put("userId", sub)
                .put("scoreGiven", 7)
                .put("scoreMaximum", 10)
                .put("timestamp", at)
                .put("activityProgress", "Completed")
                .put("gradingProgress", "FullyGraded");
        if (newSubmission != null) {
            body.putObject("https://canvas.instructure.com/lti/submission").put("new_submission", newSubmission);
        }
        var address = column.contains("?") ? column.replace("?", "/scores?") : column + "/scores";
        return call("POST", address, SCORE, body);
    }

    private HttpResponse<String> subscribe(String service, String type, String handler) throws Exception {
        var body = Peer.JSON.createObjectNode().put("notice_type", type).put("handler", handler);
        return call("PUT", service, "application/json", body);
    }

    private long told(String type) throws Exception {
        return notices().stream()
                .filter(one ->
                        one.path(Peer.LTI + "notice").path("type").asText().equals(type))
                .count();
    }

    /** What the tool was told, in that order. */
    private List<JsonNode> notices() throws Exception {
        var notices = new java.util.ArrayList<JsonNode>();
        for (ServeEvent event : peer.wire.getAllServeEvents().reversed()) {
            if (event.getRequest().getUrl().equals("/lti/notices")) {
                for (var one :
                        Peer.JSON.readTree(event.getRequest().getBodyAsString()).path("notices")) {
                    notices.add(Peer.claims(one.path("jwt").asText()));
                }
            }
        }
        return notices;
    }

    private HttpResponse<String> call(String method, String url, String type, JsonNode body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Accept", type)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", type);
        }
        return Peer.send(request.build());
    }
}

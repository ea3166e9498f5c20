package org.cairn.lti;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.JSON;
import static org.cairn.testing.TestPlatform.lti;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.service.Gradebook;
import org.cairn.lti.service.Roster;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.testing.Databases;
import org.cairn.testing.Shared;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every message that was recorded from a running Moodle 4.5 and that Cairn receives, with what becomes of it. Launches are signed
 * anew, with a fresh time and this login's nonce; everything else is as it went over the wire.
 */
class MoodleMessagesTest {

    private static final String MOODLE = "http://127.0.0.1:8085";
    private static final String CLIENT = "8OaKxnsGqI2OOYp";

    /** What a tool never receives: what it sends, what it asks of other interfaces, and notes about the recording. */
    private static final Set<String> NOT_RECEIVED = Set.of(
            "00-platform.json",
            "02-registration-initiation.json",
            "11-auth-request-resource.json",
            "11-auth-request.json",
            "13-auth-error-variants.json",
            "23-deeplink-response-empty.json",
            "23-deeplink-response-error.json",
            "23-deeplink-response-link.json",
            "23-deeplink-response-nolineitem.json",
            "23-deeplink-response-one.json",
            "23-deeplink-response-two.json",
            "35-lineitem-put.json",
            "38-score-post.json",
            "38b-score-same-timestamp.json",
            "38c-score-unknown-user.json",
            "38d-score-coupled.json",
            "40-activity-chooser-lti-items.json",
            "41-native-lineitem-assign-instance1.json",
            "41-native-lineitem-assign-instance700.json",
            "41-native-lineitem-course-total.json",
            "41-native-lineitem-quiz-instance1.json",
            "42-native-results-assign-instance1.json",
            "42-native-results-course-total.json",
            "42-native-results-quiz-instance1.json",
            "55-delete-own-coupled.json",
            "56-delete-standalone.json",
            "60-ws-site-info.json",
            "61-ws-grade-items-one-user.json",
            "62-ws-grade-items-all-users.json",
            "63-ws-activities-completion.json",
            "64-ws-course-completion.json",
            "65-ws-gradeitems.json",
            "66-ws-course-contents.json",
            "67-ws-assign-grades.json",
            "68-ws-quiz-best.json",
            "69-ws-enrolled.json",
            "70-platform-storage.json");

    /** What comes of these is in {@link org.cairn.lti.registration.RegistrationsTest}. */
    private static final Set<String> OF_A_REGISTRATION =
            Set.of("01-openid-configuration.json", "03-registration.json", "05-registration-variants.json");

    private static final Set<String> SEEN = new TreeSet<>(List.of(
            "04-platform-jwks.json",
            "10-login-initiation-deeplink.json",
            "10-login-initiation-resource.json",
            "12-launch-error-posted-to-redirect-uri.json",
            "20-launch-admin.json",
            "20-launch-student.json",
            "20-launch-teacher.json",
            "20b-launch-student-coupled-lineitem.json",
            "20c-launch-student-nolineitem.json",
            "20d-launch-student3-coupled.json",
            "20e-launch-gradesync0.json",
            "20e-launch-gradesync1.json",
            "21-deeplink-launch.json",
            "21b-deeplink-launch-first-use-in-course.json",
            "22-LtiSubmissionReviewRequest.json",
            "24-launch-restored-course-admin.json",
            "25-lineitems-restored-course.json",
            "30-token.json",
            "30b-token-variants.json",
            "31-lineitems-list.json",
            "32-lineitem-create-standalone.json",
            "33-lineitem-create-coupled.json",
            "34-lineitem-get.json",
            "36-lineitems-list-after.json",
            "37-lineitems-paged.json",
            "37b-lineitems-paged2.json",
            "39-results-standalone.json",
            "39b-results-second.json",
            "39c-results-coupled.json",
            "39d-results-userfilter.json",
            "39e-results-paged.json",
            "42-native-results-assign-instance700.json",
            "50-nrps.json",
            "51-nrps-rlid.json",
            "52-nrps-limit2.json",
            "53-nrps-other-course.json",
            "54-lineitems-other-course.json"));

    private final Browser browser = Browser.fresh();
    private TestPlatform moodle;
    private Keys keys;
    private Gradebook gradebook;
    private Roster roster;

    @BeforeEach
    void start() {
        Shared.folder();
        moodle = new TestPlatform(Databases.H2.open(), MOODLE, CLIENT, "1");
        keys = new Keys(moodle.database, MasterKey.open(TestApp.folder().resolve("master.key")), moodle.clock);
        gradebook = new Gradebook(moodle.outbound, keys, moodle.clock);
        roster = new Roster(moodle.outbound, keys, moodle.clock);
        token();
    }

    @AfterEach
    void stop() {
        if (moodle != null) {
            moodle.close();
        }
    }

    @Test
    void every_recorded_file_is_in_a_table() throws IOException {
        try (var files = Files.list(Shared.folder().resolve("reference/moodle"))) {
            var all = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .forEach(all::add);
            var known = new TreeSet<>(SEEN);
            known.addAll(OF_A_REGISTRATION);
            known.addAll(NOT_RECEIVED);
            assertThat(known).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10-login-initiation-resource.json", "10-login-initiation-deeplink.json"})
    void a_login_is_begun_with_its_hints_unchanged(String file) {
        var parameters = new HashMap<String, String>();
        read(file)
                .get("params")
                .properties()
                .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
        var target = moodle.login.begin(parameters, null, browser, false).authorization();
        assertThat(target.getQuery())
                .contains("lti_message_hint=" + parameters.get("lti_message_hint"))
                .contains("login_hint=" + parameters.get("login_hint"))
                .contains("redirect_uri=" + TestPlatform.TOOL + "/lti/launch");
    }

    @Test
    void an_error_posted_to_the_redirect_uri_is_told() {
        var form = new HashMap<String, String>();
        read("12-launch-error-posted-to-redirect-uri.json")
                .get("params")
                .properties()
                .forEach(one -> form.put(one.getKey(), one.getValue().asText()));
        form.put("state", moodle.begin(browser).get("state"));
        assertThatThrownBy(() -> moodle.launches.accept(form, browser)).hasMessageContaining("unauthorized_client");
    }

    @ParameterizedTest
    @CsvSource({
        "20-launch-admin.json, TEACHER, true, true",
        "20-launch-student.json, LEARNER, true, true",
        "20-launch-teacher.json, TEACHER, true, true",
        "20b-launch-student-coupled-lineitem.json, LEARNER, true, true",
        "20c-launch-student-nolineitem.json, LEARNER, true, true",
        "20d-launch-student3-coupled.json, LEARNER, true, true",
        "20e-launch-gradesync0.json, LEARNER, false, true",
        "20e-launch-gradesync1.json, LEARNER, true, true",
        "24-launch-restored-course-admin.json, TEACHER, true, true"
    })
    void a_launch_is_let_in_and_with_one_claim_broken_it_is_not(String file, Role role, boolean ags, boolean nrps) {
        var entered = (Arrival.AtPlacement) accept(file, claims -> {});
        assertThat(moodle.session(browser, entered).role()).isEqualTo(role);
        assertThat(entered.course().lineItems() != null).isEqualTo(ags);
        assertThat(entered.course().memberships() != null).isEqualTo(nrps);
        assertThat(entered.course().contextId())
                .isEqualTo(
                        read(file).at("/claims").get(lti("context")).get("id").asText());
        for (var claim : List.of(
                "iss",
                "aud",
                "sub",
                "exp",
                "iat",
                "nonce",
                lti("version"),
                lti("message_type"),
                lti("deployment_id"),
                lti("target_link_uri"),
                lti("resource_link"),
                lti("roles"))) {
            assertThatThrownBy(() -> accept(file, claims -> claims.remove(claim)))
                    .as("%s without %s", file, claim)
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> accept(file, claims -> claims.put(claim, " ")))
                    .as("%s with %s broken", file, claim)
                    .isInstanceOf(Problem.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"21-deeplink-launch.json", "21b-deeplink-launch-first-use-in-course.json"})
    void a_deep_linking_request_is_let_in_with_its_settings(String file) {
        var launch = accept(file, claims -> {}).launch();
        assertThat(launch.message()).isInstanceOfSatisfying(Message.DeepLinking.class, settings -> {
            assertThat(settings.returnUrl().toString()).startsWith(MOODLE);
            assertThat(settings.acceptsLinks()).isTrue();
            assertThat(settings.acceptsSeveral()).isTrue();
            assertThat(settings.acceptsLineItem()).as("left out, and taken").isTrue();
            assertThat(settings.data()).as("left out").isNull();
        });
        assertThat(launch.role()).isEqualTo(Role.TEACHER);
    }

    @Test
    void a_submission_review_is_let_in_with_the_learner_it_is_about() {
        var launch = accept("22-LtiSubmissionReviewRequest.json", claims -> {}).launch();
        assertThat(launch.message())
                .isEqualTo(new Message.SubmissionReview(read("22-LtiSubmissionReviewRequest.json")
                        .get("claims")
                        .get(lti("for_user"))
                        .get("user_id")
                        .asText()));
    }

    @Test
    void the_platform_s_own_key_set_is_read() {
        replay("04-platform-jwks.json", "/jwks");
        var kid = read("04-platform-jwks.json").at("/response/body/keys/0/kid").asText();
        assertThat(moodle.keySets.find(moodle.platform, kid)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "31-lineitems-list.json, res-1, 4",
        "36-lineitems-list-after.json, sa-1, 5",
        "25-lineitems-restored-course.json, res-1, -",
        "54-lineitems-other-course.json, nobody, -"
    })
    void a_column_is_found_by_its_resource_id_or_is_made(String file, String resourceId, String id) {
        replay(file, "/mod/lti/services.php/2/lineitems.*");
        boolean isThere = read(file).at("/response/body").toString().contains("\"resourceId\":\"" + resourceId + "\"");
        var created = read("32-lineitem-create-standalone.json");
        moodle.wire.stubFor(post(urlPathMatching("/mod/lti/services.php/2/lineitems"))
                .willReturn(aResponse()
                        .withStatus(201)
                        .withBody(here(created.at("/response/body").toString()))));
        var column = gradebook.findOrCreateColumn(moodle.platform, course(), "Column", 50, resourceId);
        assertThat(column.toString()).contains("type_id=1");
        if (!isThere) {
            assertThat(column.toString()).endsWith("/lineitems/5/lineitem?type_id=1");
        } else if (!id.equals("-")) {
            assertThat(column.toString()).endsWith("/lineitems/" + id + "/lineitem?type_id=1");
        }
    }

    @Test
    void pages_with_malformed_link_headers_are_followed() {
        moodle.wire.stubFor(any(urlPathMatching("/mod/lti/services.php/2/lineitems"))
                .willReturn(response("37-lineitems-paged.json")));
        moodle.wire.stubFor(any(urlPathMatching("/mod/lti/services.php/2/lineitems"))
                .withQueryParam("from", equalTo("1"))
                .willReturn(response("37b-lineitems-paged2.json")));
        assertThat(gradebook
                        .findOrCreateColumn(moodle.platform, course(), "x", 60, "sa-1")
                        .toString())
                .endsWith("/lineitems/5/lineitem?type_id=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"32-lineitem-create-standalone.json", "33-lineitem-create-coupled.json", "34-lineitem-get.json"})
    void a_single_column_s_answer_keeps_its_query(String file) {
        var id = read(file).at("/response/body/id").asText();
        assertThat(Gradebook.withPath(URI.create(id), "/results").toString())
                .matches(".*/lineitem/results\\?type_id=1$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "39-results-standalone.json",
                "39b-results-second.json",
                "39c-results-coupled.json",
                "39d-results-userfilter.json"
            })
    void results_are_read_as_they_are(String file) {
        replay(file, "/mod/lti/services.php/.*/results");
        var results = gradebook.results(moodle.platform, column()).orElseThrow();
        var recorded = read(file).at("/response/body");
        assertThat(results).hasSize(recorded.size());
        for (int i = 0; i < recorded.size(); i++) {
            assertThat(results.get(i).sub())
                    .isEqualTo(recorded.get(i).get("userId").asText());
            if (recorded.get(i).has("resultScore")) {
                assertThat(results.get(i).score())
                        .isEqualByComparingTo(recorded.get(i).get("resultScore").decimalValue());
                assertThat(results.get(i).maximum())
                        .isEqualByComparingTo(
                                recorded.get(i).get("resultMaximum").decimalValue());
            } else {
                assertThat(results.get(i).score()).isNull();
            }
        }
        moodle.wire.verify(getRequestedFor(urlPathMatching(".*/results"))
                .withHeader("Accept", equalTo("application/vnd.ims.lis.v2.resultcontainer+json"))
                .withQueryParam("type_id", equalTo("1"))
                .withoutQueryParam("limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"39e-results-paged.json", "42-native-results-assign-instance700.json"})
    void a_column_that_is_not_found_has_no_results(String file) {
        replay(file, "/mod/lti/services.php/.*/results");
        assertThat(gradebook.results(moodle.platform, column())).isEmpty();
    }

    @Test
    void tokens_come_as_text_html_and_refusals_are_told() {
        replay("39-results-standalone.json", "/mod/lti/services.php/.*/results");
        for (var variant : read("30b-token-variants.json").properties()) {
            var body = variant.getValue().path("body");
            int status = variant.getValue().path("status").asInt();
            moodle.wire.stubFor(post("/token")
                    .willReturn(aResponse()
                            .withStatus(status)
                            .withHeader("Content-Type", "text/html; charset=utf-8")
                            .withBody(body.isTextual() ? body.asText() : body.toString())));
            // A gradebook of its own has no token yet.
            var fresh = new Gradebook(moodle.outbound, keys, moodle.clock);
            boolean isToken = status == 200 && body.path("access_token").isTextual();
            if (isToken && body.path("scope").asText().contains("/result.readonly")) {
                assertThat(fresh.results(moodle.platform, column()))
                        .as(variant.getKey())
                        .isPresent();
            } else {
                assertThatThrownBy(() -> fresh.results(moodle.platform, column()))
                        .as(variant.getKey())
                        .hasMessageContaining(
                                isToken ? "left out the right to result.readonly" : "did not let Cairn read");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"50-nrps.json", "51-nrps-rlid.json", "53-nrps-other-course.json"})
    void a_roster_is_read_with_its_short_roles_and_names_as_people_write_them(String file) {
        replay(file, "/members.*");
        var members = roster.read(moodle.platform, URI.create(moodle.wire.baseUrl() + "/members"), false);
        assertThat(members.isWhole()).isTrue();
        assertThat(members.members())
                .hasSize(read(file).at("/response/body/members").size());
        assertThat(members.members())
                .noneMatch(member -> String.valueOf(member.person().name()).contains("&amp;"));
        assertThat(members.members()).allMatch(member -> member.role() != Role.VISITOR);
    }

    @Test
    void a_roster_whose_next_page_cannot_be_read_is_not_whole() {
        moodle.wire.stubFor(any(urlPathMatching("/members")).willReturn(response("52-nrps-limit2.json")));
        moodle.wire.stubFor(any(urlPathMatching("/members"))
                .withQueryParam("from", equalTo("2"))
                .willReturn(aResponse().withStatus(500)));
        var members = roster.read(moodle.platform, URI.create(moodle.wire.baseUrl() + "/members"), false);
        assertThat(members.members()).hasSize(2);
        assertThat(members.isWhole()).isFalse();
    }

    @Test
    void a_next_page_on_another_host_is_never_asked_for() {
        moodle.wire.stubFor(any(urlPathMatching("/members"))
                .willReturn(okForContentType("application/json", "{\"members\":[]}")
                        .withHeader("Link", "<https://evil.example.com/members?page=2>; rel=\"next\"")));
        assertThat(roster.read(moodle.platform, URI.create(moodle.wire.baseUrl() + "/members"), false)
                        .isWhole())
                .isFalse();
    }

    private Arrival.Accepted accept(String file, java.util.function.Consumer<ObjectNode> damage) {
        var begun = moodle.begin(browser);
        var claims = (ObjectNode) read(file).get("claims").deepCopy();
        long now = moodle.clock.instant().getEpochSecond();
        // One message was recorded under an earlier registration of the same tool.
        claims.put("aud", CLIENT);
        claims.put("nonce", begun.get("nonce")).put("iat", now).put("exp", now + 60);
        damage.accept(claims);
        var header = (ObjectNode) read(file).get("header").deepCopy();
        header.put("kid", "key-1");
        var form = Map.of("state", begun.get("state"), "id_token", TestPlatform.sign(header, claims, moodle.keys));
        return (Arrival.Accepted) moodle.launches.accept(form, browser);
    }

    private void token() {
        var token = read("30-token.json").at("/response/body").toString();
        moodle.wire.stubFor(post("/token").willReturn(okForContentType("text/html; charset=utf-8", token)));
    }

    private Course course() {
        return new Course(
                CourseId.fresh(),
                TenantId.fresh(),
                DeploymentId.fresh(),
                "2",
                null,
                null,
                URI.create(moodle.wire.baseUrl() + "/mod/lti/services.php/2/lineitems?type_id=1"),
                Set.of("https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"),
                null,
                null);
    }

    private URI column() {
        return URI.create(moodle.wire.baseUrl() + "/mod/lti/services.php/2/lineitems/5/lineitem?type_id=1");
    }

    private void replay(String file, String path) {
        moodle.wire.stubFor(any(urlPathMatching(path)).willReturn(response(file)));
    }

    private com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder response(String file) {
        var response = read(file).get("response");
        var body = response.get("body");
        var answer = aResponse()
                .withStatus(response.get("status").asInt())
                .withHeader("Content-Type", response.at("/headers/content-type").asText())
                .withBody(here(body.isTextual() ? body.asText() : body.toString()));
        return response.at("/headers").has("link")
                ? answer.withHeader("Link", here(response.at("/headers/link").asText()))
                : answer;
    }

    /** The recorded addresses, at the place where they are played back. */
    private String here(String text) {
        return text.replace(
                        MOODLE + "/mod/lti/services.php/CourseSection/2/bindings/1/memberships",
                        moodle.wire.baseUrl() + "/members")
                .replace(MOODLE, moodle.wire.baseUrl());
    }

    private static JsonNode read(String file) {
        try {
            return JSON.readTree(Files.readAllBytes(
                    Shared.folder().resolve("reference/moodle").resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.cairn.lti.service;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.people.Role;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rosters and groups of an LMS that WireMock plays, whole and broken. */
class RosterTest {

    private static final String LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
    private static TestPlatform lms;
    private static Roster roster;
    private static Groups groups;

    @BeforeAll
    static void start() {
        lms = new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn", "1");
        roster = new Roster(lms.outbound, lms.own, lms.clock);
        groups = new Groups(lms.outbound, lms.own, lms.clock);
    }

    @AfterAll
    static void stop() {
        lms.close();
    }

    @BeforeEach
    void clean() {
        lms.wire.resetAll();
        lms.wire.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":3600}")));
    }

    @Test
    void a_roster_of_forty_thousand_is_read_whole_whatever_the_page_size() {
        // Canvas' pages of fifty.
        int pages = 800;
        for (int page = 0; page < pages; page++) {
            int first = page * 50;
            var members = IntStream.range(first, first + 50)
                    .mapToObj(i -> member("u" + i, "Active", LEARNER))
                    .collect(Collectors.joining(","));
            var path = page == 0 ? "/members?limit=250" : "/members?page=" + page;
            answers(path, page(members), page + 1 < pages ? "/members?page=" + (page + 1) : null);
        }
        var read = read("/members");
        assertThat(read.isWhole()).isTrue();
        assertThat(read.members()).hasSize(40_000);
        lms.wire.verify(pages, getRequestedFor(urlPathEqualTo("/members")));
    }

    @Test
    void a_roster_without_end_is_given_up_after_a_quarter_of_an_hour_and_is_not_whole() {
        for (int page = 0; page < 100; page++) {
            var path = page == 0 ? "/members?limit=250" : "/members?page=" + page;
            answers(path, page(member("u" + page, "Active", LEARNER)), "/members?page=" + (page + 1));
        }
        // Ten seconds pass at each look at the clock.
        var time = new SettableClock();
        InstantSource hurrying = () -> {
            time.advance(Duration.ofSeconds(10));
            return time.instant();
        };
        var read = new Roster(lms.outbound, lms.own, hurrying.withZone(ZoneOffset.UTC))
                .read(lms.platform, at("/members"), false);
        assertThat(read.isWhole()).isFalse();
        assertThat(read.members()).hasSizeBetween(20, 95);
    }

    @Test
    void one_media_type_one_token_and_a_page_size_are_asked_for_and_the_query_of_the_address_stays() {
        answers("/members?type_id=1&limit=250", page(member("4", "Active", "Learner")), null);
        assertThat(read("/members?type_id=1").members()).hasSize(1);
        lms.wire.verify(getRequestedFor(urlEqualTo("/members?type_id=1&limit=250"))
                .withHeader("Accept", equalTo("application/vnd.ims.lti-nrps.v2.membershipcontainer+json"))
                .withHeader("Authorization", equalTo("Bearer t")));
        answers("/members?limit=7", page(member("4", "Active", "Learner")), null);
        assertThat(read("/members?limit=7").isWhole()).isTrue();
    }

    @Test
    void one_link_s_members_are_asked_for_by_its_id() {
        answers("/members?rlid=a%2Fb+c&limit=250", page(member("4", "Active", "Learner")), null);
        assertThat(roster.read(lms.platform, at("/members"), "a/b c").members()).hasSize(1);
    }

    static Stream<Named<ResponseDefinitionBuilder>> brokenPages() {
        return Stream.of(
                Named.of("5xx", serverError()),
                Named.of("not found", aResponse().withStatus(404)),
                Named.of("a page of HTML", ok("<html>").withHeader("Content-Type", "text/html")),
                Named.of("JSON of another kind", okJson("{\"error\":\"try later\"}")),
                Named.of("a number that nobody can hold", okJson("{\"members\":[],\"n\":1e99999999999}")),
                Named.of("members that are no list", okJson("{\"members\":{}}")),
                Named.of("more than a megabyte", ok("x".repeat(1024 * 1024 + 1))));
    }

    @ParameterizedTest
    @MethodSource("brokenPages")
    void a_second_page_that_cannot_be_read_leaves_the_first_and_the_word_that_it_is_not_whole(
            ResponseDefinitionBuilder broken) {
        answers("/members?limit=250", page(member("4", "Active", "Learner")), "/members?page=2");
        lms.wire.stubFor(get("/members?page=2").willReturn(broken));
        var read = read("/members");
        assertThat(read.isWhole()).isFalse();
        assertThat(read.members()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("brokenPages")
    void a_first_page_that_cannot_be_read_is_a_fault_upstream(ResponseDefinitionBuilder broken) {
        lms.wire.stubFor(get("/members?limit=250").willReturn(broken));
        assertThatThrownBy(() -> read("/members"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UPSTREAM));
    }

    @Test
    void a_next_link_that_repeats_ends_the_reading_unwhole() {
        answers("/members?limit=250", page(member("4", "Active", "Learner")), "/members?page=2");
        answers("/members?page=2", page(member("5", "Active", "Learner")), "/members?page=2");
        var read = read("/members");
        assertThat(read.isWhole()).isFalse();
        assertThat(read.members()).hasSize(2);
        lms.wire.verify(2, getRequestedFor(urlPathEqualTo("/members")));
    }

    @Test
    void a_next_link_on_another_host_is_not_followed_and_never_sees_the_token() {
        var stranger = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        stranger.start();
        try {
            lms.wire.stubFor(get("/members?limit=250")
                    .willReturn(okJson(page(member("4", "Active", "Learner")))
                            .withHeader("Link", "<" + stranger.baseUrl() + "/members>; rel=\"next\"")));
            assertThat(read("/members").isWhole()).isFalse();
            stranger.verify(0, getRequestedFor(anyUrl()));
            // A relative one leads nowhere else.
            lms.wire.stubFor(get("/members?limit=250")
                    .willReturn(okJson(page(member("4", "Active", "Learner")))
                            .withHeader("Link", "<//127.0.0.1:" + stranger.port() + "/members>; rel=\"next\"")));
            assertThat(read("/members").isWhole()).isFalse();
            stranger.verify(0, getRequestedFor(anyUrl()));
        } finally {
            stranger.stop();
        }
    }

    @Test
    void who_is_listed_several_times_is_one_member_with_all_roles_and_the_one_name() {
        answers(
                "/members?limit=250",
                page(member("4", "Active", "Learner") + "," + member("5", "Active", "Learner") + ","
                        + "{\"user_id\":\"4\",\"name\":\"Ada\",\"roles\":[\"Instructor\"]}"),
                null);
        var read = read("/members");
        assertThat(read.isWhole()).isTrue();
        assertThat(read.members()).hasSize(2);
        assertThat(read.members().getFirst().role()).isEqualTo(Role.TEACHER);
        assertThat(read.members().getFirst().person().name()).isEqualTo("Ada");
    }

    @Test
    void who_is_inactive_or_deleted_is_left_out_and_any_other_status_is_in() {
        answers(
                "/members?limit=250",
                page(member("1", "Inactive", "Learner") + "," + member("2", "Deleted", "Learner") + ","
                        + member("3", "active", "Learner") + "," + "{\"user_id\":\"4\",\"roles\":[\"Learner\"]}"),
                null);
        assertThat(read("/members").members())
                .extracting(member -> member.person().sub())
                .containsExactly("3", "4");
        assertThat(read("/members").isWhole()).isTrue();
    }

    @Test
    void of_a_roster_with_somebody_unnamed_by_an_id_or_with_nobody_nothing_is_concluded() {
        answers("/members?limit=250", page(member("4", "Active", "Learner") + ",{\"roles\":[\"Learner\"]}"), null);
        assertThat(read("/members").isWhole()).isFalse();
        assertThat(read("/members").members()).hasSize(1);
        answers("/members?limit=250", page(""), null);
        assertThat(read("/members").isWhole()).isFalse();
    }

    @Test
    void moodle_s_escaped_names_are_read_as_they_were_meant_once() {
        answers(
                "/members?limit=250",
                page("{\"user_id\":\"4\",\"name\":\"O&#039;Brien &amp; &quot;Q&quot; &amp;lt;\",\"roles\":[]}"),
                null);
        assertThat(read("/members").members().getFirst().person().name()).isEqualTo("O'Brien & \"Q\" &lt;");
    }

    @Test
    void roles_are_read_whole_and_short_and_a_test_user_is_known_as_one() {
        answers(
                "/members?limit=250",
                page(
                        "{\"user_id\":\"1\",\"roles\":[\"" + LEARNER + "\"]},"
                                + "{\"user_id\":\"2\",\"roles\":[\"Instructor\"]},"
                                + "{\"user_id\":\"3\",\"roles\":[\"Mentor\"]},"
                                + "{\"user_id\":\"4\",\"roles\":[\"Learner\",\"http://purl.imsglobal.org/vocab/lti/system/person#TestUser\"]}"),
                null);
        var members = read("/members").members();
        assertThat(members)
                .extracting(Roster.Member::role)
                .containsExactly(Role.LEARNER, Role.TEACHER, Role.VISITOR, Role.LEARNER);
        assertThat(members.get(3).person().testUser()).isTrue();
    }

    @Test
    void groups_are_read_page_by_page_and_each_member_s_are_asked_for_with_the_roster() {
        answers("/groups", "{\"groups\":[{\"id\":\"g1\",\"name\":\"Red\"}]}", "/groups?page=2");
        answers("/groups?page=2", "{\"groups\":[{\"id\":\"g2\",\"name\":\" \"},{\"name\":\"no id\"}]}", null);
        assertThat(groups.read(lms.platform, at("/groups")).orElseThrow())
                .containsEntry("g1", "Red")
                .containsEntry("g2", "g2")
                .hasSize(2);
        lms.wire.verify(getRequestedFor(urlEqualTo("/groups"))
                .withHeader("Accept", equalTo("application/vnd.ims.lti-gs.v1.contextgroupcontainer+json")));
        answers(
                "/members?groups=true&limit=250",
                page(
                        "{\"user_id\":\"4\",\"roles\":[],\"group_enrollments\":[{\"group_id\":\"g1\"},{\"group_id\":\"g2\"}]}"),
                null);
        assertThat(roster.read(lms.platform, at("/members"), true)
                        .members()
                        .getFirst()
                        .groups())
                .isEqualTo(Set.of("g1", "g2"));
    }

    @Test
    void groups_of_which_a_page_is_missing_are_none() {
        answers("/groups", "{\"groups\":[{\"id\":\"g1\",\"name\":\"Red\"}]}", "/groups?page=2");
        lms.wire.stubFor(get("/groups?page=2").willReturn(serverError()));
        assertThat(groups.read(lms.platform, at("/groups"))).isEmpty();
    }

    private static Roster.Members read(String path) {
        return roster.read(lms.platform, at(path), false);
    }

    private static URI at(String path) {
        return URI.create(lms.wire.baseUrl() + path);
    }

    private static void answers(String path, String json, @org.jspecify.annotations.Nullable String next) {
        var answer = okJson(json);
        lms.wire.stubFor(get(urlEqualTo(path))
                .willReturn(
                        next == null
                                ? answer
                                : answer.withHeader("Link", "<" + lms.wire.baseUrl() + next + ">; rel=\"next\"")));
    }

    private static String page(String members) {
        return "{\"id\":\"x\",\"context\":{\"id\":\"2\"},\"members\":[" + members + "]}";
    }

    private static String member(String sub, String status, String role) {
        return "{\"user_id\":\"%s\",\"status\":\"%s\",\"roles\":[\"%s\"]}".formatted(sub, status, role);
    }
}

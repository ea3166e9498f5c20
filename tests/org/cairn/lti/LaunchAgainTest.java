package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.SESSION;
import static org.cairn.testing.TestPlatform.lti;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A launch that says of its place what one said a moment ago begins with one statement. Whether it did is seen by a course's title that
 * was changed under it: all of a launch writes it anew.
 */
class LaunchAgainTest {

    private static final String CHANGED = "changed under it";

    private final Browser browser = Browser.fresh();
    private TestPlatform lms;

    @AfterEach
    void close() {
        lms.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whoever_was_here_before_is_let_in_as_the_one_she_is(Databases databases) {
        var first = start(databases);
        var until = lms.clock.instant().plus(Duration.ofHours(8));
        var tenant = lms.session(browser, first).tenant();
        change();
        var another = Browser.fresh();
        var again = launch(another, claims -> {});
        assertThat(title()).isEqualTo(CHANGED);
        assertThat(again.placement()).isEqualTo(first.placement());
        assertThat(again.course()).isEqualTo(first.course());
        assertThat(lms.session(another, again))
                .isEqualTo(
                        new Session(first.placement().id(), tenant, account("4").id(), Role.LEARNER, until));
        assertThat(sessions()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whoever_is_called_so_by_another_platform_in_another_institution_or_in_another_course_is_somebody_else(
            Databases databases) {
        var first = start(databases);
        var now = lms.clock.instant();
        var person = new Person("5", "Grace Hopper", false);
        var strangers = lms.database.inTransaction(db -> {
            var tenant = first.course().tenant();
            var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now);
            var elsewhere = AccountStore.findOrCreate(db, there.id(), lms.platform.id(), List.of(person), now);
            var other = AccountStore.findOrCreate(db, tenant, PlatformId.fresh(), List.of(person), now);
            MemberStore.join(db, first.course(), Map.of(other.get("5").id(), Role.LEARNER), now);
            return Stream.of(elsewhere, other)
                    .map(account -> account.get("5").id())
                    .toList();
        });
        Consumer<ObjectNode> grace = claims -> claims.put("sub", "5").put("name", "Grace Hopper");
        var other = launch(
                browser,
                grace.andThen(claims -> claims.putObject(lti("context")).put("id", "3")));
        assertThat(strangers).doesNotContain(lms.session(browser, other).account());
        change();
        var arrival = launch(browser, grace);
        assertThat(title()).isEqualTo("Course");
        var members = lms.database.inTransaction(db ->
                MemberStore.members(db, first.course().tenant(), first.course().id()));
        assertThat(members).containsKey(lms.session(browser, arrival).account()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_a_launch_says_of_its_place_is_looked_at_anew_after_five_seconds(Databases databases) {
        start(databases);
        change();
        lms.clock.advance(Duration.ofMillis(4_999));
        launch(browser, claims -> {});
        assertThat(title()).isEqualTo(CHANGED);
        lms.clock.advance(Duration.ofMillis(1));
        launch(browser, claims -> {});
        assertThat(title()).isEqualTo("Course");
    }

    static Stream<Arguments> otherPlaces() {
        return Stream.of(
                Arguments.of("another title", (Consumer<ObjectNode>)
                        claims -> claims.withObject("/" + escaped("context")).put("title", "Other")),
                Arguments.of("another link", (Consumer<ObjectNode>) claims ->
                        claims.withObject("/" + escaped("resource_link")).put("id", "8")),
                Arguments.of("a roster", (Consumer<ObjectNode>) claims -> claims.putObject(
                                "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                        .put("context_memberships_url", claims.path("roster").asText())),
                Arguments.of("an achievement", custom("cairn_achievement", "welding")),
                Arguments.of("a tenant", custom("cairn_tenant", "x")),
                Arguments.of("a course's history", custom("context_history", "1")),
                Arguments.of("a link's history", custom("resource_link_history", "6")),
                Arguments.of("anything", custom("anything", "at all")));
    }

    private static Consumer<ObjectNode> custom(String name, String value) {
        return claims -> claims.putObject(lti("custom")).put(name, value);
    }

    private static String escaped(String claim) {
        return lti(claim).replace("~", "~0").replace("/", "~1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherPlaces")
    void a_launch_that_says_anything_else_of_its_place_is_read_as_a_whole(String what, Consumer<ObjectNode> change) {
        start(Databases.H2);
        change();
        launch(browser, change);
        assertThat(title()).as(what).isIn("Course", "Other");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void only_a_course_s_page_is_opened_so_and_neither_links_to_choose_nor_what_is_the_same_for_all(
            Databases databases) {
        start(databases);
        Consumer<ObjectNode> teacher = claims -> claims.putArray(lti("roles")).add("Instructor");
        launch(browser, teacher);
        change();
        launch(browser, teacher.andThen(claims -> {
            claims.put(lti("message_type"), "LtiDeepLinkingRequest");
            claims.putObject("https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings")
                    .put("deep_link_return_url", claims.path("roster").asText())
                    .putArray("accept_types")
                    .add("ltiResourceLink");
        }));
        assertThat(title()).isEqualTo("Course");
        launch(browser, teacher);
        var another = Browser.fresh();
        var arrival = accept(
                another, teacher.andThen(claims -> claims.put(lti("message_type"), "LtiDataPrivacyLaunchRequest")));
        assertThat(arrival).isInstanceOf(Arrival.AtPrivacy.class);
        int begun = lms.database.inTransaction(db -> db.fetchCount(SESSION, SESSION.BROWSER_HASH.eq(another.hash())));
        assertThat(begun).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_same_names_in_another_deployment_are_another_course(Databases databases) {
        var first = start(databases);
        lms.database.inTransaction(
                db -> PlatformStore.deploy(db, first.course().tenant(), lms.platform.id(), "2", lms.clock.instant()));
        var second = launch(browser, claims -> claims.put(lti("deployment_id"), "2"));
        assertThat(second.course().id()).isNotEqualTo(first.course().id());
        assertThat(launch(browser, claims -> {}).course()).isEqualTo(first.course());
    }

    static Stream<Arguments> news() {
        return Stream.of(Databases.values())
                .flatMap(databases -> Stream.of(
                        Arguments.of(databases, "4", "Ada King", false, Role.LEARNER, true),
                        Arguments.of(databases, "4", "ada lovelace", false, Role.LEARNER, true),
                        Arguments.of(databases, "4", "Ada Lovelace", true, Role.LEARNER, true),
                        Arguments.of(databases, "4", "Ada Lovelace", false, Role.TEACHER, true),
                        Arguments.of(databases, "5", "Ada Lovelace", false, Role.LEARNER, true),
                        Arguments.of(databases, "4", "Ada Lovelace", false, Role.LEARNER, false),
                        Arguments.of(databases, "4", null, false, Role.LEARNER, false)));
    }

    @ParameterizedTest
    @MethodSource("news")
    void what_is_news_of_a_person_is_kept_at_once(
            Databases databases, String sub, String name, boolean isTest, Role role, boolean isNews) {
        start(databases);
        change();
        var arrival = launch(browser, claims -> {
            claims.put("sub", sub).put("name", name);
            var roles = claims.putArray(lti("roles")).add(role == Role.TEACHER ? "Instructor" : "Learner");
            if (isTest) {
                roles.add("http://purl.imsglobal.org/vocab/lti/system/person#TestUser");
            }
        });
        assertThat(title()).isEqualTo(isNews ? "Course" : CHANGED);
        var account = account(sub);
        assertThat(account.name()).isEqualTo(name == null ? "Ada Lovelace" : name);
        assertThat(account.testUser()).isEqualTo(isTest);
        var course = arrival.course();
        assertThat(lms.database
                        .inTransaction(db -> MemberStore.members(db, course.tenant(), course.id()))
                        .get(account.id()))
                .isEqualTo(role);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void somebody_without_a_name_and_a_test_user_are_known_as_well(Databases databases) {
        start(databases);
        Consumer<ObjectNode> nameless = claims -> claims.put("sub", "5").remove("name");
        Consumer<ObjectNode> test = claims -> claims.put("sub", "6")
                .putArray(lti("roles"))
                .add("Learner")
                .add("http://purl.imsglobal.org/vocab/lti/system/person#TestUser");
        for (var person : List.of(nameless, test)) {
            launch(browser, person);
            change();
            launch(browser, person);
            assertThat(title()).isEqualTo(CHANGED);
        }
        // Who was a test user once stays one, whatever a launch says.
        launch(browser, claims -> claims.put("sub", "6"));
        assertThat(title()).isEqualTo(CHANGED);
        assertThat(account("6").testUser()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_nonce_begins_one_session_and_no_second_one_on_any_node(Databases databases) {
        start(databases);
        var form = lms.form(browser, claims -> {});
        var elsewhere = lms.onAnotherNode(lms.database);
        lms.launches.accept(form, browser);
        for (var node : List.of(lms.launches, elsewhere)) {
            assertThatThrownBy(() -> node.accept(form, browser))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Refusal.STATE_USED.code()));
        }
        assertThat(sessions()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_deployment_that_was_moved_leads_to_the_other_institution_at_once_and_to_a_new_course_once_it_is_back(
            Databases databases) {
        var first = start(databases);
        var here = first.course().tenant();
        var there = lms.database.inTransaction(
                db -> TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), lms.clock.instant())
                        .id());
        move(there);
        move(here);
        var back = launch(browser, claims -> {});
        assertThat(back.course().tenant()).isEqualTo(here);
        assertThat(back.course().id()).isNotEqualTo(first.course().id());
        move(there);
        var arrival = launch(browser, claims -> {});
        assertThat(arrival.course().tenant()).isEqualTo(there);
        assertThat(lms.session(browser, arrival).tenant()).isEqualTo(there);
    }

    private void move(TenantId to) {
        lms.database.inTransaction(db -> {
            var deployment =
                    PlatformStore.findDeployment(db, lms.platform.id(), "1").orElseThrow();
            return PlatformStore.move(db, deployment, to, lms.clock.instant());
        });
    }

    /** A first launch. */
    private Arrival.AtPlacement start(Databases databases) {
        lms = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
        return launch(browser, claims -> {});
    }

    private Arrival.AtPlacement launch(Browser browser, Consumer<ObjectNode> change) {
        return (Arrival.AtPlacement) accept(browser, change);
    }

    private Arrival accept(Browser browser, Consumer<ObjectNode> change) {
        Consumer<ObjectNode> roster = claims -> claims.put("roster", lms.wire.baseUrl() + "/roster");
        return lms.launches.accept(lms.form(browser, roster.andThen(change)), browser);
    }

    private void change() {
        lms.database.inTransaction(
                db -> db.update(COURSE).set(COURSE.TITLE, CHANGED).execute());
    }

    private String title() {
        return lms.database.inTransaction(db -> db.select(COURSE.TITLE)
                .from(COURSE)
                .where(COURSE.CONTEXT_ID.eq("2"))
                .fetchSingle(COURSE.TITLE));
    }

    private Account account(String sub) {
        return lms.database.inTransaction(db -> {
            TenantId tenant = db.select(COURSE.TENANT_ID).from(COURSE).fetchSingle(COURSE.TENANT_ID);
            return AccountStore.find(db, tenant, lms.platform.id(), sub).orElseThrow();
        });
    }

    private int sessions() {
        return lms.database.inTransaction(db -> db.fetchCount(SESSION));
    }
}

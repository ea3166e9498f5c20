package org.cairn.award;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.testing.TestPlatform.lti;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.lti.Arrival;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.GroupStore;
import org.cairn.lti.MemberStore;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.service.Gradebook;
import org.cairn.lti.service.Groups;
import org.cairn.lti.service.Roster;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.cairn.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a roster that was read: members, groups and nothing that it does not say; on both databases. */
class CollectingRosterTest {

    private static final String NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
    private static final String GROUPS = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice";

    private TestPlatform lms;
    private Collecting collecting;
    private TenantId tenant;
    private Course course;

    private void start(Databases databases) {
        lms = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
        var catalogues = new Catalogues();
        var credentials = new Credentials(new Addresses("https://cairn.example.edu"), lms.own);
        collecting = new Collecting(
                lms.database,
                catalogues,
                new Awarding(lms.database, catalogues, credentials, lms.clock),
                new Gradebook(lms.outbound, lms.own, lms.clock),
                new Roster(lms.outbound, lms.own, lms.clock),
                new Groups(lms.outbound, lms.own, lms.clock),
                lms.clock);
        lms.wire.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":3600}")));
        course = launch("teacher", "Instructor").course();
        tenant = course.tenant();
        lms.database.inTransaction(db -> IssuerStore.findOrCreate(
                db, tenant, new IssuerSettings("Here", null, null, null), lms.clock.instant()));
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_is_missing_on_a_whole_roster_has_left_and_on_a_cut_one_has_not(Databases databases) {
        start(databases);
        roster(member("teacher", "Instructor"), member("a", "Learner"), member("b", "Learner"));
        collect();
        assertThat(members()).isEqualTo(Map.of("teacher", Role.TEACHER, "a", Role.LEARNER, "b", Role.LEARNER));

        // The second page fails: b may be on it, and c is new.
        lms.wire.stubFor(get(urlPathEqualTo("/members"))
                .willReturn(okJson(page(member("teacher", "Instructor"), member("c", "Learner")))
                        .withHeader("Link", "<" + lms.wire.baseUrl() + "/more>; rel=\"next\"")));
        lms.wire.stubFor(get("/more").willReturn(serverError()));
        collect();
        assertThat(members()).containsOnlyKeys("teacher", "a", "b", "c");

        roster(member("teacher", "Instructor"), member("b", "Learner"));
        collect();
        assertThat(members()).containsOnlyKeys("teacher", "b");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_launched_while_the_roster_was_read_stays(Databases databases) {
        start(databases);
        roster(member("teacher", "Instructor"));
        lms.clock.advance(Duration.ofMinutes(1));
        // Standing for a reading that began before this launch.
        var since = lms.clock.instant();
        lms.clock.advance(Duration.ofMinutes(1));
        launch("late", "Learner");
        lms.database.inTransaction(db -> {
            MemberStore.leave(
                    db, course, MemberStore.members(db, tenant, course.id()).keySet(), since);
            return null;
        });
        assertThat(members()).containsOnlyKeys("late");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_roster_like_the_last_one_writes_nothing(Databases databases) {
        start(databases);
        roster(member("teacher", "Instructor"), member("a", "Learner"));
        collect();
        var before = rows();
        lms.clock.advance(Duration.ofHours(1));
        collect();
        assertThat(rows()).isEqualTo(before);
        lms.clock.advance(Duration.ofHours(1));
        roster(member("teacher", "Instructor"), member("a", "Instructor"));
        collect();
        assertThat(members()).containsEntry("a", Role.TEACHER);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void moodle_s_non_editing_teacher_who_launched_as_one_is_no_learner_for_its_roster(Databases databases) {
        start(databases);
        launch("assistant", "Instructor");
        roster(member("teacher", "Instructor"), member("assistant", "Learner"));
        collect();
        assertThat(members()).containsEntry("assistant", Role.TEACHER);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_roster_touches_no_other_course_tenant_or_platform(Databases databases) {
        start(databases);
        var now = lms.clock.instant();
        var elsewhere = lms.database.inTransaction(db -> {
            var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now);
            var platform = PlatformStore.save(db, World.platform("https://other.example.edu", "cairn"), now);
            var deployment = PlatformStore.deploy(db, there.id(), platform.id(), "1", now);
            var other = CourseStore.findOrCreate(db, there.id(), deployment.id(), "2", now);
            var account = AccountStore.findOrCreate(
                            db, there.id(), platform.id(), java.util.List.of(Person.unnamed("a")), now)
                    .get("a");
            MemberStore.join(db, other, Map.of(account.id(), Role.TEACHER), now);
            return other;
        });
        roster(member("teacher", "Instructor"), member("a", "Learner"));
        collect();
        roster(member("teacher", "Instructor"));
        collect();
        Map<?, Role> theirs =
                lms.database.inTransaction(db -> MemberStore.members(db, elsewhere.tenant(), elsewhere.id()));
        assertThat(theirs.values()).hasSize(1).allMatch(role -> role == Role.TEACHER);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_a_deployment_that_another_tenant_has_now_the_first_learns_nothing_more(Databases databases) {
        start(databases);
        roster(member("teacher", "Instructor"), member("a", "Learner"));
        collect();
        var known = subs();
        lms.database.inTransaction(db -> {
            var now = lms.clock.instant();
            var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now);
            IssuerStore.findOrCreate(db, there.id(), new IssuerSettings("There", null, null, null), now);
            return PlatformStore.move(
                    db, PlatformStore.getDeployment(db, tenant, course.deployment()), there.id(), now);
        });
        roster(member("teacher", "Instructor"), member("stranger", "Learner"));
        lms.clock.advance(Duration.ofHours(1));
        lms.wire.resetRequests();
        collecting.collectAll();
        collecting.collect(tenant, course.id(), true);
        lms.wire.verify(0, getRequestedFor(urlPathEqualTo("/members")));
        assertThat(subs()).isEqualTo(known);

        // Its next launch is the other tenant's, and so is what follows.
        var theirs = launch("teacher", "Instructor").course();
        assertThat(theirs.tenant()).isNotEqualTo(tenant);
        collecting.collect(theirs.tenant(), theirs.id(), true);
        lms.wire.verify(1, getRequestedFor(urlPathEqualTo("/members")));
        assertThat(subs()).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void groups_follow_whole_readings_and_what_could_not_be_read_leaves_them_as_they_were(Databases databases) {
        start(databases);
        groups("{\"id\":\"r\",\"name\":\"Red\"},{\"id\":\"b\",\"name\":\"Blue\"}");
        roster(member("teacher", "Instructor"), member("a", "Learner", "r"), member("b", "Learner", "r", "b", "gone"));
        collect();
        assertThat(groups()).isEqualTo(Map.of("Red", "[a, b]", "Blue", "[b]"));

        lms.wire.stubFor(get("/groups").willReturn(serverError()));
        roster(member("teacher", "Instructor"), member("a", "Learner"), member("b", "Learner"));
        collect();
        assertThat(groups()).isEqualTo(Map.of("Red", "[a, b]", "Blue", "[b]"));
        assertThat(members()).containsOnlyKeys("teacher", "a", "b");

        groups("{\"id\":\"r\",\"name\":\"Crimson\"},{\"id\":\"g\",\"name\":\"Green\"}");
        roster(member("teacher", "Instructor"), member("a", "Learner", "g"), member("b", "Learner", "r"));
        collect();
        assertThat(groups()).isEqualTo(Map.of("Crimson", "[b]", "Green", "[a]"));
        int gone = lms.database.inTransaction(
                db -> GroupStore.members(db, tenant, course.id(), "b").size());
        assertThat(gone).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void forty_thousand_people_are_kept_and_read_again_without_a_query_for_each(Databases databases) {
        start(databases);
        // Sixteen pages of 2,500, so that the test's time goes to the database.
        for (int page = 0; page < 16; page++) {
            int first = page * 2_500;
            var members = IntStream.range(first, first + 2_500)
                    .mapToObj(i -> "{\"user_id\":\"u%d\",\"roles\":[\"Learner\"]}".formatted(i))
                    .collect(Collectors.joining(","));
            var answer = okJson("{\"members\":[" + members + "]}");
            if (page < 15) {
                answer.withHeader("Link", "<%s/page/%d>; rel=\"next\"".formatted(lms.wire.baseUrl(), page + 1));
            }
            lms.wire.stubFor(get(page == 0 ? urlPathEqualTo("/members") : urlEqualTo("/page/" + page))
                    .willReturn(answer));
        }
        collect();
        int count = lms.database.inTransaction(
                db -> MemberStore.members(db, tenant, course.id()).size());
        assertThat(count).isEqualTo(40_000);
        var begun = System.nanoTime();
        collect();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
    }

    private void collect() {
        collecting.collect(tenant, course.id(), true);
        var problem = lms.database
                .inTransaction(db -> CollectionStore.find(db, tenant, course.id()))
                .orElseThrow()
                .problem();
        assertThat(problem).isNull();
    }

    private Arrival.AtPlacement launch(String sub, String role) {
        var browser = Browser.fresh();
        var form = lms.form(browser, claims -> {
            claims.put("sub", sub).remove("name");
            claims.putArray(lti("roles")).add(role);
            claims.putObject(NRPS).put("context_memberships_url", lms.wire.baseUrl() + "/members");
            if (sub.equals("teacher")) {
                claims.putObject(GROUPS).put("context_groups_url", lms.wire.baseUrl() + "/groups");
            }
        });
        return (Arrival.AtPlacement) lms.launches.accept(form, browser);
    }

    private void roster(String... members) {
        lms.wire.stubFor(get(urlPathEqualTo("/members")).willReturn(okJson(page(members))));
    }

    private void groups(String json) {
        lms.wire.stubFor(get("/groups").willReturn(okJson("{\"groups\":[" + json + "]}")));
    }

    private static String page(String... members) {
        return "{\"members\":[" + String.join(",", members) + "]}";
    }

    private static String member(String sub, String role, String... groups) {
        var list = java.util.Arrays.stream(groups)
                .map("{\"group_id\":\"%s\"}"::formatted)
                .collect(Collectors.joining(","));
        return "{\"user_id\":\"%s\",\"status\":\"Active\",\"roles\":[\"%s\"],\"group_enrollments\":[%s]}"
                .formatted(sub, role, list);
    }

    /** Who is in the course, by the LMS's name of them. */
    private Map<String, Role> members() {
        return lms.database.inTransaction(db -> {
            var roles = MemberStore.members(db, tenant, course.id());
            var bySub = new TreeMap<String, Role>();
            AccountStore.list(db, tenant, roles.keySet())
                    .forEach(account -> bySub.put(account.sub(), roles.get(account.id())));
            return bySub;
        });
    }

    /** Of whom the tenant knows. */
    private String subs() {
        return lms.database.inTransaction(
                db -> db.fetch("select sub, name from account where tenant_id = ? order by sub", tenant.value())
                        .toString());
    }

    private Map<String, String> groups() {
        return lms.database.inTransaction(db -> {
            var named = new TreeMap<String, String>();
            GroupStore.names(db, tenant, course.id())
                    .forEach((id, name) -> named.put(
                            name,
                            AccountStore.list(db, tenant, GroupStore.members(db, tenant, course.id(), id)).stream()
                                    .map(account -> account.sub())
                                    .sorted()
                                    .toList()
                                    .toString()));
            return named;
        });
    }

    private String rows() {
        return lms.database.inTransaction(
                db -> db.fetch("select account_id, role, seen_at from member order by account_id")
                        .toString());
    }
}

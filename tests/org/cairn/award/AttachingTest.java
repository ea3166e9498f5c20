package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.lti;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.award.Attaching.Wanted;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.Arrival;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import org.cairn.people.Browser;
import org.cairn.people.TenantStore;
import org.cairn.rule.Slot;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.cairn.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Courses that an LMS copied, from real launches on to what can be earned there; on both databases. */
class AttachingTest {

    private static final AchievementId BASICS = new AchievementId("basics");
    private static final AchievementId MORE = new AchievementId("more");
    private static final Slot QUIZ = new Slot("quiz");

    private final Catalogues catalogues = new Catalogues();
    private TestPlatform lms;
    private TenantId tenant;
    private Deployment deployment;
    private Attaching attaching;

    private void start(Databases databases) {
        lms = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
        deployment = lms.database
                .inTransaction(db -> PlatformStore.findDeployment(db, lms.platform.id(), "1"))
                .orElseThrow();
        tenant = deployment.tenant();
        var credentials = new Credentials(new Addresses("https://cairn.example.edu"), lms.own);
        attaching = new Attaching(
                lms.database, catalogues, new Awarding(lms.database, catalogues, credentials, lms.clock), lms.clock);
        var rule = "{'score':'quiz','atLeast':70}";
        lms.database.inTransaction(db -> {
            var issuer = IssuerStore.findOrCreate(
                    db, tenant, new IssuerSettings("Here", null, null, "AT"), lms.clock.instant());
            return catalogues.define(
                    db,
                    issuer,
                    Map.of(BASICS, World.definition("Basics", rule), MORE, World.definition("More", rule)),
                    List.of(),
                    lms.clock.instant());
        });
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_copy_is_asked_about_and_takes_over_with_the_same_column_names_and_no_second_time(Databases databases) {
        start(databases);
        var origin = launch("old", "");
        attach(origin, new Wanted(BASICS, "Week 1", true, Map.of()));
        var copy = launch("new", "old");
        var asked = copy(copy.id()).orElseThrow();
        assertThat(asked.origin()).isEqualTo(origin);
        assertThat(asked.missing()).extracting(Wanted::achievement).containsExactly(BASICS);

        take(copy.id(), origin.id(), Map.of());
        var attachment = attachments(copy.id()).getFirst();
        assertThat(attachment.module()).isEqualTo("Week 1");
        assertThat(attachment.inGradebook()).isTrue();
        // The resource id is what finds the column that the LMS copied along.
        assertThat(columns(copy.id())).isEqualTo(Set.of("basics/quiz")).isEqualTo(columns(origin.id()));
        assertThat(attachment.activities())
                .isNotEqualTo(attachments(origin.id()).getFirst().activities());
        assertThat(copy(copy.id())).isEmpty();
        refused("copy_unknown", () -> take(copy.id(), origin.id(), Map.of()));
        // The next launch says it again.
        launch("new", "old");
        assertThat(copy(copy.id())).isEmpty();
        assertThat(attachments(copy.id())).hasSize(1);
        assertThat(attachments(origin.id())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_teacher_who_begins_empty_is_not_asked_again(Databases databases) {
        start(databases);
        attach(launch("old", ""), new Wanted(BASICS, null, false, Map.of()));
        var copy = launch("new", "old");
        attaching.beginEmpty(tenant, copy.id());
        launch("new", "old");
        assertThat(copy(copy.id())).isEmpty();
        assertThat(attachments(copy.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_activity_of_the_lms_keeps_its_name_or_is_what_the_teacher_says_and_its_title_stays(Databases databases) {
        start(databases);
        var origin = launch("old", "");
        attach(origin, new Wanted(BASICS, null, false, Map.of(QUIZ, "quiz-1")));
        attach(origin, new Wanted(MORE, null, false, Map.of(QUIZ, "quiz-2")));
        var copy = launch("new", "old");
        assertThat(copy(copy.id()).orElseThrow().missing())
                .extracting(Wanted::activities)
                .containsExactlyInAnyOrder(Map.of(QUIZ, "quiz-1"), Map.of(QUIZ, "quiz-2"));
        refused("slot_unknown", () -> take(copy.id(), origin.id(), Map.of(BASICS, Map.of(new Slot("essay"), "x"))));
        assertThat(attachments(copy.id())).isEmpty();
        take(copy.id(), origin.id(), Map.of(BASICS, Map.of(QUIZ, "quiz-77")));
        List<String> names = lms.database.inTransaction(db -> ActivityStore.names(db, tenant, copy.id(), Source.PUSH));
        assertThat(names).containsExactly("quiz-2", "quiz-77");
        assertThat(columns(copy.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_nearest_origin_that_has_more_is_asked_about_and_a_copy_of_a_copy_finds_the_first(Databases databases) {
        start(databases);
        var first = launch("first", "");
        attach(first, new Wanted(BASICS, null, false, Map.of()));
        // The copy between was never opened.
        var third = launch("third", "second,first");
        assertThat(copy(third.id()).orElseThrow().origin()).isEqualTo(first);
        var second = launch("second", "first");
        attach(second, new Wanted(MORE, null, false, Map.of()));
        assertThat(copy(third.id()).orElseThrow().origin()).isEqualTo(second);
        refused("copy_unknown", () -> take(third.id(), first.id(), Map.of()));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_origin_that_becomes_known_later_is_asked_about_then(Databases databases) {
        start(databases);
        var copy = launch("new", "old");
        assertThat(copy(copy.id())).isEmpty();
        var origin = launch("old", "");
        assertThat(copy(copy.id())).isEmpty();
        attach(origin, new Wanted(BASICS, null, false, Map.of()));
        assertThat(copy(copy.id()).orElseThrow().origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_course_of_another_deployment_is_no_origin_though_it_has_the_same_context_id(Databases databases) {
        start(databases);
        var other = lms.database.inTransaction(db -> {
            var second = PlatformStore.deploy(db, tenant, lms.platform.id(), "2", lms.clock.instant());
            return CourseStore.findOrCreate(db, tenant, second.id(), "old", lms.clock.instant());
        });
        attach(other, new Wanted(BASICS, null, false, Map.of()));
        var copy = launch("new", "old");
        assertThat(copy(copy.id())).isEmpty();
        refused("copy_unknown", () -> take(copy.id(), other.id(), Map.of()));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_copied_link_says_what_it_is_about_in_its_own_tenant_only(Databases databases) {
        start(databases);
        var elsewhere = lms.database.inTransaction(
                db -> TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), lms.clock.instant())
                        .id());
        assertThat(arrive("new", "7", Map.of("cairn_achievement", "basics", "cairn_tenant", elsewhere.toString()))
                        .placement()
                        .achievement())
                .isNull();
        var arrival = arrive("new", "8", Map.of("cairn_achievement", "basics", "cairn_tenant", tenant.toString()));
        assertThat(arrival.placement().achievement()).isEqualTo(BASICS);
        // The LMS told of no origin: the link itself is what the teacher is asked about.
        var course = arrival.course().id();
        var asked = copy(course).orElseThrow();
        assertThat(asked.origin()).isNull();
        assertThat(asked.missing()).extracting(Wanted::achievement).containsExactly(BASICS);
        take(course, null, Map.of());
        assertThat(columns(course)).containsExactly("basics/quiz");
        assertThat(copy(course)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void links_that_a_teacher_declined_are_not_asked_about_again_and_new_ones_are(Databases databases) {
        start(databases);
        var custom = Map.of("cairn_achievement", "basics", "cairn_tenant", tenant.toString());
        var course = arrive("new", "8", custom).course().id();
        attaching.beginEmpty(tenant, course);
        arrive("new", "8", custom);
        assertThat(copy(course)).isEmpty();
        arrive("new", "9", Map.of("cairn_achievement", "more", "cairn_tenant", tenant.toString()));
        assertThat(copy(course).orElseThrow().missing())
                .extracting(Wanted::achievement)
                .containsExactly(MORE);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_link_without_our_ids_is_about_what_the_link_that_it_was_copied_from_is_about(Databases databases) {
        start(databases);
        var ours = Map.of("cairn_achievement", "basics", "cairn_tenant", tenant.toString());
        var copied = arrive("new", "copy", Map.of("resource_link_history", "between,old%2Flink"));
        assertThat(copied.placement().achievement()).isNull();
        // The origin is opened for the first time after its copy.
        arrive("old", "old/link", ours);
        arrive("old", "unrelated", Map.of("cairn_achievement", "more", "cairn_tenant", tenant.toString()));
        // For so long a launch that says the same is not read as a whole.
        lms.clock.advance(Duration.ofSeconds(5));
        var again = arrive("new", "copy", Map.of("resource_link_history", "between,old%2Flink"));
        assertThat(again.placement().id()).isEqualTo(copied.placement().id());
        assertThat(again.placement().achievement()).isEqualTo(BASICS);
        // The same link id in another deployment is another link.
        lms.database.inTransaction(db -> PlatformStore.deploy(db, tenant, lms.platform.id(), "2", lms.clock.instant()));
        assertThat(arriveAt("2", "new", "copy", Map.of("resource_link_history", "old%2Flink"))
                        .placement()
                        .achievement())
                .isNull();
    }

    private Course launch(String context, String history) {
        return arrive(context, "link", Map.of("context_history", history)).course();
    }

    private Arrival.AtPlacement arrive(String context, String link, Map<String, String> custom) {
        return arriveAt("1", context, link, custom);
    }

    private Arrival.AtPlacement arriveAt(String deploymentId, String context, String link, Map<String, String> custom) {
        var browser = Browser.fresh();
        var form = lms.form(browser, claims -> {
            claims.put(lti("deployment_id"), deploymentId);
            claims.putObject(lti("context")).put("id", context).put("title", context);
            claims.putObject(lti("resource_link")).put("id", link);
            var sent = claims.putObject(lti("custom"));
            custom.forEach(sent::put);
        });
        return (Arrival.AtPlacement) lms.launches.accept(form, browser);
    }

    private void attach(Course course, Wanted wanted) {
        attaching.attach(tenant, course.id(), List.of(wanted));
    }

    private java.util.Optional<Attaching.Copy> copy(CourseId course) {
        return lms.database.inTransaction(db -> attaching.findCopy(db, tenant, course));
    }

    private void take(
            CourseId course,
            @org.jspecify.annotations.Nullable CourseId origin,
            Map<AchievementId, Map<Slot, String>> named) {
        attaching.takeOver(tenant, course, origin, named);
    }

    private List<Attachment> attachments(CourseId course) {
        return lms.database.inTransaction(db -> catalogues.current(db, tenant)).attachments(course);
    }

    private Set<String> columns(CourseId course) {
        return lms.database.inTransaction(db -> ActivityStore.columns(db, tenant, course)).keySet().stream()
                .collect(Collectors.toSet());
    }

    private static void refused(String code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

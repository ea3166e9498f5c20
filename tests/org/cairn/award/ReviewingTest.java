package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AchievementId;
import org.cairn.HandInId;
import org.cairn.Problem;
import org.cairn.lti.MemberStore;
import org.cairn.people.Role;
import org.cairn.rule.Slot;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewingTest {

    private static final AchievementId WELDING = new AchievementId("welding");
    private static final Slot PORTFOLIO = new Slot("portfolio");
    private static final Set<String> RUBRIC = Set.of("Shows a seam", "Says why it holds");
    private static final String ONE = "{'approved':'portfolio','rubric':['Shows a seam','Says why it holds']}";
    private static final String TWO = "{'approved':'portfolio','reviewers':2}";
    private static final String INDEPENDENT = "{'approved':'portfolio','independent':true}";

    private record Scene(World world, Reviewing reviewing) {

        static Scene of(World world, String rule) {
            world.define("welding", rule);
            return new Scene(world, new Reviewing(world.database, world.catalogues, world.awarding, world.clock));
        }

        void join(String sub, Role role) {
            var course = world.course(world.context);
            var member = Map.of(world.account(sub).id(), role);
            world.database.inTransaction(db -> {
                MemberStore.join(db, course, member, world.clock.instant());
                return null;
            });
        }

        /** Somebody signs in with another account of hers. */
        void isSamePerson(String sub, String other) {
            world.database.inTransaction(db -> db.execute(
                    "update account set learner_id = ? where id = ?",
                    world.account(sub).learner().value(),
                    world.account(other).id().value()));
        }

        HandInId handIn(String sub) {
            world.clock.advance(Duration.ofMinutes(1));
            return reviewing.handIn(world.account(sub), world.here(), WELDING, PORTFOLIO, "https://example.edu/seam");
        }

        List<Award> approve(HandInId handIn, String by) {
            return answer(handIn, by, Role.TEACHER, true);
        }

        List<Award> sendBack(HandInId handIn, String by) {
            return answer(handIn, by, Role.TEACHER, false);
        }

        List<Award> answer(HandInId handIn, String by, Role role, boolean isApproved) {
            world.clock.advance(Duration.ofMinutes(1));
            return reviewing.answer(world.account(by), role, world.here(), handIn, isApproved, RUBRIC, "Because.");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_was_sent_back_is_handed_in_again_and_awarded_once_approved(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, ONE);
            assertThat(scene.sendBack(scene.handIn("ada"), "grace")).isEmpty();
            assertThat(world.holds("ada")).isEmpty();
            assertThat(scene.approve(scene.handIn("ada"), "grace")).hasSize(1);
            assertThat(world.holds("ada")).containsExactly("welding");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_approval_and_a_grade_are_awarded_whichever_comes_last(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, "{'allOf':[" + ONE + ",{'score':'quiz','atLeast':70}]}");
            assertThat(scene.approve(scene.handIn("ada"), "grace")).isEmpty();
            world.grade("ada", "quiz", 80);
            world.grade("alan", "quiz", 80);
            assertThat(world.holds("ada")).containsExactly("welding");
            assertThat(world.holds("alan")).isEmpty();
            scene.approve(scene.handIn("alan"), "grace");
            assertThat(world.holds("alan")).containsExactly("welding");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void two_reviewers_are_two_people_and_not_one_with_two_accounts(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, TWO);
            scene.isSamePerson("grace", "grace at home");
            var handIn = scene.handIn("ada");
            scene.approve(handIn, "grace");
            refused(() -> scene.approve(handIn, "grace at home"), "hand_in_answered");
            assertThat(world.holds("ada")).isEmpty();
            scene.approve(handIn, "tim");
            assertThat(world.holds("ada")).containsExactly("welding");
            refused(() -> scene.approve(handIn, "edsger"), "hand_in_answered");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_approved_an_earlier_text_has_not_approved_the_next(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, TWO);
            var first = scene.handIn("ada");
            scene.approve(first, "grace");
            scene.sendBack(first, "tim");
            var second = scene.handIn("ada");
            scene.approve(second, "tim");
            assertThat(world.holds("ada")).isEmpty();
            scene.approve(second, "grace");
            assertThat(world.holds("ada")).containsExactly("welding");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void where_reviewers_are_independent_nobody_answers_who_teaches_there_under_any_account(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, INDEPENDENT);
            scene.join("tim", Role.ASSISTANT);
            scene.isSamePerson("tim", "tim of the institution");
            var handIn = scene.handIn("ada");
            refused(() -> scene.answer(handIn, "grace", Role.TEACHER, true), "review_refused");
            refused(() -> scene.answer(handIn, "tim of the institution", Role.ADMINISTRATOR, true), "review_refused");
            assertThat(world.holds("ada")).isEmpty();
            scene.answer(handIn, "edsger", Role.ADMINISTRATOR, true);
            assertThat(world.holds("ada")).containsExactly("welding");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void nobody_answers_her_own_or_without_teaching_or_from_another_course_or_tenant(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, ONE);
            scene.isSamePerson("ada", "ada the teacher");
            var handIn = scene.handIn("ada");
            refused(() -> scene.approve(handIn, "ada the teacher"), "review_refused");
            for (var role : List.of(Role.LEARNER, Role.ASSISTANT, Role.VISITOR)) {
                refused(() -> scene.answer(handIn, "alan", role, true), "review_refused");
            }
            var elsewhere = scene.world.course("course-2").id();
            refused(
                    () -> scene.reviewing.answer(
                            scene.world.account("grace"), Role.TEACHER, elsewhere, handIn, true, RUBRIC, "Because."),
                    "hand_in_unknown");
            refused(() -> scene.approve(HandInId.fresh(), "grace"), "hand_in_unknown");
            assertThat(world.holds("ada")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_approval_needs_every_line_and_each_answer_a_reason(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, ONE);
            var handIn = scene.handIn("ada");
            var grace = scene.world.account("grace");
            var some = Set.of("Shows a seam", "Something else");
            refused(
                    () -> scene.reviewing.answer(grace, Role.TEACHER, scene.world.here(), handIn, true, some, "Fine."),
                    "rubric_not_met");
            for (var reason : List.of("", " \n ", "x".repeat(1001), "a\0b")) {
                refused(
                        () -> scene.reviewing.answer(
                                grace, Role.TEACHER, scene.world.here(), handIn, false, RUBRIC, reason),
                        "reason_missing");
            }
            scene.reviewing.answer(grace, Role.TEACHER, scene.world.here(), handIn, false, Set.of(), "No seam.");
            assertThat(world.holds("ada")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void one_thing_waits_at_a_time_what_is_not_asked_for_is_refused_and_a_day_has_its_limit(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, ONE);
            world.define("soldering", "{'score':'quiz','atLeast':70}");
            var ada = scene.world.account("ada");
            for (var text : List.of("", " \r\n", "x".repeat(4001), "a\0b")) {
                refused(
                        () -> scene.reviewing.handIn(ada, scene.world.here(), WELDING, PORTFOLIO, text),
                        "hand_in_malformed");
            }
            scene.sendBack(
                    scene.reviewing.handIn(ada, scene.world.here(), WELDING, PORTFOLIO, "x\r\n" + "x".repeat(3998)),
                    "grace");
            var handIn = scene.handIn("ada");
            refused(() -> scene.handIn("ada"), "hand_in_not_asked");
            refused(
                    () -> scene.reviewing.handIn(ada, scene.world.here(), WELDING, new Slot("report"), "x"),
                    "hand_in_not_asked");
            refused(
                    () -> scene.reviewing.handIn(
                            ada, scene.world.here(), new AchievementId("soldering"), PORTFOLIO, "x"),
                    "hand_in_not_asked");
            var elsewhere = scene.world.course("course-2").id();
            refused(
                    () -> scene.reviewing.handIn(scene.world.account("alan"), elsewhere, WELDING, PORTFOLIO, "x"),
                    "hand_in_not_asked");
            scene.sendBack(handIn, "grace");
            for (int i = 2; i < 20; i++) {
                scene.sendBack(scene.handIn("ada"), "grace");
            }
            refused(() -> scene.handIn("ada"), "hand_ins_too_many");
            scene.approve(scene.handIn("alan"), "grace");
            world.clock.advance(Duration.ofDays(1));
            scene.approve(scene.handIn("ada"), "grace");
            assertThat(world.holds("ada")).containsExactly("welding");
            refused(() -> scene.handIn("ada"), "hand_in_not_asked");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_rule_that_asks_for_fewer_reviewers_is_decided_for_who_handed_in(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, TWO);
            scene.approve(scene.handIn("ada"), "grace");
            scene.handIn("alan");
            world.define("welding", "{'approved':'portfolio'}");
            world.awarding.reconsider(world.tenant, Set.of(WELDING));
            assertThat(world.holds("ada")).containsExactly("welding");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    private static void refused(ThrowingCallable doing, String code) {
        assertThatThrownBy(doing)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

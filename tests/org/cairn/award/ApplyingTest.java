package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Definition;
import org.cairn.people.Operator;
import org.cairn.people.OperatorStore;
import org.cairn.people.Role;
import org.cairn.people.TenantStore;
import org.cairn.rule.Evaluation;
import org.cairn.rule.RequirementJson;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Awards that are applied for or approved, waivers, what was earned elsewhere, and what counts as something else. */
class ApplyingTest {

    private static final AchievementId ETHICS = new AchievementId("ethics");
    private static final AchievementId LOGIC = new AchievementId("logic");
    private static final AchievementId STACK = new AchievementId("stack");
    private static final String QUIZ = "{'score':'quiz','atLeast':70}";
    private static final String BOTH = "{'allOf':[{'score':'quiz','atLeast':70},{'completed':'visit'}]}";

    private record Scene(World world, Applying applying, Deciding deciding) {

        static Scene of(World world) {
            return new Scene(
                    world,
                    new Applying(world.database, world.catalogues, world.awarding, world.clock),
                    new Deciding(world.database, world.catalogues, world.awarding, world.clock));
        }

        static Scene of(World world, String mode) {
            world.define("ethics", "{'rule':1,'mode':'%s','asks':%s}".formatted(mode, QUIZ));
            return of(world);
        }

        List<Award> apply(String sub, String said) {
            world.clock.advance(Duration.ofMinutes(1));
            return applying.apply(world.account(sub), world.here(), ETHICS, said);
        }

        List<Award> decide(Application application, String by, Role role, boolean isGranted) {
            world.clock.advance(Duration.ofMinutes(1));
            return deciding.decide(world.account(by), role, world.here(), application.id(), isGranted, "Because.");
        }

        List<Application> all(String sub) {
            return world.database.inTransaction(db -> ApplicationStore.list(db, world.tenant, world.learner(sub)));
        }

        Evaluation evaluation(String sub, AchievementId achievement) {
            return standing(sub, achievement).evaluation();
        }

        Standing standing(String sub, AchievementId achievement) {
            return world.database.inTransaction(db -> Progress.find(
                            db,
                            world.catalogues.current(db, world.tenant),
                            world.here(),
                            world.learner(sub),
                            achievement,
                            world.clock.instant())
                    .orElseThrow());
        }

        String missing(String sub) {
            var requirement =
                    Applying.unmet(evaluation(sub, ETHICS)).findFirst().orElseThrow();
            return RequirementJson.write(requirement).toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_to_be_applied_for_is_awarded_when_the_learner_applies_and_not_before(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, "apply");
            world.grade("ada", "quiz", 80);
            world.grade("alan", "quiz", 69.995);
            assertThat(world.holds("ada")).isEmpty();
            refused(() -> scene.apply("alan", ""), "not_ready");
            assertThat(scene.all("alan")).isEmpty();
            assertThat(scene.apply("ada", "")).hasSize(1);
            assertThat(world.holds("ada")).containsExactly("ethics");
            assertThat(scene.all("ada")).singleElement().matches(Application::isGranted);
            refused(() -> scene.apply("ada", ""), "application_not_open");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_to_be_approved_waits_for_people_once_and_is_awarded_when_they_say_so(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, "approve");
            world.grade("ada", "quiz", 80);
            world.grade("ada", "quiz", 90);
            world.grade("alan", "quiz", 60);
            assertThat(world.holds("ada")).isEmpty();
            assertThat(scene.all("alan")).isEmpty();
            var waiting = scene.all("ada").getFirst();
            assertThat(scene.all("ada")).hasSize(1);
            assertThat(waiting.course()).isEqualTo(scene.world.here());
            refused(() -> scene.decide(waiting, "tim", Role.ASSISTANT, true), "application_refused");
            refused(() -> scene.decide(waiting, "ada", Role.TEACHER, true), "application_refused");
            assertThat(scene.decide(waiting, "grace", Role.TEACHER, true)).hasSize(1);
            assertThat(world.holds("ada")).containsExactly("ethics");
            refused(() -> scene.decide(waiting, "grace", Role.TEACHER, false), "application_decided");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whom_people_declined_is_not_put_before_them_again_until_she_asks_and_says_why(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, "approve");
            world.grade("ada", "quiz", 80);
            assertThat(scene.decide(scene.all("ada").getFirst(), "grace", Role.TEACHER, false))
                    .isEmpty();
            world.grade("ada", "quiz", 95);
            assertThat(scene.all("ada")).hasSize(1);
            refused(() -> scene.apply("ada", " "), "application_malformed");
            assertThat(scene.apply("ada", "I did it again.")).isEmpty();
            refused(() -> scene.apply("ada", "And again."), "application_open");
            assertThat(scene.all("ada")).hasSize(2);
            scene.decide(scene.all("ada").getLast(), "grace", Role.TEACHER, true);
            assertThat(world.holds("ada")).containsExactly("ethics");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_not_met_any_more_cannot_be_granted_and_stays_open(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world, "approve");
            world.grade("ada", "quiz", 80);
            var waiting = scene.all("ada").getFirst();
            world.clock.advance(Duration.ofMinutes(1));
            world.grade("ada", "quiz", 20);
            refused(() -> scene.decide(waiting, "grace", Role.TEACHER, true), "not_ready");
            assertThat(scene.all("ada")).singleElement().matches(Application::isOpen);
            assertThat(world.holds("ada")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_what_is_above_the_courses_the_institution_decides_and_no_teacher(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "ethics", QUIZ, "stack", "{'rule':1,'mode':'approve','asks':{'allOf':[{'holds':'ethics'}]}}"));
            var scene = Scene.of(world);
            world.grade("ada", "quiz", 80);
            world.grade("alan", "quiz", 80);
            var waiting = scene.all("ada").getFirst();
            assertThat(waiting.course()).isNull();
            refused(() -> scene.decide(waiting, "grace", Role.TEACHER, true), "application_unknown");
            scene.decide(waiting, "root", Role.ADMINISTRATOR, true);
            assertThat(world.holds("ada")).containsExactly("ethics", "stack");

            var operator = operator(world, null);
            var other = operator(world, tenant(world));
            var open = scene.all("alan").getFirst();
            refused(() -> scene.deciding.decide(other, world.tenant, open.id(), true, "x"), "application_unknown");
            scene.deciding.decide(operator, world.tenant, open.id(), true, "Seen.");
            assertThat(world.holds("alan")).containsExactly("ethics", "stack");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whoever_is_excused_from_a_requirement_is_awarded_without_it_and_nobody_else(Databases databases) {
        try (var world = new World(databases)) {
            world.publish(
                    Map.of(ETHICS, World.definition("ethics", BOTH, Set.of(), Set.of(Definition.Allowance.WAIVER))));
            var scene = Scene.of(world);
            world.grade("ada", "quiz", 80);
            world.grade("alan", "quiz", 80);
            var visit = scene.missing("ada");
            scene.applying.askWaiver(scene.world.account("ada"), scene.world.here(), ETHICS, visit, "I work there.");
            refused(
                    () -> scene.applying.askWaiver(
                            scene.world.account("ada"), scene.world.here(), ETHICS, visit, "Again."),
                    "application_open");
            assertThat(world.holds("ada")).isEmpty();
            scene.decide(scene.all("ada").getFirst(), "grace", Role.TEACHER, true);
            assertThat(world.holds("ada")).containsExactly("ethics");
            var award = world.database
                    .inTransaction(db -> AwardStore.list(db, world.tenant, world.learner("ada")))
                    .getFirst();
            assertThat(award.evaluation().parts().getLast().found().waivedAt()).isNotNull();
            assertThat(world.holds("alan")).isEmpty();
            assertThat(scene.evaluation("alan", ETHICS).isMet()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void nobody_is_excused_where_the_institution_makes_no_exceptions_or_nothing_is_missing(Databases databases) {
        try (var world = new World(databases)) {
            world.publish(Map.of(
                    ETHICS, World.definition("ethics", BOTH, Set.of(), Set.of(Definition.Allowance.WAIVER)),
                    LOGIC, World.definition("logic", BOTH)));
            var scene = Scene.of(world);
            var quiz = scene.missing("ada");
            world.grade("ada", "quiz", 80);
            refused(
                    () -> scene.applying.askWaiver(
                            scene.world.account("ada"), scene.world.here(), ETHICS, quiz, "Please."),
                    "not_missing");
            refused(
                    () -> scene.applying.askWaiver(
                            scene.world.account("ada"), scene.world.here(), LOGIC, quiz, "Please."),
                    "not_allowed");
            assertThat(scene.all("ada")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_was_earned_elsewhere_counts_in_stacks_under_its_issuer_once_people_have_recognised_it(
            Databases databases) {
        try (var world = new World(databases)) {
            world.publish(Map.of(
                    ETHICS, World.definition("ethics", QUIZ, Set.of(), Set.of(Definition.Allowance.RECOGNITION)),
                    STACK, World.definition("stack", "{'allOf':[{'holds':'ethics','issuer':'Other University'}]}"),
                    LOGIC, World.definition("logic", "{'allOf':[{'holds':'ethics','issuer':'own'}]}")));
            var scene = Scene.of(world);
            var day = LocalDate.ofInstant(world.clock.instant(), ZoneId.of("Europe/Vienna"));
            refused(() -> recognise(scene, "Own", day), "application_malformed");
            refused(() -> recognise(scene, "Other University", day.plusDays(1)), "application_malformed");
            recognise(scene, "Other University", day);
            assertThat(world.holds("ada")).isEmpty();
            var awards = scene.decide(scene.all("ada").getFirst(), "grace", Role.TEACHER, true);
            assertThat(awards).extracting(Award::achievement).containsExactly(STACK);
            assertThat(world.holds("ada")).containsExactly("stack");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_was_earned_elsewhere_is_used_up_where_a_rule_lets_it_count_once(Databases databases) {
        try (var world = new World(databases)) {
            var once = "{'allOf':[{'holds':'ethics','uses':1}]}";
            world.publish(Map.of(
                    ETHICS,
                    World.definition("ethics", QUIZ, Set.of(), Set.of(Definition.Allowance.RECOGNITION)),
                    STACK,
                    World.definition("stack", once)));
            var scene = Scene.of(world);
            recognise(scene, "Other University", LocalDate.of(2020, 1, 1));
            scene.decide(scene.all("ada").getFirst(), "grace", Role.TEACHER, true);
            assertThat(world.holds("ada")).containsExactly("stack");
            world.define("logic", once);
            world.awarding.reconsider(world.tenant, Set.of(LOGIC));
            assertThat(world.holds("ada")).containsExactly("stack");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void nothing_can_be_applied_for_while_an_award_is_held_for_review(Databases databases) {
        try (var world = new World(databases)) {
            world.publish(Map.of(
                    ETHICS, World.definition("ethics", QUIZ, Set.of(), Set.of(Definition.Allowance.RECOGNITION))));
            var scene = Scene.of(world);
            var award = world.grade("ada", "quiz", 80).awards().getFirst();
            var teacher = world.account("grace").id();
            world.awarding.suspend(world.tenant, award.id(), teacher, "Let me look.");
            refused(() -> recognise(scene, "Other University", LocalDate.of(2020, 1, 1)), "application_not_open");
            assertThat(scene.standing("ada", ETHICS).isOpen()).isFalse();
            assertThat(scene.standing("alan", ETHICS).isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_counts_as_another_achievement_counts_in_its_stacks_and_once_only(Databases databases) {
        try (var world = new World(databases)) {
            world.publish(Map.of(
                    ETHICS,
                    World.definition("ethics", QUIZ),
                    LOGIC,
                    World.definition("logic", "{'score':'test','atLeast':70}", Set.of(ETHICS), Set.of()),
                    STACK,
                    World.definition("stack", "{'allOf':[{'holds':'ethics'},{'holds':'logic'}]}"),
                    new AchievementId("sum"),
                    World.definition("sum", "{'sum':'ects','atLeast':3}")));
            world.grade("ada", "test", 80);
            assertThat(world.holds("ada")).containsExactly("logic", "stack");
            world.grade("alan", "quiz", 80);
            assertThat(world.holds("alan")).containsExactly("ethics");
        }
    }

    private static void recognise(Scene scene, String issuer, LocalDate day) {
        scene.applying.askRecognition(
                scene.world.account("ada"),
                scene.world.here(),
                ETHICS,
                "Ethics of machines",
                issuer,
                day,
                "See my transcript.");
    }

    private static TenantId tenant(World world) {
        return world.database.inTransaction(
                db -> TenantStore.findOrCreate(db, "there", "There", ZoneOffset.UTC, world.clock.instant())
                        .id());
    }

    private static Operator operator(World world, @Nullable TenantId of) {
        return world.database
                .inTransaction(db -> OperatorStore.add(db, of, "Olga", world.clock.instant()))
                .operator();
    }

    private static void refused(ThrowingCallable attempt, String code) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

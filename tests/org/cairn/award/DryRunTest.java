package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.testing.World.observation;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.catalog.Definition;
import org.cairn.evidence.Source;
import org.cairn.lti.CourseStore;
import org.cairn.lti.MemberStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.rule.Rule;
import org.cairn.rule.Thresholds;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DryRunTest {

    private static final String QUIZ = "{'score':'quiz','atLeast':70}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void another_line_is_told_by_who_is_added_lost_and_awarded(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 90);
            world.grade("alan", "quiz", 75);
            world.grade("grace", "quiz", 65);
            world.grade("kurt", "quiz", 20);
            elsewhere(world, "emmy", 99);
            var harder = run(world, "soldering", "{'score':'quiz','atLeast':80}");
            assertThat(harder.learners()).isEqualTo(4);
            assertThat(harder.met()).isEqualTo(1);
            assertThat(harder.metBefore()).isEqualTo(2);
            assertThat(harder.held()).isEqualTo(2);
            assertThat(subs(harder.lost())).containsExactly("alan");
            assertThat(harder.added()).isEmpty();
            assertThat(harder.awarded()).isEmpty();
            var easier = run(world, "soldering", "{'score':'quiz','atLeast':60}");
            assertThat(subs(easier.added())).containsExactly("grace");
            assertThat(subs(easier.awarded())).containsExactly("grace");
            assertThat(easier.lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_people_granted_counts_as_it_does_when_it_counts(Databases databases) {
        try (var world = new World(databases)) {
            var ethics = new AchievementId("ethics");
            world.publish(Map.of(
                    ethics,
                    World.definition("ethics", QUIZ, Set.of(), Set.of(Definition.Allowance.RECOGNITION)),
                    new AchievementId("stack"),
                    World.definition(
                            "stack", "{'allOf':[{'holds':'ethics'},{'completed':'visit'}]}", Set.of(), Set.of())));
            var learner = world.learner("ada");
            var application = new Application(
                    ApplicationId.fresh(),
                    learner,
                    ethics,
                    null,
                    new Application.Recognition("Ethics", "Other University", world.clock.instant()),
                    "See my transcript.",
                    world.clock.instant(),
                    new Application.Decision(true, "Seen.", world.clock.instant()));
            world.database.inTransaction(db -> {
                ApplicationStore.insert(db, world.tenant, List.of(application));
                return null;
            });
            world.learner("alan");
            var report = run(world, "stack", "{'allOf':[{'holds':'ethics'}]}");
            assertThat(subs(report.awarded())).containsExactly("ada");
            assertThat(run(world, "stack", "{'allOf':[{'holds':'ethics','issuer':'own'}]}")
                            .awarded())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_was_awarded_and_lost_it_is_not_awarded_again(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            var award = world.grade("ada", "quiz", 90).awards().getFirst();
            world.awarding.revoke(world.tenant, award.id(), AccountId.fresh(), "why");
            var report = run(world, "soldering", QUIZ);
            assertThat(report.met()).isEqualTo(1);
            assertThat(report.held()).isZero();
            assertThat(report.awarded()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_misses_one_thing_by_little_is_borderline_the_nearest_first(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 66);
            world.grade("alan", "quiz", 69.995);
            world.grade("grace", "quiz", 64);
            world.grade("kurt", "quiz", 70);
            var report = run(world, "soldering", QUIZ);
            assertThat(report.borderline())
                    .extracting(one -> one.account().sub())
                    .containsExactly("alan", "ada");
            assertThat(report.borderline())
                    .extracting(DryRunReport.Borderline::course)
                    .containsOnly(world.course(world.context).id());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_not_bound_and_who_has_no_report_is_told(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 90);
            enrol(world, "alan", Role.LEARNER);
            enrol(world, "grace", Role.TEACHER);
            var report = run(world, "soldering", "{'allOf':[" + QUIZ + ",{'completed':'lab'}]}");
            assertThat(report.learners()).isEqualTo(2);
            assertThat(report.missing()).hasSize(2);
            var quiz = report.missing().getFirst();
            assertThat(quiz.slot().name()).isEqualTo("quiz");
            assertThat(quiz.isBound()).isTrue();
            assertThat(subs(quiz.learners())).containsExactly("alan");
            var lab = report.missing().getLast();
            assertThat(lab.slot().name()).isEqualTo("lab");
            assertThat(lab.isBound()).isFalse();
            assertThat(subs(lab.learners())).containsExactly("ada", "alan");
            assertThat(report.borderline())
                    .extracting(one -> one.account().sub())
                    .containsExactly("ada");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_number_at_each_threshold_is_told_with_the_rest_of_the_rule_as_it_is(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", "{'allOf':[" + QUIZ + ",{'completed':'lab'}]}");
            world.grade("ada", "quiz", 90);
            world.grade("ada", "lab", 1);
            world.grade("alan", "quiz", 55.5);
            world.grade("alan", "lab", 1);
            world.grade("grace", "quiz", 100);
            var curve = run(world, "soldering", "{'allOf':[" + QUIZ + ",{'completed':'lab'}]}")
                    .curves()
                    .getFirst();
            assertThat(curve.line().path()).isEqualTo("rule.allOf[0]");
            assertThat(at(curve, 0)).isEqualTo(2);
            assertThat(at(curve, 55)).isEqualTo(2);
            assertThat(at(curve, 56)).isEqualTo(1);
            assertThat(at(curve, 90)).isEqualTo(1);
            assertThat(at(curve, 91)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_stack_is_tried_over_whoever_holds_a_part_of_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "one", "{'score':'first','atLeast':50}",
                    "two", "{'score':'second','atLeast':50}",
                    "other", "{'score':'third','atLeast':50}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}"));
            world.grade("ada", "first", 60);
            world.grade("ada", "second", 60);
            world.grade("alan", "first", 60);
            world.grade("grace", "third", 60);
            var report = run(world, "stack", "{'anyOf':[{'holds':'one'},{'holds':'two'}]}");
            assertThat(report.learners()).isEqualTo(2);
            assertThat(report.metBefore()).isEqualTo(1);
            assertThat(report.met()).isEqualTo(2);
            assertThat(subs(report.added())).containsExactly("alan");
            assertThat(report.missing()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_several_courses_any_suffices_and_one_can_be_looked_at_alone(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            var other = attachElsewhere(world, "soldering", "course-2");
            world.grade("ada", "quiz", 20);
            record(world, "course-2", "ada", 90);
            record(world, "course-2", "alan", 67);
            var all = run(world, "soldering", "{'score':'quiz','atLeast':95}");
            assertThat(all.learners()).isEqualTo(2);
            assertThat(all.metBefore()).isEqualTo(1);
            assertThat(subs(all.lost())).containsExactly("ada");
            assertThat(at(all.curves().getFirst(), 90)).isEqualTo(1);
            assertThat(at(all.curves().getFirst(), 20)).isEqualTo(2);
            var first = run(
                    world,
                    "soldering",
                    "{'score':'quiz','atLeast':19}",
                    world.course(world.context).id());
            assertThat(first.learners()).isEqualTo(1);
            assertThat(first.metBefore()).isZero();
            assertThat(subs(first.added())).containsExactly("ada");
            assertThat(run(world, "soldering", QUIZ, other).borderline())
                    .extracting(one -> one.account().sub())
                    .containsExactly("alan");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_achievement_that_is_not_published_yet_and_a_test_user_have_no_part_in_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.database.inTransaction(db -> AccountStore.findOrCreate(
                    db,
                    world.tenant,
                    world.deployment.platform(),
                    List.of(new Person("tess", null, true)),
                    world.clock.instant()));
            world.grade("tess", "quiz", 100);
            world.grade("ada", "quiz", 90);
            var report = world.database.inTransaction(db -> {
                var catalogue = world.catalogues.current(db, world.tenant);
                var attachments = catalogue.attachments(new AchievementId("soldering"));
                var trial = new Trial(new AchievementId("new"), rule(QUIZ), attachments);
                return DryRun.of(db, catalogue, trial, Set.of(), world.clock.instant());
            });
            assertThat(report.learners()).isEqualTo(1);
            assertThat(report.metBefore()).isZero();
            assertThat(subs(report.awarded())).containsExactly("ada");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_it_says_will_be_awarded_is_awarded_when_the_rule_is_published(Databases databases) {
        for (int seed = 0; seed < 5; seed++) {
            try (var world = new World(databases)) {
                var random = new Random(seed);
                world.define("part", "{'score':'first','atLeast':50}");
                world.define("soldering", "{'allOf':[{'score':'first','atLeast':80},{'score':'second','atLeast':80}]}");
                for (int i = 0; i < 30; i++) {
                    world.grade("learner-" + i, "first", random.nextInt(101));
                    world.grade("learner-" + i, "second", random.nextInt(101));
                }
                var changed = "{'atLeast':2,'of':[{'score':'first','atLeast':60},{'score':'second','moreThan':40},"
                        + "{'holds':'part'}]}";
                var report = run(world, "soldering", changed);
                world.define("soldering", changed);
                var awards = world.awarding.reconsider(world.tenant, Set.of(new AchievementId("soldering")));
                assertThat(report.awarded())
                        .isNotEmpty()
                        .extracting(Account::learner)
                        .containsExactlyInAnyOrderElementsOf(
                                awards.stream().map(Award::learner).toList());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void no_row_of_any_table_is_changed(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 60);
            var before = world.database.inTransaction(DryRunTest::everything);
            assertThat(run(world, "soldering", "{'score':'quiz','atLeast':50}").awarded())
                    .hasSize(1);
            assertThat(world.database.inTransaction(DryRunTest::everything)).isEqualTo(before);
            world.define("soldering", "{'score':'quiz','atLeast':50}");
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("soldering")));
            assertThat(world.database.inTransaction(DryRunTest::everything)).isNotEqualTo(before);
            assertThat(before).containsKeys("award", "score", "scheduled_tasks").hasSizeGreaterThan(30);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void more_learners_are_no_more_statements(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 60);
            int few = statements(world);
            for (int i = 0; i < 40; i++) {
                world.grade("learner-" + i, "quiz", i * 2);
            }
            assertThat(statements(world)).isEqualTo(few).isLessThan(10);
        }
    }

    private static int statements(World world) {
        var count = new AtomicInteger();
        world.database.inTransaction(db -> {
            var catalogue = world.catalogues.current(db, world.tenant);
            var counting = DSL.using(
                    db.configuration().derive(ExecuteListener.onExecuteStart(context -> count.incrementAndGet())));
            var trial = Trial.of(catalogue, new AchievementId("soldering"), rule(QUIZ));
            return DryRun.of(counting, catalogue, trial, Set.of(), world.clock.instant());
        });
        return count.get();
    }

    /** Every row of every table, as text. */
    private static Map<String, List<String>> everything(DSLContext db) {
        var tables = db.fetch("select table_name from information_schema.tables"
                        + " where lower(table_schema) = 'public' and table_type = 'BASE TABLE'")
                .getValues(0, String.class);
        var rows = new TreeMap<String, List<String>>();
        for (var table : tables) {
            rows.put(
                    table,
                    db.fetch("select * from \"" + table + "\"").stream()
                            .map(row -> List.of(row.valuesRow().fields()).toString())
                            .sorted()
                            .toList());
        }
        return rows;
    }

    private static int at(Thresholds.Curve curve, int threshold) {
        return curve.points().stream()
                .filter(point -> point.threshold().intValueExact() == threshold)
                .findFirst()
                .orElseThrow()
                .met();
    }

    private static DryRunReport run(World world, String achievement, String rule, CourseId... courses) {
        return world.database.inTransaction(db -> {
            var catalogue = world.catalogues.current(db, world.tenant);
            var trial = Trial.of(catalogue, new AchievementId(achievement), rule(rule));
            return DryRun.of(db, catalogue, trial, Set.of(courses), world.clock.instant());
        });
    }

    private static Rule rule(String rule) {
        return World.definition("tried", rule).rule();
    }

    private static List<String> subs(List<Account> accounts) {
        return accounts.stream().map(Account::sub).toList();
    }

    private static void elsewhere(World world, String sub, double score) {
        record(world, "another-course", sub, score);
    }

    private static void record(World world, String context, String sub, double score) {
        world.awarding.record(
                world.deployment,
                context,
                Source.PUSH,
                List.of(observation(sub, "quiz", 1, score, world.clock.instant())));
    }

    private static CourseId attachElsewhere(World world, String achievement, String context) {
        var course = world.course(context).id();
        new Attaching(world.database, world.catalogues, world.awarding, world.clock)
                .attach(
                        world.tenant,
                        course,
                        List.of(new Attaching.Wanted(
                                new AchievementId(achievement),
                                null,
                                false,
                                Map.of(new org.cairn.rule.Slot("quiz"), "quiz"))));
        return course;
    }

    private static void enrol(World world, String sub, Role role) {
        world.database.inTransaction(db -> {
            var now = world.clock.instant();
            var account = AccountStore.findOrCreate(
                            db, world.tenant, world.deployment.platform(), List.of(Person.unnamed(sub)), now)
                    .get(sub);
            var course = CourseStore.findOrCreate(db, world.tenant, world.deployment.id(), world.context, now);
            MemberStore.join(db, course, Map.of(account.id(), role), now);
            return null;
        });
    }
}

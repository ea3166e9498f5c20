package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.World.observation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.evidence.Observation;
import org.cairn.evidence.Reported;
import org.cairn.evidence.Source;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.rule.Strength;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AwardingTest {

    private static final String QUIZ = "{'score':'quiz','atLeast':70}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_grade_on_the_line_is_awarded_and_one_just_below_is_not(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 70);
            world.grade("alan", "quiz", 69.995);
            assertThat(world.holds("ada")).containsExactly("soldering");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_award_keeps_its_evaluation_and_has_a_signed_credential_at_once(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            var award = world.grade("ada", "quiz", 91).awards().getFirst();
            world.database.inTransaction(db -> {
                var kept = AwardStore.find(db, world.tenant, award.id()).orElseThrow();
                assertThat(kept.evaluation()).isEqualTo(award.evaluation());
                assertThat(kept.evaluation().weakest()).contains(Strength.STRONG);
                assertThat(world.credentials.list(db, world.tenant, List.of(award.id())))
                        .hasSize(1);
                assertThat(AwardStore.find(db, TenantId.fresh(), award.id())).isEmpty();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_repeated_report_changes_nothing(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            var report = observation("ada", "quiz", 1, 91, world.clock.instant());
            assertThat(world.record(report).outcomes()).containsExactly(Awarding.Outcome.RECORDED);
            assertThat(world.record(report, report).outcomes())
                    .containsExactly(Awarding.Outcome.REPEATED, Awarding.Outcome.REPEATED);
            assertThat(world.record(report).awards()).isEmpty();
            assertThat(world.holds("ada")).containsExactly("soldering");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_second_grade_below_the_line_does_not_revoke(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 91);
            world.clock.advance(Duration.ofHours(1));
            world.grade("ada", "quiz", 20);
            assertThat(world.holds("ada")).containsExactly("soldering");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void stacks_are_awarded_upward_in_the_same_transaction(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "one", "{'score':'first','atLeast':50}",
                    "two", "{'score':'second','atLeast':50}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}",
                    "tower", "{'allOf':[{'holds':'stack'}]}"));
            world.grade("ada", "first", 60);
            assertThat(world.holds("ada")).containsExactly("one");
            assertThat(world.grade("ada", "second", 60).awards())
                    .extracting(award -> award.achievement().value())
                    .containsExactly("two", "stack", "tower");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_grade_that_matches_nothing_is_kept_and_used_when_its_activity_is_attached(Databases databases) {
        try (var world = new World(databases)) {
            assertThat(world.grade("ada", "quiz", 91).outcomes()).containsExactly(Awarding.Outcome.UNMATCHED);
            world.define("soldering", QUIZ);
            assertThat(world.holds("ada")).isEmpty();
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("soldering")));
            assertThat(world.holds("ada")).containsExactly("soldering");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_stack_that_is_defined_later_is_awarded_to_who_holds_its_parts(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.grade("ada", "quiz", 91);
            world.grade("alan", "quiz", 11);
            world.define("stack", "{'allOf':[{'holds':'soldering'}]}");
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("stack")));
            assertThat(world.holds("ada")).containsExactly("soldering", "stack");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void another_course_another_tenant_and_another_learner_see_nothing_of_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.awarding.record(
                    world.deployment,
                    "another-course",
                    Source.PUSH,
                    List.of(observation("ada", "quiz", 1, 91, world.clock.instant())));
            assertThat(world.holds("ada")).isEmpty();
            world.grade("alan", "quiz", 91);
            assertThat(world.holds("ada")).isEmpty();
            var alan = world.learner("alan");
            List<Award> elsewhere = world.database.inTransaction(db -> AwardStore.list(db, TenantId.fresh(), alan));
            assertThat(elsewhere).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_revocation_keeps_its_row_and_no_later_report_undoes_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            var award = world.grade("ada", "quiz", 91).awards().getFirst();
            world.awarding.revoke(world.tenant, award.id(), AccountId.fresh(), "Copied from a neighbour");
            world.clock.advance(Duration.ofHours(1));
            assertThat(world.grade("ada", "quiz", 99).awards()).isEmpty();
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("soldering")));
            assertThat(world.holds("ada")).isEmpty();
            world.database.inTransaction(db -> {
                var kept = AwardStore.find(db, world.tenant, award.id()).orElseThrow();
                assertThat(kept.last().reason()).isEqualTo("Copied from a neighbour");
                assertThat(world.credentials.list(db, world.tenant, List.of(award.id())))
                        .allMatch(credential -> credential.revokedAt() != null);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void revoking_asks_for_a_reason_and_for_an_award_of_this_tenant_that_stands(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            var award = world.grade("ada", "quiz", 91).awards().getFirst().id();
            var by = AccountId.fresh();
            refused(() -> world.awarding.revoke(world.tenant, award, by, " "), "reason_missing");
            refused(() -> world.awarding.revoke(world.tenant, award, by, "x".repeat(1001)), "reason_missing");
            refused(() -> world.awarding.revoke(TenantId.fresh(), award, by, "why"), "award_unknown");
            refused(() -> world.awarding.revoke(world.tenant, AwardId.fresh(), by, "why"), "award_unknown");
            world.awarding.revoke(world.tenant, award, by, "why");
            refused(() -> world.awarding.revoke(world.tenant, award, by, "again"), "award_revoked");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_part_that_was_revoked_does_not_count_in_a_stack(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "one", "{'score':'first','atLeast':50}",
                    "two", "{'score':'second','atLeast':50}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}"));
            var one = world.grade("ada", "first", 60).awards().getFirst();
            world.awarding.revoke(world.tenant, one.id(), AccountId.fresh(), "why");
            world.grade("ada", "second", 60);
            assertThat(world.holds("ada")).containsExactly("two");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_test_user_never_earns(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            world.database.inTransaction(db -> AccountStore.findOrCreate(
                    db,
                    world.tenant,
                    world.deployment.platform(),
                    List.of(new Person("tess", null, true)),
                    world.clock.instant()));
            assertThat(world.grade("tess", "quiz", 100).awards()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_snapshot_appends_only_where_the_value_differs_from_its_last_one(Databases databases) {
        try (var world = new World(databases)) {
            assertThat(snapshot(world, Reported.graded(BigDecimal.TEN, BigDecimal.TEN)))
                    .containsExactly(Awarding.Outcome.UNMATCHED);
            assertThat(snapshot(world, Reported.graded(BigDecimal.TEN, BigDecimal.TEN)))
                    .containsExactly(Awarding.Outcome.REPEATED);
            assertThat(snapshot(world, Reported.CLEARED)).containsExactly(Awarding.Outcome.UNMATCHED);
            assertThat(snapshot(world, Reported.graded(BigDecimal.TEN, BigDecimal.TEN)))
                    .containsExactly(Awarding.Outcome.UNMATCHED);
        }
    }

    private static List<Awarding.Outcome> snapshot(World world, Reported reported) {
        world.clock.advance(Duration.ofSeconds(15));
        var seen = new Observation("column", "ada", 1, reported, world.clock.instant(), null);
        return world.awarding
                .record(world.deployment, world.context, Source.COLUMN, List.of(seen))
                .outcomes();
    }

    private static void refused(Runnable attempt, String code) {
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

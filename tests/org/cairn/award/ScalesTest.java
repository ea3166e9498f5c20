package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.evidence.Observation;
import org.cairn.evidence.Reported;
import org.cairn.rule.Slot;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Points that are asked for, and what an activity is graded out of. */
class ScalesTest {

    private static final String POINTS = "{'score':'quiz','atLeast':30,'scale':'points'}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_maximum_that_the_lms_changes_is_flagged_where_a_rule_counts_points_of_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of("points", POINTS, "percent", "{'score':'test','atLeast':60}"));
            assertThat(mismatches(world)).isEmpty();
            report(world, "ada", "quiz", 35, 50);
            report(world, "ada", "test", 35, 50);
            assertThat(mismatches(world)).isEmpty();
            report(world, "alan", "quiz", 10, 20);
            report(world, "alan", "test", 10, 20);
            var found = mismatches(world);
            assertThat(found)
                    .containsExactly(new Scales.Mismatch(
                            "points",
                            "quiz",
                            BigDecimal.valueOf(30).stripTrailingZeros(),
                            List.of(BigDecimal.valueOf(50)),
                            BigDecimal.valueOf(20)));
            assertThat(found.getFirst().isReachable()).isFalse();
            report(world, "grace", "quiz", 80, 100);
            assertThat(mismatches(world)).singleElement().matches(Scales.Mismatch::isReachable);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_activity_that_is_graded_out_of_less_than_is_asked_for_is_refused_when_bound(Databases databases) {
        try (var world = new World(databases)) {
            world.define("other", "{'completed':'quiz'}");
            report(world, "ada", "quiz", 20, 20);
            world.publish(Map.of(new AchievementId("points"), World.definition("points", POINTS)), false);
            var attaching = new Attaching(world.database, world.catalogues, world.awarding, world.clock);
            refused(attaching, world, Map.of(new Slot("quiz"), "quiz"), 30);
            attaching.attach(world.tenant, world.here(), List.of(wanted(Map.of(new Slot("quiz"), "essay"))));
            assertThat(mismatches(world)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_column_of_cairn_s_own_is_refused_where_it_is_too_small(Databases databases) {
        try (var world = new World(databases)) {
            var definition = World.definition("points", "{'score':'quiz','moreThan':100,'scale':'points'}");
            world.publish(Map.of(new AchievementId("points"), definition), false);
            refused(new Attaching(world.database, world.catalogues, world.awarding, world.clock), world, Map.of(), 100);
        }
    }

    private static void refused(Attaching attaching, World world, Map<Slot, String> activities, int points) {
        assertThatThrownBy(() -> attaching.attach(world.tenant, world.here(), List.of(wanted(activities))))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo("scale_mismatch");
                    assertThat(problem.sentence()).contains("asks for " + points + " points");
                });
    }

    private static Attaching.Wanted wanted(Map<Slot, String> activities) {
        return new Attaching.Wanted(new AchievementId("points"), null, false, activities);
    }

    private static List<Scales.Mismatch> mismatches(World world) {
        return world.database.inTransaction(
                db -> Scales.mismatches(db, world.catalogues.current(db, world.tenant), world.here()));
    }

    private static void report(World world, String sub, String activity, int score, int maximum) {
        world.clock.advance(Duration.ofMinutes(1));
        var graded = Reported.graded(BigDecimal.valueOf(score), BigDecimal.valueOf(maximum));
        world.record(new Observation(activity, sub, 1, graded, world.clock.instant(), null));
    }
}

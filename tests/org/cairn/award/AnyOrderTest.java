package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cairn.catalog.Regrade;
import org.cairn.evidence.Observation;
import org.cairn.rule.Evaluation;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same reports, in whatever order, however often, however late and in whatever batches, end alike: what stands of each attempt,
 * and how each learner is evaluated. Awards end alike too where no report takes back an earlier one, or where an award goes with the
 * reports that bore it; where it is kept, one that takes back may come too late, since an award is made at once.
 */
class AnyOrderTest {

    private static final Map<String, String> RULES = Map.of(
            "best", "{'score':'a','atLeast':70}",
            "latest", "{'score':'a','atLeast':60,'choice':'latest'}",
            "tries", "{'score':'b','atLeast':80,'attempts':2}",
            "soon", "{'score':'b','atLeast':50,'before':'2026-11-24T10:00:00Z'}",
            "stack", "{'atLeast':2,'of':[{'holds':'best'},{'holds':'tries'},{'holds':'soon'}]}",
            "tower", "{'allOf':[{'holds':'stack'},{'holds':'latest'}]}");

    @ParameterizedTest
    @EnumSource(Databases.class)
    void no_order_repetition_or_delay_changes_how_learners_stand(Databases databases) {
        check(databases, 20261124, 12, false, Regrade.Then.KEEP);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void no_order_repetition_or_delay_changes_awards_where_marks_only_rise(Databases databases) {
        check(databases, 42, 12, true, Regrade.Then.KEEP);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void no_order_repetition_or_delay_changes_awards_that_go_with_the_reports_that_bore_them(Databases databases) {
        check(databases, 20261126, 12, false, Regrade.Then.REVOKE);
        check(databases, 20261127, 12, false, Regrade.Then.HOLD);
    }

    @Test
    @Tag("deep")
    void no_order_repetition_or_delay_changes_anything_in_many_more_cases() {
        long seed = System.nanoTime();
        System.out.println("AnyOrderTest seed " + seed);
        check(Databases.H2, seed, 400, false, Regrade.Then.KEEP);
        check(Databases.H2, seed, 400, true, Regrade.Then.KEEP);
        check(Databases.H2, seed, 400, false, Regrade.Then.REVOKE);
        check(Databases.H2, seed, 400, false, Regrade.Then.HOLD);
    }

    private static void check(Databases databases, long seed, int cases, boolean isRising, Regrade.Then then) {
        var random = new Random(seed);
        try (var world = new World(databases)) {
            world.define(RULES, new Regrade(then, then != Regrade.Then.KEEP));
            // Reports lie within two hours; it is later than all of them, so that none is refused or open to time.
            world.clock.advance(Duration.ofHours(5));
            for (int one = 0; one < cases; one++) {
                var inOrder = "in-order-" + one;
                var shuffled = "shuffled-" + one;
                var reports = reports(random, isRising);
                reports.forEach(report -> world.record(report.by(inOrder)));
                var again = new ArrayList<>(reports);
                again.addAll(reports.subList(0, reports.size() / 2));
                Collections.shuffle(again, random);
                for (int from = 0; from < again.size(); ) {
                    int to = Math.min(again.size(), from + 1 + random.nextInt(4));
                    world.record(again.subList(from, to).stream()
                            .map(report -> report.by(shuffled))
                            .toArray(Observation[]::new));
                    from = to;
                }
                assertThat(states(world, shuffled))
                        .as("seed %d, case %d", seed, one)
                        .isEqualTo(states(world, inOrder));
                if (isRising || then != Regrade.Then.KEEP) {
                    assertThat(world.holds(shuffled))
                            .as("seed %d, case %d", seed, one)
                            .isEqualTo(world.holds(inOrder));
                }
            }
        }
    }

    private record Report(String activity, int attempt, double score, Duration at) {

        Observation by(String sub) {
            return World.observation(sub, activity, attempt, score, org.cairn.testing.SettableClock.START.plus(at));
        }
    }

    /** In the order of their times. Rising means: of an activity, each report is at least as good as all before it. */
    private static List<Report> reports(Random random, boolean isRising) {
        var reports = new ArrayList<Report>();
        for (var activity : List.of("a", "b")) {
            double score = 0;
            int attempt = 1;
            for (int i = random.nextInt(6); i > 0; i--) {
                score = isRising ? score + random.nextInt(30) : random.nextInt(101);
                attempt = isRising ? attempt + random.nextInt(2) : 1 + random.nextInt(3);
                reports.add(new Report(
                        activity,
                        attempt,
                        Math.min(score, 100),
                        Duration.ofMinutes(isRising ? 20L * (7 - i) : random.nextInt(120))));
            }
        }
        reports.sort(java.util.Comparator.comparing(Report::at));
        return reports;
    }

    private static Map<String, Evaluation.State> states(World world, String sub) {
        var learner = world.learner(sub);
        return world.database.inTransaction(db -> {
            var catalogue = world.catalogues.current(db, world.tenant);
            var course = catalogue
                    .attachments(
                            catalogue.get(new org.cairn.AchievementId("best")).id())
                    .getFirst()
                    .course();
            var states = new java.util.TreeMap<String, Evaluation.State>();
            for (var standing : Progress.of(db, catalogue, course, List.of(learner), world.clock.instant())
                    .get(learner)) {
                // What a stack sees are awards, which are compared by themselves.
                if (!standing.achievement().isStack()) {
                    states.put(
                            standing.achievement().id().value(),
                            standing.evaluation().state());
                }
            }
            return states;
        });
    }
}

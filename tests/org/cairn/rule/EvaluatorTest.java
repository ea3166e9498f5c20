package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.rule.Evaluation.State.CLOSED;
import static org.cairn.rule.Evaluation.State.MET;
import static org.cairn.rule.Evaluation.State.NOT_YET;
import static org.cairn.rule.Evaluation.State.WAITING;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Slot QUIZ = new Slot("quiz");
    private static final Holds HELD = Holds.any(new AchievementId("held"));
    private static final Holds MISSING = Holds.any(new AchievementId("missing"));

    @ParameterizedTest
    @CsvSource({
        "70, 100, true",
        "69.995, 100, false",
        "69.999999999999, 100, false",
        "14, 20, true",
        "13.99, 20, false",
        "2, 3, false",
        "2.1, 3, true",
        "0, 100, false",
        "130, 100, true"
    })
    void percent_is_compared_unrounded(BigDecimal score, BigDecimal maximum, boolean met) {
        assertThat(met(score(70), graded(1, score, maximum, NOW))).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"70, PERCENT, 30, 21", "66.6, PERCENT, 7, 4.662", "0, PERCENT, 20, 0", "30, POINTS, 500, 30"})
    void the_fewest_points_that_are_enough_are_enough_and_anything_below_is_not(
            BigDecimal value, Score.Scale scale, BigDecimal maximum, BigDecimal fewest) {
        var score = of(Score.Comparison.AT_LEAST, value, scale);
        assertThat(score.fewestPoints(maximum))
                .hasValueSatisfying(points -> assertThat(points).isEqualByComparingTo(fewest));
        assertThat(met(score, graded(1, fewest, maximum, NOW))).isTrue();
        if (fewest.signum() > 0) {
            assertThat(met(score, graded(1, fewest.subtract(new BigDecimal("1E-9")), maximum, NOW)))
                    .isFalse();
        }
    }

    @Test
    void of_what_takes_more_than_some_points_there_are_no_fewest() {
        var more = of(Score.Comparison.MORE_THAN, BigDecimal.valueOf(70), Score.Scale.PERCENT);
        assertThat(more.fewestPoints(BigDecimal.TEN)).isEmpty();
    }

    @Test
    void more_than_leaves_out_the_line_itself_and_at_least_does_not() {
        var more = of(Score.Comparison.MORE_THAN, BigDecimal.valueOf(70), Score.Scale.PERCENT);
        assertThat(met(more, graded(1, 70))).isFalse();
        assertThat(met(more, graded(1, 70.01))).isTrue();
        assertThat(met(score(70), graded(1, 70))).isTrue();
    }

    @Test
    void points_are_points_whatever_the_maximum() {
        var points = of(Score.Comparison.AT_LEAST, BigDecimal.valueOf(30), Score.Scale.POINTS);
        assertThat(met(points, graded(1, BigDecimal.valueOf(30), BigDecimal.valueOf(500), NOW)))
                .isTrue();
        assertThat(met(points, graded(1, BigDecimal.valueOf(29), BigDecimal.valueOf(29), NOW)))
                .isFalse();
    }

    @Test
    void best_latest_and_first_choose_among_attempts_in_whatever_order_they_come() {
        var attempts = List.of(graded(2, 90), graded(3, 40), graded(1, 60));
        assertThat(used(Score.Choice.BEST, attempts)).isEqualTo(2);
        assertThat(used(Score.Choice.LATEST, attempts)).isEqualTo(3);
        assertThat(used(Score.Choice.FIRST, attempts)).isEqualTo(1);
    }

    @Test
    void a_deadline_counts_work_before_it_and_closes_at_it() {
        var before = new Score(
                QUIZ,
                Score.Comparison.AT_LEAST,
                BigDecimal.valueOf(50),
                Score.Scale.PERCENT,
                null,
                Score.Choice.BEST,
                new Window(null, NOW, null, null),
                null);
        assertThat(state(before, NOW, graded(1, 60, NOW.minusMillis(1)))).isEqualTo(MET);
        assertThat(state(before, NOW, graded(1, 60, NOW))).isEqualTo(CLOSED);
        assertThat(state(before, NOW.minusMillis(1))).isEqualTo(NOT_YET);
        assertThat(state(before, NOW)).isEqualTo(CLOSED);
    }

    @Test
    void work_handed_in_before_the_deadline_and_not_graded_yet_waits_beyond_it() {
        var before = new Score(
                QUIZ,
                Score.Comparison.AT_LEAST,
                BigDecimal.valueOf(50),
                Score.Scale.PERCENT,
                null,
                Score.Choice.BEST,
                new Window(null, NOW, null, null),
                null);
        assertThat(state(before, NOW.plusSeconds(60), pending(1, NOW.minusSeconds(1))))
                .isEqualTo(WAITING);
        assertThat(state(before, NOW.plusSeconds(60), pending(1, NOW))).isEqualTo(CLOSED);
    }

    @Test
    void a_window_has_its_first_instant_and_not_its_last() {
        var window = new Window(NOW.minusSeconds(60), NOW, null, null);
        var completed = new Completed(QUIZ, window);
        assertThat(state(completed, NOW, done(NOW.minusSeconds(61)))).isEqualTo(CLOSED);
        assertThat(state(completed, NOW, done(NOW.minusSeconds(60)))).isEqualTo(MET);
        assertThat(state(completed, NOW, done(NOW.minusMillis(1)))).isEqualTo(MET);
        assertThat(state(completed, NOW, done(NOW))).isEqualTo(CLOSED);
        assertThat(state(completed, NOW.minusMillis(1))).isEqualTo(NOT_YET);
        assertThat(Evaluator.evaluate(
                                new Holds(new AchievementId("held"), null, null, null, window, null), facts(), NOW)
                        .state())
                .isEqualTo(CLOSED);
    }

    @Test
    void an_age_is_counted_by_the_calendar_of_the_institution() {
        // In Vienna the clocks went back on 25 October 2026: its last day had 25 hours.
        var at = Instant.parse("2026-10-25T11:00:00Z");
        var day = new Completed(QUIZ, new Window(null, null, null, Period.ofDays(1)));
        assertThat(state(day, at, done(at.minusSeconds(25 * 3600)))).isEqualTo(MET);
        assertThat(state(day, at, done(at.minusSeconds(25 * 3600 + 1)))).isEqualTo(NOT_YET);
        var years = new Holds(
                new AchievementId("held"), null, null, null, new Window(null, null, null, Period.ofYears(5)), null);
        var held = facts();
        assertThat(Evaluator.met(years, held, Instant.parse("2031-11-24T09:00:00Z")))
                .isTrue();
        assertThat(Evaluator.met(years, held, Instant.parse("2031-11-24T09:00:01Z")))
                .isFalse();
    }

    @Test
    void what_is_done_counts_with_and_without_a_grade_and_what_is_only_begun_does_not() {
        var completed = new Completed(QUIZ, Window.ALWAYS);
        assertThat(met(completed, graded(1, 0))).isTrue();
        assertThat(met(completed, done(NOW))).isTrue();
        assertThat(met(completed, pending(1, NOW))).isFalse();
        assertThat(met(completed)).isFalse();
        var twice = Evaluator.evaluate(completed, facts(graded(2, 90), done(NOW)), NOW);
        assertThat(twice.used().attempt()).isEqualTo(1);
    }

    @Test
    void used_up_attempts_close_and_further_ones_do_not_count() {
        var two = new Score(
                QUIZ,
                Score.Comparison.AT_LEAST,
                BigDecimal.valueOf(50),
                Score.Scale.PERCENT,
                null,
                Score.Choice.BEST,
                Window.ALWAYS,
                2);
        assertThat(state(two, NOW, graded(1, 10))).isEqualTo(NOT_YET);
        assertThat(state(two, NOW, graded(1, 10), graded(2, 20))).isEqualTo(CLOSED);
        assertThat(state(two, NOW, graded(1, 10), graded(2, 20), graded(3, 100)))
                .isEqualTo(CLOSED);
        assertThat(state(two, NOW, graded(1, 10), pending(2, NOW))).isEqualTo(WAITING);
        assertThat(state(two, NOW, graded(1, 10), graded(2, 50))).isEqualTo(MET);
    }

    @Test
    void a_first_attempt_that_failed_cannot_be_mended() {
        var first = new Score(
                QUIZ,
                Score.Comparison.AT_LEAST,
                BigDecimal.valueOf(50),
                Score.Scale.PERCENT,
                null,
                Score.Choice.FIRST,
                Window.ALWAYS,
                null);
        assertThat(state(first, NOW, graded(1, 49), graded(2, 100))).isEqualTo(CLOSED);
    }

    @Test
    void a_pending_or_cleared_attempt_is_no_score() {
        assertThat(state(score(0), NOW, pending(1, NOW))).isEqualTo(WAITING);
        assertThat(state(score(0), NOW, new Fact(1, Fact.State.CLEARED, null, null, false, NOW, Strength.STRONG)))
                .isEqualTo(NOT_YET);
    }

    @Test
    void an_empty_group_is_never_met() {
        for (var empty : List.of(
                new AllOf(List.of()), new AnyOf(List.of()), new AtLeast(1, List.of()), new OneBranch(List.of()))) {
            assertThat(Evaluator.evaluate(empty, facts(), NOW).state())
                    .as("%s", empty)
                    .isEqualTo(CLOSED);
            assertThat(Evaluator.met(empty, facts(), NOW)).as("%s", empty).isFalse();
        }
    }

    @Test
    void groups_count_their_parts() {
        assertThat(state(new AllOf(List.of(HELD, HELD)))).isEqualTo(MET);
        assertThat(state(new AllOf(List.of(HELD, MISSING)))).isEqualTo(NOT_YET);
        assertThat(state(new AnyOf(List.of(MISSING, HELD)))).isEqualTo(MET);
        assertThat(state(new AnyOf(List.of(MISSING, MISSING)))).isEqualTo(NOT_YET);
        assertThat(state(new AtLeast(2, List.of(HELD, MISSING, HELD)))).isEqualTo(MET);
        assertThat(state(new AtLeast(2, List.of(HELD, MISSING, MISSING)))).isEqualTo(NOT_YET);
        assertThat(state(new AtLeast(3, List.of(HELD, HELD)))).isEqualTo(CLOSED);
    }

    @Test
    void a_group_is_closed_when_what_is_left_cannot_complete_it() {
        var closed = new AtLeast(5, List.of(HELD));
        assertThat(state(new AllOf(List.of(HELD, closed)))).isEqualTo(CLOSED);
        assertThat(state(new AnyOf(List.of(MISSING, closed)))).isEqualTo(NOT_YET);
        assertThat(state(new AnyOf(List.of(closed, closed)))).isEqualTo(CLOSED);
    }

    @Test
    void parts_of_two_branches_do_not_add_up() {
        var one = branch("one", HELD, MISSING);
        var other = branch("other", MISSING, HELD);
        assertThat(state(new OneBranch(List.of(one, other)))).isEqualTo(NOT_YET);
        assertThat(state(new OneBranch(List.of(one, branch("whole", HELD, HELD)))))
                .isEqualTo(MET);
        var closed = new AtLeast(5, List.of(HELD));
        assertThat(state(new OneBranch(List.of(branch("closed", closed), one)))).isEqualTo(NOT_YET);
        assertThat(state(new OneBranch(List.of(branch("closed", closed))))).isEqualTo(CLOSED);
    }

    private static OneBranch.Branch branch(String name, Requirement... parts) {
        return new OneBranch.Branch(name, new AllOf(List.of(parts)));
    }

    @Test
    void a_group_waits_only_when_nothing_is_left_for_the_learner_to_do() {
        var facts = facts(pending(1, NOW));
        assertThat(Evaluator.evaluate(new AllOf(List.of(HELD, score(50))), facts, NOW)
                        .state())
                .isEqualTo(WAITING);
        assertThat(Evaluator.evaluate(new AllOf(List.of(MISSING, score(50))), facts, NOW)
                        .state())
                .isEqualTo(NOT_YET);
        assertThat(Evaluator.evaluate(new AnyOf(List.of(MISSING, score(50))), facts, NOW)
                        .state())
                .isEqualTo(WAITING);
    }

    @Test
    void the_weakest_proof_of_what_was_used_is_told() {
        var other = new Slot("other");
        var facts = RuleFacts.none()
                .withAttempts(Map.of(
                        QUIZ,
                        List.of(graded(1, 90)),
                        other,
                        List.of(new Fact(
                                1, Fact.State.GRADED, BigDecimal.TEN, BigDecimal.TEN, true, NOW, Strength.REVIEWED))));
        var both = new AllOf(List.of(
                score(50),
                new Score(
                        other,
                        Score.Comparison.AT_LEAST,
                        BigDecimal.ONE,
                        Score.Scale.PERCENT,
                        null,
                        Score.Choice.BEST,
                        Window.ALWAYS,
                        null)));
        assertThat(Evaluator.evaluate(both, facts, NOW).weakest()).contains(Strength.REVIEWED);
        assertThat(Evaluator.evaluate(score(50), facts, NOW).weakest()).contains(Strength.STRONG);
        assertThat(Evaluator.evaluate(HELD, facts(), NOW).weakest()).isEmpty();
    }

    private static Score score(int value) {
        return new Score(
                QUIZ,
                Score.Comparison.AT_LEAST,
                BigDecimal.valueOf(value),
                Score.Scale.PERCENT,
                null,
                Score.Choice.BEST,
                Window.ALWAYS,
                null);
    }

    private static int used(Score.Choice choice, List<Fact> attempts) {
        var score = new Score(
                QUIZ,
                Score.Comparison.AT_LEAST,
                BigDecimal.ZERO,
                Score.Scale.PERCENT,
                null,
                choice,
                Window.ALWAYS,
                null);
        return Evaluator.evaluate(score, facts(attempts.toArray(Fact[]::new)), NOW)
                .used()
                .attempt();
    }

    private static boolean met(Requirement requirement, Fact... facts) {
        return Evaluator.met(requirement, facts(facts), NOW);
    }

    private static Evaluation.State state(Requirement requirement) {
        return Evaluator.evaluate(requirement, facts(), NOW).state();
    }

    private static Evaluation.State state(Requirement requirement, Instant at, Fact... facts) {
        return Evaluator.evaluate(requirement, facts(facts), at).state();
    }

    private static Facts facts(Fact... facts) {
        return RuleFacts.holding("held").withAttempts(Map.of(QUIZ, List.of(facts)));
    }

    private static Fact graded(int attempt, double percent) {
        return graded(attempt, percent, NOW);
    }

    private static Fact graded(int attempt, double percent, Instant at) {
        return graded(attempt, BigDecimal.valueOf(percent), BigDecimal.valueOf(100), at);
    }

    private static Fact graded(int attempt, BigDecimal score, BigDecimal maximum, Instant at) {
        return new Fact(attempt, Fact.State.GRADED, score, maximum, true, at, Strength.STRONG);
    }

    private static Fact done(Instant at) {
        return new Fact(1, Fact.State.CLEARED, null, null, true, at, Strength.STRONG);
    }

    private static Fact pending(int attempt, Instant at) {
        return new Fact(attempt, Fact.State.PENDING, null, null, false, at, Strength.STRONG);
    }

    private static Score of(Score.Comparison comparison, BigDecimal value, Score.Scale scale) {
        return new Score(QUIZ, comparison, value, scale, null, Score.Choice.BEST, Window.ALWAYS, null);
    }
}

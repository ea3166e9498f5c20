package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.rule.RuleFacts.NOW;
import static org.cairn.rule.RuleFacts.ZONE;
import static org.cairn.rule.RuleFacts.graded;
import static org.cairn.rule.RuleFacts.held;
import static org.cairn.rule.RuleFacts.holding;
import static org.cairn.rule.RuleFacts.rule;
import static org.cairn.rule.RuleFacts.withResult;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever gets nothing but an evaluation can decide it again, and finds out where it does not add up. */
class ReplayTest {

    @Test
    void a_sum_that_adds_up_is_right_and_one_credit_less_is_wrong() {
        var rule = rule("{'sum':'ects','atLeast':5,'limits':[{'minShare':60,'of':{'labels':['track:robotics']}}]}");
        var evaluation =
                Evaluator.evaluate(rule, holding(held("a", NOW, "3", "track:robotics"), held("b", NOW, "2")), NOW);
        assertThat(replay(evaluation)).isEqualTo(new Replay(true, java.util.Set.of()));
        assertThat(replay(with(evaluation, held("a", NOW, "3", "track:robotics"), held("b", NOW, "1.999")))
                        .isRight())
                .isFalse();
        assertThat(replay(with(evaluation, held("a", NOW, "2.999", "track:robotics"), held("b", NOW, "2.001")))
                        .isRight())
                .isFalse();
    }

    @Test
    void a_credential_that_is_not_the_one_asked_for_is_wrong() {
        var evaluation = Evaluator.evaluate(rule("{'holds':'a'}"), holding(held("a", NOW)), NOW);
        assertThat(replay(evaluation).isRight()).isTrue();
        assertThat(replay(with(evaluation, held("b", NOW))).isRight()).isFalse();
        assertThat(replay(with(evaluation)).isRight()).isFalse();
    }

    @Test
    void a_grade_that_is_told_is_looked_at_and_one_that_is_not_is_taken_on_trust() {
        var rule = rule("{'allOf':[{'score':'quiz','atLeast':70},{'completed':'lab'}]}");
        var evaluation = Evaluator.evaluate(rule, graded("quiz", 80, "lab", 10), NOW);
        assertThat(replay(evaluation)).isEqualTo(new Replay(true, java.util.Set.of()));
        var told = evaluation.told(false, id -> id);
        assertThat(told.toString()).doesNotContain("80").doesNotContain("score=10");
        assertThat(replay(told)).isEqualTo(new Replay(true, java.util.Set.of(rule("{'score':'quiz','atLeast':70}"))));
        var below = Evaluator.evaluate(rule, graded("quiz", 80, "lab", 10), NOW);
        var forged = new Evaluation(
                below.requirement(),
                Evaluation.State.MET,
                below.found(),
                List.of(
                        new Evaluation(
                                below.parts().getFirst().requirement(),
                                Evaluation.State.MET,
                                Evaluation.Found.attempt(Evaluator.evaluate(
                                                rule("{'score':'quiz','atLeast':1}"), graded("quiz", 69), NOW)
                                        .used()),
                                List.of()),
                        below.parts().getLast()));
        assertThat(replay(forged).isRight()).isFalse();
    }

    @Test
    void a_mean_without_its_results_is_taken_on_trust_and_with_them_it_is_not() {
        var evaluation = Evaluator.evaluate(
                rule("{'mean':'equal','atLeast':70}"),
                holding(withResult(held("a", NOW), "69"), withResult(held("b", NOW), "71")),
                NOW);
        assertThat(replay(evaluation).onTrust()).isEmpty();
        assertThat(replay(evaluation).isRight()).isTrue();
        assertThat(replay(evaluation.told(false, id -> id)).onTrust()).hasSize(1);
        assertThat(replay(with(evaluation, withResult(held("a", NOW), "69"), withResult(held("b", NOW), "70.9")))
                        .isRight())
                .isFalse();
    }

    @Test
    void what_people_decided_and_what_the_register_says_is_taken_on_trust() {
        var waived = rule("{'score':'exam','atLeast':70}");
        var rule = rule("{'allOf':[{'score':'exam','atLeast':70},{'holds':'a'}]}");
        var evaluation =
                Evaluator.evaluate(rule, holding(held("a", NOW)).withWaived(java.util.Map.of(waived, NOW)), NOW);
        assertThat(replay(evaluation)).isEqualTo(new Replay(true, java.util.Set.of(waived)));
    }

    @Test
    void what_was_made_to_take_for_ever_is_refused_and_what_institutions_write_is_not() {
        var held = IntStream.range(0, 60)
                .mapToObj(i -> held("a" + i, NOW.minusSeconds(i)))
                .toArray(Held[]::new);
        var within = "{'within':'P2Y','asks':".repeat(6) + "{'sum':'awards','atLeast':60}" + "}".repeat(6);
        var counted = new Evaluation(
                rule("{'sum':'awards','atLeast':60}"),
                Evaluation.State.MET,
                Evaluation.Found.counted(List.of(held), BigDecimal.TEN),
                List.of());
        assertThatThrownBy(() -> replay(nested(rule(within), counted))).isInstanceOf(IllegalArgumentException.class);
        var once = "{'within':'P2Y','asks':{'sum':'awards','atLeast':60}}";
        assertThat(replay(nested(rule(once), counted)).isRight()).isTrue();
    }

    private static Evaluation nested(Requirement rule, Evaluation last) {
        var parts = rule.of().isEmpty()
                ? List.<Evaluation>of()
                : List.of(nested(rule.of().getFirst(), last));
        return parts.isEmpty() ? last : new Evaluation(rule, Evaluation.State.MET, Evaluation.Found.NOTHING, parts);
    }

    /** Whatever rule is met by whatever facts: what is told of it is right, with grades and without. */
    @Test
    void every_evaluation_that_is_met_is_right_when_it_is_decided_again() {
        int met = 0;
        for (int i = 0; i < 4_000; i++) {
            var rules = new RandomRules(20261126L + i);
            var rule = rules.rule(3, false);
            var evaluation = Evaluator.evaluate(rule, rules.facts(rule), RandomRules.NOW);
            if (evaluation.isMet()) {
                met++;
                assertThat(Replay.of(evaluation.told(true, id -> id), RandomRules.NOW, RandomRules.ZONE)
                                .isRight())
                        .as("%s", evaluation)
                        .isTrue();
                assertThat(Replay.of(evaluation.told(false, id -> id), RandomRules.NOW, RandomRules.ZONE)
                                .isRight())
                        .as("without grades: %s", evaluation)
                        .isTrue();
            }
        }
        assertThat(met).isGreaterThan(500);
    }

    private static Replay replay(Evaluation evaluation) {
        return Replay.of(evaluation, NOW, ZONE);
    }

    private static Evaluation with(Evaluation evaluation, Held... counted) {
        return new Evaluation(
                evaluation.requirement(),
                evaluation.state(),
                Evaluation.Found.counted(List.of(counted), BigDecimal.TEN),
                evaluation.parts());
    }
}

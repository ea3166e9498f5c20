package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.rule.RuleFacts.NOW;
import static org.cairn.rule.RuleFacts.held;
import static org.cairn.rule.RuleFacts.holding;
import static org.cairn.rule.RuleFacts.none;
import static org.cairn.rule.RuleFacts.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which awards count where, where it is not enough to take one after the other. */
class SelectionTest {

    @Test
    void the_largest_first_would_not_come_to_the_sum() {
        var rule = (CreditSum) rule("{'sum':'ects','atLeast':10,'atMost':10}");
        var awards = List.of(held("a", NOW, "6"), held("b", NOW, "5"), held("c", NOW, "5"));
        assertThat(greedy(rule, awards, Comparator.comparing(Held::credits).reversed()))
                .isEqualByComparingTo("6");
        var evaluation = Evaluator.evaluate(rule, none().withHeld(awards), NOW);
        assertThat(evaluation.isMet()).isTrue();
        assertThat(evaluation.counted()).extracting(Held::id).containsExactly("award-of-b", "award-of-c");
    }

    @Test
    void the_oldest_first_would_break_the_share() {
        var rule = (CreditSum)
                rule("{'sum':'ects','atLeast':8,'atMost':9,'limits':[{'minShare':75,'of':{'labels':['category:x']}}]}");
        var awards = List.of(
                held("other", NOW.minusSeconds(9), "4"),
                held("small", NOW.minusSeconds(8), "2"),
                held("first", NOW.minusSeconds(7), "3", "category:x"),
                held("second", NOW.minusSeconds(6), "3", "category:x"),
                held("third", NOW.minusSeconds(5), "3", "category:x"));
        var facts = none().withHeld(awards);
        assertThat(Evaluator.evaluate(rule, facts, NOW).counted())
                .extracting(Held::id)
                .containsExactly("award-of-small", "award-of-first", "award-of-second");
        var oldest = awards.subList(0, 3);
        assertThat(Evaluator.met(rule, none().withHeld(oldest), NOW)).isFalse();
    }

    @Test
    void an_award_that_would_do_for_both_parts_is_given_to_the_one_that_needs_it() {
        var rule = rule(
                "{'separately':[{'sum':'awards','atLeast':1},{'sum':'awards','atLeast':1,'pool':{'labels':['kind:core']}}]}");
        // Taken first for the first part, the core one would be missing in the second.
        var facts = holding(held("core", NOW.minusSeconds(1), "9", "kind:core"), held("other", NOW, "1"));
        var evaluation = Evaluator.evaluate(rule, facts, NOW);
        assertThat(evaluation.isMet()).isTrue();
        assertThat(evaluation.parts().getFirst().counted()).extracting(Held::id).containsExactly("award-of-other");
        assertThat(evaluation.parts().getLast().counted()).extracting(Held::id).containsExactly("award-of-core");
        assertThat(Evaluator.met(rule, holding(held("core", NOW, "9", "kind:core")), NOW))
                .isFalse();
    }

    @Test
    void as_little_counts_as_reaches_the_sum_so_that_the_rest_is_left_for_others() {
        var rule = rule("{'sum':'ects','atLeast':30}");
        var awards = IntStream.range(0, 8)
                .mapToObj(i -> held("a" + i, NOW.minusSeconds(100 - i), i == 7 ? "3" : "5"))
                .toList();
        var evaluation = Evaluator.evaluate(rule, none().withHeld(awards), NOW);
        assertThat(evaluation.found().amount()).isEqualByComparingTo("30");
        assertThat(evaluation.counted())
                .extracting(Held::id)
                .hasSize(6)
                .contains("award-of-a0")
                .doesNotContain("award-of-a7");
    }

    @Test
    void where_nothing_reaches_it_the_nearest_within_the_limits_is_shown() {
        var rule = rule("{'sum':'ects','atLeast':20,'limits':[{'maxSum':6,'of':{'labels':['from:degree']}}]}");
        var evaluation = Evaluator.evaluate(
                rule,
                holding(
                        held("d1", NOW, "4", "from:degree"),
                        held("d2", NOW, "5", "from:degree"),
                        held("d3", NOW, "2", "from:degree"),
                        held("own", NOW, "10")),
                NOW);
        assertThat(evaluation.state()).isEqualTo(Evaluation.State.NOT_YET);
        assertThat(evaluation.found().amount()).isEqualByComparingTo("16");
        assertThat(evaluation.found().counted())
                .extracting(Held::id)
                .containsExactlyInAnyOrder("award-of-d1", "award-of-d3", "award-of-own");
    }

    @Test
    void four_hundred_awards_of_a_few_kinds_are_counted_exactly() {
        var rule = rule("""
                {'sum':'ects','atLeast':600,'atMost':601,'limits':[{'minShare':75,'of':{'labels':['category:x']}},
                 {'maxShare':25,'of':{'labels':['theme:ai']}},{'groups':2,'by':'theme'}]}""");
        var awards = new ArrayList<Held>();
        for (int i = 0; i < 400; i++) {
            awards.add(held(
                    "a" + i,
                    NOW.minusSeconds(i),
                    i % 3 == 0 ? "2.5" : "3",
                    i % 4 == 0 ? "category:y" : "category:x",
                    i % 5 == 0 ? "theme:ai" : "theme:law"));
        }
        var evaluation = Evaluator.evaluate(rule, none().withHeld(awards), NOW);
        assertThat(evaluation.state()).isEqualTo(Evaluation.State.MET);
        assertThat(evaluation.found().amount()).isEqualByComparingTo("600");
    }

    @Test
    void what_would_take_too_long_is_left_to_people_and_never_awarded() {
        // No two awards are of one amount, and an even sum of even amounts is never odd: only trying all would tell.
        var rule = rule("{'sum':'ects','atLeast':1001.001,'atMost':1001.001}");
        var awards = IntStream.range(0, 60)
                .mapToObj(i -> held(
                        "a" + i,
                        NOW,
                        BigDecimal.valueOf(2L * (i * i + 37 * i + 101), 2).toPlainString()))
                .toList();
        var facts = none().withHeld(awards);
        assertThat(Evaluator.met(rule, facts, NOW)).isFalse();
        assertThat(Evaluator.evaluate(rule, facts, NOW).state()).isEqualTo(Evaluation.State.WAITING);
    }

    private static BigDecimal greedy(CreditSum sum, List<Held> awards, Comparator<Held> order) {
        var total = BigDecimal.ZERO;
        for (var held : awards.stream().sorted(order).toList()) {
            var more = total.add(held.credits());
            if (sum.maximum() == null || more.compareTo(sum.maximum()) <= 0) {
                total = more;
            }
        }
        return total;
    }
}

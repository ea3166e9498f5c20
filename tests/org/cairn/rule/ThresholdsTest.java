package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

    @Test
    void a_curve_says_what_evaluating_with_each_threshold_would_say() {
        int curves = 0;
        for (int seed = 0; seed < RandomRules.cases(2000); seed++) {
            var random = new RandomRules(seed);
            var rule = random.rule(3, true);
            var people = IntStream.range(0, 6)
                    .mapToObj(i -> random.facts(rule).withWaived(Map.of()))
                    .toList();
            var thresholds = new Thresholds(rule, "rule");
            for (int i = 0; i < thresholds.lines().size(); i++) {
                int number = i;
                var line = thresholds.lines().get(i);
                var reach = people.stream()
                        .map(facts -> thresholds.reach(Evaluator.evaluate(rule, facts, RandomRules.NOW))[number])
                        .toList();
                for (var point : Thresholds.curve(line, reach).points()) {
                    var other = (Requirement) with(rule, new int[] {number}, point.threshold());
                    assertThat(point.met())
                            .as("%s with %s at %s, seed %d", rule, point.threshold(), line.path(), seed)
                            .isEqualTo(people.stream()
                                    .filter(facts -> Evaluator.met(other, facts, RandomRules.NOW))
                                    .count());
                }
                curves++;
            }
        }
        assertThat(curves).isGreaterThanOrEqualTo(RandomRules.cases(400));
    }

    @Test
    void a_line_stands_where_the_json_has_it_and_its_own_threshold_is_among_the_points() {
        var rule = World.definition("one", """
                {"atLeast":1,"of":[{"allOf":[{"completed":"lab"},{"score":"quiz","atLeast":72.5}]},
                 {"oneBranch":[{"branch":"a","asks":{"score":"essay","moreThan":3,"scale":"points"}}]}]}""").rule().requirement();
        var lines = new Thresholds(rule, "rule").lines();
        assertThat(lines)
                .extracting(Thresholds.Line::path)
                .containsExactly("rule.of[0].allOf[1]", "rule.of[1].oneBranch[0].asks");
        assertThat(Thresholds.curve(lines.getFirst(), List.of()).points())
                .extracting(Thresholds.Point::threshold)
                .hasSize(102)
                .contains(new BigDecimal("72.5"));
    }

    @Test
    void no_threshold_decides_of_whom_something_else_is_asked() {
        var rule = RuleFacts.wholeRule("""
                {'rule':1,'asks':{'score':'exam','atLeast':70},'appliesTo':{'member':'cohort','name':'all'},
                 'earlier':[{'who':{'member':'cohort','name':'old'},'asks':{'score':'quiz','atLeast':50}}]}""");
        var all = new Membership(Member.Group.COHORT, "all");
        var old = new Membership(Member.Group.COHORT, "old");
        var now = RandomRules.NOW;
        var thresholds = new Thresholds(rule);
        var graded = RuleFacts.graded("exam", 80, "quiz", 60);
        var recent = graded.withMemberships(Map.of(all, now));
        var earlier = graded.withMemberships(Map.of(all, now, old, now));
        assertThat(thresholds.reach(Evaluator.evaluate(rule, recent, now))[0]).isEqualByComparingTo(fraction(80));
        assertThat(thresholds.reach(Evaluator.evaluate(rule, earlier, now))[0].isEndless())
                .isTrue();
        assertThat(thresholds.reach(Evaluator.evaluate(rule, graded, now))[0]).isEqualTo(Fraction.BELOW);
    }

    private static Fraction fraction(int percent) {
        return new Fraction(BigDecimal.valueOf(percent), BigDecimal.ONE);
    }

    @Test
    void only_the_first_twenty_scores_have_a_curve() {
        var score =
                World.definition("one", "{'score':'quiz','atLeast':70}").rule().requirement();
        var rule = new AllOf(IntStream.range(0, 30).mapToObj(i -> score).toList());
        var thresholds = new Thresholds(rule, "rule");
        assertThat(thresholds.lines()).hasSize(Thresholds.MOST);
        assertThat(thresholds.reach(Evaluator.evaluate(rule, RuleFacts.none(), RandomRules.NOW)))
                .hasSize(Thresholds.MOST);
    }

    /** The rule with another value in its score of that number, counted in the order of reading. */
    private static Requirement with(Requirement rule, int[] left, BigDecimal value) {
        if (rule instanceof Within || rule instanceof InOrder) {
            return rule;
        }
        if (rule instanceof Score score) {
            return left[0]-- == 0
                    ? new Score(
                            score.slot(),
                            score.comparison(),
                            value,
                            score.scale(),
                            score.letters(),
                            score.choice(),
                            score.window(),
                            score.attempts())
                    : score;
        }
        var parts = new ArrayList<Requirement>();
        rule.of().forEach(part -> parts.add(with(part, left, value)));
        return switch (rule) {
            case AllOf all -> new AllOf(parts);
            case AnyOf any -> new AnyOf(parts);
            case AtLeast some -> new AtLeast(some.count(), parts);
            case OneBranch one -> RandomRules.branches(parts);
            default -> rule;
        };
    }
}

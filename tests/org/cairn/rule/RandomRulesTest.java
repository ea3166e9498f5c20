package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of every rule and all facts, over seeded random ones. */
class RandomRulesTest {

    @Test
    void every_rule_keeps_its_promises_over_many_facts() {
        check(20261124, RandomRules.cases(100_000));
    }

    @Test
    @Tag("deep")
    void every_rule_keeps_its_promises_over_a_million_facts() {
        long seed = System.nanoTime();
        System.out.println("RandomRulesTest seed " + seed);
        check(seed, 1_000_000);
    }

    private static void check(long seed, int cases) {
        var rules = new RandomRules(seed);
        for (int one = 0; one < cases; one++) {
            var rule = rules.rule(3, one % 5 == 0);
            var facts = rules.facts(rule);
            var where = "seed " + seed + ", case " + one + ": " + rule;
            var evaluation = Evaluator.evaluate(rule, facts, RandomRules.NOW);
            boolean met = evaluation.isMet();
            // Compared by hand: an assertion's message would cost more than the case.
            boolean fast = Evaluator.met(rule, facts, RandomRules.NOW);
            boolean naive = NaiveEvaluator.met(rule, facts, RandomRules.NOW);
            var shuffled = Evaluator.evaluate(rule, rules.shuffled(facts), RandomRules.NOW);
            if (met != fast || met != naive || !evaluation.equals(shuffled)) {
                assertThat("explained %s, fast %s, naive %s, by%n%s, shuffled%n%s, facts%n%s, %s"
                                .formatted(met, fast, naive, evaluation, shuffled, facts, where))
                        .as("fast, explaining and naive evaluation agree, in any order of facts")
                        .isEmpty();
            }
            if (met && hasEmptyGroup(rule) && facts.waived().isEmpty() && !isMetWithoutThem(rule, facts)) {
                assertThat(where).as("an empty group is never met").isEmpty();
            }
            if (met && isMonotone(rule) && !Evaluator.met(rule, better(facts), RandomRules.NOW)) {
                assertThat(where)
                        .as("holding more and scoring better never takes away")
                        .isEmpty();
            }
            if (one % 5 != 0) {
                var json = RequirementJson.write(rule);
                if (!RequirementJson.read(json).equals(rule)
                        || !EvaluationJson.read(EvaluationJson.write(evaluation))
                                .equals(evaluation)) {
                    assertThat(where).as("JSON brings back what it was given").isEmpty();
                }
            }
        }
    }

    private static Stream<Requirement> nodes(Requirement rule) {
        return Stream.concat(Stream.of(rule), rule.of().stream().flatMap(RandomRulesTest::nodes));
    }

    private static boolean isGroup(Requirement rule) {
        return rule instanceof AllOf
                || rule instanceof AnyOf
                || rule instanceof AtLeast
                || rule instanceof OneBranch
                || rule instanceof InOrder
                || rule instanceof Separately
                || rule instanceof Within;
    }

    private static boolean hasEmptyGroup(Requirement rule) {
        return nodes(rule).anyMatch(node -> isGroup(node) && node.of().isEmpty());
    }

    /** Whether it is met with every empty group put in place by something that nobody holds. */
    private static boolean isMetWithoutThem(Requirement rule, Facts facts) {
        return NaiveEvaluator.met(filled(rule), facts, RandomRules.NOW);
    }

    private static Requirement filled(Requirement rule) {
        if (!isGroup(rule)) {
            return rule;
        }
        if (rule.of().isEmpty()) {
            return Holds.any(new AchievementId("nobody-holds-this"));
        }
        var parts = rule.of().stream().map(RandomRulesTest::filled).toList();
        return switch (rule) {
            case AllOf all -> new AllOf(parts);
            case AnyOf any -> new AnyOf(parts);
            case AtLeast some -> new AtLeast(some.count(), parts);
            case OneBranch one -> RandomRules.branches(parts);
            case InOrder order -> new InOrder(parts);
            case Separately separately -> new Separately(parts);
            case Within within -> new Within(within.period(), within.since(), parts.getFirst());
            default -> rule;
        };
    }

    /** Among attempts, latest and first are not: a better third attempt may be the one that does not count. A mean may fall. */
    private static boolean isMonotone(Requirement rule) {
        return nodes(rule)
                .noneMatch(node ->
                        node instanceof Mean || (node instanceof Score score && score.choice() != Score.Choice.BEST));
    }

    private static Facts better(Facts facts) {
        var scores = new HashMap<Slot, List<Fact>>();
        facts.attempts().forEach((slot, list) -> {
            var more = new ArrayList<Fact>();
            list.forEach(fact -> more.add(
                    fact.state() == Fact.State.GRADED
                            ? new Fact(
                                    fact.attempt(),
                                    fact.state(),
                                    fact.score().add(BigDecimal.ONE),
                                    fact.maximum(),
                                    fact.isComplete(),
                                    fact.at(),
                                    fact.strength())
                            : fact));
            scores.put(slot, more);
        });
        var held = new ArrayList<>(
                facts.held().values().stream().flatMap(List::stream).toList());
        held.add(RuleFacts.held("a0", RandomRules.NOW, "5", "track:a", "category:x"));
        held.add(RuleFacts.held("a3", RandomRules.NOW, "2.5", "track:b"));
        return facts.withAttempts(scores).withHeld(held);
    }
}

package org.cairn.bench;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cairn.AchievementId;
import org.cairn.rule.AllOf;
import org.cairn.rule.AtLeast;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Requirement;
import org.cairn.rule.Score;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Window;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One evaluation of a rule of 1, 8 and 40 nodes, all of it met, beside a lambda that was written for just this rule. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RuleBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final BigDecimal SEVENTY = BigDecimal.valueOf(70);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Param({"1", "8", "40"})
    int nodes;

    private Requirement rule;
    private Predicate<Facts> lambda;
    private Facts facts;

    @Setup
    public void setup() {
        var scores = new HashMap<Slot, List<Fact>>();
        var leaves = new ArrayList<Requirement>();
        var floor = new ArrayList<Predicate<Facts>>();
        int groups = nodes == 1 ? 0 : nodes == 8 ? 1 : 5;
        for (int i = 0; i < nodes - groups; i++) {
            var slot = new Slot("s" + i);
            leaves.add(new Score(
                    slot,
                    Score.Comparison.AT_LEAST,
                    SEVENTY,
                    Score.Scale.PERCENT,
                    Score.Choice.BEST,
                    Window.ALWAYS,
                    null));
            scores.put(
                    slot,
                    List.of(new Fact(
                            1,
                            Fact.State.GRADED,
                            BigDecimal.valueOf(71 + i % 29),
                            HUNDRED,
                            true,
                            NOW,
                            Strength.STRONG)));
            floor.add(all -> {
                var fact = all.attempts().get(slot).get(0);
                return fact.score().multiply(HUNDRED).compareTo(SEVENTY.multiply(fact.maximum())) >= 0;
            });
        }
        rule = rule(leaves);
        lambda = floor.stream().reduce(Predicate::and).orElseThrow();
        facts = new Facts(scores, Map.of(new AchievementId("a"), NOW), ZoneId.of("Europe/Vienna"));
    }

    private Requirement rule(List<Requirement> leaves) {
        if (nodes == 1) {
            return leaves.getFirst();
        }
        if (nodes == 8) {
            return new AllOf(leaves);
        }
        var quarters = new ArrayList<Requirement>();
        int quarter = (leaves.size() + 3) / 4;
        for (int from = 0; from < leaves.size(); from += quarter) {
            var part = leaves.subList(from, Math.min(from + quarter, leaves.size()));
            quarters.add(new AtLeast(part.size(), part));
        }
        return new AllOf(quarters);
    }

    @Benchmark
    public boolean floor_compiled_lambda() {
        return lambda.test(facts);
    }

    @Benchmark
    public boolean met() {
        return Evaluator.met(rule, facts, NOW);
    }

    @Benchmark
    public Evaluation evaluated_with_explanation() {
        return Evaluator.evaluate(rule, facts, NOW);
    }
}

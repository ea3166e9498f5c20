package org.cairn.bench.peers;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One evaluation of a rule of 1, 8 and 40 nodes: the mean of a learner who meets it and one who lacks its last grade. Many short iterations,
 * so that the median says something on a machine that is not quiet.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class RuleBenchmark {

    @Param({"1", "8", "40"})
    int nodes;

    @Param({"lambda", "cairn", "cairn-explained", "drools", "easy-rules", "cel", "mvel", "aviator", "json-logic"})
    String peer;

    private BooleanSupplier met;
    private BooleanSupplier notMet;

    @Setup
    public void setup() throws Exception {
        var deciding = peer(Sample.of(nodes));
        met = deciding.decision(true);
        notMet = deciding.decision(false);
        if (!met.getAsBoolean() || notMet.getAsBoolean()) {
            throw new IllegalStateException(peer + " decides wrongly.");
        }
    }

    private Peer peer(Sample sample) throws Exception {
        return switch (peer) {
            case "lambda" -> new Lambda(sample);
            case "cairn" -> new Cairn(sample, false);
            case "cairn-explained" -> new Cairn(sample, true);
            case "drools" -> new Drools(sample);
            case "easy-rules" -> new EasyRules(sample);
            case "cel" -> new Cel(sample);
            case "mvel" -> new Mvel(sample);
            case "aviator" -> new Aviator(sample);
            case "json-logic" -> new JsonLogic(sample);
            default -> throw new IllegalArgumentException(peer);
        };
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public void evaluation(Blackhole hole) {
        hole.consume(met.getAsBoolean());
        hole.consume(notMet.getAsBoolean());
    }
}

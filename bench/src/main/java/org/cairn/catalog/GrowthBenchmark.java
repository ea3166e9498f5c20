package org.cairn.catalog;

import java.util.concurrent.TimeUnit;
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

/** To find the rules that one event touches and to decide them for its learner, while one of three things grows and the others stay. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class GrowthBenchmark {

    /** Facts are one learner's attempts at one activity, each of which has to be looked at; those elsewhere are never seen. */
    public enum Growing {
        RULES,
        LEARNERS,
        FACTS
    }

    @Param
    Growing growing;

    @Param({"100", "1000", "10000", "100000"})
    int size;

    private Institution institution;
    private int next;

    @Setup
    public void setup() {
        institution = switch (growing) {
            case RULES -> new Institution(size, 1000, 1);
            case LEARNERS -> new Institution(1000, size, 1);
            case FACTS -> new Institution(1000, 1, size);
        };
        for (int event = 0; event < 100; event++) {
            if (institution.decide(event) != 1) {
                throw new IllegalStateException("Every event touches one rule, which its learner meets.");
            }
        }
    }

    @Benchmark
    public int event() {
        return institution.decide(next++ & Institution.EVENTS - 1);
    }
}

package org.cairn.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cairn.catalog.IssuerStore;
import org.cairn.evidence.Observation;
import org.cairn.evidence.Reported;
import org.cairn.evidence.Source;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.SigningKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Grades to signed awards, 500 in a transaction, one thread: three grades for each new learner, of which seven in ten are on the line
 * or above. The floor writes the same rows in plain JDBC batches and makes the same signatures, and decides nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 5, time = 4)
public class AwardBenchmark {

    static final int BATCH = 500;

    @Param({"h2", "postgres"})
    String database;

    private final AtomicLong next = new AtomicLong();
    private final Random random = new Random(20261124);
    private Bench bench;
    private SigningKey key;
    private final byte[] payload = new byte[2_600];

    @Setup
    public void setup() throws IOException, SQLException {
        bench = new Bench(database, java.net.URI.create("https://lms.example.edu/jwks"));
        key = bench.database.inTransaction(db -> bench.keys.issuerKey(
                db, IssuerStore.get(db, bench.deployment.tenant()).id(), KeyAlgorithm.ES256));
        try (var connection = bench.database.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table floor (id bigint primary key, kind varchar(20) not null, text varchar(4000) not null)");
            connection.commit();
        }
        random.nextBytes(payload);
    }

    /** As autovacuum does once a minute: without it plans are those of the empty tables of the start. */
    @Setup(Level.Iteration)
    public void analyze() throws SQLException {
        Bench.analyze(bench.database);
    }

    @TearDown
    public void stop() throws IOException {
        bench.close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object grades_recorded_and_awarded() {
        var now = bench.clock.instant();
        var grades = new ArrayList<Observation>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            long number = next.getAndIncrement();
            int score = random.nextInt(10) < 7 ? 70 + random.nextInt(31) : random.nextInt(70);
            grades.add(new Observation(
                    List.of("a", "b", "c").get((int) (number % 3)),
                    "learner-" + number / 3,
                    1,
                    Reported.graded(BigDecimal.valueOf(score), BigDecimal.valueOf(100)),
                    now,
                    null));
        }
        return bench.awarding.record(bench.deployment, "course", Source.PUSH, grades);
    }

    /** Of 500 grades: 500 reports, 167 learners and accounts, 350 + 57 awards with a step, an evaluation and a signed credential each. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int floor_same_rows_and_signatures() throws SQLException {
        try (var connection = bench.database.source().getConnection()) {
            int awards = BATCH * 7 / 10 + (int) (BATCH / 3 * 0.343);
            insert(connection, "learner", BATCH / 3, 40);
            insert(connection, "account", BATCH / 3, 120);
            insert(connection, "observation", BATCH, 160);
            insert(connection, "award", awards, 400);
            insert(connection, "step", awards, 120);
            for (int i = 0; i < awards; i++) {
                key.sign(payload);
            }
            insert(connection, "credential", awards, 3_500);
            connection.commit();
            return awards;
        }
    }

    private void insert(Connection connection, String kind, int rows, int length) throws SQLException {
        try (var statement = connection.prepareStatement("insert into floor values (?, ?, ?)")) {
            var text = "x".repeat(length);
            for (int i = 0; i < rows; i++) {
                statement.setLong(1, next.getAndIncrement());
                statement.setString(2, kind);
                statement.setString(3, text);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}

package org.cairn.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.SigningKey;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Issuance;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.SigningBenchmark;
import org.cairn.people.TenantStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Ten thousand credentials issued, in one transaction and by 500, beside as many bare signatures and rows of the same length. One thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class IssuingBenchmark {

    private static final int ALL = 10_000;

    @Param({"h2", "postgres"})
    String database;

    private final AtomicLong next = new AtomicLong();
    private Bench bench;
    private Credentials credentials;
    private IssuerProfile issuer;
    private SigningKey key;
    private List<Issuance> issuances;
    private byte[] signed;

    @Setup
    public void setup() throws IOException, SQLException {
        bench = new Bench(database, URI.create("https://lms.example.edu/jwks"));
        credentials = new Credentials(new Addresses("https://cairn.example.edu"), bench.keys);
        try (var connection = bench.database.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table floor (id varchar(32) not null primary key, tenant uuid, issuer uuid, award uuid,"
                            + " list integer, bit integer, text text not null, unique (issuer, list, bit))");
            connection.commit();
        }
    }

    /** An issuer of its own for each time: its lists are empty. */
    @Setup(Level.Invocation)
    public void begin() throws SQLException {
        var now = bench.clock.instant();
        issuer = bench.database.inTransaction(db -> {
            var tenant = TenantStore.findOrCreate(db, UUID.randomUUID().toString(), "There", ZoneOffset.UTC, now)
                    .id();
            var made = IssuerStore.findOrCreate(db, tenant, new IssuerSettings("There", null, null, null), now);
            key = bench.keys.issuerKey(db, made.id(), KeyAlgorithm.ES256);
            return made;
        });
        issuances = IntStream.range(0, ALL)
                .mapToObj(i -> SigningBenchmark.issuance(issuer))
                .toList();
        signed = bench.database.inTransaction(db -> credentials
                .issueAll(db, issuances.subList(0, 1), now)
                .getFirst()
                .jwt()
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Bench.analyze(bench.database);
    }

    @TearDown
    public void stop() throws IOException {
        bench.close();
    }

    @Benchmark
    public Object issued_in_one_transaction() {
        return bench.database.inTransaction(db -> credentials.issueAll(db, issuances, bench.clock.instant()));
    }

    @Benchmark
    public Object issued_by_500() {
        var issued = new ArrayList<>();
        for (int from = 0; from < ALL; from += 500) {
            var some = issuances.subList(from, from + 500);
            issued.addAll(bench.database.inTransaction(db -> credentials.issueAll(db, some, bench.clock.instant())));
        }
        return issued;
    }

    /** The signatures alone. */
    @Benchmark
    public int floor_signatures() {
        int length = 0;
        for (int i = 0; i < ALL; i++) {
            length += key.sign(signed).length;
        }
        return length;
    }

    @Benchmark
    public int floor_same_rows_and_signatures() throws SQLException {
        var text = "x".repeat(signed.length);
        try (var connection = bench.database.source().getConnection();
                var statement = connection.prepareStatement("insert into floor values (?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < ALL; i++) {
                key.sign(signed);
                long number = next.getAndIncrement();
                statement.setString(1, "floor" + number);
                statement.setObject(2, issuer.tenant().value());
                statement.setObject(3, issuer.id().value());
                statement.setObject(4, UUID.randomUUID());
                statement.setInt(5, (int) (number / 100_000));
                statement.setInt(6, (int) (number % 100_000));
                statement.setString(7, text);
                statement.addBatch();
                if (i % 500 == 499) {
                    statement.executeBatch();
                }
            }
            connection.commit();
            return ALL;
        }
    }
}

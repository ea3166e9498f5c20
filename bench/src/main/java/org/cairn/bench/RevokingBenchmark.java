package org.cairn.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.cairn.AwardId;
import org.cairn.catalog.IssuerStore;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A full status list: 65,536 credentials in its 131,072 entries, one in a hundred revoked. One more is revoked, and the list signed anew. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
public class RevokingBenchmark {

    private static final int USED = 65_536;

    @Param({"h2", "postgres"})
    String database;

    private final AwardId[] awards = new AwardId[USED];
    private int next;
    private Bench bench;
    private Credentials credentials;
    private IssuerDocuments documents;
    private String name;
    private IssuerProfile issuer;

    @Setup
    public void setup() throws IOException, SQLException {
        bench = new Bench(database, URI.create("https://lms.example.edu/jwks"));
        credentials = new Credentials(new Addresses("https://cairn.example.edu"), bench.keys);
        issuer = bench.database.inTransaction(db -> IssuerStore.get(db, bench.deployment.tenant()));
        documents = new IssuerDocuments(bench.keys);
        name = credentials.addresses().issuer(issuer.id());
        fill(bench.clock.instant());
        Bench.analyze(bench.database);
    }

    private void fill(Instant now) throws SQLException {
        try (var connection = bench.database.source().getConnection();
                var statement = connection.prepareStatement(
                        "insert into credential (id, tenant_id, issuer_id, award_id, learner_id,"
                                + " with_grade, with_evidence, jwt, issued_as, signed_by, status_list, status_index, issued_at, revoked_at)"
                                + " values (?, ?, ?, ?, ?, false, true, ?, 'x', 'x', 0, ?, ?, ?)")) {
            var text = "x".repeat(3_500);
            for (int i = 0; i < USED; i++) {
                awards[i] = AwardId.fresh();
                statement.setString(1, "bench" + i);
                statement.setObject(2, issuer.tenant().value());
                statement.setObject(3, issuer.id().value());
                statement.setObject(4, awards[i].value());
                statement.setObject(5, UUID.randomUUID());
                statement.setString(6, text);
                statement.setInt(7, 2 * i);
                statement.setTimestamp(8, Timestamp.from(now));
                statement.setTimestamp(9, i % 100 == 0 ? Timestamp.from(now) : null);
                statement.addBatch();
                if (i % 1_000 == 999) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    @TearDown
    public void stop() throws IOException {
        bench.close();
    }

    @Benchmark
    public String revoked_and_list_signed() {
        var award = awards[next++ % USED];
        return bench.database.inTransaction(db -> {
            var now = bench.clock.instant();
            credentials.revoke(db, issuer.tenant(), List.of(award), now);
            return documents.statusList(db, issuer, name, name + "/status/0", 0, false, now);
        });
    }

    /** As it is mostly asked for: nothing was revoked since. */
    @Benchmark
    public String list_asked_for() {
        return bench.database.inTransaction(
                db -> documents.statusList(db, issuer, name, name + "/status/0", 0, false, bench.clock.instant()));
    }
}

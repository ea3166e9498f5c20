package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.bench.Temporary;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.keys.SigningKey;
import org.cairn.people.TenantStore;
import org.cairn.rule.Completed;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Window;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One credential signed, in either proof form, beside the bare signatures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SigningBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private Database database;
    private CredentialDocument document;
    private Issuance issuance;
    private ObjectNode payload;
    private ObjectNode bare;
    private byte[] message;
    private SigningKey es256;
    private SigningKey ed25519;

    @Setup
    public void setup() throws Exception {
        var folder = Temporary.folder();
        database = Database.inFolder(folder);
        var keys = new Keys(database, MasterKey.open(folder.resolve("master.key")), Clock.systemUTC());
        document = new CredentialDocument(new Addresses("https://cairn.example.edu"));
        database.inTransaction(db -> {
            var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneOffset.UTC, NOW)
                    .id();
            var issuer =
                    IssuerStore.findOrCreate(db, tenant, new IssuerSettings("Here University", null, null, "AT"), NOW);
            es256 = keys.issuerKey(db, issuer.id(), KeyAlgorithm.ES256);
            ed25519 = keys.issuerKey(db, issuer.id(), KeyAlgorithm.ED25519);
            issuance = issuance(issuer);
            return null;
        });
        payload = document.payload(issuance, CredentialId.fresh(), new Credential.StatusEntry(0, 4711), NOW);
        bare = CredentialDocument.bare(payload);
        message = new byte[64];
    }

    @TearDown
    public void close() {
        database.close();
    }

    @Benchmark
    public byte[] bareEcdsa() {
        return es256.sign(message);
    }

    @Benchmark
    public byte[] bareEd25519() {
        return ed25519.sign(message);
    }

    @Benchmark
    public String vcJwt() {
        return Jws.sign(payload, "https://cairn.example.edu/issuers/1#" + es256.kid(), es256);
    }

    @Benchmark
    public ObjectNode dataIntegrity() {
        var json = bare.deepCopy();
        DataIntegrity.prove(json, "https://cairn.example.edu/issuers/1#" + ed25519.kid(), ed25519, NOW);
        return json;
    }

    /** What an award costs: the document and its VC-JWT. */
    @Benchmark
    public String builtAndSigned() {
        var made = document.payload(issuance, CredentialId.fresh(), new Credential.StatusEntry(0, 4711), NOW);
        return Jws.sign(made, "https://cairn.example.edu/issuers/1#" + es256.kid(), es256);
    }

    /** Of somebody new each time. */
    public static Issuance issuance(IssuerProfile issuer) {
        var rule = new Completed(new Slot("quiz"), Window.ALWAYS);
        var done = new Fact(1, Fact.State.GRADED, BigDecimal.TEN, BigDecimal.TEN, true, NOW, Strength.STRONG);
        return new Issuance(
                issuer,
                AwardId.fresh(),
                LearnerId.fresh(),
                NOW,
                null,
                new Issuance.Badge(
                        new AchievementId("bias-in-models"),
                        1,
                        "MicroCredential",
                        "Bias in models",
                        "Finding and measuring unfairness in data and models.",
                        BigDecimal.valueOf(2.5),
                        "ects",
                        60,
                        6,
                        Particulars.NONE),
                "Who holds this can:\n\n- name sources of bias\n- measure them\n\nTo earn it, this was asked:\n\nAt least 70 % in *Quiz*.",
                List.of(),
                List.of(),
                new Issuance.Proof(
                        "Reported by the platform.",
                        Evaluator.evaluate(
                                rule,
                                Facts.none(ZoneOffset.UTC).withAttempts(Map.of(new Slot("quiz"), List.of(done))),
                                NOW),
                        ZoneOffset.UTC),
                Issuance.Recipient.UNNAMED);
    }
}

package org.cairn.openbadges;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.cairn.Problem;
import org.cairn.bench.Temporary;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.keys.SigningKey;
import org.cairn.openbadges.certificate.Certificate;
import org.cairn.openbadges.certificate.CertificatePdf;
import org.cairn.openbadges.certificate.Fonts;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.verification.Packs;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.Verification;
import org.cairn.openbadges.verification.Verifier;
import org.cairn.people.TenantStore;
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

/**
 * One credential made and verified in each of its forms, beside the bare signatures. Its issuer's document and its status list are in memory; published schemas are not to be had, so that check is by our own reading.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FormsBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final Map<String, byte[]> answers = new HashMap<>();
    private Database database;
    private Credential credential;
    private IssuerProfile issuer;
    private Packs packs;
    private Verifier verifier;
    private Certificate certificate;
    private Badge badge;
    private byte[] picture;
    private String jwt;
    private String proved;
    private byte[] png;
    private byte[] svg;
    private byte[] pdf;
    private byte[] zip;

    private SigningKey ecdsa;
    private byte[] ecdsaSignature;
    private SigningKey edwards;
    private byte[] edwardsSignature;
    private final byte[] message = new byte[64];

    @Setup
    public void setup() throws Exception {
        var folder = Temporary.folder();
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        database = Database.inFolder(folder);
        var keys = new Keys(database, MasterKey.open(folder.resolve("master.key")), clock);
        var credentials = new Credentials(new Addresses("https://cairn.example.edu"), keys);
        database.inTransaction(db -> {
            var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneOffset.UTC, NOW)
                    .id();
            issuer = IssuerStore.findOrCreate(db, tenant, new IssuerSettings("Here University", null, null, "AT"), NOW);
            credential = credentials
                    .issueAll(db, List.of(SigningBenchmark.issuance(issuer)), NOW)
                    .getFirst();
            proved = credentials.proved(db, credential, NOW);
            var documents = new IssuerDocuments(keys);
            var name = credentials.addresses().issuer(issuer.id());
            var list = credentials.addresses().statusList(issuer.id(), name, 0);
            answer(name, documents.controller(db, issuer.id(), name).toString());
            answer(list, documents.statusList(db, issuer, name, list, 0, false, NOW));
            ecdsa = keys.issuerKey(db, issuer.id(), KeyAlgorithm.ES256);
            edwards = keys.issuerKey(db, issuer.id(), KeyAlgorithm.ED25519);
            return null;
        });
        var standards = new Standards(FormsBenchmark::nobody, null, clock);
        packs = new Packs(database, credentials, new IssuerDocuments(keys), standards, clock);
        verifier = new Verifier(this::fetch, standards, id -> Optional.empty());
        forms();
        edwardsSignature = edwards.sign(message);
        ecdsaSignature = ecdsa.sign(message);
        for (var form : List.of(
                jwt.getBytes(StandardCharsets.UTF_8), proved.getBytes(StandardCharsets.UTF_8), png, svg, pdf, zip)) {
            if (!verifier.verify(form, NOW).isValid()) {
                throw new IllegalStateException(verifier.verify(form, NOW).toString());
            }
        }
    }

    private void forms() throws IOException {
        badge = new Badge(Badge.Kind.MICRO_CREDENTIAL, "Bias in models", 6, "bias-in-models", Design.NONE);
        certificate = new Certificate(
                credential.document(),
                credential.jwt(),
                "Ada Lovelace",
                badge,
                badge.picture(),
                List.of("name sources of bias", "measure them"),
                "https://cairn.example.edu/verify/" + credential.id(),
                NOW,
                ZoneId.of("Europe/Vienna"));
        jwt = credential.jwt();
        picture = badge.picture().png(400);
        png = Baking.png(picture, proved);
        svg = Baking.svg(badge.picture().svg(), proved).getBytes(StandardCharsets.UTF_8);
        pdf = CertificatePdf.of(certificate, Fonts.NONE);
        zip = packs.of(credential, issuer).zip();
    }

    @Benchmark
    public byte[] bareEcdsaSigned() {
        return ecdsa.sign(message);
    }

    @Benchmark
    public byte[] bareEd25519Signed() {
        return edwards.sign(message);
    }

    @Benchmark
    public boolean bareEcdsaVerified() throws GeneralSecurityException {
        var check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(ecdsa.published().key());
        check.update(message);
        return check.verify(ecdsaSignature);
    }

    @Benchmark
    public boolean bareEd25519Verified() {
        var encoded = edwards.published().key().getEncoded();
        var check = new Ed25519Signer();
        check.init(false, new Ed25519PublicKeyParameters(encoded, encoded.length - 32));
        check.update(message, 0, message.length);
        return check.verifySignature(edwardsSignature);
    }

    @Benchmark
    public Verification verifiedJwt() {
        return verifier.verify(jwt, NOW);
    }

    @Benchmark
    public Verification verifiedJson() {
        return verifier.verify(proved, NOW);
    }

    @Benchmark
    public Verification verifiedPng() {
        return verifier.verify(png, NOW);
    }

    @Benchmark
    public Verification verifiedSvg() {
        return verifier.verify(svg, NOW);
    }

    @Benchmark
    public Verification verifiedPdf() {
        return verifier.verify(pdf, NOW);
    }

    @Benchmark
    public Verification verifiedPack() {
        return verifier.verify(zip, NOW);
    }

    /** Into a badge that was drawn before, as they are kept. */
    @Benchmark
    public byte[] madePng() {
        return Baking.png(picture, proved);
    }

    @Benchmark
    public String madeSvg() {
        return Baking.svg(badge.picture().svg(), proved);
    }

    @Benchmark
    public byte[] drawnPng() {
        return badge.picture().png(400);
    }

    @Benchmark
    public byte[] madePdf() {
        return CertificatePdf.of(certificate, Fonts.NONE);
    }

    @Benchmark
    public byte[] madePack() {
        return packs.of(credential, issuer).zip();
    }

    @TearDown
    public void close() {
        database.close();
    }

    /** The same in processor time of the thread, for a machine that is busy: medians of rounds, and the lowest and the highest quarter. */
    public static void main(String[] arguments) throws Exception {
        var benchmark = new FormsBenchmark();
        benchmark.setup();
        for (var method : FormsBenchmark.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Benchmark.class)) {
                var rounds = new double[40];
                for (int i = -20; i < rounds.length; i++) {
                    double micros = micros(benchmark, method);
                    if (i >= 0) {
                        rounds[i] = micros;
                    }
                }
                Arrays.sort(rounds);
                System.out.printf("%-22s %8.1f (%.1f to %.1f)%n", method.getName(), rounds[20], rounds[10], rounds[30]);
            }
        }
        benchmark.close();
    }

    /** Of one call, in a round of a twentieth of a second. */
    private static double micros(FormsBenchmark benchmark, Method method) throws ReflectiveOperationException {
        var thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        long spent = 0;
        int calls = 0;
        while (spent < 50_000_000) {
            method.invoke(benchmark);
            calls++;
            spent = thread.getCurrentThreadCpuTime() - start;
        }
        return spent / 1_000.0 / calls;
    }

    private void answer(String address, String text) {
        answers.put(address, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] fetch(URI address) {
        var known = answers.get(address.toString());
        return known == null ? nobody(address) : known;
    }

    private static byte[] nobody(URI address) {
        throw new Problem(Problem.Kind.UPSTREAM, "unreachable", address.toString());
    }
}

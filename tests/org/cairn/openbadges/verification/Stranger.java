package org.cairn.openbadges.verification;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.DataIntegrity;
import org.cairn.openbadges.StatusList;
import org.cairn.outbound.Outbound;
import org.cairn.testing.RsaKey;
import org.cairn.testing.SettableClock;

/** An issuer that is not ours, with a web server of its own: signs whatever a test wants it to sign, by the JDK's own means. */
public final class Stranger implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    static final Instant TODAY = Instant.parse("2026-11-24T12:00:00Z");

    // What is fetched once is kept, so that a test takes milliseconds.
    static final Standards STANDARDS = new Standards(PublishedFiles::fetch, null, new SettableClock());

    private static final String CREDENTIAL = """
            {"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
             "id":"urn:uuid:11111111-1111-4111-8111-111111111111","type":["VerifiableCredential","OpenBadgeCredential"],
             "name":"Löten","issuer":{"id":"ISSUER","type":["Profile"],"name":"Schule für Löten"},
             "validFrom":"2026-01-15T10:00:00Z",
             "credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],
              "achievement":{"id":"https://badges.example.edu/a/1","type":["Achievement"],"achievementType":"MicroCredential",
               "name":"Löten 电路","description":"Was man zum Löten braucht","criteria":{"narrative":"Ten joints that *hold*."}}},
             "credentialStatus":{"id":"ISSUER/status#7","type":"BitstringStatusListEntry","statusPurpose":"revocation",
              "statusListIndex":"7","statusListCredential":"ISSUER/status"}}
            """;

    private static final String ENDORSEMENT = """
            {"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
             "id":"urn:uuid:22222222-2222-4222-8222-222222222222","type":["VerifiableCredential","EndorsementCredential"],
             "name":"Endorsement","issuer":{"id":"ISSUER","type":["Profile"],"name":"Verband der Löter"},
             "validFrom":"2026-01-15T10:00:00Z",
             "credentialSubject":{"id":"SUBJECT","type":["EndorsementSubject"],"endorsementComment":"We hire who holds it."},
             "credentialStatus":{"id":"ISSUER/status#7","type":"BitstringStatusListEntry","statusPurpose":"revocation",
              "statusListIndex":"7","statusListCredential":"ISSUER/status"}}
            """;

    public final Map<String, String> published = new ConcurrentHashMap<>();
    final KeyPair edwards = pair("Ed25519");
    final KeyPair curve = pair("EC");
    final KeyPair rsa = RsaKey.pair();
    /** The paths that it was asked for. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<Stranger> others = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public Stranger() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            var text = published.get(exchange.getRequestURI().getPath());
            byte[] body = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        published.put("/issuer", controller().toString());
        published.put("/issuer/status", proved(list(List.of(), "revocation")));
    }

    /** Another issuer, with other keys; it is there as long as this one. */
    Stranger another() {
        var other = new Stranger();
        others.add(other);
        return other;
    }

    /** What it or another answers at an address, without the way through the network. Throws Problem where it answers nothing. */
    byte[] answer(URI address) {
        var host = Stream.concat(Stream.of(this), others.stream())
                .filter(one -> address.toString().startsWith(one.url() + "/"))
                .findFirst();
        var text = host.map(one -> one.published.get(address.getPath()));
        if (text.isEmpty()) {
            throw new Problem(Problem.Kind.UPSTREAM, Outbound.UNREACHABLE, "Not there.");
        }
        return text.get().getBytes(StandardCharsets.UTF_8);
    }

    /** What is found of what is shown, on a day on which what it signs stands. */
    Verification judged(String shown) {
        return judged(shown, TODAY);
    }

    Verification judged(String shown, Instant at) {
        return verifier(id -> Optional.empty()).verify(shown, at);
    }

    Verifier verifier(Function<String, Optional<Held>> held) {
        return new Verifier(this::answer, STANDARDS, held);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String issuer() {
        return url() + "/issuer";
    }

    /** What is signed when nothing is wrong. */
    public ObjectNode credential() {
        return json(CREDENTIAL.replace("ISSUER", issuer()));
    }

    /** Its endorsement of what has this id. */
    public ObjectNode endorsement(String subject) {
        return json(ENDORSEMENT.replace("ISSUER", issuer()).replace("SUBJECT", subject));
    }

    ObjectNode controller() {
        return controller(issuer());
    }

    ObjectNode controller(String id) {
        var json = JSON.createObjectNode();
        json.putArray("@context").add("https://www.w3.org/ns/did/v1").add("https://w3id.org/security/multikey/v1");
        json.put("id", id);
        var methods = json.putArray("verificationMethod");
        methods.addObject()
                .put("id", id + "#ed")
                .put("type", "Multikey")
                .put("controller", id)
                .put("publicKeyMultibase", multibase());
        methods.addObject()
                .put("id", id + "#ec")
                .put("type", "JsonWebKey")
                .put("controller", id)
                .set("publicKeyJwk", ecJwk());
        methods.addObject()
                .put("id", id + "#rsa")
                .put("type", "JsonWebKey")
                .put("controller", id)
                .set("publicKeyJwk", rsaJwk());
        json.putArray("assertionMethod").add(id + "#ed").add(id + "#ec").add(id + "#rsa");
        return json;
    }

    /** A record of its own that holds these: JSON with its proof, or a token. */
    ObjectNode record(List<JsonNode> credentials) {
        var record = credential().put("name", "Alles Gelernte");
        record.putArray("@context")
                .add(Contexts.CREDENTIALS)
                .add("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json")
                .add(Contexts.BADGES);
        record.putArray("type").add("VerifiableCredential").add("ClrCredential");
        var subject = record.putObject("credentialSubject").put("id", "did:example:learner");
        subject.putArray("type").add("ClrSubject");
        subject.putArray("verifiableCredential").addAll(credentials);
        return record;
    }

    public ObjectNode list(Collection<Integer> set, String purpose) {
        var json = JSON.createObjectNode();
        json.putArray("@context").add(Contexts.CREDENTIALS);
        json.put("id", issuer() + "/status");
        json.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
        json.put("issuer", issuer()).put("validFrom", "2026-01-01T00:00:00Z");
        json.putObject("credentialSubject")
                .put("id", issuer() + "/status#list")
                .put("type", "BitstringStatusList")
                .put("statusPurpose", purpose)
                .put("encodedList", StatusList.encode(set));
        return json;
    }

    String didKey() {
        return "did:key:" + multibase();
    }

    /** As JSON with a proof by the Ed25519 key. */
    public String proved(ObjectNode credential) {
        return proved(credential, proof(issuer() + "#ed"), edwards);
    }

    ObjectNode proof(String method) {
        return JSON.createObjectNode()
                .put("type", "DataIntegrityProof")
                .put("cryptosuite", "eddsa-rdfc-2022")
                .put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("verificationMethod", method)
                .put("proofPurpose", "assertionMethod");
    }

    String proved(ObjectNode credential, ObjectNode proof, KeyPair key) {
        var options = proof.deepCopy();
        options.set("@context", credential.get("@context"));
        byte[] both = Arrays.copyOf(sha256(canonical(options)), 64);
        System.arraycopy(sha256(canonical(credential)), 0, both, 32, 32);
        proof.put("proofValue", Multibase.BASE_58_BTC.encode(sign("Ed25519", key, both)));
        return credential.deepCopy().set("proof", proof).toString();
    }

    /** The credential with what a VC-JWT repeats of it. */
    public static ObjectNode payload(ObjectNode credential) {
        var payload = credential.deepCopy();
        payload.put("iss", CredentialJson.issuer(credential));
        payload.set("jti", credential.get("id"));
        payload.set("sub", credential.path("credentialSubject").path("id"));
        payload.put("nbf", Instant.parse(credential.path("validFrom").asText()).getEpochSecond());
        if (credential.has("validUntil")) {
            payload.put(
                    "exp", Instant.parse(credential.path("validUntil").asText()).getEpochSecond());
        }
        return payload;
    }

    public String token(ObjectNode payload) {
        return token(payload, header("ES256", issuer() + "#ec"), "SHA256withECDSAinP1363Format", curve);
    }

    static ObjectNode header(String alg, String kid) {
        return JSON.createObjectNode().put("alg", alg).put("kid", kid).put("typ", "JWT");
    }

    static String token(ObjectNode payload, ObjectNode header, String algorithm, KeyPair key) {
        var signed = base64(header.toString()) + "." + base64(payload.toString());
        byte[] signature = sign(algorithm, key, signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    String multibase() {
        return multibase(edwards);
    }

    static String multibase(KeyPair edwards) {
        byte[] encoded = edwards.getPublic().getEncoded();
        byte[] tagged = new byte[34];
        tagged[0] = (byte) 0xed;
        tagged[1] = 1;
        System.arraycopy(encoded, encoded.length - 32, tagged, 2, 32);
        return Multibase.BASE_58_BTC.encode(tagged);
    }

    /** The P-256 key as did:key has it: its point compressed. */
    String curveMultibase() {
        var point = ((ECPublicKey) curve.getPublic()).getW();
        byte[] tagged = new byte[35];
        tagged[0] = (byte) 0x80;
        tagged[1] = 0x24;
        tagged[2] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
        System.arraycopy(fixed(point.getAffineX()), 0, tagged, 3, 32);
        return Multibase.BASE_58_BTC.encode(tagged);
    }

    ObjectNode ecJwk() {
        var point = ((ECPublicKey) curve.getPublic()).getW();
        return JSON.createObjectNode()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("kid", "ec")
                .put("x", base64(fixed(point.getAffineX())))
                .put("y", base64(fixed(point.getAffineY())));
    }

    ObjectNode rsaJwk() {
        var key = (RSAPublicKey) rsa.getPublic();
        byte[] modulus = key.getModulus().toByteArray();
        return JSON.createObjectNode()
                .put("kty", "RSA")
                .put("kid", "rsa")
                .put("n", base64(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length)))
                .put("e", base64(key.getPublicExponent().toByteArray()));
    }

    @Override
    public void close() {
        others.forEach(Stranger::close);
        server.stop(0);
    }

    static ObjectNode json(String text) {
        return CredentialJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static String canonical(ObjectNode json) {
        try {
            return DataIntegrity.canonical(json.toString(), new Contexts());
        } catch (IllegalStateException hasOtherTerms) {
            return DataIntegrity.canonical(json.toString(), PublishedFiles.CONTEXTS);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(String algorithm, KeyPair key, byte[] message) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String family) {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            if (family.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

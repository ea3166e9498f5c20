package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.Pdfs;
import org.cairn.openbadges.Pictures;
import org.cairn.outbound.Outbound;
import org.cairn.testing.Choices;
import org.cairn.testing.Hostile;
import org.cairn.testing.SettableClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials, tokens, issuers' documents, lists and packs with anything in them: there is a verdict, and nothing is valid that nobody signed. */
@Tag("fuzz")
class VerifierFuzzTest {

    private static final Stranger STRANGER = new Stranger();
    private static final ObjectNode SAID = STRANGER.credential();
    private static final ObjectNode BY_KEY = byKey();
    private static final List<ObjectNode> PROVED = List.of(Stranger.json(STRANGER.proved(SAID)), BY_KEY);
    private static final ObjectNode PAYLOAD = Stranger.payload(SAID);
    private static final String TOKEN = STRANGER.token(PAYLOAD);
    private static final Set<String> SIGNED = signed();
    private static final Set<String> WORDS =
            SIGNED.stream().map(one -> one.substring(0, one.indexOf('='))).collect(Collectors.toSet());
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    static Stream<byte[]> seeds() {
        var whole = BY_KEY.toString();
        return Stream.concat(
                Stream.of(
                                whole.getBytes(StandardCharsets.UTF_8),
                                TOKEN.getBytes(StandardCharsets.UTF_8),
                                Pictures.png(Pictures.itxt("openbadgecredential", 0, whole)),
                                Pictures.svg(
                                        "<openbadges:credential><![CDATA[" + whole + "]]></openbadges:credential>"),
                                Pdfs.carrying(Map.of("a.json", whole)),
                                new Pack(Instant.EPOCH, List.of(new Pack.Part(Pack.JSON, null, whole)), List.of())
                                        .zip())
                        .map(VerifierFuzzTest::asFile),
                Choices.seeds());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void whatever_is_shown_there_is_a_verdict_and_only_what_was_signed_is_valid(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        var answers = new HashMap<String, String>();
        STRANGER.published.forEach((path, text) -> answers.put(STRANGER.url() + path, text));
        Hostile.read(() -> {
            switch (choices.number(0, 6)) {
                case 0 -> requireSigned(verify(file(bytes), answers));
                case 1 -> requireSigned(verify(Hostile.ascii(Hostile.changed(choices.one(PROVED), choices)), answers));
                case 2 -> {
                    var parts = TOKEN.split("\\.");
                    var changed = Stranger.base64(Hostile.ascii(Hostile.changed(PAYLOAD, choices)));
                    requireSigned(verify(parts[0] + "." + changed + "." + parts[2], answers));
                }
                case 3 -> {
                    var header = Stranger.header("ES256", STRANGER.issuer() + "#ec");
                    var token = Stranger.token(
                            Hostile.changed(PAYLOAD, choices),
                            choices.isEven() ? header : Hostile.changed(header, choices),
                            "SHA256withECDSAinP1363Format",
                            STRANGER.curve);
                    requireBounded(verify(token, answers));
                }
                case 4 -> {
                    answers.compute(
                            STRANGER.issuer(), (address, text) -> Hostile.ascii(Hostile.changed(json(text), choices)));
                    requireSigned(
                            verify(choices.isEven() ? TOKEN : PROVED.getFirst().toString(), answers));
                }
                case 5 -> {
                    answers.compute(
                            STRANGER.issuer() + "/status",
                            (address, text) -> Hostile.ascii(Hostile.changed(json(text), choices)));
                    requireSigned(verify(PROVED.getFirst().toString(), answers));
                }
                default -> {
                    var parts = new ArrayList<Pack.Part>();
                    parts.add(new Pack.Part(Pack.JWT, null, TOKEN));
                    answers.forEach((address, text) -> parts.add(new Pack.Part(
                            "a%d.json".formatted(parts.size()),
                            address,
                            choices.isEven() ? text : Hostile.ascii(Hostile.changed(json(text), choices)))));
                    var verification = verify(new Pack(NOW, parts, List.of()).zip(), Map.of());
                    requireBounded(verification);
                    assertThat(verification.isValid()).isFalse();
                }
            }
        });
    }

    private static void requireSigned(Verification verification) {
        requireBounded(verification);
        if (verification.isValid()) {
            var said = said(verification.credential(), "", new TreeSet<>());
            // In JSON-LD a word without a value says nothing.
            said.removeIf(one -> one.endsWith("=null") && WORDS.contains(one.substring(0, one.length() - 5)));
            assertThat(SIGNED).containsAll(said);
        }
    }

    private static void requireBounded(Verification verification) {
        assertThat(verification.checks()).isNotEmpty().hasSizeLessThan(20);
        for (var check : verification.checks()) {
            assertThat(check.sentence())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(700)
                    .doesNotContain("\n", "\u001b");
        }
        assertThat(verification.parts()).hasSizeLessThanOrEqualTo(101);
        verification.parts().forEach(VerifierFuzzTest::requireBounded);
    }

    private static Verification verify(String text, Map<String, String> answers) {
        return verify(text.getBytes(StandardCharsets.UTF_8), answers);
    }

    private static Verification verify(byte[] file, Map<String, String> answers) {
        return new Verifier(
                        address -> fetch(address, answers),
                        new Standards(address -> fetch(address, Map.of()), null, new SettableClock()),
                        id -> Optional.empty())
                .verify(file, NOW);
    }

    private static byte[] fetch(URI address, Map<String, String> answers) {
        var text = answers.get(address.toString());
        if (text == null) {
            throw new Problem(Problem.Kind.UPSTREAM, Outbound.UNREACHABLE, "Nobody answers there.");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is said, each with the name of what it is said of; JSON-LD writes one value in several ways. */
    private static Set<String> said(JsonNode json, String name, Set<String> said) {
        for (var member : json.properties()) {
            said(member.getValue(), member.getKey().startsWith("@") ? name : member.getKey(), said);
        }
        if (json.isArray()) {
            json.forEach(one -> said(one, name, said));
        } else if (json.isValueNode()) {
            said.add(name + "=" + json.asText());
        }
        return said;
    }

    private static Set<String> signed() {
        var said = new TreeSet<String>();
        PROVED.forEach(one -> said(one, "", said));
        return said(PAYLOAD, "", said);
    }

    /** The same in every run: what an earlier one left for this one to go on from was signed by it, too. */
    private static ObjectNode byKey() {
        var key = alwaysTheSame();
        var name = Stranger.multibase(key);
        var credential = STRANGER.credential();
        ((ObjectNode) credential.get("issuer")).put("id", "did:key:" + name);
        credential.remove("credentialStatus");
        var proof = STRANGER.proof("did:key:" + name + "#" + name).put("created", "2026-11-24T12:00:00Z");
        return Stranger.json(STRANGER.proved(credential, proof, key));
    }

    private static KeyPair alwaysTheSame() {
        try {
            var random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode json(String text) {
        return Stranger.json(text);
    }

    private static byte[] asFile(byte[] file) {
        var bytes = new byte[file.length + 2];
        System.arraycopy(file, 0, bytes, 2, file.length);
        return bytes;
    }

    private static byte[] file(byte[] bytes) {
        return bytes.length < 2 ? new byte[0] : java.util.Arrays.copyOfRange(bytes, 2, bytes.length);
    }
}

package org.cairn.openbadges.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.openbadges.wallet.Wallet.Naming;
import org.cairn.testing.RsaKey;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wallet's proof of its key says whose key it is, and nothing that is not one is taken for it. */
class KeyProofTest {

    private static final String US = "https://cairn.example.edu";
    private static final Consumer<ObjectNode> AS_IT_IS = json -> {};

    private static final MasterKey MASTER = MasterKey.open(TestApp.folder().resolve("master.key"));

    private final SettableClock clock = new SettableClock();
    // What is sealed is in no database.
    private final Keys keys = new Keys(null, MASTER, clock);
    private final Nonces nonces = new Nonces(keys);
    private final KeyProof proof = new KeyProof(US, nonces);

    @ParameterizedTest
    @EnumSource(Naming.class)
    void whatever_its_key_is_called_a_proof_says_whose_it_is(Naming naming) {
        for (var wallet : new Wallet[] {Wallet.p256(naming), Wallet.ed25519(naming)}) {
            assertThat(holder(wallet.proof(US, nonce(), clock.instant()))).isEqualTo(wallet.did());
        }
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                header("typ", header -> header.put("typ", "JWT")),
                header("no typ", header -> header.remove("typ")),
                header("alg none", header -> header.put("alg", "none")),
                header("alg of a secret", header -> header.put("alg", "HS256")),
                header("alg of another kind of key", header -> header.put("alg", "EdDSA")),
                header("alg of RSA", header -> header.put("alg", "RS256")),
                header("no key", header -> header.remove("kid")),
                header(
                        "two keys",
                        header -> header.set("jwk", Wallet.p256(Naming.JWK).jwk())),
                header("a chain", header -> header.putArray("x5c").add("MII")),
                header("crit", header -> header.putArray("crit").add("b64")),
                header("the key of somebody else", header -> header.put("kid", kid(Wallet.p256(Naming.DID_JWK)))),
                header("a kid that is no DID", header -> header.put("kid", "key-1")),
                header("a did:web", header -> header.put("kid", "did:web:wallet.example.org#0")),
                header(
                        "a fragment of another key",
                        header -> header.put("kid", header.path("kid").asText().replaceFirst("#.*", "#z6Mk"))),
                header(
                        "no fragment",
                        header -> header.put("kid", header.path("kid").asText().replaceFirst("#.*", ""))),
                header("a did:jwk of nothing", header -> header.put("kid", "did:jwk:e30#0")),
                header("a did:jwk of no JSON", header -> header.put("kid", "did:jwk:AAAA#0")),
                payload("aud of somebody else", payload -> payload.put("aud", "https://other.example.edu")),
                payload("no aud", payload -> payload.remove("aud")),
                payload(
                        "several aud",
                        payload -> payload.putArray("aud").add(US).add("https://other.example.edu")),
                payload("old", payload -> payload.put("iat", payload.get("iat").longValue() - 601)),
                payload(
                        "of tomorrow",
                        payload -> payload.put("iat", payload.get("iat").longValue() + 121)),
                payload(
                        "iat that is of now in its last 64 bits",
                        payload -> payload.put(
                                "iat",
                                BigInteger.TWO.pow(64).add(payload.get("iat").bigIntegerValue()))),
                payload("iat beyond all numbers", payload -> payload.put("iat", 1e300)),
                payload(
                        "aud of somebody else alone",
                        payload -> payload.putArray("aud").add("https://other.example.edu")),
                payload("aud in an object", payload -> payload.putObject("aud").put("a", US)),
                payload("no aud in a list", payload -> payload.putArray("aud")),
                header("trust chain", header -> header.putArray("trust_chain").add("ey")),
                payload("iat as text", payload -> payload.put("iat", "now")),
                payload("no iat", payload -> payload.remove("iat")),
                payload("no nonce", payload -> payload.remove("nonce")));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void what_is_wrong_in_one_thing_is_no_proof(Consumer<ObjectNode> inHeader, Consumer<ObjectNode> inPayload) {
        var wallet = Wallet.p256(Naming.DID_KEY);
        refused(wallet.proof(US, nonce(), clock.instant(), inHeader, inPayload), "invalid_proof");
    }

    @Test
    void a_private_key_or_one_of_rsa_is_none_to_name() {
        var wallet = Wallet.p256(Naming.JWK);
        refused(
                wallet.proof(
                        US,
                        nonce(),
                        clock.instant(),
                        header -> ((ObjectNode) header.get("jwk")).put("d", "AQ"),
                        AS_IT_IS),
                "invalid_proof");
        refused(
                wallet.proof(
                        US,
                        nonce(),
                        clock.instant(),
                        header -> header.putObject("jwk")
                                .put("kty", "RSA")
                                .put("n", "AQAB")
                                .put("e", "AQAB"),
                        AS_IT_IS),
                "invalid_proof");
    }

    @Test
    void a_proof_by_a_key_of_rsa_is_none_though_it_is_signed() throws Exception {
        var pair = RsaKey.pair();
        var key = (RSAPublicKey) pair.getPublic();
        var header = JsonNodeFactory.instance
                .objectNode()
                .put("typ", "openid4vci-proof+jwt")
                .put("alg", "RS256");
        header.putObject("jwk")
                .put("kty", "RSA")
                .put("n", encoded(key.getModulus().toByteArray()))
                .put("e", encoded(key.getPublicExponent().toByteArray()));
        var payload = JsonNodeFactory.instance
                .objectNode()
                .put("aud", US)
                .put("iat", clock.instant().getEpochSecond())
                .put("nonce", nonce());
        var signed = encoded(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(payload.toString().getBytes(StandardCharsets.UTF_8));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        refused(signed + "." + encoded(signature.sign()), "invalid_proof");
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void it_is_ten_minutes_old_or_two_minutes_ahead_at_most() {
        for (long seconds : new long[] {-600, 120}) {
            var wallet = Wallet.p256(Naming.DID_KEY);
            var edge = wallet.proof(
                    US,
                    nonce(),
                    clock.instant(),
                    AS_IT_IS,
                    payload -> payload.put("iat", payload.get("iat").longValue() + seconds));
            assertThat(holder(edge)).isEqualTo(wallet.did());
        }
    }

    @Test
    void it_may_name_us_alone_in_a_list() {
        var wallet = Wallet.p256(Naming.DID_KEY);
        var listed = wallet.proof(
                US,
                nonce(),
                clock.instant(),
                AS_IT_IS,
                payload -> payload.putArray("aud").add(US));
        assertThat(holder(listed)).isEqualTo(wallet.did());
    }

    @Test
    void a_name_of_500_characters_is_kept_and_no_longer_one() {
        var wallet = Wallet.ed25519(Naming.DID_JWK);
        for (int length : new int[] {500, 501}) {
            var kid = padded(wallet, length) + "#0";
            var proof = wallet.proof(US, nonce(), clock.instant(), header -> header.put("kid", kid), AS_IT_IS);
            if (length == 500) {
                assertThat(holder(proof)).hasSize(500);
            } else {
                refused(proof, "invalid_proof");
            }
        }
    }

    /** The wallet's did:jwk with so much in it that it has this length. */
    private static String padded(Wallet wallet, int length) {
        for (int more = 1; ; more++) {
            byte[] jwk = wallet.jwk().put("more", "x".repeat(more)).toString().getBytes(StandardCharsets.UTF_8);
            var did = "did:jwk:" + encoded(jwk);
            if (did.length() >= length) {
                return did;
            }
        }
    }

    @Test
    void a_private_key_or_none_in_a_name_is_none_to_name() {
        var wallet = Wallet.ed25519(Naming.DID_JWK);
        byte[] secret = wallet.jwk().put("d", "AQ").toString().getBytes(StandardCharsets.UTF_8);
        var kid = "did:jwk:" + encoded(secret) + "#0";
        refused(
                wallet.proof(US, nonce(), clock.instant(), header -> header.put("kid", kid), AS_IT_IS),
                "invalid_proof");
        refused(
                Wallet.ed25519(Naming.JWK)
                        .proof(US, nonce(), clock.instant(), header -> header.put("jwk", "key"), AS_IT_IS),
                "invalid_proof");
    }

    @Test
    void what_does_not_belong_to_a_key_is_not_in_its_name() {
        var wallet = Wallet.p256(Naming.JWK);
        var named = wallet.proof(
                US, nonce(), clock.instant(), header -> ((ObjectNode) header.get("jwk")).put("name", "Eve"), AS_IT_IS);
        assertThat(holder(named)).isEqualTo(wallet.did());
    }

    @Test
    void a_signature_that_was_touched_or_is_no_token_at_all_is_refused() {
        var wallet = Wallet.ed25519(Naming.DID_KEY);
        var good = wallet.proof(US, nonce(), clock.instant());
        refused(good.substring(0, good.lastIndexOf('.') + 1), "invalid_proof");
        refused(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA", "invalid_proof");
        refused("", "invalid_proof");
        refused("a.b.c", "invalid_proof");
        refused("x".repeat(300_000), "invalid_proof");
    }

    @Test
    void a_nonce_is_ours_and_is_good_for_five_minutes() {
        var wallet = Wallet.p256(Naming.DID_JWK);
        var nonce = nonce();
        assertThat(nonce).isNotEqualTo(nonce());
        refused(wallet.proof(US, "guessed", clock.instant()), "invalid_nonce");
        refused(wallet.proof(US, nonce + "A", clock.instant()), "invalid_nonce");
        refused(wallet.proof(US, keys.seal("lti/login", "9999999999999"), clock.instant()), "invalid_nonce");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(holder(wallet.proof(US, nonce, clock.instant()))).isEqualTo(wallet.did());
        clock.advance(Duration.ofMillis(1));
        refused(wallet.proof(US, nonce, clock.instant()), "invalid_nonce");
    }

    private String nonce() {
        return nonces.fresh(clock.instant());
    }

    private static String kid(Wallet wallet) {
        return wallet.did() + "#0";
    }

    private String holder(String jwt) {
        return proof.holder(jwt, clock.instant());
    }

    private void refused(String jwt, String code) {
        assertThatThrownBy(() -> holder(jwt))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static Arguments header(String name, Consumer<ObjectNode> damage) {
        return Arguments.of(Named.of(name, damage), AS_IT_IS);
    }

    private static Arguments payload(String name, Consumer<ObjectNode> damage) {
        return Arguments.of(Named.of(name, AS_IT_IS), damage);
    }
}

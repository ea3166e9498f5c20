package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.cairn.keys.SigningKey;
import org.cairn.testing.RsaKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential as a token: what is read of it, and whose signature it is. */
class JwsTest {

    private static final SigningKey KEY = SigningKey.ofSeed("01".repeat(32));
    private static final ObjectNode PAYLOAD =
            JsonNodeFactory.instance.objectNode().put("name", "Löten 电路");

    private static KeyPair curve;
    private static final KeyPair RSA = RsaKey.pair();

    @BeforeAll
    static void keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        curve = generator.generateKeyPair();
    }

    @Test
    void what_is_signed_is_read_again_and_its_header_says_three_things() {
        var jws = Jws.parse(Jws.sign(PAYLOAD, "https://school.example#1", KEY));
        assertThat(jws.payload()).isEqualTo(PAYLOAD);
        assertThat(jws.header())
                .isEqualTo(JsonNodeFactory.instance
                        .objectNode()
                        .put("alg", "EdDSA")
                        .put("kid", "https://school.example#1")
                        .put("typ", "JWT"));
        assertThat(jws.compact()).doesNotContain("=").matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");
        assertThat(jws.isSignedBy(raw(KEY))).isTrue();
    }

    @Test
    void an_edwards_signature_is_of_its_key_its_text_and_its_algorithm() {
        var signed = Jws.sign(PAYLOAD, "k", KEY);
        assertThat(Jws.parse(signed).isSignedBy(raw(SigningKey.ofSeed("02".repeat(32)))))
                .isFalse();
        assertThat(Jws.parse(changed(signed)).isSignedBy(raw(KEY))).isFalse();
        assertThat(Jws.parse(signed.substring(0, signed.length() - 4)).isSignedBy(raw(KEY)))
                .isFalse();
        assertThat(Jws.parse(signed + "*").isSignedBy(raw(KEY))).isFalse();
        var text = encoded("{\"alg\":\"ES256\"}") + "." + encoded(PAYLOAD.toString());
        var other = text + "." + base64(KEY.sign(text.getBytes(StandardCharsets.US_ASCII)));
        assertThat(Jws.parse(other).isSignedBy(raw(KEY))).isFalse();
    }

    @Test
    void a_signature_of_p_256_and_of_rsa_is_of_its_key_its_text_and_its_algorithm() throws Exception {
        var byCurve = signed("ES256", "SHA256withECDSAinP1363Format", curve);
        var byRsa = signed("RS256", "SHA256withRSA", RSA);
        assertThat(isSigned(byCurve, curve.getPublic())).isTrue();
        assertThat(isSigned(byRsa, RSA.getPublic())).isTrue();
        assertThat(isSigned(changed(byCurve), curve.getPublic())).isFalse();
        assertThat(isSigned(changed(byRsa), RSA.getPublic())).isFalse();
        assertThat(isSigned(byCurve, RSA.getPublic())).isFalse();
        assertThat(isSigned(byRsa, curve.getPublic())).isFalse();
        assertThat(isSigned(signed("RS256", "SHA256withECDSAinP1363Format", curve), curve.getPublic()))
                .isFalse();
        assertThat(isSigned(signed("ES256", "SHA256withRSA", RSA), RSA.getPublic()))
                .isFalse();
        assertThat(isSigned(byCurve, KEY.published().key())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "e30", "e30.e30", "e30.e30.e30.e30", ".e30.x", "W10.e30.x", "e30.W10.x", "e30.e.x", "*.e30.x"
            })
    void what_is_no_compact_jws_of_two_objects_is_refused(String text) {
        assertThatThrownBy(() -> Jws.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_token_has_at_most_256_kilobytes() {
        var longest = "e30.e30." + "A".repeat(256 * 1024 - 8);
        assertThat(Jws.parse(longest).payload()).isEmpty();
        assertThatThrownBy(() -> Jws.parse(longest + "A"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Too long for a credential.");
    }

    private static boolean isSigned(String text, PublicKey key) {
        return Jws.parse(text).isSignedBy(key);
    }

    private static String signed(String named, String algorithm, KeyPair key) throws Exception {
        var text = encoded("{\"alg\":\"" + named + "\"}") + "." + encoded(PAYLOAD.toString());
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static String changed(String signed) {
        var parts = signed.split("\\.");
        return parts[0] + "." + encoded("{\"name\":\"Schmieden\"}") + "." + parts[2];
    }

    private static byte[] raw(SigningKey key) {
        byte[] encoded = key.published().key().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static String encoded(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

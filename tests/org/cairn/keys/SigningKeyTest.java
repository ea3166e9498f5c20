package org.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we sign, the JDK's own provider verifies; and the published forms of a key are those that the standards describe. */
class SigningKeyTest {

    private static final long SEED = 20261124;

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void the_jdk_verifies_every_signature(KeyAlgorithm algorithm) throws Exception {
        var random = new Random(SEED);
        var pair = algorithm.generate();
        var key = key(algorithm, pair);
        // Among 1,000 of ES256 are some whose r or s begins with a zero byte.
        for (int i = 0; i < (algorithm == KeyAlgorithm.RS256 ? 10 : 1_000); i++) {
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            byte[] signature = key.sign(message);
            assertThat(verifies(algorithm, pair, message, signature))
                    .as("seed %d, message %d", SEED, i)
                    .isTrue();
            signature[random.nextInt(signature.length)] ^= 4;
            assertThat(verifies(algorithm, pair, message, signature)).isFalse();
        }
    }

    @Test
    void an_es256_signature_has_64_bytes_and_the_nonce_that_rfc_6979_asks_for() {
        var key = key(KeyAlgorithm.ES256, KeyAlgorithm.ES256.generate());
        assertThat(key.sign(new byte[] {1})).hasSize(64).isEqualTo(key.sign(new byte[] {1}));
    }

    @Test
    void a_coordinate_keeps_its_leading_zeros() {
        int shorter = 0;
        for (int i = 0; i < 2_000; i++) {
            var pair = KeyAlgorithm.ES256.generate();
            var point = ((ECPublicKey) pair.getPublic()).getW();
            var jwk = new PublicSigningKey("k", KeyAlgorithm.ES256, pair.getPublic()).jwk();
            byte[] x = Base64.getUrlDecoder().decode(jwk.get("x"));
            byte[] y = Base64.getUrlDecoder().decode(jwk.get("y"));
            assertThat(x).hasSize(32);
            assertThat(y).hasSize(32);
            assertThat(new BigInteger(1, x)).isEqualTo(point.getAffineX());
            assertThat(new BigInteger(1, y)).isEqualTo(point.getAffineY());
            shorter += x[0] == 0 || y[0] == 0 ? 1 : 0;
        }
        // About one in 128; that there is none among 2,000 happens once in six million runs.
        assertThat(shorter).as("keys with a zero to lose").isPositive();
    }

    @Test
    void an_rsa_key_has_3072_bits_and_is_published_without_a_sign_byte() {
        var pair = KeyAlgorithm.RS256.generate();
        var jwk = new PublicSigningKey("k", KeyAlgorithm.RS256, pair.getPublic()).jwk();
        assertThat(Base64.getUrlDecoder().decode(jwk.get("n"))).hasSize(384);
        assertThat(jwk).containsOnlyKeys("kty", "n", "e", "kid", "alg", "use");
    }

    @Test
    void an_ed25519_key_is_published_as_a_multikey() {
        var pair = KeyAlgorithm.ED25519.generate();
        var multibase = new PublicSigningKey("k", KeyAlgorithm.ED25519, pair.getPublic()).multibase();
        assertThat(multibase).startsWith("z6Mk");
        byte[] encoded = pair.getPublic().getEncoded();
        assertThat(Multibase.BASE_58_BTC.decode(multibase))
                .hasSize(34)
                .endsWith(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    @Test
    void it_does_not_show_its_private_half() {
        var key = key(KeyAlgorithm.ES256, KeyAlgorithm.ES256.generate());
        assertThat(key).hasToString("SigningKey[k]");
        assertThat(key.published().jwk()).containsOnlyKeys("kty", "crv", "x", "y", "kid", "alg", "use");
    }

    private static SigningKey key(KeyAlgorithm algorithm, KeyPair pair) {
        return new SigningKey(new PublicSigningKey("k", algorithm, pair.getPublic()), pair.getPrivate());
    }

    private static boolean verifies(KeyAlgorithm algorithm, KeyPair pair, byte[] message, byte[] signature)
            throws Exception {
        var verifier = Signature.getInstance(
                switch (algorithm) {
                    case RS256 -> "SHA256withRSA";
                    case ES256 -> "SHA256withECDSAinP1363Format";
                    case ED25519 -> "Ed25519";
                });
        verifier.initVerify(pair.getPublic());
        verifier.update(message);
        try {
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }
}

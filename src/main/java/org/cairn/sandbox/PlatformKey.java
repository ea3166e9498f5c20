package org.cairn.sandbox;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What this LMS signs with: one key at a time, as Moodle has it. */
final class PlatformKey {

    private record Key(String kid, KeyPair pair) {}

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private volatile Key current = fresh();
    private volatile Key former = current;

    /** From now on there is another key under another name, and the old one is published no more. */
    void rotate() {
        former = current;
        current = fresh();
    }

    /** Takes the last change back: the key before it is the one again. */
    void restore() {
        current = former;
    }

    Map<String, Object> keySet() {
        var key = current;
        var rsa = (RSAPublicKey) key.pair().getPublic();
        return Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "alg",
                        "RS256",
                        "use",
                        "sig",
                        "kid",
                        key.kid(),
                        "n",
                        number(rsa.getModulus().toByteArray()),
                        "e",
                        number(rsa.getPublicExponent().toByteArray()))));
    }

    byte[] encoded() {
        return current.pair().getPublic().getEncoded();
    }

    String sign(JsonNode payload) {
        return sign(payload, UnaryOperator.identity());
    }

    /** The same, under a header that says something else. */
    String sign(JsonNode payload, UnaryOperator<ObjectNode> change) {
        var key = current;
        var header = change.apply(Lms.JSON
                .createObjectNode()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("kid", key.kid()));
        byte[] head = BASE64.encode(header.toString().getBytes(StandardCharsets.UTF_8));
        byte[] body = BASE64.encode(payload.toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                Algorithm.RSA256(null, (RSAPrivateKey) key.pair().getPrivate()).sign(head, body);
        return new String(head, StandardCharsets.US_ASCII) + "." + new String(body, StandardCharsets.US_ASCII) + "."
                + BASE64.encodeToString(signature);
    }

    // Without the byte that two's complement puts before a number whose first bit is set.
    private static String number(byte[] bytes) {
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static Key fresh() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new Key(UUID.randomUUID().toString().substring(0, 8), generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

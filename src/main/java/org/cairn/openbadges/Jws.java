package org.cairn.openbadges;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.cairn.keys.SigningKey;

/** A compact JWS whose payload is a credential: header, payload, and the bytes that were signed. */
record Jws(JsonNode header, JsonNode payload, String compact) {

    private static final int LONGEST = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /** Signs with an ES256 key; the header has nothing but alg, typ and an absolute kid (Open Badges 3.0 §8.2.4.1). */
    static String sign(ObjectNode payload, String kid, SigningKey key) {
        var header = JsonNodeFactory.instance.objectNode();
        header.put("alg", "ES256").put("kid", kid).put("typ", "JWT");
        var signed = encoded(header) + "." + encoded(payload);
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    /** Throws IllegalArgumentException where the text is no compact JWS with two JSON objects, or longer than 256 KB. */
    static Jws parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("Too long for a credential.");
        }
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a compact JWS.");
        }
        return new Jws(object(parts[0]), object(parts[1]), text);
    }

    /** Whether this key, as a JWK of type EC P-256 or RSA, made the signature under the algorithm that goes with it. */
    boolean isSignedBy(JsonNode jwk) {
        try {
            var key = publicKey(jwk);
            var algorithm = switch (key) {
                case ECPublicKey ec -> Algorithm.ECDSA256(ec, null);
                case RSAPublicKey rsa when rsa.getModulus().bitLength() >= 2048 -> Algorithm.RSA256(rsa, null);
                default -> throw new IllegalArgumentException("Not a key that signs credentials.");
            };
            if (!algorithm.getName().equals(header.path("alg").asText())) {
                return false;
            }
            algorithm.verify(JWT.decode(compact));
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException | JWTVerificationException e) {
            return false;
        }
    }

    private static PublicKey publicKey(JsonNode jwk) throws GeneralSecurityException {
        return switch (jwk.path("kty").asText()) {
            case "EC" -> {
                if (!jwk.path("crv").asText().equals("P-256")) {
                    throw new IllegalArgumentException("Not the curve P-256.");
                }
                var parameters = java.security.AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec("secp256r1"));
                var point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
                yield KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
            }
            case "RSA" ->
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            default -> throw new IllegalArgumentException("Not a key that signs credentials.");
        };
    }

    private static BigInteger number(JsonNode jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(member).asText()));
    }

    private static String encoded(JsonNode json) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that we built is not writable.", e);
        }
    }

    private static JsonNode object(String part) {
        try {
            var json = JSON.readTree(Base64.getUrlDecoder().decode(part));
            if (json == null || !json.isObject()) {
                throw new IllegalArgumentException("Not a JSON object.");
            }
            return json;
        } catch (IOException e) {
            throw new IllegalArgumentException("Not JSON.", e);
        }
    }
}

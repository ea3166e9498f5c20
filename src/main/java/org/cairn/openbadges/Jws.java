package org.cairn.openbadges;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.SigningKey;

/** A compact JWS whose payload is a credential: header, payload, and the bytes that were signed. */
public record Jws(ObjectNode header, ObjectNode payload, String compact) {

    private static final int LONGEST = 256 * 1024;

    /** The header has nothing but alg, typ and an absolute kid (Open Badges 3.0 §8.2.4.1). */
    public static String sign(ObjectNode payload, String kid, SigningKey key) {
        var header = JsonNodeFactory.instance.objectNode();
        header.put("alg", key.algorithm().inTokens()).put("kid", kid).put("typ", "JWT");
        var signed = encoded(header) + "." + encoded(payload);
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    /** Throws IllegalArgumentException where the text is no compact JWS with two JSON objects, or longer than 256 KB. */
    public static Jws parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("Too long for a credential.");
        }
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a compact JWS.");
        }
        return new Jws(object(parts[0]), object(parts[1]), text);
    }

    /** Whether this key, of P-256 or RSA, made the signature under the algorithm that goes with it. */
    public boolean isSignedBy(PublicKey key) {
        try {
            var algorithm = switch (key) {
                case ECPublicKey ec -> Algorithm.ECDSA256(ec, null);
                case RSAPublicKey rsa -> Algorithm.RSA256(rsa, null);
                default -> throw new IllegalArgumentException("Not a key that signs tokens.");
            };
            if (!algorithm.getName().equals(header.path("alg").asText())) {
                return false;
            }
            algorithm.verify(JWT.decode(compact));
            return true;
        } catch (IllegalArgumentException | JWTVerificationException e) {
            return false;
        }
    }

    /** Whether this Ed25519 key, of 32 bytes, made the signature (RFC 8037 §3.1). */
    public boolean isSignedBy(byte[] ed25519) {
        int end = compact.lastIndexOf('.');
        try {
            byte[] signature = Base64.getUrlDecoder().decode(compact.substring(end + 1));
            return header.path("alg").asText().equals(KeyAlgorithm.ED25519.inTokens())
                    && DataIntegrity.isSigned(
                            compact.substring(0, end).getBytes(StandardCharsets.US_ASCII), signature, ed25519);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String encoded(JsonNode json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(CredentialJson.write(json));
    }

    private static ObjectNode object(String part) {
        return CredentialJson.read(Base64.getUrlDecoder().decode(part));
    }
}

package org.cairn.openbadges.verification;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;

/** A public key of an issuer or of a wallet, of a kind with which Open Badges 3.0 are signed. */
public sealed interface VerificationKey {

    /** Ed25519, for proofs. */
    record Edwards(byte[] raw) implements VerificationKey {

        public Edwards {
            if (raw.length != 32) {
                throw new IllegalArgumentException("An Ed25519 key has 32 bytes.");
            }
        }
    }

    /** P-256 or RSA, for tokens. */
    record ForTokens(PublicKey key) implements VerificationKey {}

    /** Throws IllegalArgumentException for any key but Ed25519 and P-256. */
    static VerificationKey ofMultibase(String publicKeyMultibase) {
        byte[] tagged = Multibase.BASE_58_BTC.decode(publicKeyMultibase);
        int codec = Math.min(2, tagged.length);
        byte[] raw = Arrays.copyOfRange(tagged, codec, tagged.length);
        // The first two bytes are a multicodec: ed25519-pub, p256-pub (Controlled Identifiers 1.0 §2.2.2).
        return switch (HexFormat.of().formatHex(tagged, 0, codec)) {
            case "ed01" -> new Edwards(raw);
            case "8024" -> new ForTokens(p256(raw));
            default -> throw new IllegalArgumentException("Not a key that signs credentials.");
        };
    }

    /** Throws IllegalArgumentException for any key but Ed25519, P-256 and RSA of 2048 to 8192 bits. */
    static VerificationKey ofJwk(JsonNode jwk) {
        if (!jwk.path("use").asText("sig").equals("sig")) {
            throw new IllegalArgumentException("A key for something else than signatures.");
        }
        return switch (jwk.path("kty").asText() + " " + jwk.path("crv").asText()) {
            case "OKP Ed25519" -> new Edwards(bytes(jwk, "x"));
            case "EC P-256" -> new ForTokens(p256(number(jwk, "x"), number(jwk, "y")));
            case "RSA " -> new ForTokens(rsa(number(jwk, "n"), number(jwk, "e")));
            default -> throw new IllegalArgumentException("Not a key that signs credentials.");
        };
    }

    private static PublicKey p256(byte[] compressed) {
        if (compressed.length != 33) {
            throw new IllegalArgumentException("A compressed point of P-256 has 33 bytes.");
        }
        var point = curve().decodePoint(compressed);
        return p256(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
    }

    private static PublicKey p256(BigInteger x, BigInteger y) {
        // Java's own fails in ways of its own where a number is too large, and takes what is not on the curve.
        curve().validatePoint(x, y);
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return KeyFactory.getInstance("EC")
                    .generatePublic(
                            new ECPublicKeySpec(new ECPoint(x, y), parameters.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a point of P-256.", e);
        }
    }

    private static ECCurve curve() {
        return CustomNamedCurves.getByName("secp256r1").getCurve();
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
        // A weak key can be forged, and a huge one keeps us busy.
        if (modulus.bitLength() < 2048 || modulus.bitLength() > 8192 || exponent.bitLength() > 64) {
            throw new IllegalArgumentException("Not an RSA key of a size that signs credentials.");
        }
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an RSA key.", e);
        }
    }

    private static BigInteger number(JsonNode jwk, String member) {
        return new BigInteger(1, bytes(jwk, member));
    }

    private static byte[] bytes(JsonNode jwk, String member) {
        return Base64.getUrlDecoder().decode(jwk.path(member).asText());
    }
}

package org.cairn.keys;

import com.apicatalog.multibase.Multibase;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The public half of a key of ours, in the two forms in which it is published. */
public record PublicSigningKey(String kid, KeyAlgorithm algorithm, PublicKey key) {

    private static final byte[] ED25519_PUBLIC = {(byte) 0xed, 0x01};

    /** As a JSON Web Key (RFC 7517), with {@code kid}, {@code alg} and {@code use}. For RSA and EC. */
    public Map<String, String> jwk() {
        var jwk = new LinkedHashMap<String, String>();
        switch (key) {
            case RSAPublicKey rsa -> {
                jwk.put("kty", "RSA");
                jwk.put("n", base64(unsigned(rsa.getModulus())));
                jwk.put("e", base64(unsigned(rsa.getPublicExponent())));
            }
            case ECPublicKey ec -> {
                jwk.put("kty", "EC");
                jwk.put("crv", "P-256");
                jwk.put("x", base64(padded(ec.getW().getAffineX())));
                jwk.put("y", base64(padded(ec.getW().getAffineY())));
            }
            default -> throw new IllegalStateException("An " + algorithm + " key is published as a Multikey.");
        }
        jwk.put("kid", kid);
        jwk.put("alg", algorithm.name());
        jwk.put("use", "sig");
        return jwk;
    }

    /** As a Multikey's {@code publicKeyMultibase} (Controlled Identifiers 1.0 §2.2.2). For Ed25519. */
    public String multibase() {
        byte[] encoded = key.getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        byte[] tagged = Arrays.copyOf(ED25519_PUBLIC, 34);
        System.arraycopy(raw, 0, tagged, 2, 32);
        return Multibase.BASE_58_BTC.encode(tagged);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    // RFC 7518 §6.2.1.2: a coordinate always has the 32 bytes of its curve.
    private static byte[] padded(BigInteger coordinate) {
        byte[] bytes = unsigned(coordinate);
        byte[] padded = new byte[32];
        System.arraycopy(bytes, 0, padded, 32 - bytes.length, bytes.length);
        return padded;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

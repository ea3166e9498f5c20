package org.cairn.openbadges.wallet;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/** Somebody's wallet, as far as OpenID for Verifiable Credential Issuance 1.0 asks it for proofs; written from the specification, with the JDK alone. */
public final class Wallet {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How its key is called. */
    public enum Naming {
        DID_KEY,
        DID_JWK,
        JWK
    }

    private final KeyPair keys;
    private final Naming naming;

    private Wallet(KeyPair keys, Naming naming) {
        this.keys = keys;
        this.naming = naming;
    }

    /** With a key of P-256. */
    public static Wallet p256(Naming naming) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new Wallet(generator.generateKeyPair(), naming);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a key of Ed25519. */
    public static Wallet ed25519(Naming naming) {
        try {
            return new Wallet(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), naming);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String did() {
        return naming == Naming.DID_KEY
                ? "did:key:" + multibase()
                : "did:jwk:" + encoded(jwk().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A proof for an issuer (App. F.1). */
    public String proof(String audience, String nonce, Instant now) {
        return proof(audience, nonce, now, header -> {}, payload -> {});
    }

    /** One with something wrong in it, signed all the same. */
    public String proof(
            String audience, String nonce, Instant now, Consumer<ObjectNode> inHeader, Consumer<ObjectNode> inPayload) {
        var header = JSON.createObjectNode().put("typ", "openid4vci-proof+jwt").put("alg", isEc() ? "ES256" : "EdDSA");
        switch (naming) {
            case DID_KEY -> header.put("kid", did() + "#" + multibase());
            case DID_JWK -> header.put("kid", did() + "#0");
            case JWK -> header.set("jwk", jwk());
        }
        var payload = JSON.createObjectNode()
                .put("aud", audience)
                .put("iat", now.getEpochSecond())
                .put("nonce", nonce);
        inHeader.accept(header);
        inPayload.accept(payload);
        var signed = encoded(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(payload.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + encoded(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            var signature = Signature.getInstance(isEc() ? "SHA256withECDSAinP1363Format" : "Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the order of RFC 7638, as a did:jwk of us would have it. */
    ObjectNode jwk() {
        var jwk = JSON.createObjectNode();
        if (keys.getPublic() instanceof ECPublicKey ec) {
            jwk.put("crv", "P-256").put("kty", "EC");
            jwk.put("x", encoded(fixed(ec.getW().getAffineX().toByteArray())));
            return jwk.put("y", encoded(fixed(ec.getW().getAffineY().toByteArray())));
        }
        return jwk.put("crv", "Ed25519").put("kty", "OKP").put("x", encoded(raw()));
    }

    private String multibase() {
        var bytes = new ByteArrayOutputStream();
        if (keys.getPublic() instanceof ECPublicKey ec) {
            bytes.writeBytes(new byte[] {(byte) 0x80, 0x24});
            bytes.write(ec.getW().getAffineY().testBit(0) ? 3 : 2);
            bytes.writeBytes(fixed(ec.getW().getAffineX().toByteArray()));
        } else {
            bytes.writeBytes(new byte[] {(byte) 0xed, 1});
            bytes.writeBytes(raw());
        }
        return Multibase.BASE_58_BTC.encode(bytes.toByteArray());
    }

    private boolean isEc() {
        return keys.getPublic() instanceof ECPublicKey;
    }

    private byte[] raw() {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    /** 32 bytes. */
    private static byte[] fixed(byte[] number) {
        byte[] fixed = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

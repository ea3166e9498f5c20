package org.cairn.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Stream;

/** What a key of ours signs with. */
public enum KeyAlgorithm {
    /** RSA of 3072 bits with SHA-256: what LTI asks for (Security Framework 1.0 §5.1). */
    RS256("RSA", 3072, "RS256"),
    /** P-256 with SHA-256: VC-JWT. */
    ES256("EC", 256, "ES256"),
    /** Ed25519: Data Integrity proofs. */
    ED25519("Ed25519", 255, "EdDSA");

    private final String family;
    private final int size;
    private final String name;

    KeyAlgorithm(String family, int size, String name) {
        this.family = family;
        this.size = size;
        this.name = name;
    }

    /** The one that the header of a token calls so; throws IllegalArgumentException where we sign with none of that name. */
    public static KeyAlgorithm ofTokens(String name) {
        return Stream.of(values())
                .filter(one -> one.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nothing here is signed with " + name + "."));
    }

    /** What the header of a token calls it (RFC 7518 §3.1, RFC 8037 §3.1). */
    public String inTokens() {
        return name;
    }

    KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK makes " + this + " keys.", e);
        }
    }

    PublicKey publicKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored public key is damaged.", e);
        }
    }

    PrivateKey privateKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored private key is damaged.", e);
        }
    }
}

package org.cairn.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** A key of ours that signs. Safe for many threads. */
public final class SigningKey {

    private final PublicSigningKey published;
    private final PrivateKey privateKey;
    private final AsymmetricKeyParameter parameter;

    SigningKey(PublicSigningKey published, PrivateKey privateKey) {
        this.published = published;
        this.privateKey = privateKey;
        try {
            this.parameter = PrivateKeyFactory.createKey(privateKey.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An Ed25519 key that is made of 32 bytes, written in hexadecimal: for a key that is no secret. */
    public static SigningKey ofSeed(String seed) {
        byte[] bytes = HexFormat.of().parseHex(seed);
        byte[] point =
                new Ed25519PrivateKeyParameters(bytes).generatePublicKey().getEncoded();
        // As PKCS #8 and X.509 have Ed25519 keys (RFC 8410).
        var privateKey = KeyAlgorithm.ED25519.privateKey(encoded("302e020100300506032b657004220420", bytes));
        var publicKey = KeyAlgorithm.ED25519.publicKey(encoded("302a300506032b6570032100", point));
        return new SigningKey(new PublicSigningKey("test", KeyAlgorithm.ED25519, publicKey), privateKey);
    }

    private static byte[] encoded(String start, byte[] key) {
        return HexFormat.of().parseHex(start + HexFormat.of().formatHex(key));
    }

    public String kid() {
        return published.kid();
    }

    public KeyAlgorithm algorithm() {
        return published.algorithm();
    }

    public PublicSigningKey published() {
        return published;
    }

    /** For java-jwt, which signs LTI's assertions itself. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The signature as JWS has it (RFC 7518 §3): for ES256 the 64 bytes of r and s. */
    public byte[] sign(byte[] message) {
        // BouncyCastle's lightweight API signs P-256 in half and Ed25519 in a fifteenth of the JDK's time; RSA it does
        // not.
        return switch (published.algorithm()) {
            case RS256 -> rsa(message);
            case ES256 -> ecdsa(message);
            case ED25519 -> ed25519(message);
        };
    }

    private byte[] rsa(byte[] message) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed.", e);
        }
    }

    private byte[] ecdsa(byte[] message) {
        try {
            // RFC 6979: the nonce comes from key and message, so that a weak random generator cannot give the key away.
            var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, parameter);
            var pair = signer.generateSignature(
                    MessageDigest.getInstance("SHA-256").digest(message));
            byte[] signature = new byte[64];
            put(pair[0], signature, 0);
            put(pair[1], signature, 32);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private byte[] ed25519(byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, parameter);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private static void put(BigInteger number, byte[] target, int offset) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, target, offset + 32 - length, length);
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid() + "]";
    }
}

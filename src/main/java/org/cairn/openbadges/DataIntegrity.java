package org.cairn.openbadges;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.multibase.Multibase;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.canon.RdfCanonTicker;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.cairn.keys.SigningKey;

/** Proofs of the suite eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites 1.0 §3.2). Knows the terms of {@link Contexts} and no other. */
public final class DataIntegrity {

    private static final Contexts CONTEXTS = new Contexts();

    private DataIntegrity() {}

    /** Adds the proof to the document. */
    static void prove(ObjectNode document, String verificationMethod, SigningKey key, Instant now) {
        var proof = options(verificationMethod, now);
        proof.put("proofValue", Multibase.BASE_58_BTC.encode(key.sign(hash(document, proof))));
        document.set("proof", proof);
    }

    /** What a proof says beside its value. */
    public static ObjectNode options(String verificationMethod, Instant now) {
        var proof = JsonNodeFactory.instance.objectNode();
        proof.put("type", "DataIntegrityProof");
        proof.put("cryptosuite", "eddsa-rdfc-2022");
        proof.put("created", now.truncatedTo(ChronoUnit.SECONDS).toString());
        proof.put("verificationMethod", verificationMethod);
        proof.put("proofPurpose", "assertionMethod");
        return proof;
    }

    /** The value of a proof for a document under the proof's options, both in canonical form, by an Ed25519 key. */
    public static String proofValue(String document, String options, SigningKey key) {
        return Multibase.BASE_58_BTC.encode(key.sign(hash(document, options)));
    }

    /** Whether an Ed25519 key, of 32 bytes, signed a document under a proof's options, both in canonical form. */
    public static boolean isSigned(String document, String options, byte[] signature, byte[] publicKey) {
        return isSigned(hash(document, options), signature, publicKey);
    }

    static boolean isSigned(byte[] message, byte[] signature, byte[] publicKey) {
        var verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    private static byte[] hash(ObjectNode document, ObjectNode proof) {
        var options = proof.deepCopy();
        options.set("@context", document.get("@context"));
        return hash(canonical(document), canonical(options));
    }

    private static byte[] hash(String document, String options) {
        byte[] both = Arrays.copyOf(sha256(options), 64);
        System.arraycopy(sha256(document), 0, both, 32, 32);
        return both;
    }

    /** N-Quads in canonical form. Throws IllegalStateException where a term is not in our tables: what is not defined is not signed. */
    static String canonical(ObjectNode document) {
        try {
            var canon = RdfCanon.create("SHA-256", new Patience());
            Quads.write(document, canon);
            return written(canon);
        } catch (Quads.NotPlain e) {
            return canonical(document.toString(), CONTEXTS);
        } catch (RdfConsumerException e) {
            throw new IllegalStateException("The document cannot be put into canonical form.", e);
        }
    }

    /** The same by the library, and with other contexts. Throws IllegalStateException also where it would take very long, as only what was made for that does. */
    public static String canonical(String json, DocumentLoader contexts) {
        try {
            var options = new JsonLdOptions(contexts);
            options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
            var canon = RdfCanon.create("SHA-256", new Patience());
            JsonLd.toRdf(JsonDocument.of(new StringReader(json)))
                    .options(options)
                    .provide(canon);
            return written(canon);
        } catch (JsonLdError | RdfConsumerException e) {
            throw new IllegalStateException("The document cannot be put into canonical form.", e);
        }
    }

    private static String written(RdfCanon canon) throws RdfConsumerException {
        var text = new StringWriter();
        canon.provide(new NQuadsWriter(text));
        return text.toString();
    }

    /** A small document of many nodes that are all alike can take for ever. Counted, not timed: what is refused once always is. */
    private static final class Patience implements RdfCanonTicker {

        private int left = 50_000;

        @Override
        public void tick() {
            if (--left < 0) {
                throw new IllegalStateException("The document was made to take very long.");
            }
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}

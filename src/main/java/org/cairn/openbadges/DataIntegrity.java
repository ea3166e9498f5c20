package org.cairn.openbadges;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.multibase.Multibase;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.nquads.NQuadsWriter;
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
final class DataIntegrity {

    private static final Contexts CONTEXTS = new Contexts();

    private DataIntegrity() {}

    /** Adds the proof to the document. */
    static void prove(ObjectNode document, String verificationMethod, SigningKey key, Instant now) {
        var proof = document.objectNode();
        proof.put("type", "DataIntegrityProof");
        proof.put("cryptosuite", "eddsa-rdfc-2022");
        proof.put("created", now.truncatedTo(ChronoUnit.SECONDS).toString());
        proof.put("verificationMethod", verificationMethod);
        proof.put("proofPurpose", "assertionMethod");
        proof.put("proofValue", Multibase.BASE_58_BTC.encode(key.sign(hash(document, proof))));
        document.set("proof", proof);
    }

    /** Whether the document's proof was made by this Multikey. Any fault of form is a no. */
    static boolean isProvedBy(ObjectNode document, String publicKeyMultibase) {
        try {
            var bare = document.deepCopy();
            if (!(bare.remove("proof") instanceof ObjectNode proof)
                    || !proof.path("cryptosuite").asText().equals("eddsa-rdfc-2022")
                    || !proof.path("proofPurpose").asText().equals("assertionMethod")) {
                return false;
            }
            byte[] signature =
                    Multibase.BASE_58_BTC.decode(proof.path("proofValue").asText());
            proof.remove("proofValue");
            byte[] tagged = Multibase.BASE_58_BTC.decode(publicKeyMultibase);
            byte[] hash = hash(bare, proof);
            var verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(Arrays.copyOfRange(tagged, 2, 34)));
            verifier.update(hash, 0, hash.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static byte[] hash(ObjectNode document, ObjectNode proof) {
        var options = proof.deepCopy();
        options.set("@context", document.get("@context"));
        byte[] both = Arrays.copyOf(sha256(canonical(options.toString())), 64);
        System.arraycopy(sha256(canonical(document.toString())), 0, both, 32, 32);
        return both;
    }

    /** N-Quads in canonical form. Throws IllegalStateException where a term is not in our tables: what is not defined is not signed. */
    static String canonical(String json) {
        return canonical(json, CONTEXTS);
    }

    static String canonical(String json, DocumentLoader contexts) {
        try {
            var options = new JsonLdOptions(contexts);
            options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
            var canon = RdfCanon.create("SHA-256");
            JsonLd.toRdf(JsonDocument.of(new StringReader(json)))
                    .options(options)
                    .provide(canon);
            var text = new StringWriter();
            canon.provide(new NQuadsWriter(text));
            return text.toString();
        } catch (JsonLdError | RdfConsumerException e) {
            throw new IllegalStateException("The document cannot be put into canonical form.", e);
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

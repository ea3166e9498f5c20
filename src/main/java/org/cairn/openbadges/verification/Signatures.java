package org.cairn.openbadges.verification;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.cairn.openbadges.CredentialDocument;
import org.cairn.openbadges.DataIntegrity;
import org.cairn.openbadges.verification.Verification.Check;
import org.jspecify.annotations.Nullable;

/** Whether a credential was signed by the issuer that it names: three checks for a proof, four for a token. */
final class Signatures {

    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");
    private static final Set<String> ALGORITHMS = Set.of("ES256", "RS256", "EdDSA");

    private static final String SIGNED = "It was signed with a key of its issuer and not changed since.";
    private static final String CHANGED = "The signature is not one of its issuer's, or the text was changed.";

    private final IssuerKeys keys;
    private final Canonical canonical;
    private final Instant at;

    Signatures(IssuerKeys keys, Canonical canonical, Instant at) {
        this.keys = keys;
        this.canonical = canonical;
        this.at = at;
    }

    List<Check> checks(Presented presented) {
        return switch (presented) {
            case Presented.Token token -> ofToken(token);
            case Presented.Proved proved -> ofProved(proved);
        };
    }

    private List<Check> ofToken(Presented.Token token) {
        var header = token.jws().header();
        var checks = new ArrayList<Check>();
        checks.add(read(List.of(CredentialDocument.bare(token.credential()))).terms());
        var key = keys.find(token.issuer(), header.path("kid").asText(), at);
        checks.add(signature(key, own -> {
            // A header with more (crit, jwk, jku, x5u, b64) could ask for another reading than ours.
            for (var names = header.fieldNames(); names.hasNext(); ) {
                if (!HEADER.contains(names.next())) {
                    return failed(
                            "Its header asks for what the header of a credential must not (Open Badges 3.0 §8.2.4.1).");
                }
            }
            if (!ALGORITHMS.contains(header.path("alg").asText())) {
                return failed(
                        "It is not signed by an algorithm that credentials are signed with (ES256, RS256, EdDSA).");
            }
            boolean isSigned = switch (own) {
                case VerificationKey.ForTokens(var published) -> token.jws().isSignedBy(published);
                case VerificationKey.Edwards(var raw) -> token.jws().isSignedBy(raw);
            };
            return isSigned ? new Check("signature", true, SIGNED) : failed(CHANGED);
        }));
        checks.add(issuer(key, token));
        checks.add(new Claims(token.credential()).check());
        return checks;
    }

    private List<Check> ofProved(Presented.Proved proved) {
        var document = proved.credential().deepCopy();
        var proof = proof(document.remove("proof"));
        if (proof == null) {
            return List.of(failed("It carries no proof, or several: it is not signed in a way that can be checked."));
        }
        var key = keys.find(proved.issuer(), proof.path("verificationMethod").asText(), at);
        var options = proof.deepCopy();
        options.remove("proofValue");
        options.set("@context", document.path("@context"));
        var read = read(List.of(document, options));
        var signature = signature(key, own -> ofProof(document, proof, read, own));
        return List.of(read.terms(), signature, issuer(key, proved));
    }

    /** The one proof that there is; a set or a chain of them says something else than one. */
    private static @Nullable ObjectNode proof(@Nullable JsonNode proof) {
        var only = proof != null && proof.isArray() && proof.size() == 1 ? proof.get(0) : proof;
        return only instanceof ObjectNode one ? one : null;
    }

    private Check ofProof(ObjectNode document, ObjectNode proof, Read read, VerificationKey key) {
        var fault = fault(document, proof);
        if (fault != null) {
            return fault;
        }
        if (read.texts().isEmpty()) {
            return read.terms().isFailed()
                    ? failed("It holds what no signature can cover.")
                    : new Check(
                            "signature",
                            null,
                            "The signature could not be checked. "
                                    + read.terms().sentence());
        }
        boolean isSigned = key instanceof VerificationKey.Edwards(var raw)
                && DataIntegrity.isSigned(read.texts().getFirst(), read.texts().getLast(), value(proof), raw);
        return isSigned ? new Check("signature", true, SIGNED) : failed(CHANGED);
    }

    private static byte[] value(ObjectNode proof) {
        try {
            return Multibase.BASE_58_BTC.decode(proof.path("proofValue").asText());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private @Nullable Check fault(ObjectNode document, ObjectNode proof) {
        if (!proof.path("type").asText().equals("DataIntegrityProof")
                || !proof.path("cryptosuite").asText().equals("eddsa-rdfc-2022")
                || proof.has("previousProof")) {
            return new Check("signature", null, "It is signed in a way that is not read here; eddsa-rdfc-2022 is.");
        }
        if (!proof.path("proofPurpose").asText().equals("assertionMethod")) {
            return failed("Its proof was not made to assert what it says.");
        }
        if (proof.has("@context") && !proof.get("@context").equals(document.get("@context"))) {
            return failed("Its proof was made for other vocabularies than it names.");
        }
        return isInTime(proof) ? null : failed("Its proof has no time that can be read, or its time is over.");
    }

    private boolean isInTime(ObjectNode proof) {
        try {
            if (proof.has("created")) {
                OffsetDateTime.parse(proof.path("created").asText());
            }
            return !proof.has("expires")
                    || at.isBefore(
                            OffsetDateTime.parse(proof.path("expires").asText()).toInstant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What the check of the terms found, and the canonical texts; none where there is no knowing them. */
    private record Read(Check terms, List<String> texts) {}

    private Read read(List<ObjectNode> documents) {
        try {
            var texts = canonical.of(documents);
            return new Read(
                    new Check("terms", true, "Every term in it is defined by the vocabularies it names."), texts);
        } catch (Canonical.Undefined e) {
            return new Read(
                    new Check("terms", false, "Not every term in it is defined by the vocabularies it names."),
                    List.of());
        } catch (Canonical.Unavailable e) {
            return new Read(new Check("terms", null, String.valueOf(e.getMessage())), List.of());
        }
    }

    private static Check signature(IssuerKeys.Answer key, Function<VerificationKey, Check> check) {
        return switch (key) {
            case IssuerKeys.Answer.Own(var own) -> check.apply(own);
            case IssuerKeys.Answer.Foreign foreign ->
                new Check("signature", null, "There is no key of its issuer's to check the signature with.");
            case IssuerKeys.Answer.Unknown unknown ->
                new Check("signature", null, "The signature could not be checked without the issuer's key.");
        };
    }

    private static Check issuer(IssuerKeys.Answer key, Presented presented) {
        return switch (key) {
            case IssuerKeys.Answer.Own own ->
                new Check("issuer", true, "Its issuer, %s, names this key as its own.".formatted(name(presented)));
            case IssuerKeys.Answer.Foreign foreign -> new Check("issuer", false, foreign.sentence());
            case IssuerKeys.Answer.Unknown unknown -> new Check("issuer", null, unknown.sentence());
        };
    }

    private static String name(Presented presented) {
        var name = presented.credential().path("issuer").path("name");
        return name.isTextual() ? name.textValue() : presented.issuer();
    }

    private static Check failed(String sentence) {
        return new Check("signature", false, sentence);
    }
}

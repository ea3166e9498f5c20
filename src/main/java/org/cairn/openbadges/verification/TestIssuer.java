package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.keys.SigningKey;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.DataIntegrity;
import org.cairn.openbadges.Jws;
import org.cairn.openbadges.verification.Verification.Check;

/**
 * Signs and verifies credentials of the Verifiable Credentials Data Model 2.0 for the public conformance suites. It signs what strangers send,
 * so it has nothing to do with any institution: its key is made of a word that stands here for everybody to read, and proves nothing.
 */
public final class TestIssuer {

    private static final String ENVELOPE = "data:application/vc+jwt,";
    private static final int FETCHES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SigningKey key = SigningKey.ofSeed(Sha256.hex("The key of Cairn’s test issuer is public."));
    private final Function<URI, byte[]> fetch;
    private final Canonical canonical;

    /** {@code fetch} returns the body that an address answers with, or throws Problem. */
    public TestIssuer(Function<URI, byte[]> fetch, Standards standards) {
        this.fetch = fetch;
        this.canonical = new Canonical(standards);
    }

    /** What its credentials call it. */
    public String did() {
        return Addresses.did(key.published());
    }

    /**
     * Signs a credential, in the name of this issuer whoever it names: as JSON with a proof (eddsa-rdfc-2022), or as a VC-JWT in an envelope.
     *
     * @throws Problem MALFORMED, saying why, where it is no credential, or says what not everybody would understand alike
     */
    public ObjectNode issue(ObjectNode unsigned, boolean asToken, Instant now) {
        DataModel.fault(unsigned).ifPresent(fault -> {
            throw refused(fault);
        });
        if (unsigned.has("proof")) {
            throw refused("it carries a proof already");
        }
        var credential = named(unsigned);
        if (asToken && !credential.has("validFrom")) {
            credential.put("validFrom", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return asToken ? enveloped(credential) : proved(credential, now);
    }

    /** What is found of a credential: it holds if every check passed. */
    public List<Check> verify(JsonNode shown, Instant at) {
        Presented presented;
        try {
            presented = Presented.read(text(shown));
        } catch (IllegalArgumentException e) {
            return List.of(new Check("readable", false, String.valueOf(e.getMessage())));
        }
        var checks = new ArrayList<Check>();
        var fault = DataModel.fault(presented.credential());
        checks.add(new Check("data model", fault.isEmpty(), fault.orElse("It is as the data model requires.")));
        var fetches = new Fetches(fetch, FETCHES, PATIENCE);
        var signatures = new Signatures(new IssuerKeys(fetches), canonical, at);
        checks.addAll(signatures.checks(presented));
        checks.add(dates(presented.credential(), at));
        if (checks.stream().allMatch(Check::isPassed)) {
            checks.add(new Statuses(fetches, signatures, at)
                    .outcome(presented.credential())
                    .check());
        }
        return checks;
    }

    private ObjectNode proved(ObjectNode credential, Instant now) {
        var proof = DataIntegrity.options(Addresses.key(did(), key.published()), now);
        var options = proof.deepCopy();
        options.set("@context", credential.get("@context"));
        var texts = texts(List.of(credential, options));
        proof.put("proofValue", DataIntegrity.proofValue(texts.getFirst(), texts.getLast(), key));
        return credential.set("proof", proof);
    }

    private ObjectNode enveloped(ObjectNode credential) {
        texts(List.of(credential));
        var payload = credential.deepCopy();
        payload.put("iss", did());
        if (credential.has("id")) {
            payload.set("jti", credential.get("id"));
        }
        if (credential.path("credentialSubject").has("id")) {
            payload.set("sub", credential.get("credentialSubject").get("id"));
        }
        payload.put("nbf", seconds(credential, "validFrom"));
        if (credential.has("validUntil")) {
            payload.put("exp", seconds(credential, "validUntil"));
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.put("@context", Contexts.CREDENTIALS);
        json.put("id", ENVELOPE + Jws.sign(payload, Addresses.key(did(), key.published()), key));
        return json.put("type", "EnvelopedVerifiableCredential");
    }

    private List<String> texts(List<ObjectNode> documents) {
        try {
            return canonical.of(documents);
        } catch (Canonical.Undefined e) {
            throw refused("it has a term that its contexts do not define");
        } catch (Canonical.Unavailable e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode named(ObjectNode unsigned) {
        var credential = unsigned.deepCopy();
        if (credential.path("issuer") instanceof ObjectNode issuer) {
            issuer.put("id", did());
        } else {
            credential.put("issuer", did());
        }
        return credential;
    }

    private static String text(JsonNode shown) {
        var id = shown.path("id").asText();
        boolean isEnvelope = shown.path("type").toString().contains("\"EnvelopedVerifiableCredential\"");
        if (isEnvelope && id.startsWith(ENVELOPE)) {
            return id.substring(ENVELOPE.length());
        }
        return shown.isTextual() ? shown.textValue() : shown.toString();
    }

    private static Check dates(ObjectNode credential, Instant at) {
        try {
            boolean isNow = !(credential.has("validFrom") && at.isBefore(moment(credential, "validFrom")))
                    && !(credential.has("validUntil") && !at.isBefore(moment(credential, "validUntil")));
            return new Check("dates", isNow, isNow ? "Today is within its dates." : "Today is not within its dates.");
        } catch (DateTimeException e) {
            return new Check("dates", false, "Its dates cannot be read.");
        }
    }

    private static long seconds(ObjectNode credential, String member) {
        return moment(credential, member).getEpochSecond();
    }

    private static Instant moment(ObjectNode credential, String member) {
        return OffsetDateTime.parse(credential.path(member).asText()).toInstant();
    }

    private static Problem refused(String why) {
        return new Problem(Problem.Kind.MALFORMED, "credential_refused", "Not signed: %s.".formatted(why));
    }
}

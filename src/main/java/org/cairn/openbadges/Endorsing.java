package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Signs endorsements of what others award (Open Badges 3.0 §8.5), in both proof forms. Safe for many threads. */
public final class Endorsing {

    /**
     * What an endorsement is to say.
     *
     * @param subject the id of what is endorsed: an absolute URI of up to 2000 characters, as its own credential has it
     * @param name of what is endorsed, for people
     * @param comment why, in up to 2000 characters
     * @param validUntil when it ends; null: never
     */
    public record Praise(
            String subject,
            String name,
            String comment,
            @Nullable Instant validUntil) {

        // Whatever else stood in an address would leave its statement out of what is signed.
        private static final Pattern ADDRESS =
                Pattern.compile("(https?|did|urn):[^\\x00-\\x20<>\"{}|^`\\\\\\x7f-\\x{10ffff}]{1,1990}");

        /** Throws Problem UNPROCESSABLE where it cannot be signed. */
        public Praise {
            if (!ADDRESS.matcher(subject).matches()) {
                throw refused("What is endorsed is named by its id, a whole address such as https://… or did:….");
            }
            if (name.isBlank() || name.length() > 255 || comment.isBlank() || comment.length() > 2000) {
                throw refused("An endorsement names what it endorses, and says why in up to 2000 characters.");
            }
        }

        private static Problem refused(String sentence) {
            return new Problem(Problem.Kind.UNPROCESSABLE, "endorsement_refused", sentence);
        }
    }

    private final Addresses addresses;
    private final Keys keys;
    private final CredentialDocument document;

    public Endorsing(Addresses addresses, Keys keys) {
        this.addresses = addresses;
        this.keys = keys;
        this.document = new CredentialDocument(addresses);
    }

    public Addresses addresses() {
        return addresses;
    }

    /** Signs and keeps one. Throws Problem UNPROCESSABLE where it praises the issuer's own, or would be over before it begins. */
    public GivenEndorsement give(DSLContext db, IssuerProfile issuer, Praise praise, Instant now) {
        if (addresses.path(praise.subject()).isPresent()) {
            throw Praise.refused("What is awarded or signed here is endorsed by others; name something of theirs.");
        }
        if (praise.validUntil() != null && !praise.validUntil().isAfter(now)) {
            throw Praise.refused("An endorsement ends in the future, or not at all.");
        }
        var id = CredentialId.fresh();
        int index = GivenEndorsementStore.next(db, issuer.tenant(), issuer.id());
        var payload = payload(issuer, praise, id, index, now.truncatedTo(ChronoUnit.SECONDS));
        var given = new GivenEndorsement(
                id,
                issuer.tenant(),
                issuer.id(),
                praise.subject(),
                token(db, issuer, payload),
                proved(db, issuer, payload, now),
                index,
                now,
                null);
        GivenEndorsementStore.insert(db, given);
        return given;
    }

    /** Signs those anew that stand and do not bear the issuer's name of now, or were signed with a key that is withdrawn. */
    public void renew(DSLContext db, IssuerProfile issuer, Instant now) {
        var name = addresses.name(issuer);
        var withdrawn = keys.withdrawn(db, issuer.id());
        for (var given : GivenEndorsementStore.standing(db, issuer.tenant())) {
            var jws = Jws.parse(given.jwt());
            boolean isBelieved = withdrawn.stream()
                    .noneMatch(kid -> given.proved().contains("#" + kid + "\"")
                            || jws.header().path("kid").asText().endsWith("#" + kid));
            if (!isBelieved || !jws.payload().path("iss").asText().equals(name)) {
                var status = new Credential.StatusEntry(GivenEndorsement.LIST, given.index());
                var payload = document.renewed(jws.payload(), issuer, status, now);
                GivenEndorsementStore.replace(
                        db, issuer.tenant(), given.id(), token(db, issuer, payload), proved(db, issuer, payload, now));
            }
        }
    }

    private String token(DSLContext db, IssuerProfile issuer, ObjectNode payload) {
        var key = keys.issuerKey(db, issuer.id(), issuer.signing());
        return Jws.sign(payload, Addresses.key(addresses.name(issuer), key.published()), key);
    }

    private String proved(DSLContext db, IssuerProfile issuer, ObjectNode payload, Instant now) {
        var key = keys.issuerKey(db, issuer.id(), KeyAlgorithm.ED25519);
        var json = CredentialDocument.bare(payload);
        DataIntegrity.prove(json, Addresses.key(addresses.name(issuer), key.published()), key, now);
        return json.toString();
    }

    /** Public: by its id alone. */
    public Optional<GivenEndorsement> find(DSLContext db, CredentialId id) {
        return GivenEndorsementStore.find(db, id);
    }

    /** The last ones that an institution gave, the newest first. */
    public List<GivenEndorsement> list(DSLContext db, TenantId tenant, int most) {
        return GivenEndorsementStore.list(db, tenant, most);
    }

    /** Takes one back, for good. False where there is none that stands. */
    public boolean revoke(DSLContext db, TenantId tenant, CredentialId id, Instant now) {
        return GivenEndorsementStore.revoke(db, tenant, id, now);
    }

    private ObjectNode payload(IssuerProfile issuer, Praise praise, CredentialId id, int index, Instant validFrom) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context").add(Contexts.CREDENTIALS).add(Contexts.BADGES);
        json.put("id", addresses.endorsement(id));
        json.putArray("type").add("VerifiableCredential").add("EndorsementCredential");
        json.put("name", "Endorsement of " + praise.name());
        json.set("issuer", document.issuer(issuer));
        json.put("validFrom", validFrom.toString());
        if (praise.validUntil() != null) {
            CredentialDocument.end(json, praise.validUntil());
        }
        json.set(
                "credentialSubject",
                CredentialDocument.typed(praise.subject(), "EndorsementSubject")
                        .put("endorsementComment", praise.comment()));
        json.set("credentialStatus", document.status(issuer, new Credential.StatusEntry(GivenEndorsement.LIST, index)));
        json.put("iss", addresses.name(issuer));
        json.put("jti", addresses.endorsement(id));
        json.put("sub", praise.subject());
        json.put("nbf", validFrom.getEpochSecond());
        return json;
    }
}

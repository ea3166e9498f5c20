package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.StoredJson;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The signed forms of awards: Open Badges 3.0 credentials, as VC-JWT and with a Data Integrity proof. Safe for many threads.
 */
public final class Credentials {

    private final Addresses addresses;
    private final Keys keys;
    private final CredentialDocument document;
    private final StatusEntries entries = new StatusEntries();

    public Credentials(Addresses addresses, Keys keys) {
        this.addresses = addresses;
        this.keys = keys;
        this.document = new CredentialDocument(addresses);
    }

    public Addresses addresses() {
        return addresses;
    }

    /** Signs and keeps one credential for each issuance, all of one issuer, within the transaction that makes the awards. */
    public List<Credential> issueAll(DSLContext db, List<Issuance> issuances, Instant now) {
        if (issuances.isEmpty()) {
            return List.of();
        }
        var profile = issuances.getFirst().issuer();
        var issuer = profile.id();
        var free = entries.take(db, issuer, issuances.size());
        var key = keys.issuerKey(db, issuer, profile.signing());
        var name = addresses.name(profile);
        var issued = new ArrayList<Credential>(issuances.size());
        for (int i = 0; i < issuances.size(); i++) {
            var issuance = issuances.get(i);
            var id = CredentialId.fresh();
            var payload = document.payload(issuance, id, free.get(i), now);
            if (!issuance.told().equals(Disclosure.USUAL)
                    || !issuance.recipient().equals(Issuance.Recipient.UNNAMED)) {
                // Names and what results are called come from an LMS; all else was tried when it was published.
                SignedShape.require(payload);
            }
            issued.add(new Credential(
                    id,
                    issuance.issuer().tenant(),
                    issuer,
                    issuance.award(),
                    issuance.learner(),
                    issuance.told(),
                    issuance.recipient().wallet(),
                    Jws.sign(payload, Addresses.key(name, key.published()), key),
                    name,
                    key.kid(),
                    null,
                    free.get(i),
                    now,
                    null,
                    null));
        }
        CredentialStore.insert(db, issued);
        return issued;
    }

    /** Why a credential that says this could not be signed so that every verifier accepts it; empty where it could. */
    public Optional<String> fault(Issuance issuance, Instant now) {
        var payload = document.payload(issuance, CredentialId.fresh(), new Credential.StatusEntry(0, 0), now);
        var fault = SignedShape.fault(payload);
        if (fault.isEmpty()) {
            DataIntegrity.canonical(CredentialDocument.bare(payload));
        }
        return fault;
    }

    /** Public: by its id alone. */
    public Optional<Credential> find(DSLContext db, CredentialId credential) {
        return CredentialStore.find(db, credential);
    }

    /** Where whoever holds this credential asks for its newest form. */
    public String newest(Credential credential) {
        var subject = credential.document().path("credentialSubject").path("id").asText();
        return addresses.newest(credential.id(), subject);
    }

    /** The credential as JSON with a Data Integrity proof, made when it is first asked for and kept. */
    public String proved(DSLContext db, Credential credential, Instant now) {
        return provedAll(db, List.of(credential), now).getFirst();
    }

    private List<String> provedAll(DSLContext db, List<Credential> credentials, Instant now) {
        var proved = new ArrayList<Credential>();
        var made = new ArrayList<Credential>();
        for (var credential : credentials) {
            if (credential.proved() == null) {
                made.add(credential.provedBy(prove(db, credential.document(), credential.issuer(), now)));
                proved.add(made.getLast());
            } else {
                proved.add(credential);
            }
        }
        CredentialStore.prove(db, made);
        return proved.stream().map(one -> String.valueOf(one.proved())).toList();
    }

    private String prove(DSLContext db, ObjectNode json, IssuerId issuer, Instant now) {
        var key = keys.issuerKey(db, issuer, KeyAlgorithm.ED25519);
        var name = json.path("issuer").path("id").asText();
        DataIntegrity.prove(json, Addresses.key(name, key.published()), key, now);
        return json.toString();
    }

    /**
     * A certificate and all that it is stacked from as one signed record (CLR 2.0), made anew each time: what is in it may have been issued anew.
     *
     * @param relations how the achievements of their awards are related
     * @param newest the version that has replaced that of an award
     */
    public String record(
            DSLContext db,
            Credential certificate,
            List<Credential> components,
            List<Relation> relations,
            Map<AwardId, Issuance.Related> newest,
            Instant now) {
        var texts = provedAll(
                db, Stream.concat(Stream.of(certificate), components.stream()).toList(), now);
        var jsons =
                texts.stream().map(text -> (ObjectNode) StoredJson.read(text)).toList();
        var achievements = new HashMap<AwardId, String>();
        achievements.put(certificate.award(), RecordDocument.achievement(jsons.getFirst()));
        for (int i = 0; i < components.size(); i++) {
            achievements.put(components.get(i).award(), RecordDocument.achievement(jsons.get(i + 1)));
        }
        var associations = new ArrayList<ObjectNode>();
        for (var relation : relations) {
            var source = achievements.get(relation.source());
            var target = achievements.get(relation.target());
            if (source != null && target != null) {
                associations.add(RecordDocument.association(relation.type(), source, target));
            }
        }
        achievements.forEach((award, source) -> {
            var next = newest.get(award);
            if (next != null) {
                var target = addresses.achievement(certificate.tenant(), next.id(), next.version());
                associations.add(RecordDocument.association("replacedBy", source, target));
            }
        });
        var id = addresses.credential(certificate.id()) + "/record";
        var json = RecordDocument.of(id, jsons.getFirst(), jsons.subList(1, jsons.size()), associations, now);
        return prove(db, json, certificate.issuer(), now);
    }

    /** That the achievement of one award stands in a relation to that of another; {@code type} is one of CLR 2.0's association types. */
    public record Relation(String type, AwardId source, AwardId target) {}

    /** Every signed form of these awards, the oldest first. */
    public List<Credential> list(DSLContext db, TenantId tenant, Collection<AwardId> awards) {
        return CredentialStore.list(db, tenant, awards);
    }

    /** Shows a credential at its public address, or with null no longer. */
    public void show(DSLContext db, TenantId tenant, CredentialId credential, @Nullable Instant since) {
        CredentialStore.show(db, tenant, credential, since);
    }

    /** Issues every signed form of these awards that names their learner otherwise anew with this name, except what is revoked; returns how many. */
    public int rename(DSLContext db, TenantId tenant, Collection<AwardId> awards, String name, Instant now) {
        var renamed = new ArrayList<Credential>();
        for (var credential : CredentialStore.namedOtherwise(db, tenant, awards, name)) {
            var payload = CredentialDocument.naming(credential.payload(), name, now);
            SignedShape.require(payload);
            renamed.add(sign(db, credential.naming(name), payload));
        }
        CredentialStore.replace(db, tenant, renamed);
        return renamed.size();
    }

    /** Revokes every signed form of these awards. */
    public void revoke(DSLContext db, TenantId tenant, Collection<AwardId> awards, Instant now) {
        CredentialStore.revoke(db, tenant, awards, now);
    }

    /** Erases every signed form of a learner's awards and returns how many there were. Their bits stay used, and are set. */
    public int erase(DSLContext db, TenantId tenant, LearnerId learner) {
        return CredentialStore.erase(db, tenant, learner);
    }

    /** Issues every signed form of these awards anew that would stand for longer, so that it ends then; none that is revoked. */
    public void end(DSLContext db, TenantId tenant, Map<AwardId, Instant> ends, Instant now) {
        reissue(db, tenant, ends.keySet(), credential -> {
            var end = ends.get(credential.award());
            return end == null || CredentialDocument.endsBy(credential.payload(), end)
                    ? null
                    : CredentialDocument.ending(credential.payload(), end, now);
        });
    }

    /**
     * Issues every signed form of these awards anew so that it ends now, until they are resumed: a credential has one status entry, and that of
     * revocation is for good, so a review shows by the newest form.
     */
    public void hold(DSLContext db, TenantId tenant, Collection<AwardId> awards, Instant now) {
        end(db, tenant, awards.stream().collect(Collectors.toMap(Function.identity(), award -> now)), now);
    }

    /** Issues every signed form of these awards anew with the end of its award, if that has one, whatever it ended by; none that is revoked. */
    public void resume(DSLContext db, TenantId tenant, Map<AwardId, Optional<Instant>> ends, Instant now) {
        reissue(db, tenant, ends.keySet(), credential -> {
            var end = ends.getOrDefault(credential.award(), Optional.empty());
            return end.isPresent()
                    ? CredentialDocument.ending(credential.payload(), end.get(), now)
                    : CredentialDocument.endless(credential.payload(), now);
        });
    }

    private void reissue(
            DSLContext db,
            TenantId tenant,
            Collection<AwardId> awards,
            Function<Credential, @Nullable ObjectNode> anew) {
        var reissued = new ArrayList<Credential>();
        for (var credential : CredentialStore.list(db, tenant, awards)) {
            var payload = credential.revokedAt() == null ? anew.apply(credential) : null;
            if (payload != null) {
                reissued.add(sign(db, credential, payload));
            }
        }
        CredentialStore.replace(db, tenant, reissued);
    }

    /**
     * Issues up to so many of an issuer's credentials anew that stand and do not bear its name of now, or were signed with a key that is withdrawn.
     * Returns how many there were; with fewer than {@code limit} none is left.
     */
    public int renew(DSLContext db, IssuerProfile issuer, int limit, Instant now) {
        var name = addresses.name(issuer);
        var withdrawn = keys.withdrawn(db, issuer.id());
        var outdated = CredentialStore.outdated(db, issuer.tenant(), issuer.id(), name, withdrawn, limit);
        var key = keys.issuerKey(db, issuer.id(), issuer.signing());
        var renewed = outdated.stream()
                .map(credential -> {
                    var payload = document.renewed(credential.payload(), issuer, credential.status(), now);
                    return credential.signed(
                            Jws.sign(payload, Addresses.key(name, key.published()), key), name, key.kid());
                })
                .toList();
        CredentialStore.replace(db, issuer.tenant(), renewed);
        return renewed.size();
    }

    /**
     * Withdraws a key of an issuer's that somebody else may have. What it signed has to be issued anew ({@link #renew}); in JSON each is signed
     * anew when somebody asks for it.
     */
    public void withdrawKey(DSLContext db, IssuerProfile issuer, String kid) {
        keys.withdraw(db, issuer.id(), kid);
        CredentialStore.forgetProved(db, issuer.tenant(), issuer.id(), kid);
    }

    /** The DID that an issuer is whose only key is the one that signs its proofs now. */
    public String keyDid(DSLContext db, IssuerProfile issuer) {
        return Addresses.did(
                keys.issuerKey(db, issuer.id(), KeyAlgorithm.ED25519).published());
    }

    /** By the name that it bears, with a key of the kind that signed it. */
    private Credential sign(DSLContext db, Credential credential, ObjectNode payload) {
        var header = Jws.parse(credential.jwt()).header();
        var algorithm = KeyAlgorithm.ofTokens(header.path("alg").asText());
        var key = keys.issuerKey(db, credential.issuer(), algorithm);
        return credential.signed(
                Jws.sign(payload, Addresses.key(credential.issuedAs(), key.published()), key),
                credential.issuedAs(),
                key.kid());
    }
}

package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.cairn.db.StoredJson;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The signed forms of awards: Open Badges 3.0 credentials as VC-JWT, the issuers' documents that name the keys, and the status lists
 * that say what is revoked. Safe for many threads.
 */
public final class Credentials {

    private final Addresses addresses;
    private final Keys keys;
    private final CredentialDocument document;
    private final StatusEntries entries = new StatusEntries();

    private record ListState(IssuerId issuer, int list, List<Integer> revoked) {}

    private final Cache<ListState, String> signedLists =
            Caffeine.newBuilder().maximumSize(200).build();

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
        var issuer = issuances.getFirst().issuer().id();
        var free = entries.take(db, issuer, issuances.size());
        var key = keys.issuerKey(db, issuer, KeyAlgorithm.ES256);
        var issued = new ArrayList<Credential>(issuances.size());
        for (int i = 0; i < issuances.size(); i++) {
            var issuance = issuances.get(i);
            var id = CredentialId.fresh();
            var payload = document.payload(issuance, id, free.get(i), now);
            if (issuance.withGrade()) {
                // What results are called comes from an LMS; all else was tried when it was published.
                SignedShape.require(payload);
            }
            issued.add(new Credential(
                    id,
                    issuance.issuer().tenant(),
                    issuer,
                    issuance.award(),
                    issuance.learner(),
                    issuance.withGrade(),
                    null,
                    Jws.sign(payload, addresses.key(issuer, key.kid()), key),
                    null,
                    free.get(i),
                    now,
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

    /** The credential as JSON with a Data Integrity proof, made when it is first asked for and kept. */
    public String proved(DSLContext db, Credential credential, Instant now) {
        return provedAll(db, List.of(credential), now).getFirst();
    }

    private List<String> provedAll(DSLContext db, List<Credential> credentials, Instant now) {
        var proved = new ArrayList<Credential>();
        var made = new ArrayList<Credential>();
        for (var credential : credentials) {
            if (credential.proved() == null) {
                made.add(credential.provedBy(prove(db, bare(credential), credential.issuer(), now)));
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
        DataIntegrity.prove(json, addresses.key(issuer, key.kid()), key, now);
        return json.toString();
    }

    private static ObjectNode bare(Credential credential) {
        return CredentialDocument.bare((ObjectNode) Jws.parse(credential.jwt()).payload());
    }

    /**
     * A certificate and all that it is stacked from as one signed record (CLR 2.0), made anew each time: what is in it may have been issued anew.
     *
     * @param relations how the achievements of their awards are related
     */
    public String record(
            DSLContext db, Credential certificate, List<Credential> components, List<Relation> relations, Instant now) {
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

    /** Names the learner on the public page of a credential, or with null no longer. */
    public void show(DSLContext db, TenantId tenant, CredentialId credential, @Nullable String name) {
        CredentialStore.show(db, tenant, credential, name);
    }

    /** Revokes every signed form of these awards. */
    public void revoke(DSLContext db, TenantId tenant, Collection<AwardId> awards, Instant now) {
        CredentialStore.revoke(db, tenant, awards, now);
    }

    /** Issues every signed form of these awards that is not revoked anew, with the end that goes with its award. */
    public void end(DSLContext db, TenantId tenant, Map<AwardId, Instant> ends, Instant now) {
        var reissued = new ArrayList<Credential>();
        for (var credential : CredentialStore.list(db, tenant, ends.keySet())) {
            var end = ends.get(credential.award());
            if (end != null && credential.revokedAt() == null) {
                var key = keys.issuerKey(db, credential.issuer(), KeyAlgorithm.ES256);
                var payload = CredentialDocument.reissued(
                        (ObjectNode) Jws.parse(credential.jwt()).payload(), end, now);
                reissued.add(credential.signed(Jws.sign(payload, addresses.key(credential.issuer(), key.kid()), key)));
            }
        }
        CredentialStore.replace(db, tenant, reissued);
    }

    /** The issuer's controller document (Controlled Identifiers 1.0): who it is, and every key it ever signed with. */
    public ObjectNode controllerDocument(DSLContext db, IssuerProfile issuer) {
        var id = addresses.issuer(issuer.id());
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context").add("https://www.w3.org/ns/did/v1").add("https://w3id.org/security/multikey/v1");
        json.put("id", id);
        var methods = json.putArray("verificationMethod");
        var assertion = json.putArray("assertionMethod");
        for (var key : keys.issuerKeys(db, issuer.id())) {
            var method = methods.addObject();
            method.put("id", addresses.key(issuer.id(), key.kid()));
            method.put("controller", id);
            if (key.algorithm() == KeyAlgorithm.ED25519) {
                method.put("type", "Multikey").put("publicKeyMultibase", key.multibase());
            } else {
                method.put("type", "JsonWebKey");
                var jwk = method.putObject("publicKeyJwk");
                key.jwk().forEach(jwk::put);
            }
            assertion.add(addresses.key(issuer.id(), key.kid()));
        }
        return json;
    }

    /** A status list as a signed credential, in JSON; signed anew only when a revocation has changed it. */
    public String statusList(DSLContext db, IssuerId issuer, int list, Instant now) {
        var state = new ListState(issuer, list, CredentialStore.revoked(db, issuer, list));
        var known = signedLists.getIfPresent(state);
        if (known == null) {
            known = sign(db, state, now);
            signedLists.put(state, known);
        }
        return known;
    }

    /** The same, signed just now: what a list says is known of the moment that it was signed, and of none after. */
    public String statusListNow(DSLContext db, IssuerId issuer, int list, Instant now) {
        return sign(db, new ListState(issuer, list, CredentialStore.revoked(db, issuer, list)), now);
    }

    private String sign(DSLContext db, ListState state, Instant now) {
        var id = addresses.statusList(state.issuer(), state.list());
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context").add(Contexts.CREDENTIALS);
        json.put("id", id);
        json.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
        json.put("issuer", addresses.issuer(state.issuer()));
        json.put("validFrom", now.truncatedTo(ChronoUnit.SECONDS).toString());
        var subject = json.putObject("credentialSubject");
        subject.put("id", id + "#list");
        subject.put("type", "BitstringStatusList");
        subject.put("statusPurpose", "revocation");
        subject.put("encodedList", StatusList.encode(state.revoked()));
        var key = keys.issuerKey(db, state.issuer(), KeyAlgorithm.ED25519);
        DataIntegrity.prove(json, addresses.key(state.issuer(), key.kid()), key, now);
        return json.toString();
    }
}

package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.cairn.IssuerId;
import org.cairn.keys.IssuerKey;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.cairn.keys.SigningKey;
import org.jooq.DSLContext;

/**
 * What verifiers ask an issuer for: the document that names its keys, and the lists that say what it revoked; each by the name under which
 * a credential knows it. Safe for many threads.
 */
public final class IssuerDocuments {

    /** How long a list is to be believed: whoever keeps an older one back from a verifier gains no more than this. */
    private static final Duration LIFE = Duration.ofDays(7);

    /** How long a verifier need not ask again. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    private record Signed(String address, List<Integer> revoked, LocalDate day, String kid, boolean isToken) {}

    private final Keys keys;
    private final Cache<Signed, String> lists =
            Caffeine.newBuilder().maximumSize(200).build();

    public IssuerDocuments(Keys keys) {
        this.keys = keys;
    }

    /**
     * The controller document (Controlled Identifiers 1.0 §2) of an issuer by one of its names: every key that it ever signed with and the next
     * ones. A key that is withdrawn stays in it with the time of that, and asserts nothing.
     */
    public ObjectNode controller(DSLContext db, IssuerId issuer, String name) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context").add("https://www.w3.org/ns/did/v1").add("https://w3id.org/security/multikey/v1");
        json.put("id", name);
        var methods = json.putArray("verificationMethod");
        var assertion = json.putArray("assertionMethod");
        for (var key : keys.issuerKeys(db, issuer)) {
            methods.add(method(key, name));
            if (key.state() != IssuerKey.State.WITHDRAWN) {
                assertion.add(name + "#" + key.kid());
            }
        }
        return json;
    }

    private static ObjectNode method(IssuerKey key, String name) {
        var method = JsonNodeFactory.instance.objectNode();
        method.put("id", name + "#" + key.kid());
        method.put("controller", name);
        if (key.published().algorithm() == KeyAlgorithm.ED25519) {
            method.put("type", "Multikey")
                    .put("publicKeyMultibase", key.published().multibase());
        } else {
            method.put("type", "JsonWebKey");
            var jwk = method.putObject("publicKeyJwk");
            key.published().jwk().forEach(jwk::put);
        }
        if (key.withdrawnAt() != null) {
            method.put(
                    "revoked", key.withdrawnAt().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return method;
    }

    /**
     * A status list as a credential at its address, signed by the issuer under one of its names: in JSON with a proof, or as a VC-JWT. Signed anew
     * when a revocation has changed it, and every day.
     */
    public String statusList(
            DSLContext db, IssuerProfile issuer, String name, String address, int list, boolean asToken, Instant now) {
        var key = keys.issuerKey(db, issuer.id(), asToken ? issuer.signing() : KeyAlgorithm.ED25519);
        var state = signed(db, issuer, address, list, asToken, key, now);
        var known = lists.getIfPresent(state);
        if (known == null) {
            known = sign(state, name, key, now);
            lists.put(state, known);
        }
        return known;
    }

    /** The same in JSON, signed just now: what a list says is known of the moment that it was signed, and of none after. */
    public String statusListNow(
            DSLContext db, IssuerProfile issuer, String name, String address, int list, Instant now) {
        var key = keys.issuerKey(db, issuer.id(), KeyAlgorithm.ED25519);
        return sign(signed(db, issuer, address, list, false, key, now), name, key, now);
    }

    private static Signed signed(
            DSLContext db,
            IssuerProfile issuer,
            String address,
            int list,
            boolean asToken,
            SigningKey key,
            Instant now) {
        var day = now.atOffset(ZoneOffset.UTC).toLocalDate();
        return new Signed(address, CredentialStore.revoked(db, issuer.id(), list), day, key.kid(), asToken);
    }

    private static String sign(Signed state, String name, SigningKey key, Instant now) {
        var json = list(state, name, now);
        var method = Addresses.key(name, key.published());
        if (state.isToken()) {
            return Jws.sign(claims(json), method, key);
        }
        DataIntegrity.prove(json, method, key, now);
        return json.toString();
    }

    private static ObjectNode list(Signed state, String name, Instant now) {
        var validFrom = now.truncatedTo(ChronoUnit.SECONDS);
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context").add(Contexts.CREDENTIALS);
        json.put("id", state.address());
        json.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
        json.put("issuer", name);
        json.put("validFrom", validFrom.toString());
        json.put("validUntil", validFrom.plus(LIFE).toString());
        var subject = json.putObject("credentialSubject");
        subject.put("id", state.address() + "#list");
        subject.put("type", "BitstringStatusList");
        subject.put("statusPurpose", "revocation");
        subject.put("ttl", FRESH.toMillis());
        subject.put("encodedList", StatusList.encode(state.revoked()));
        return json;
    }

    private static ObjectNode claims(ObjectNode list) {
        var validFrom = Instant.parse(list.get("validFrom").textValue());
        list.set("iss", list.get("issuer"));
        list.set("jti", list.get("id"));
        list.set("sub", list.get("credentialSubject").get("id"));
        list.put("nbf", validFrom.getEpochSecond());
        list.put("exp", validFrom.plus(LIFE).getEpochSecond());
        return list;
    }
}

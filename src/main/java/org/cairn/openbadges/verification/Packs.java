package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.db.Database;
import org.cairn.db.StoredJson;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.WebDid;
import org.jooq.DSLContext;

/** Packs our credentials with everything that their verification asks for, as it is now. */
public final class Packs {

    private final Database database;
    private final Credentials credentials;
    private final IssuerDocuments documents;
    private final Standards standards;
    private final Clock clock;

    public Packs(
            Database database, Credentials credentials, IssuerDocuments documents, Standards standards, Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.documents = documents;
        this.standards = standards;
        this.clock = clock;
    }

    /** {@code issuer} is the credential's. */
    public Pack of(Credential credential, IssuerProfile issuer) {
        var now = now();
        var here = credentials.addresses().credential(credential.id());
        var parts = database.inTransaction(db -> {
            var signed = new ArrayList<>(List.of(
                    new Pack.Part(Pack.JWT, here + ".jwt", credential.jwt()),
                    new Pack.Part(Pack.JSON, here + ".json", credentials.proved(db, credential, now))));
            signed.addAll(issued(db, List.of(credential), issuer, now));
            return signed;
        });
        return pack(PackReadme.of(issuer, now), parts, credential.document(), now);
    }

    /** A record as it was signed, with what the credentials in it need, whose issuer is {@code issuer} under whichever of its names. */
    public Pack of(String record, Collection<Credential> parts, IssuerProfile issuer) {
        var now = now();
        var signed = new ArrayList<>(List.of(new Pack.Part(Pack.JSON, null, record)));
        signed.addAll(database.inTransaction(db -> issued(db, parts, issuer, now)));
        return pack(PackReadme.ofRecord(issuer, now), signed, StoredJson.read(record), now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Pack pack(String readme, List<Pack.Part> signed, JsonNode document, Instant now) {
        var missing = new ArrayList<String>();
        var parts = new ArrayList<>(List.of(new Pack.Part("README.txt", null, readme)));
        parts.addAll(signed);
        parts.addAll(published(document, missing));
        return new Pack(now, parts, missing);
    }

    /** The lists and the keys of all of them, each once. */
    private List<Pack.Part> issued(DSLContext db, Collection<Credential> packed, IssuerProfile issuer, Instant now) {
        var lists = new LinkedHashMap<String, String>();
        var keys = new LinkedHashMap<String, String>();
        for (var credential : packed) {
            var name = credential.issuedAs();
            var list = credential
                    .document()
                    .at("/credentialStatus/statusListCredential")
                    .asText();
            lists.computeIfAbsent(
                    list,
                    address -> documents.statusListNow(
                            db, issuer, name, address, credential.status().list(), now));
            address(name)
                    .ifPresent(address -> keys.computeIfAbsent(
                            address,
                            at -> documents.controller(db, issuer.id(), name).toString()));
        }
        var parts = new ArrayList<>(numbered("status", lists));
        parts.addAll(numbered("issuer", keys));
        return parts;
    }

    private static List<Pack.Part> numbered(String name, Map<String, String> texts) {
        var parts = new ArrayList<Pack.Part>();
        texts.forEach((address, text) -> {
            var number = parts.isEmpty() ? "" : "-" + (parts.size() + 1);
            parts.add(new Pack.Part(name + number + ".json", address, text));
        });
        return parts;
    }

    /** Where an issuer's keys are published; one that is its key needs no such place. */
    private static Optional<String> address(String issuer) {
        if (issuer.startsWith("did:key:")) {
            return Optional.empty();
        }
        return Optional.of(issuer.startsWith("did:web:") ? WebDid.address(issuer) : issuer);
    }

    /** The vocabularies that it names, as published or else as far as we know them, and its schema. */
    private List<Pack.Part> published(JsonNode document, List<String> missing) {
        var parts = new ArrayList<Pack.Part>();
        var addresses = new ArrayList<String>();
        document.path("@context").forEach(context -> addresses.add(context.asText()));
        addresses.add(Standards.BADGE_SCHEMA);
        if (document.path("credentialSubject").has("verifiableCredential")) {
            addresses.add(Standards.RECORD_SCHEMA);
        }
        for (var address : addresses.stream().filter(Standards::isKnown).toList()) {
            var name = name(address);
            var text = standards.text(address);
            text.ifPresent(as -> parts.add(new Pack.Part("published/" + name, address, as)));
            if (text.isEmpty()) {
                missing.add(address);
                Contexts.excerpt(address).ifPresent(as -> parts.add(new Pack.Part("excerpts/" + name, null, as)));
            }
        }
        return parts;
    }

    private static String name(String address) {
        var name = address.replaceFirst("https://[^/]*/", "").replaceAll("[^A-Za-z0-9.]+", "-");
        return name.endsWith(".json") ? name : name + ".json";
    }
}

package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairn.db.Database;
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
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var missing = new ArrayList<String>();
        var parts = new ArrayList<Pack.Part>();
        parts.add(new Pack.Part("README.txt", null, PackReadme.of(credential, issuer, now)));
        parts.addAll(database.inTransaction(db -> issued(db, credential, issuer, now)));
        parts.addAll(published(credential.document(), missing));
        return new Pack(now, parts, missing);
    }

    private List<Pack.Part> issued(DSLContext db, Credential credential, IssuerProfile issuer, Instant now) {
        var here = credentials.addresses().credential(credential.id());
        var name = credential.issuedAs();
        var list = credential
                .document()
                .at("/credentialStatus/statusListCredential")
                .asText();
        var parts = new ArrayList<>(List.of(
                new Pack.Part(Pack.JWT, here + ".jwt", credential.jwt()),
                new Pack.Part(Pack.JSON, here + ".json", credentials.proved(db, credential, now)),
                new Pack.Part(
                        "status.json",
                        list,
                        documents.statusListNow(
                                db, issuer, name, list, credential.status().list(), now))));
        address(name)
                .ifPresent(address -> parts.add(new Pack.Part(
                        "issuer.json",
                        address,
                        documents.controller(db, issuer.id(), name).toString())));
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

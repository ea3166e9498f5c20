package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.cairn.db.Database;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.Pack;
import org.jooq.DSLContext;

/** Packs our credentials with everything that their verification asks for, as it is now. */
public final class Packs {

    private final Database database;
    private final Credentials credentials;
    private final Standards standards;
    private final Clock clock;

    public Packs(Database database, Credentials credentials, Standards standards, Clock clock) {
        this.database = database;
        this.credentials = credentials;
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
        var addresses = credentials.addresses();
        int list = credential.status().list();
        var here = addresses.credential(credential.id());
        return List.of(
                new Pack.Part(Pack.JWT, here + ".jwt", credential.jwt()),
                new Pack.Part(Pack.JSON, here + ".json", credentials.proved(db, credential, now)),
                new Pack.Part(
                        "issuer.json",
                        addresses.issuer(issuer.id()),
                        credentials.controllerDocument(db, issuer).toString()),
                new Pack.Part(
                        "status.json",
                        addresses.statusList(issuer.id(), list),
                        credentials.statusListNow(db, issuer.id(), list, now)));
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

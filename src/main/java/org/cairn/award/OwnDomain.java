package org.cairn.award;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.WebDid;

/** What an institution publishes of its issuer on its own domain, held against what the issuer is. */
final class OwnDomain {

    private final Database database;
    private final Addresses addresses;
    private final IssuerDocuments documents;
    private final Function<URI, byte[]> outside;

    /** {@code outside} is what an address answers with, or throws Problem. */
    OwnDomain(Database database, Addresses addresses, IssuerDocuments documents, Function<URI, byte[]> outside) {
        this.database = database;
        this.addresses = addresses;
        this.documents = documents;
        this.outside = outside;
    }

    /**
     * Looks whether the document of this name names every key of the issuer; one that this Cairn publishes itself does.
     *
     * @throws Problem UNPROCESSABLE where the name is no did:web, or its document does not name every key of this issuer as it is; UPSTREAM where it
     *     cannot be fetched
     */
    void require(IssuerProfile issuer, String did) {
        if (did.equals(addresses.did(issuer.id()))) {
            // That one is published here.
            return;
        }
        var ours = database.inTransaction(db -> documents.controller(db, issuer.id(), did));
        var published = published(did);
        if (!published.path("id").asText().equals(did)) {
            throw refused("The document of %s calls itself something else; publish the one that this page shows."
                    .formatted(did));
        }
        var named = texts(published.path("assertionMethod"));
        var methods = new HashSet<JsonNode>();
        published.path("verificationMethod").forEach(methods::add);
        for (var method : ours.path("verificationMethod")) {
            var isAsserted = texts(ours.path("assertionMethod"))
                    .contains(method.path("id").asText());
            if (!methods.contains(method)
                    || isAsserted != named.contains(method.path("id").asText())) {
                throw refused(
                        "The document of %s does not name every key of this issuer; publish the one that this page shows."
                                .formatted(did));
            }
        }
    }

    private JsonNode published(String did) {
        try {
            return CredentialJson.read(outside.apply(URI.create(WebDid.address(did))));
        } catch (IllegalArgumentException e) {
            throw refused(
                    did.matches("did:web:\\S+")
                            ? "What is published for %s is no JSON; publish the document that this page shows."
                                    .formatted(did)
                            : "A name on your own domain is written did:web:, and the domain, such as did:web:example.edu.");
        }
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new HashSet<String>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static Problem refused(String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, "issuer_name_refused", sentence);
    }
}

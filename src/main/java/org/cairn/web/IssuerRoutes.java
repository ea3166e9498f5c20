package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.cairn.IssuerId;
import org.cairn.Sha256;
import org.cairn.catalog.IssuerNameStore;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.WebDid;
import org.jspecify.annotations.Nullable;

/** What verifiers ask an issuer for, by every name that it ever had: the document of its keys, and what it revoked. */
final class IssuerRoutes {

    private final Database database;
    private final Addresses addresses;
    private final IssuerDocuments documents;
    private final Clock clock;

    IssuerRoutes(Database database, Addresses addresses, IssuerDocuments documents, Clock clock) {
        this.database = database;
        this.addresses = addresses;
        this.documents = documents;
        this.clock = clock;
    }

    /** By its address, or with {@code as} by a did:web that somebody publishes from here. */
    void controller(Context context) {
        var issuer = issuerId(context.pathParam("issuer"));
        answer(context, "application/json", controller(at(context), issuer, context.queryParam("as")));
    }

    /** By the did:web that it has without a domain of its own. */
    void did(Context context) {
        var issuer = issuerId(context.pathParam("issuer"));
        answer(context, "application/json", controller(issuer, at(context).did(issuer)));
    }

    /** As JSON, or as a VC-JWT where that is asked for. */
    void statusList(Context context) {
        var issuer = issuerId(context.pathParam("issuer"));
        int list = PublicPages.number(context.pathParam("list"));
        boolean asToken = String.valueOf(context.header("Accept")).contains("application/vc+jwt");
        context.header("Vary", "Accept");
        answer(
                context,
                asToken ? "application/vc+jwt" : "application/vc",
                statusList(at(context), issuer, list, context.queryParam("as"), asToken));
    }

    /** The same for who verifies here, without a way out and back in; empty where the address is of no issuer of ours. */
    Optional<byte[]> document(URI address) {
        return addresses.path(address.toString()).isPresent() ? own(address) : ofName(address);
    }

    private Optional<byte[]> own(URI address) {
        var parts = String.valueOf(address.getPath()).split("/");
        if (parts.length < 3 || !parts[1].equals("issuers")) {
            return Optional.empty();
        }
        var base = addresses.at(address.getAuthority());
        var issuer = issuerId(parts[2]);
        return switch (parts.length) {
            case 3 -> Optional.of(bytes(controller(base, issuer, as(address))));
            case 4 -> Optional.of(bytes(controller(issuer, base.did(issuer))));
            case 5 -> Optional.of(bytes(statusList(base, issuer, PublicPages.number(parts[4]), as(address), false)));
            default -> Optional.empty();
        };
    }

    /** A name on an institution's own domain, where it publishes what it has from here. */
    private Optional<byte[]> ofName(URI address) {
        return WebDid.at(address)
                .flatMap(did -> database.inTransaction(db -> IssuerNameStore.find(db, did))
                        .map(issuer -> bytes(controller(issuer, did))));
    }

    private String controller(Addresses base, IssuerId issuer, @Nullable String as) {
        if (as != null && !as.startsWith("did:web:")) {
            throw PublicPages.unknown();
        }
        return controller(issuer, as == null ? base.issuer(issuer) : as);
    }

    private String controller(IssuerId issuer, String name) {
        return database.inTransaction(db -> {
            var profile = IssuerStore.find(db, issuer).orElseThrow(PublicPages::unknown);
            return documents.controller(db, profile.id(), name).toString();
        });
    }

    private String statusList(Addresses base, IssuerId issuer, int list, @Nullable String as, boolean asToken) {
        return database.inTransaction(db -> {
            var profile = IssuerStore.find(db, issuer).orElseThrow(PublicPages::unknown);
            if (as != null && !IssuerNameStore.names(db, issuer).contains(as)) {
                // In a name that it never had it says nothing.
                throw PublicPages.unknown();
            }
            var name = as == null ? base.issuer(issuer) : as;
            return documents.statusList(
                    db, profile, name, base.statusList(issuer, name, list), list, asToken, clock.instant());
        });
    }

    /** Whoever asks again with what it has is told that this is the newest. */
    private static void answer(Context context, String type, String text) {
        var tag = "\"" + Sha256.hex(text).substring(0, 32) + "\"";
        context.header("Cache-Control", "public, max-age=" + IssuerDocuments.FRESH.toSeconds());
        context.header("ETag", tag);
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            context.contentType(type).result(bytes(text));
        }
    }

    private Addresses at(Context context) {
        return addresses.at(String.valueOf(context.host()));
    }

    private static @Nullable String as(URI address) {
        var query = address.getRawQuery();
        return query != null && query.startsWith("as=")
                ? URLDecoder.decode(query.substring("as=".length()), StandardCharsets.UTF_8)
                : null;
    }

    private static IssuerId issuerId(String text) {
        return PublicPages.parsed(() -> IssuerId.of(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

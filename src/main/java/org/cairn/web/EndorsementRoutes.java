package org.cairn.web;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.catalog.EndorsementStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Endorsing;

/** Endorsements as they were signed: those that an institution gave, and those that it was given. */
final class EndorsementRoutes {

    private final Database database;
    private final Endorsing endorsing;

    EndorsementRoutes(Database database, Endorsing endorsing) {
        this.database = database;
        this.endorsing = endorsing;
    }

    /** One that was given, at its id: as JSON with a proof, or as VC-JWT where the path ends in .jwt. */
    void given(Context context) {
        var name = context.pathParam("endorsement");
        boolean isToken = name.endsWith(".jwt");
        var id = id(name.replaceFirst("\\.(json|jwt)$", ""));
        var given = database.inTransaction(db -> endorsing.find(db, id)).orElseThrow(EndorsementRoutes::unknown);
        answer(context, isToken ? given.jwt() : given.proved());
    }

    /** One of an achievement, while it stands or not: whoever relies on it checks it. */
    void taken(Context context) {
        var tenant = PublicPages.tenant(context.pathParam("tenant"));
        var taken = database.inTransaction(db -> EndorsementStore.find(db, tenant, uuid(context)))
                .filter(one -> one.withdrawnAt() == null)
                .orElseThrow(EndorsementRoutes::unknown);
        answer(context, taken.signed());
    }

    private static void answer(Context context, String signed) {
        context.header("Cache-Control", "no-cache");
        context.header("Content-Security-Policy", "default-src 'none'; sandbox");
        context.contentType(signed.startsWith("{") ? "application/vc" : "application/vc+jwt");
        context.result(signed.getBytes(StandardCharsets.UTF_8));
    }

    private static CredentialId id(String text) {
        try {
            return new CredentialId(text);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static UUID uuid(Context context) {
        try {
            return UUID.fromString(context.pathParam("endorsement"));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "endorsement_unknown",
                "No endorsement has this address; check the link you were given.");
    }
}

package org.cairn.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.cairn.Problem;
import org.cairn.award.AwardStore;
import org.cairn.award.Records;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.openbadges.Baking;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.EuropeanForm;
import org.cairn.openbadges.certificate.Certificate;
import org.cairn.openbadges.certificate.CertificatePdf;
import org.cairn.openbadges.image.Badge;
import org.jooq.DSLContext;

/** A credential in each of its forms, for programs and as a file: signed text, baked into its picture, and as a certificate. */
final class CredentialFiles {

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Records records;
    private final BadgeRoutes badges;
    private final Clock clock;

    CredentialFiles(
            Database database,
            Catalogues catalogues,
            Credentials credentials,
            Records records,
            BadgeRoutes badges,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.records = records;
        this.badges = badges;
        this.clock = clock;
    }

    /** The form that the address ends with, or else that is asked for; people who follow the credential's id are shown its page. */
    void show(Context context) {
        var asked = context.pathParam("credential");
        int dot = asked.indexOf('.');
        var credential = credential(dot < 0 ? asked : asked.substring(0, dot));
        var accept = String.valueOf(context.header("Accept"));
        if (dot < 0 && accept.contains("text/html")) {
            context.redirect("/verify/" + credential.id(), HttpStatus.SEE_OTHER);
            return;
        }
        switch (dot < 0 ? form(accept) : asked.substring(dot)) {
            case ".jwt" -> answer(context, "application/vc+jwt", credential.jwt());
            case ".json" -> answer(context, "application/vc", proved(credential));
            case ".clr.json" -> answer(context, "application/vc", records.of(credential));
            case ".elm.json" ->
                answer(context, "application/ld+json", european(credential).toString());
            case ".svg" ->
                answer(
                        context,
                        "image/svg+xml",
                        Baking.svg(badge(credential).picture().svg(), proved(credential)));
            case ".png" ->
                context.contentType("image/png").result(Baking.png(badges.png(badge(credential)), proved(credential)));
            case ".pdf" -> context.contentType("application/pdf").result(CertificatePdf.of(certificate(credential)));
            default -> throw PublicPages.unknown();
        }
        if (dot >= 0) {
            context.header(
                    "Content-Disposition", "attachment; filename=\"credential%s\"".formatted(asked.substring(dot)));
        }
    }

    /** The achievement in the version that was awarded. */
    static Achievement awarded(DSLContext db, Catalogues catalogues, Credential credential) {
        return AwardStore.find(db, credential.tenant(), credential.award())
                .flatMap(award -> catalogues.version(db, award.tenant(), award.achievement(), award.version()))
                .orElseThrow(PublicPages::unknown);
    }

    /** Nobody who reads only this learns of a revocation. */
    private static ObjectNode european(Credential credential) {
        requireStanding(credential, "This credential was revoked, so it is not said again in another form.");
        return EuropeanForm.of((ObjectNode) credential.document(), credential.shownName());
    }

    private static void requireStanding(Credential credential, String sentence) {
        if (credential.revokedAt() != null) {
            throw new Problem(Problem.Kind.CONFLICT, "credential_revoked", sentence);
        }
    }

    private Certificate certificate(Credential credential) {
        requireStanding(credential, "This credential was revoked, so there is no certificate of it to print.");
        var document = credential.document();
        return database.inTransaction(db -> {
            var awarded = awarded(db, catalogues, credential);
            return new Certificate(
                    document,
                    credential.jwt(),
                    credential.shownName(),
                    awarded.badge(),
                    awarded.definition().outcomes(),
                    credentials.addresses().verification(credential.id()),
                    Instant.parse(document.path("validFrom").asText()),
                    catalogues.current(db, credential.tenant()).timeZone());
        });
    }

    private static String form(String accept) {
        return accept.contains("json") || accept.matches("(?s).*application/vc(?!\\+).*") ? ".json" : ".jwt";
    }

    private static void answer(Context context, String type, String text) {
        context.contentType(type).result(text.getBytes(StandardCharsets.UTF_8));
    }

    private Credential credential(String id) {
        return database.inTransaction(db -> credentials.find(db, PublicPages.credentialId(id)))
                .orElseThrow(PublicPages::unknown);
    }

    private String proved(Credential credential) {
        return database.inTransaction(db -> credentials.proved(db, credential, clock.instant()));
    }

    private Badge badge(Credential credential) {
        return database.inTransaction(db -> awarded(db, catalogues, credential)).badge();
    }
}

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
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Baking;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.EuropeanForm;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.certificate.Certificate;
import org.cairn.openbadges.certificate.CertificatePdf;
import org.cairn.openbadges.certificate.Fonts;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Picture;
import org.cairn.openbadges.verification.Packs;
import org.jooq.DSLContext;

/**
 * A credential in each of its forms, for programs and as a file: signed text, baked into its picture, as a certificate, and in a
 * pack with all that its verification needs.
 */
final class CredentialFiles {

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Records records;
    private final Packs packs;
    private final BadgeRoutes badges;
    private final Fonts fonts;
    private final Clock clock;

    CredentialFiles(
            Database database,
            Catalogues catalogues,
            Credentials credentials,
            Records records,
            Packs packs,
            BadgeRoutes badges,
            Fonts fonts,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.records = records;
        this.packs = packs;
        this.badges = badges;
        this.fonts = fonts;
        this.clock = clock;
    }

    /** The form that the address ends with, or else that is asked for; people who follow the credential's id are shown its page. */
    void show(Context context) {
        var asked = context.pathParam("credential");
        int dot = asked.indexOf('.');
        var credential = shown(database, credentials, dot < 0 ? asked : asked.substring(0, dot));
        var accept = String.valueOf(context.header("Accept"));
        if (dot < 0 && accept.contains("text/html")) {
            context.redirect("/verify/" + credential.id(), HttpStatus.SEE_OTHER);
            return;
        }
        var page = credentials.addresses().verification(credential.id());
        answer(context, credential, dot < 0 ? form(accept) : asked.substring(dot), page, false);
        if (dot >= 0) {
            name(context, asked.substring(dot));
        }
    }

    /**
     * The newest form, to whoever holds one: she may have switched its page off, but who can name its subject has been given it (1EdTech credential
     * refresh 1.0).
     */
    void newest(Context context) {
        var credential = database.inTransaction(
                        db -> credentials.find(db, PublicPages.credentialId(context.pathParam("credential"))))
                .filter(one -> credentials.newest(one).endsWith("/" + context.pathParam("subject")))
                .orElseThrow(PublicPages::unknown);
        boolean asToken = String.valueOf(context.header("Accept")).contains("application/vc+jwt");
        answer(
                context,
                credential,
                asToken ? ".jwt" : ".json",
                credentials.addresses().verification(credential.id()),
                false);
    }

    /** To the learner herself. */
    void own(Context context, Credential credential, String ending) {
        answer(context, credential, ending, credentials.addresses().verification(credential.id()), true);
        name(context, ending);
    }

    /** To whom she gave a link; {@code page} is its address, to which a certificate leads whoever reads it. */
    void shared(Context context, Credential credential, String ending, String page) {
        answer(context, credential, ending, page, false);
        name(context, ending);
    }

    /** To her wallet, as JSON that each of them reads. */
    void handed(Context context, Credential credential) {
        context.header("Cache-Control", "no-store");
        answer(context, "application/json", proved(credential));
    }

    private void answer(Context context, Credential credential, String form, String page, boolean isOwn) {
        context.header("Cache-Control", "no-store");
        switch (form) {
            case ".jwt" -> answer(context, "application/vc+jwt", credential.jwt());
            case ".json" -> answer(context, "application/vc", proved(credential));
            case ".clr.json" ->
                answer(context, "application/vc", record(credential, isOwn).text());
            case ".elm.json" ->
                answer(context, "application/ld+json", european(credential).toString());
            case ".svg" ->
                answer(context, "image/svg+xml", Baking.svg(picture(credential).svg(), proved(credential)));
            case ".png" ->
                context.contentType("image/png")
                        .result(Baking.png(badges.png(credential.tenant(), badge(credential)), proved(credential)));
            case ".pdf" ->
                context.contentType("application/pdf").result(CertificatePdf.of(certificate(credential, page), fonts));
            case ".pack.zip" ->
                context.contentType("application/zip")
                        .result(packs.of(credential, issuer(credential)).zip());
            case ".clr.pack.zip" -> {
                var record = record(credential, isOwn);
                context.contentType("application/zip")
                        .result(packs.of(record.text(), record.credentials(), issuer(credential))
                                .zip());
            }
            default -> throw PublicPages.unknown();
        }
    }

    private Records.Whole record(Credential credential, boolean isOwn) {
        return isOwn ? records.of(credential) : records.shown(credential);
    }

    private static void name(Context context, String ending) {
        context.header("Content-Disposition", "attachment; filename=\"credential%s\"".formatted(ending));
    }

    /** The credential that its learner shows at its address; whether there is one that she does not show is nobody's business. */
    static Credential shown(Database database, Credentials credentials, String id) {
        return database.inTransaction(db -> credentials.find(db, PublicPages.credentialId(id)))
                .filter(Credential::isShown)
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.NOT_FOUND,
                                "credential_not_shown",
                                "No credential is shown at this address at present. If somebody gave it to you, check that it is whole; its holder decides whether it is shown, so ask her or him."));
    }

    /** The achievement in the version that was awarded. */
    static Achievement awarded(DSLContext db, Catalogues catalogues, Credential credential) {
        return AwardStore.find(db, credential.tenant(), credential.award())
                .flatMap(award -> catalogues.version(db, award.tenant(), award.achievement(), award.version()))
                .orElseThrow(PublicPages::unknown);
    }

    /** Nobody who reads only this learns of a revocation. */
    private ObjectNode european(Credential credential) {
        requireStanding(credential, "This credential was revoked, so it is not said again in another form.");
        return EuropeanForm.of(credential.document(), badges.png(credential.tenant(), badge(credential)));
    }

    private static void requireStanding(Credential credential, String sentence) {
        if (credential.revokedAt() != null) {
            throw new Problem(Problem.Kind.CONFLICT, "credential_revoked", sentence);
        }
    }

    private Certificate certificate(Credential credential, String page) {
        requireStanding(credential, "This credential was revoked, so there is no certificate of it to print.");
        var document = credential.document();
        return database.inTransaction(db -> {
            var awarded = awarded(db, catalogues, credential);
            return new Certificate(
                    document,
                    credential.jwt(),
                    credential.told().name(),
                    awarded.badge(),
                    catalogues.picture(db, credential.tenant(), awarded.badge()),
                    awarded.definition().outcomes(),
                    page,
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

    private IssuerProfile issuer(Credential credential) {
        return database.inTransaction(db -> IssuerStore.find(db, credential.issuer()))
                .orElseThrow(PublicPages::unknown);
    }

    private String proved(Credential credential) {
        return database.inTransaction(db -> credentials.proved(db, credential, clock.instant()));
    }

    private Picture picture(Credential credential) {
        return database.inTransaction(db -> catalogues.picture(
                db, credential.tenant(), awarded(db, catalogues, credential).badge()));
    }

    private Badge badge(Credential credential) {
        return database.inTransaction(db -> awarded(db, catalogues, credential)).badge();
    }
}

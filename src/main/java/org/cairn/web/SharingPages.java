package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.award.Handover;
import org.cairn.award.Sharing;
import org.cairn.db.Database;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.certificate.QrCode;
import org.cairn.openbadges.wallet.WalletOffers;
import org.jspecify.annotations.Nullable;

/** What a learner does with the signed forms of her award: she makes them, shows them, gives links to them, and takes her files. */
public final class SharingPages {

    /** A link that was just made; {@code back} is the page of the award. */
    public record LinkView(Frame frame, String back, String link, String note, int days) {}

    /** An offer to a wallet: {@code link} is what {@code code} says too, and {@code pin} what the wallet asks for. */
    public record OfferView(Frame frame, String back, String link, QrCode.Drawing code, String pin, long minutes) {}

    /** What the Learner Credential Wallet is to open: {@code link} is what {@code code} says too. */
    public record RequestView(Frame frame, String back, String link, QrCode.Drawing code) {}

    private final Database database;
    private final Sharing sharing;
    private final Handover handover;
    private final WalletMetadata wallets;
    private final CredentialFiles files;
    private final URI publicUrl;
    private final Clock clock;

    SharingPages(
            Database database,
            Sharing sharing,
            Handover handover,
            WalletMetadata wallets,
            CredentialFiles files,
            URI publicUrl,
            Clock clock) {
        this.database = database;
        this.sharing = sharing;
        this.handover = handover;
        this.wallets = wallets;
        this.files = files;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Makes the form that tells what she chose. */
    void form(Context context) {
        var visit = visit(context);
        var wish = new Disclosure(
                isChosen(context, "grades"),
                isChosen(context, "evidence"),
                isChosen(context, "name") ? requireName(visit) : null);
        sharing.form(visit.tenant(), visit.account().learner(), award(context), wish);
        back(context, visit);
    }

    /** Switches the public page of a form on or off. */
    void show(Context context) {
        var visit = visit(context);
        sharing.show(
                visit.tenant(),
                visit.account().learner(),
                award(context),
                credential(context.pathParam("credential")),
                isChosen(context, "shown"));
        back(context, visit);
    }

    /** Makes a link to a form, and shows it: it is never to be had again. */
    void link(Context context) {
        var visit = visit(context);
        int days = FormFields.named(context, "days", Integer::parseInt);
        var note = FormFields.text(context, "note").strip();
        var secret = sharing.link(
                visit.tenant(),
                visit.account().learner(),
                award(context),
                credential(context.pathParam("credential")),
                note,
                Duration.ofDays(days));
        var view = new LinkView(
                visit.frame("Your link"), path(context, visit), publicUrl + SharedPages.PATH + secret, note, days);
        Pages.framed(context, "link", view, visit.frameOrigins());
    }

    /** Ends a link. */
    void end(Context context) {
        var visit = visit(context);
        sharing.end(visit.tenant(), visit.account().learner(), award(context), context.pathParam("link"));
        back(context, visit);
    }

    /** Offers a form to a wallet, and shows how the wallet takes it: that is never to be had again. */
    void offer(Context context) {
        var visit = visit(context);
        var secrets = handover.offer(
                visit.tenant(), visit.account().learner(), award(context), credential(context.pathParam("credential")));
        var link = wallets.offer(secrets);
        var view = new OfferView(
                visit.frame("Into your wallet"),
                path(context, visit),
                link,
                QrCode.drawing(link),
                secrets.pin(),
                WalletOffers.OPEN.toMinutes());
        Pages.framed(context, "offer", view, visit.frameOrigins());
    }

    /** Lets the Learner Credential Wallet fetch a form, through a link of an hour. */
    void request(Context context) {
        var visit = visit(context);
        var secret = sharing.link(
                visit.tenant(),
                visit.account().learner(),
                award(context),
                credential(context.pathParam("credential")),
                "Learner Credential Wallet",
                Duration.ofHours(1));
        var link = WalletMetadata.request(publicUrl.toString(), publicUrl + SharedPages.PATH + secret);
        var view = new RequestView(
                visit.frame("Into the Learner Credential Wallet"), path(context, visit), link, QrCode.drawing(link));
        Pages.framed(context, "request", view, visit.frameOrigins());
    }

    /** Issues every form that calls her otherwise anew, with the name that her LMS tells now. */
    void rename(Context context) {
        var visit = visit(context);
        sharing.rename(visit.tenant(), visit.account().learner(), requireName(visit));
        back(context, visit);
    }

    /** One of her files: hers whatever she shows to others. */
    void file(Context context) {
        var visit = Visit.of(context, database, clock, publicUrl);
        var asked = context.pathParam("credential");
        int dot = asked.indexOf('.');
        if (dot < 0) {
            throw unknown();
        }
        var credential = database.inTransaction(db -> sharing.form(
                db, visit.tenant(), visit.account().learner(), award(context), credential(asked.substring(0, dot))));
        files.own(context, credential, asked.substring(dot));
    }

    /** What her LMS calls her, as it can be signed; null where it does not tell. */
    static @Nullable String name(Visit visit) {
        var name = visit.account().name();
        var plain = name == null ? "" : name.replaceAll("\\p{Cc}+", " ").strip();
        return plain.isEmpty() ? null : plain;
    }

    private static String requireName(Visit visit) {
        var name = name(visit);
        if (name == null) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "name_unknown",
                    "Your LMS does not tell Cairn your name, so it cannot be shown.");
        }
        return name;
    }

    private Visit visit(Context context) {
        return Visit.ofForm(context, database, clock, publicUrl);
    }

    private static boolean isChosen(Context context, String field) {
        return "yes".equals(context.formParam(field));
    }

    private static void back(Context context, Visit visit) {
        visit.go(context, path(context, visit));
    }

    private static String path(Context context, Visit visit) {
        return visit.path() + "/awards/" + award(context);
    }

    private static AwardId award(Context context) {
        try {
            return AwardId.of(context.pathParam("award"));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static CredentialId credential(String id) {
        try {
            return new CredentialId(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(Problem.Kind.NOT_FOUND, "award_unknown", "There is no such award here.");
    }
}

package org.cairn.web;

import gg.jte.Content;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.cairn.AchievementId;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Change;
import org.cairn.catalog.EndorsementStore;
import org.cairn.catalog.IssuerSettings;
import org.cairn.db.Database;
import org.cairn.rule.Sentence;
import org.jspecify.annotations.Nullable;

/** What strangers see, without an account: what this is, what can be earned, and the documents that verifiers ask for. */
public final class PublicPages {

    public record AchievementView(
            Frame frame,
            String name,
            String description,
            Emblem emblem,
            int version,
            @Nullable Change change,
            String issuer,
            List<String> outcomes,
            @Nullable String credits,
            @Nullable Integer workload,
            @Nullable Integer level,
            Content criteria,
            List<Endorser> endorsers) {}

    public record Home(Frame frame, String issuer) {}

    /** {@code contact} is an e-mail address, or null. */
    public record Privacy(
            Frame frame, String issuer, @Nullable String contact) {}

    private final Database database;
    private final Catalogues catalogues;
    private final IssuerSettings issuer;
    private final Clock clock;

    PublicPages(Database database, Catalogues catalogues, IssuerSettings issuer, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** What somebody sees who typed Cairn's address. */
    void home(Context context) {
        Pages.open(context, "home", new Home(new Frame("Micro-credentials", List.of()), issuer.name()));
    }

    /** What is kept of people; also what an LMS's data privacy launch opens, so it may be shown in a frame. */
    void privacy(Context context) {
        var frame = new Frame("What Cairn keeps of people", List.of());
        Pages.anywhere(context, "privacy", new Privacy(frame, issuer.name(), issuer.email()));
    }

    /** What the terms in credentials mean that no published vocabulary has. */
    void vocabulary(Context context) {
        var frame = new Frame("The terms of Cairn’s credentials", List.of());
        Pages.open(context, "vocabulary", new Home(frame, issuer.name()));
    }

    void achievement(Context context) {
        var tenant = tenant(context.pathParam("tenant"));
        var language = Language.of(context);
        var view = database.inTransaction(db -> {
            var found = catalogues
                    .version(
                            db,
                            tenant,
                            achievementId(context.pathParam("achievement")),
                            number(context.pathParam("version")))
                    .orElseThrow(PublicPages::unknown);
            var catalogue = catalogues.current(db, tenant);
            var definition = found.definition();
            var endorsers = EndorsementStore.standing(db, tenant, found.id(), found.version(), clock.instant()).stream()
                    .map(one -> Endorser.of(tenant, one))
                    .toList();
            return new AchievementView(
                    new Frame(found.name(), List.of()),
                    found.name(),
                    definition.description(),
                    Emblem.of(tenant, found),
                    found.version(),
                    found.change(),
                    catalogue.issuer().name(),
                    definition.outcomes(),
                    definition.credits() == null ? null : definition.credits().toPlainString(),
                    definition.workloadHours(),
                    definition.level(),
                    language.prose(new Sentence(catalogue.names(found, null), catalogue.timeZone(), language.locale())
                            .criteria(definition.rule())),
                    endorsers);
        });
        Pages.open(context, "achievement", view);
    }

    static CredentialId credentialId(String text) {
        return parsed(() -> new CredentialId(text));
    }

    static TenantId tenant(String text) {
        return parsed(() -> TenantId.of(text));
    }

    static AchievementId achievementId(String text) {
        return parsed(() -> new AchievementId(text.toLowerCase(Locale.ROOT)));
    }

    static int number(String text) {
        return parsed(() -> {
            int number = Integer.parseInt(text);
            if (number < 0 || number > 100_000) {
                throw new IllegalArgumentException("Out of range.");
            }
            return number;
        });
    }

    static <T> T parsed(java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    static Problem unknown() {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "credential_unknown",
                "No credential of this address was ever issued here; check the link you were given.");
    }
}

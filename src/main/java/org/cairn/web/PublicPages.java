package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gg.jte.Content;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cairn.AchievementId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.award.Award;
import org.cairn.award.AwardStore;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Change;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.verification.Held;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.Verification;
import org.cairn.openbadges.verification.Verifier;
import org.cairn.rule.Sentence;
import org.jspecify.annotations.Nullable;

/** What strangers see, without an account: a credential checked, and the documents that other verifiers ask for. */
public final class PublicPages {

    /**
     * Everything about the credential is read from the signed text. Only the name the learner shows comes from us, and {@code isHeld}: that the
     * award is held for review, which no status list can say beside a revocation.
     */
    public record View(
            Frame frame,
            Verification.Verdict verdict,
            String verdictStyle,
            String name,
            String description,
            Emblem emblem,
            String issuer,
            @Nullable String issuerUrl,
            String awardedOn,
            Content criteria,
            @Nullable String shownName,
            boolean isHeld,
            List<Grade> grades,
            @Nullable String credits,
            @Nullable String level,
            List<Verification.Check> checks,
            String download) {}

    public record Grade(String name, String value, String maximum) {}

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
            Content criteria) {}

    public record Home(Frame frame, String issuer) {}

    /** {@code contact} is an e-mail address, or null. */
    public record Privacy(
            Frame frame, String issuer, @Nullable String contact) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Verifier verifier;
    private final IssuerSettings issuer;
    private final Clock clock;

    PublicPages(
            Database database,
            Catalogues catalogues,
            Credentials credentials,
            IssuerSettings issuer,
            URI publicUrl,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.issuer = issuer;
        this.clock = clock;
        // The same checks as a stranger's, on documents that happen to be our own.
        this.verifier = new Verifier(
                address -> document(publicUrl, address),
                new Standards(address -> document(publicUrl, address), null, clock),
                id -> held(publicUrl, id));
    }

    void verify(Context context) {
        var credential = credential(context.pathParam("credential"));
        var verification = verifier.verify(credential.jwt(), clock.instant());
        context.header("Cache-Control", "no-store");
        boolean isHeld = verification.verdict() == Verification.Verdict.SUSPENDED;
        var emblem = Emblem.of(
                credential.tenant(), database.inTransaction(db -> CredentialFiles.awarded(db, catalogues, credential)));
        Pages.open(context, "verify", view(credential, verification, emblem, isHeld));
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

    void issuer(Context context) {
        var json = database.inTransaction(db -> credentials.controllerDocument(
                db, IssuerStore.find(db, issuerId(context.pathParam("issuer"))).orElseThrow(PublicPages::unknown)));
        context.contentType("application/json").result(json.toString());
    }

    void statusList(Context context) {
        var issuer = issuerId(context.pathParam("issuer"));
        context.header("Cache-Control", "no-cache");
        context.contentType("application/vc").result(statusList(issuer, number(context.pathParam("list"))));
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
                            .criteria(definition.rule())));
        });
        Pages.open(context, "achievement", view);
    }

    private View view(Credential credential, Verification verification, Emblem emblem, boolean isHeld) {
        var json = verification.credential() == null ? JSON.createObjectNode() : verification.credential();
        var subject = json.path("credentialSubject");
        var achievement = subject.path("achievement");
        var issuerUrl = json.path("issuer").path("url").asText("");
        return new View(
                new Frame(achievement.path("name").asText("Credential"), List.of()),
                verification.verdict(),
                verification.isValid() ? "valid" : "invalid",
                achievement.path("name").asText(),
                achievement.path("description").asText(),
                emblem,
                json.path("issuer").path("name").asText(),
                issuerUrl.startsWith("http") ? issuerUrl : null,
                json.path("awardedDate").asText().replaceFirst("T.*", ""),
                Markdown.of(achievement.path("criteria").path("narrative").asText()),
                credential.shownName(),
                isHeld,
                grades(subject, achievement),
                achievement.has("creditsAvailable")
                        ? achievement.get("creditsAvailable").asText()
                        : null,
                achievement.path("alignment").path(0).path("targetName").asText(null),
                verification.checks(),
                "/credentials/" + credential.id());
    }

    private static List<Grade> grades(JsonNode subject, JsonNode achievement) {
        var grades = new java.util.ArrayList<Grade>();
        for (var result : subject.path("result")) {
            for (var description : achievement.path("resultDescription")) {
                if (description
                        .path("id")
                        .asText()
                        .equals(result.path("resultDescription").asText("-"))) {
                    grades.add(new Grade(
                            description.path("name").asText(),
                            result.path("value").asText(),
                            description.path("valueMax").asText()));
                }
            }
        }
        return grades;
    }

    private Optional<Held> held(URI publicUrl, String id) {
        var place = publicUrl + "/credentials/";
        return !id.startsWith(place)
                ? Optional.empty()
                : database.inTransaction(db -> credentials
                        .find(db, credentialId(id.substring(place.length())))
                        .map(credential -> new Held(
                                credential.validFrom(),
                                AwardStore.find(db, credential.tenant(), credential.award())
                                        .filter(Award::isSuspended)
                                        .isPresent())));
    }

    private Credential credential(String id) {
        return database.inTransaction(db -> credentials.find(db, credentialId(id)))
                .orElseThrow(PublicPages::unknown);
    }

    /** The documents that the verifier asks for, without a way out and back in over the network. */
    private byte[] document(URI publicUrl, URI address) {
        var path = String.valueOf(address.getPath()).split("/");
        if (!address.toString().startsWith(publicUrl + "/issuers/") || (path.length != 3 && path.length != 5)) {
            throw unknown();
        }
        var issuer = issuerId(path[2]);
        var text = path.length == 5
                ? statusList(issuer, number(path[4]))
                : database.inTransaction(db -> credentials
                        .controllerDocument(db, IssuerStore.find(db, issuer).orElseThrow(PublicPages::unknown))
                        .toString());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String statusList(IssuerId issuer, int list) {
        return database.inTransaction(db -> {
            var profile = IssuerStore.find(db, issuer).orElseThrow(PublicPages::unknown);
            return credentials.statusList(db, profile.id(), list, clock.instant());
        });
    }

    static CredentialId credentialId(String text) {
        return parsed(() -> new CredentialId(text));
    }

    private static IssuerId issuerId(String text) {
        return parsed(() -> IssuerId.of(text));
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

    private static <T> T parsed(java.util.function.Supplier<T> read) {
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

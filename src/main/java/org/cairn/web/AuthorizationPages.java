package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.award.Backpacks;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.openbadges.backpack.Addressee;
import org.cairn.openbadges.backpack.Apps;
import org.cairn.openbadges.backpack.AuthorizationRequest;
import org.cairn.openbadges.backpack.ConsentSession;
import org.cairn.openbadges.backpack.ConsentSessions;
import org.cairn.openbadges.backpack.Scope;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an app sends a learner's browser, and she says whether it is let in. She is known there for minutes, by a cookie of this window that her own page
 * has it set: nobody can frame these pages, and none of them asks for anything that somebody could make her tell.
 */
public final class AuthorizationPages {

    static final String SESSION = "/oauth/session";

    /** {@code minutes} is for how long she is still known; null where nobody is. */
    public record EnteredView(Frame frame, @Nullable Long minutes, String service) {}

    /** Somebody whom an app sent here and whom we do not know; {@code back} leads to the app, which is told that she refused. */
    public record UnknownView(Frame frame, String app, String host, String again, String back) {}

    /** An app that asked wrongly. */
    public record WrongView(Frame frame, String app, String host, String sentence, String back) {}

    /** {@code learner} is empty where her LMS does not tell her name; {@code isLong} says whether the app stays in. */
    public record View(
            Frame frame,
            String app,
            String host,
            String learner,
            boolean reads,
            boolean brings,
            boolean profile,
            boolean isLong,
            List<Choice> choices,
            Map<String, String> fields,
            String token) {

        @Override
        public String toString() {
            return "View[…]";
        }
    }

    /** A signed form of hers, by what was earned and what it tells. */
    public record Choice(String id, String name, String tells) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Backpacks backpacks;
    private final String issuer;
    private final URI publicUrl;
    private final String cookie;
    private final Clock clock;

    AuthorizationPages(
            Database database, Catalogues catalogues, Backpacks backpacks, String issuer, URI publicUrl, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.backpacks = backpacks;
        this.issuer = issuer;
        this.publicUrl = publicUrl;
        // No other host of the institution's domain can set one of this name (RFC 6265bis §4.1.3.2); browsers want
        // https for it.
        this.cookie = Browsers.hostOnly("cairn-app", publicUrl);
        this.clock = clock;
    }

    /** Takes what her page sends, once, and knows her in this window from then on. */
    void enter(Context context) {
        if (!Browsers.isFromUs(context, publicUrl)) {
            throw refusedForm();
        }
        var browser = Browser.fresh();
        boolean isIn = database.inTransaction(
                db -> ConsentSessions.enter(db, FormFields.text(context, "secret"), browser.hash(), clock.instant()));
        if (!isIn) {
            throw new Problem(
                    Problem.Kind.GONE,
                    "consent_secret_used",
                    "This window was opened before, or too long ago; press “Connect an app” in your course again.");
        }
        setCookie(context, browser.secret(), ConsentSessions.LIFE.toSeconds());
        context.redirect(SESSION, HttpStatus.SEE_OTHER);
    }

    void entered(Context context) {
        var minutes = session(context)
                .map(session -> Math.max(
                        1, Duration.between(clock.instant(), session.endsAt()).toMinutes()))
                .orElse(null);
        Pages.own(
                context,
                "app-entered",
                new EnteredView(new Frame("Connect an app", List.of()), minutes, publicUrl.toString()));
    }

    /** What an app asks for, to whoever is known in this window. */
    void show(Context context) {
        var parameters = context.queryParamMap();
        var addressee = addressee(parameters);
        AuthorizationRequest request;
        try {
            request = AuthorizationRequest.read(parameters, addressee);
        } catch (Problem problem) {
            wrong(context, addressee, problem);
            return;
        }
        var session = session(context);
        if (session.isEmpty()) {
            var again = AppDiscovery.AUTHORIZATION + "?" + context.queryString();
            Pages.own(
                    context,
                    "app-unknown",
                    new UnknownView(
                            new Frame("Who are you?", List.of()),
                            addressee.app().name(),
                            addressee.host(),
                            again,
                            denied(addressee)));
            return;
        }
        var view = database.inTransaction(db -> view(db, context, session.get(), request));
        Pages.leading(
                context,
                "authorization",
                view,
                String.valueOf(URI.create(addressee.redirectUri()).getScheme()));
    }

    /** Her answer, which goes to the app. */
    void decide(Context context) {
        var parameters = context.formParamMap();
        var addressee = addressee(parameters);
        var request = AuthorizationRequest.read(parameters, addressee);
        var session = session(context)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.UNAUTHENTICATED,
                        "consent_over",
                        "You are no longer known in this window; begin in your course again."));
        if (!Browsers.isFromUs(context, publicUrl)
                || !Visit.isEqual(FormFields.text(context, "token"), token(context, fields(parameters)))) {
            throw refusedForm();
        }
        String answer;
        if (FormFields.text(context, "decision").equals("allow")) {
            var which = FormFields.text(context, "which");
            var code = backpacks.letIn(
                    session, request, which.equals("all"), which.equals("chosen") ? chosen(context) : Set.of());
            answer = addressee.accepted(code, request.scopes(), issuer);
        } else {
            database.inTransaction(db -> ConsentSessions.end(db, session));
            answer = denied(addressee);
        }
        setCookie(context, "", 0);
        context.header("Cache-Control", "no-store");
        context.redirect(answer, HttpStatus.SEE_OTHER);
    }

    private Addressee addressee(Map<String, List<String>> parameters) {
        return database.inTransaction(db -> Addressee.read(parameters, id -> Apps.find(db, id)));
    }

    // Never by itself: whoever registers an app could have us send people anywhere (RFC 9700 §4.11.2).
    private void wrong(Context context, Addressee addressee, Problem problem) {
        Problems.log(context, problem);
        context.status(problem.kind().status());
        Pages.own(
                context,
                "app-wrong",
                new WrongView(
                        new Frame("The app asked wrongly", List.of()),
                        addressee.app().name(),
                        addressee.host(),
                        problem.sentence(),
                        addressee.refused(problem.code(), problem.sentence(), issuer)));
    }

    private View view(DSLContext db, Context context, ConsentSession session, AuthorizationRequest request) {
        var app = request.addressee().app();
        var fields = fields(context.queryParamMap());
        var scopes = request.scopes();
        return new View(
                new Frame("Let an app in", List.of()),
                app.name(),
                request.addressee().host(),
                AccountStore.ofLearners(db, session.tenant(), List.of(session.learner())).stream()
                        .map(Account::name)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""),
                scopes.contains(Scope.READ),
                scopes.contains(Scope.BRING),
                scopes.contains(Scope.PROFILE),
                scopes.contains(Scope.OFFLINE),
                scopes.contains(Scope.READ) ? choices(db, session) : List.of(),
                fields,
                token(context, fields));
    }

    private List<Choice> choices(DSLContext db, ConsentSession session) {
        var catalogue = catalogues.current(db, session.tenant());
        var choices = new ArrayList<Choice>();
        backpacks
                .forms(db, session.tenant(), session.learner())
                .forEach((award, forms) -> forms.forEach(form -> {
                    var name =
                            catalogue.get(award.achievement(), award.version()).name();
                    choices.add(new Choice(form.id().value(), name, SharedForm.tells(form)));
                }));
        return choices;
    }

    private static Set<CredentialId> chosen(Context context) {
        try {
            return context.formParams("credential").stream()
                    .map(CredentialId::new)
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "choice_unknown",
                    "The form names no credential; go back and send it again.");
        }
    }

    private Optional<ConsentSession> session(Context context) {
        return Browsers.find(context, cookie)
                .flatMap(browser ->
                        database.inTransaction(db -> ConsentSessions.find(db, browser.hash(), clock.instant())));
    }

    /** What the app asked for, as the page sends it back. */
    private static Map<String, String> fields(Map<String, List<String>> parameters) {
        var fields = new TreeMap<String, String>();
        AuthorizationRequest.PARAMETERS.forEach(name -> {
            var values = parameters.getOrDefault(name, List.of());
            if (!values.isEmpty()) {
                fields.put(name, values.getFirst());
            }
        });
        return fields;
    }

    /** Only this window was shown this page about this very request. */
    private String token(Context context, Map<String, String> fields) {
        return Browsers.find(context, cookie)
                .map(browser -> browser.formToken("consent " + Sha256.hex(fields.toString())))
                .orElse("");
    }

    private String denied(Addressee addressee) {
        return addressee.refused("access_denied", "The learner did not let the app in.", issuer);
    }

    private void setCookie(Context context, String value, long seconds) {
        context.res()
                .addHeader(
                        "Set-Cookie",
                        "%s=%s; Path=/; Max-Age=%s; HttpOnly; Secure; SameSite=Lax"
                                .formatted(cookie, value, String.valueOf(seconds)));
    }

    private static Problem refusedForm() {
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "form_refused",
                "This form was not sent from its own page; go back, reload the page and send it again.");
    }
}

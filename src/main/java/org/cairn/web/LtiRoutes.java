package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.award.CollectionStore;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.PublicSigningKey;
import org.cairn.lti.Arrival;
import org.cairn.lti.Launch;
import org.cairn.lti.Launches;
import org.cairn.lti.Login;
import org.cairn.lti.Message;
import org.cairn.people.Browser;
import org.jspecify.annotations.Nullable;

/** What an LMS's browser speaks to: login, launch, keys. */
public final class LtiRoutes {

    /** A page that asks the LMS's own page to keep something, or to give it back, and that offers a window of its own where it will not. */
    public record Binding(
            Frame frame,
            boolean isKept,
            Login.Stored stored,
            String next,
            Map<String, String> form,
            @Nullable String window) {}

    /** A page that opens another one by a form, since the frame keeps no cookie that a redirect could rest on. */
    public record Hop(Frame frame, String path) {}

    /** A page that says that the frame keeps no cookie, and offers a window of its own. */
    public record Window(Frame frame, String path) {}

    // Headers have an end: a login that would not fit into an address is begun without a second look.
    private static final int LONGEST_QUERY = 5000;
    private static final String LOOKED = "looked";
    private static final String WINDOW = "window";

    private final Database database;
    private final Login login;
    private final Launches launches;
    private final ChoicePages choices;
    private final Keys keys;
    private final Checks checks;
    private final URI publicUrl;

    LtiRoutes(
            Database database,
            Login login,
            Launches launches,
            ChoicePages choices,
            Keys keys,
            Checks checks,
            URI publicUrl) {
        this.database = database;
        this.login = login;
        this.launches = launches;
        this.choices = choices;
        this.keys = keys;
        this.checks = checks;
        this.publicUrl = publicUrl;
    }

    /**
     * First the cookie: a browser that has one goes on at once, a new one is looked at a second time. Then what the LMS's page keeps, if it
     * offers to. Then a window of its own, where a cookie is our own and not a third party's.
     */
    void login(Context context) {
        var parameters = single(context.queryParamMap());
        parameters.putAll(single(context.formParamMap()));
        var registration = registration(context);
        boolean inWindow = parameters.remove(WINDOW) != null;
        boolean isLooked = parameters.remove(LOOKED) != null;
        var again = context.path() + "?" + query(parameters) + (inWindow ? "&window=1" : "");
        var browser = Browsers.find(context, publicUrl);
        var begun = login.begin(parameters, registration, Browsers.findOrCreate(context, publicUrl), inWindow);
        if (browser.isPresent() || (!isLooked && again.length() > LONGEST_QUERY)) {
            context.redirect(begun.authorization().toString(), HttpStatus.FOUND);
        } else if (!isLooked) {
            context.header("Cache-Control", "no-store").redirect(again + "&looked=1", HttpStatus.FOUND);
        } else {
            withoutCookie(context, parameters, registration, inWindow, again);
        }
    }

    void launch(Context context) {
        var form = single(context.formParamMap());
        var browser = Browsers.find(context, publicUrl).orElseGet(Browser::fresh);
        // A proof is only worth something from our own page, which had it from the LMS's page in this browser.
        if (!publicUrl.toString().equals(context.header("Origin"))) {
            form.remove("proof");
        }
        // Where the LMS's page vouches for it, the browser is known from here on by what its pages send along.
        var known = form.containsKey("proof") ? Browser.fresh() : browser;
        switch (launches.accept(form, browser, known)) {
            case Arrival.Unproved unproved -> {
                var frame = new Frame("One moment", List.of());
                Pages.anywhere(context, "binding", new Binding(frame, true, unproved.stored(), "", form, null));
            }
            case Arrival.AtPrivacy privacy -> context.redirect("/privacy", HttpStatus.SEE_OTHER);
            case Arrival.AtPlacement arrival -> arrive(context, arrival, known);
        }
    }

    void keys(Context context) {
        context.header("Cache-Control", "public, max-age=300");
        context.json(Map.of(
                "keys", keys.ltiKeys().stream().map(PublicSigningKey::jwk).toList()));
    }

    private void withoutCookie(
            Context context,
            Map<String, String> parameters,
            @Nullable PlatformId registration,
            boolean inWindow,
            String again) {
        if (inWindow) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED,
                    "cookies_refused",
                    "Your browser keeps no cookies for Cairn, not even in a window of its own; allow them for this address, and open Cairn"
                            + " again from your course.");
        }
        var window = again + "&window=1";
        var frame = new Frame("Open Cairn", List.of());
        if (Login.storageTarget(parameters) == null) {
            Pages.anywhere(context, "window", new Window(frame, window));
            return;
        }
        var begun = login.beginStored(parameters, registration);
        var stored = begun.stored();
        if (stored == null) {
            throw new IllegalStateException("A login that is to be kept has nothing to keep.");
        }
        Pages.anywhere(
                context,
                "binding",
                new Binding(frame, false, stored, begun.authorization().toString(), Map.of(), window));
    }

    private void arrive(Context context, Arrival.AtPlacement arrival, Browser browser) {
        var course = arrival.course();
        var role = arrival.launch().role();
        boolean isFirst = role.seesCourse()
                && database.inTransaction(db -> CollectionStore.find(db, course.tenant(), course.id()))
                        .isEmpty();
        // Only a teacher's first visit waits for the roster: her page is empty without it.
        if (isFirst) {
            checks.now(course.tenant(), course.id());
        } else {
            checks.soon(course.tenant(), course.id());
        }
        boolean isSent = arrival.launch().bound() == Launch.Bound.STORAGE;
        var guest = new Guest(browser, arrival.session(), isSent);
        if (!isSent) {
            Browsers.keep(context, arrival.placement().id(), arrival.session());
        }
        var path = Visit.path(arrival.placement().id());
        switch (arrival.launch().message()) {
            case Message.DeepLinking settings -> choices.show(context, arrival, settings, guest);
            case Message.SubmissionReview review -> go(context, guest, path + "?learner=" + encoded(review.sub()));
            default -> go(context, guest, path);
        }
    }

    private static void go(Context context, Guest guest, String path) {
        if (guest.isSent()) {
            Pages.anywhere(context, "hop", new Hop(new Frame("One moment", List.of(), guest.pass()), path));
        } else {
            context.redirect(path, HttpStatus.SEE_OTHER);
        }
    }

    private static @Nullable PlatformId registration(Context context) {
        var named = context.pathParamMap().get("registration");
        try {
            return named == null ? null : PlatformId.of(named);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "registration_unknown",
                    "This login address belongs to no connection; copy it again from the page of the platform.");
        }
    }

    private static String query(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Of each parameter the first value; one whose encoding cannot be read has none, and is left out. */
    public static Map<String, String> single(Map<String, List<String>> parameters) {
        var single = new HashMap<String, String>();
        parameters.forEach((name, values) -> values.stream().findFirst().ifPresent(value -> single.put(name, value)));
        return single;
    }
}

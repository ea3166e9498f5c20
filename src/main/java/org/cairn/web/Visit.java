package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import org.cairn.PlacementId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.PlatformStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.people.SessionStore;

/** Somebody signed in, at the placement that the path names. */
record Visit(
        Browser browser, PlacementId placement, Role role, Account account, Course course, List<String> frameOrigins) {

    TenantId tenant() {
        return course.tenant();
    }

    String formToken() {
        return browser.formToken(placement);
    }

    /** The beginning of every path of this visit. */
    String path() {
        return "/in/" + placement;
    }

    /** Reads who is signed in. Throws Problem UNAUTHENTICATED where nobody is. */
    static Visit of(Context context, Database database, Clock clock) {
        var browser = Browsers.find(context).orElseThrow(Visit::unknown);
        var placement = placement(context);
        return database.inTransaction(db -> {
            var session =
                    SessionStore.find(db, browser, placement, clock.instant()).orElseThrow(Visit::unknown);
            var tenant = session.tenant();
            var place = CourseStore.getPlacement(db, tenant, placement);
            var course = CourseStore.get(db, tenant, place.course());
            var deployment = PlatformStore.getDeployment(db, tenant, course.deployment());
            var platform = PlatformStore.get(db, deployment.platform());
            return new Visit(
                    browser,
                    placement,
                    session.role(),
                    AccountStore.get(db, tenant, session.account()),
                    course,
                    platform.frameOrigins());
        });
    }

    /** The same for a form that was sent: it has to come from a page that this browser was shown at this placement. */
    static Visit ofForm(Context context, Database database, Clock clock, URI publicUrl) {
        var visit = of(context, database, clock);
        var origin = context.header("Origin");
        var site = context.header("Sec-Fetch-Site");
        boolean isOurs = (origin == null || origin.equals(publicUrl.toString()))
                && (site == null || site.equals("same-origin"))
                && isEqual(String.valueOf(context.formParam("token")), visit.formToken());
        if (!isOurs) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "form_refused",
                    "This form was not sent from its own page; go back, reload the page and send it again.");
        }
        return visit;
    }

    private static PlacementId placement(Context context) {
        try {
            return PlacementId.of(context.pathParam("placement"));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem unknown() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "session_unknown",
                "You are not signed in here, or were for more than eight hours; open Cairn again from your course.");
    }
}

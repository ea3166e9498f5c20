package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.cairn.AchievementId;
import org.cairn.PlacementId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.PlacementStore;
import org.cairn.lti.PlatformStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Somebody signed in, at the placement that the path names. */
record Visit(
        Guest guest,
        PlacementId placement,
        @Nullable AchievementId about,
        Role role,
        Account account,
        Course course,
        PlatformId platform,
        List<String> frameOrigins) {

    TenantId tenant() {
        return course.tenant();
    }

    Browser browser() {
        return guest.browser();
    }

    /** Hers alone, at this placement in this browser, whichever of her sessions it is. */
    String formToken() {
        return browser().formToken(placement + " " + account.id());
    }

    /** The beginning of every path of this visit. */
    String path() {
        return path(placement);
    }

    /** The beginning of every path at a placement. */
    static String path(PlacementId placement) {
        return "/in/" + placement;
    }

    /** What a page of this visit needs to know of where it is shown. */
    Frame frame(String title) {
        return new Frame(title, frameOrigins, guest.isSent() ? guest.pass() : null);
    }

    /** Goes on to another page of this visit, after a form was sent. */
    void go(Context context, String path) {
        if (guest.isSent()) {
            Pages.framed(context, "hop", new LtiRoutes.Hop(frame("One moment"), path), frameOrigins);
        } else {
            context.redirect(path, HttpStatus.SEE_OTHER);
        }
    }

    /** Reads who is signed in. Throws Problem UNAUTHENTICATED where nobody is. */
    static Visit of(Context context, Database database, Clock clock, URI publicUrl) {
        var guest = Browsers.guest(context, publicUrl).orElseThrow(Visit::unknown);
        var placement = placement(context);
        return database.inTransaction(db -> read(db, guest, placement, clock).orElseThrow(Visit::unknown));
    }

    static Optional<Visit> read(DSLContext db, Guest guest, PlacementId placement, Clock clock) {
        return SessionStore.find(db, guest.session(), guest.browser(), placement, clock.instant())
                .flatMap(session -> read(db, guest, session));
    }

    private static Optional<Visit> read(DSLContext db, Guest guest, Session session) {
        var tenant = session.tenant();
        var place = PlacementStore.get(db, tenant, session.placement());
        var course = CourseStore.get(db, tenant, place.course());
        // Where the deployment was moved to another tenant, nobody is signed in at the first one's any more.
        return PlatformStore.findDeployment(db, List.of(tenant), course.deployment())
                .map(deployment -> PlatformStore.get(db, deployment.platform()))
                .flatMap(platform -> AccountStore.find(db, tenant, session.account())
                        .map(account -> new Visit(
                                guest,
                                session.placement(),
                                place.achievement(),
                                session.role(),
                                account,
                                course,
                                platform.id(),
                                platform.frameOrigins())));
    }

    /** The same for a form that was sent: it has to come from a page that this browser was shown at this placement. */
    static Visit ofForm(Context context, Database database, Clock clock, URI publicUrl) {
        var visit = of(context, database, clock, publicUrl);
        boolean isOurs = Browsers.isFromUs(context, publicUrl)
                && isEqual(String.valueOf(context.formParam("token")), visit.formToken());
        if (!isOurs) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "form_refused",
                    "This form was not sent from its own page; go back, reload the page and send it again.");
        }
        return visit;
    }

    /** Throws Problem FORBIDDEN with the sentence for everybody but learners of the course. */
    void requireLearner(String sentence) {
        if (role != Role.LEARNER) {
            throw new Problem(Problem.Kind.FORBIDDEN, "not_a_learner", sentence);
        }
    }

    private static PlacementId placement(Context context) {
        try {
            return PlacementId.of(context.pathParam("placement"));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem unknown() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "session_unknown",
                "You are not signed in here, or were for more than eight hours; open Cairn again from your course.");
    }
}

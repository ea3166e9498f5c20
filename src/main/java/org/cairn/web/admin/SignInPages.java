package org.cairn.web.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairn.OperatorId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.openid.OpenId;
import org.cairn.people.Browser;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.OperatorStore;
import org.cairn.web.Browsers;
import org.cairn.web.Frame;
import org.cairn.web.LtiRoutes;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In and out. */
public final class SignInPages {

    /**
     * {@code problem} is what was wrong with the try before; null before the first. {@code institution} is where one can sign in instead; null
     * where that is not set up.
     */
    public record View(
            Frame frame, @Nullable String problem, @Nullable String institution) {}

    /** A link that leads to the institution's sign-in. */
    public record OnwardView(AdminFrame frame, String institution, String address) {

        @Override
        public String toString() {
            return "OnwardView[" + institution + "]";
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SignInPages.class);

    // Lax and not Strict: who comes back from the institution's own sign-in comes from another site. Nothing is changed
    // by a GET.
    private static final String ATTRIBUTES = "; Path=/admin; HttpOnly; Secure; SameSite=Lax";

    private static final int MOST_WRONG = 10;

    // Which browser began to sign in at the institution.
    private static final String BEGINNER = "cairn-operator-begin";
    private static final String BEGINNER_ATTRIBUTES = "; Path=/admin/sign-in; HttpOnly; Secure; SameSite=Lax";

    private final Database database;
    private final @Nullable OpenId openId;
    private final URI publicUrl;
    private final Clock clock;

    // Tokens cannot be guessed; this keeps those who try from costing us a query each.
    private final Cache<String, AtomicInteger> wrong = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    SignInPages(Database database, @Nullable OpenId openId, URI publicUrl, Clock clock) {
        this.database = database;
        this.openId = openId;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void show(Context context) {
        render(context, null);
    }

    void enter(Context context) {
        refuseForeign(context);
        var tries = wrong.get(context.ip(), address -> new AtomicInteger());
        if (tries.get() >= MOST_WRONG) {
            throw new Problem(
                    Problem.Kind.BUSY, "sign_in_too_often", "Too many wrong tokens came from here; wait a minute.");
        }
        var token = String.valueOf(context.formParam("token")).strip();
        var browser = Browser.fresh();
        boolean isIn = database.inTransaction(db -> {
            var operator = OperatorStore.byToken(db, token);
            operator.ifPresent(one -> begin(db, context, one, browser));
            return operator.isPresent();
        });
        if (!isIn) {
            tries.incrementAndGet();
            LOG.info("401 operator_token_unknown");
            context.status(HttpStatus.UNAUTHORIZED);
            render(
                    context,
                    "No operator has this token: it may have been renewed or withdrawn. Another operator can give you a new one, and so can"
                            + " “cairn operator add” on the server.");
            return;
        }
        arrive(context, browser);
    }

    void beginAtInstitution(Context context) {
        context.redirect(begin(context, null).toString(), HttpStatus.FOUND);
    }

    /** Somebody who is signed in by a token wants to sign in at the institution from now on. */
    void beginLink(Context context, AdminVisit visit) {
        var address = begin(context, visit.operator().id()).toString();
        Pages.own(
                context,
                "admin/onward",
                new OnwardView(visit.frame(context, "Sign in there", "/admin/operators"), openId().host(), address));
    }

    void comeBack(Context context) {
        var beginner = Browsers.find(context, BEGINNER);
        context.res().addHeader("Set-Cookie", BEGINNER + "=" + BEGINNER_ATTRIBUTES + "; Max-Age=0");
        var query = LtiRoutes.single(context.queryParamMap());
        var person = openId().finish(query, beginner.orElseGet(Browser::fresh));
        var browser = Browser.fresh();
        boolean isLinked = database.inTransaction(db -> {
            if (!OperatorStore.use(db, person.nonce(), person.expiresAt().plus(OpenId.LIFE))) {
                throw unknown("replayed");
            }
            if (person.link() != null) {
                link(db, context, person);
                return true;
            }
            var operator = OperatorStore.bySubject(db, person.issuer(), person.subject())
                    .orElseThrow(() -> unknown("subject"));
            begin(db, context, operator, browser);
            return false;
        });
        if (isLinked) {
            AdminVisit.go(context, "/admin/operators", Done.LINKED);
        } else {
            arrive(context, browser);
        }
    }

    void leave(Context context, AdminVisit visit) {
        database.inTransaction(db -> {
            OperatorStore.signOut(db, visit.browser());
            return null;
        });
        context.res().addHeader("Set-Cookie", AdminVisit.COOKIE + "=" + ATTRIBUTES + "; Max-Age=0");
        context.redirect("/admin/sign-in", HttpStatus.SEE_OTHER);
    }

    private URI begin(Context context, @Nullable OperatorId link) {
        var browser = Browser.fresh();
        context.res()
                .addHeader(
                        "Set-Cookie",
                        BEGINNER + "=" + browser.secret() + BEGINNER_ATTRIBUTES + "; Max-Age="
                                + OpenId.LIFE.toSeconds());
        context.header("Cache-Control", "no-store");
        return openId().begin(browser, link);
    }

    // Both are shown: who she is here, by her session, and who she is there.
    private void link(DSLContext db, Context context, OpenId.SignedIn person) {
        var visit = AdminVisit.find(db, context, clock.instant())
                .filter(one -> one.operator().id().equals(person.link()))
                .orElseThrow(() -> unknown("link"));
        var other = OperatorStore.bySubject(db, person.issuer(), person.subject());
        if (other.isPresent() && !other.get().id().equals(visit.operator().id())) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "operator_linked",
                    "Another operator signs in as this person already; withdraw that one first.");
        }
        OperatorStore.link(db, visit.operator(), person.issuer(), person.subject());
        OperatorActionStore.add(
                db,
                visit.operator(),
                visit.operator().tenant(),
                "linked",
                visit.operator().name(),
                clock.instant());
    }

    private OpenId openId() {
        return Objects.requireNonNull(openId);
    }

    private static Problem unknown(String check) {
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "operator_not_known",
                "Nobody who runs Cairn is linked to you; sign in by your token once, and link yourself on the page of the operators.",
                check);
    }

    /** A new session under a new secret; the one that this browser may have had ends. */
    private void begin(DSLContext db, Context context, Operator operator, Browser browser) {
        AdminVisit.browser(context).ifPresent(before -> OperatorStore.signOut(db, before));
        OperatorStore.signIn(db, operator, browser, clock.instant());
    }

    private static void arrive(Context context, Browser browser) {
        context.res()
                .addHeader(
                        "Set-Cookie",
                        AdminVisit.COOKIE + "=" + browser.secret() + ATTRIBUTES + "; Max-Age="
                                + OperatorStore.SESSION.toSeconds());
        context.redirect("/admin", HttpStatus.SEE_OTHER);
    }

    // A stranger's form could sign somebody in as the stranger.
    private void refuseForeign(Context context) {
        if (!Browsers.isFromUs(context, publicUrl)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "form_refused",
                    "This form was not sent from its own page; open /admin and sign in there.");
        }
    }

    private void render(Context context, @Nullable String problem) {
        var institution = openId == null ? null : openId.host();
        Pages.own(context, "admin/sign-in", new View(new Frame("Sign in", List.of()), problem, institution));
    }
}

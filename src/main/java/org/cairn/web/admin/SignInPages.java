package org.cairn.web.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.people.Browser;
import org.cairn.people.Operator;
import org.cairn.people.OperatorStore;
import org.cairn.web.Browsers;
import org.cairn.web.Frame;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In and out. */
public final class SignInPages {

    /** {@code problem} is what was wrong with the try before; null before the first. */
    public record View(Frame frame, @Nullable String problem) {}

    private static final Logger LOG = LoggerFactory.getLogger(SignInPages.class);

    // Lax and not Strict: who comes back from the institution's own sign-in comes from another site. Nothing is changed
    // by a GET.
    private static final String ATTRIBUTES = "; Path=/admin; HttpOnly; Secure; SameSite=Lax";

    private static final int MOST_WRONG = 10;

    private final Database database;
    private final URI publicUrl;
    private final Clock clock;

    // Tokens cannot be guessed; this keeps those who try from costing us a query each.
    private final Cache<String, AtomicInteger> wrong = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    SignInPages(Database database, URI publicUrl, Clock clock) {
        this.database = database;
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

    void leave(Context context, AdminVisit visit) {
        database.inTransaction(db -> {
            OperatorStore.signOut(db, visit.browser());
            return null;
        });
        context.res().addHeader("Set-Cookie", AdminVisit.COOKIE + "=" + ATTRIBUTES + "; Max-Age=0");
        context.redirect("/admin/sign-in", HttpStatus.SEE_OTHER);
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

    private static void render(Context context, @Nullable String problem) {
        Pages.own(context, "admin/sign-in", new View(new Frame("Sign in", List.of()), problem));
    }
}

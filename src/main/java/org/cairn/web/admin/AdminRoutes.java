package org.cairn.web.admin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.db.Database;

/**
 * The addresses under /admin. But for the sign-in, a page is only ever called with who is signed in, and a form only after it was found to
 * come from its own page: no page can forget to ask.
 */
public final class AdminRoutes {

    /** A page, or what a form asks for. */
    @FunctionalInterface
    public interface Page {
        void show(Context context, AdminVisit visit);
    }

    private final Database database;
    private final URI publicUrl;
    private final Clock clock;
    private final SignInPages signIn;
    private final OverviewPages overview;

    public AdminRoutes(Database database, URI publicUrl, Clock clock) {
        this.database = database;
        this.publicUrl = publicUrl;
        this.clock = clock;
        this.signIn = new SignInPages(database, publicUrl, clock);
        this.overview = new OverviewPages(database, clock);
    }

    public void register(RoutesConfig routes) {
        routes.get("/admin/sign-in", signIn::show);
        routes.post("/admin/sign-in", signIn::enter);
        form(routes, "/admin/sign-out", signIn::leave);
        page(routes, "/admin", overview::show);
    }

    private void page(RoutesConfig routes, String path, Page page) {
        routes.get(path, context -> {
            var visit = visit(context);
            if (visit.isPresent()) {
                page.show(context, visit.get());
            } else {
                context.redirect("/admin/sign-in", HttpStatus.SEE_OTHER);
            }
        });
    }

    private void form(RoutesConfig routes, String path, Page page) {
        routes.post(path, context -> {
            var visit = visit(context)
                    .orElseThrow(
                            () -> new Problem(
                                    Problem.Kind.UNAUTHENTICATED,
                                    "operator_unknown",
                                    "You are not signed in, or were for more than eight hours; sign in at /admin and send this again."));
            visit.checkForm(context, publicUrl);
            page.show(context, visit);
        });
    }

    private Optional<AdminVisit> visit(Context context) {
        context.header("Cache-Control", "no-store");
        return database.inTransaction(db -> AdminVisit.find(db, context, clock.instant()));
    }
}

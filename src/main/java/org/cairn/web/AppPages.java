package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairn.AppId;
import org.cairn.ConnectionId;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.openbadges.backpack.App;
import org.cairn.openbadges.backpack.Apps;
import org.cairn.openbadges.backpack.Brought;
import org.cairn.openbadges.backpack.BroughtStore;
import org.cairn.openbadges.backpack.Connection;
import org.cairn.openbadges.backpack.Connections;
import org.cairn.openbadges.backpack.ConsentSessions;
import org.cairn.openbadges.backpack.Scope;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** A learner's page of the apps that she has let in, and of what they brought her: there she ends them, and begins with another. */
public final class AppPages {

    /** {@code service} is what apps call this Cairn. */
    public record View(
            Frame frame,
            String path,
            String token,
            String back,
            String service,
            List<Row> apps,
            List<BroughtRow> brought) {}

    /** An app; {@code usedOn} is null where it has not asked for anything yet. */
    public record Row(
            String id,
            String name,
            String host,
            String since,
            @Nullable String usedOn,
            String until,
            List<String> gets) {}

    /** A credential of somebody else's. */
    public record BroughtRow(String id, String name, String issuer, String app, String on) {}

    /** What the window of her own is sent: never shown, and to be had only here. */
    public record SessionView(Frame frame, String back, String action, String secret, long minutes) {

        @Override
        public String toString() {
            return "SessionView[…]";
        }
    }

    private final Database database;
    private final Catalogues catalogues;
    private final URI publicUrl;
    private final Clock clock;

    AppPages(Database database, Catalogues catalogues, URI publicUrl, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void show(Context context) {
        var visit = Visit.of(context, database, clock, publicUrl);
        Pages.framed(context, "apps", database.inTransaction(db -> view(db, visit)), visit.frameOrigins());
    }

    /** Opens a session for a window of her own, and offers that window. */
    void open(Context context) {
        var visit = visit(context);
        var secret = database.inTransaction(
                db -> ConsentSessions.open(db, visit.tenant(), visit.account().learner(), clock.instant()));
        var view = new SessionView(
                visit.frame("Connect an app"),
                visit.path() + "/apps",
                AuthorizationPages.SESSION,
                secret,
                ConsentSessions.LIFE.toMinutes());
        Pages.framed(context, "app-session", view, visit.frameOrigins());
    }

    /** Ends an app, with all of its tokens. */
    void end(Context context) {
        var visit = visit(context);
        var connection = FormFields.inPath(context, "connection", ConnectionId::of);
        boolean isEnded = database.inTransaction(
                db -> Connections.end(db, visit.tenant(), visit.account().learner(), connection));
        back(context, visit, isEnded, "There is no such app; it may have ended.");
    }

    /** Removes what an app brought. */
    void remove(Context context) {
        var visit = visit(context);
        var brought = context.pathParam("brought");
        boolean isRemoved = database.inTransaction(
                db -> BroughtStore.remove(db, visit.tenant(), visit.account().learner(), brought));
        back(context, visit, isRemoved, "There is no such credential here; it may be removed already.");
    }

    private View view(DSLContext db, Visit visit) {
        var learner = visit.account().learner();
        var zone = catalogues.current(db, visit.tenant()).timeZone();
        var connections = Connections.list(db, visit.tenant(), learner, clock.instant());
        var chosen = Connections.chosen(db, visit.tenant(), connections);
        var apps = Apps.list(db, connections.stream().map(Connection::app).toList()).stream()
                .collect(Collectors.toMap(App::id, Function.identity()));
        return new View(
                visit.frame("Apps"),
                visit.path(),
                visit.formToken(),
                visit.path(),
                publicUrl.toString(),
                connections.stream().map(one -> row(one, apps, chosen, zone)).toList(),
                BroughtStore.list(db, visit.tenant(), learner).stream()
                        .map(one -> row(one, zone))
                        .toList());
    }

    private static Row row(
            Connection connection, Map<AppId, App> apps, Map<ConnectionId, Set<CredentialId>> chosen, ZoneId zone) {
        var app = apps.get(connection.app());
        return new Row(
                connection.id().toString(),
                app == null ? "" : app.name(),
                URI.create(connection.redirectUri()).getRawAuthority(),
                day(connection.letInAt(), zone),
                connection.usedAt() == null ? null : day(connection.usedAt(), zone),
                day(connection.endsAt(), zone),
                gets(connection, chosen.getOrDefault(connection.id(), Set.of()).size()));
    }

    private static List<String> gets(Connection connection, int chosen) {
        var gets = new ArrayList<String>();
        if (connection.scopes().contains(Scope.READ)) {
            gets.add(
                    connection.getsAll()
                            ? "gets all that you hold and will earn"
                            : chosen == 1
                                    ? "gets one credential that you chose"
                                    : "gets the " + chosen + " that you chose");
        }
        if (connection.scopes().contains(Scope.PROFILE)) {
            gets.add("reads your name");
        }
        if (connection.scopes().contains(Scope.BRING)) {
            gets.add("may bring credentials of others");
        }
        return gets;
    }

    private static BroughtRow row(Brought brought, ZoneId zone) {
        return new BroughtRow(
                brought.id(), brought.name(), brought.issuer(), brought.appName(), day(brought.broughtAt(), zone));
    }

    private static String day(Instant instant, ZoneId zone) {
        return Days.of(instant, zone);
    }

    private Visit visit(Context context) {
        return Visit.ofForm(context, database, clock, publicUrl);
    }

    private static void back(Context context, Visit visit, boolean isDone, String otherwise) {
        if (!isDone) {
            throw new Problem(Problem.Kind.NOT_FOUND, "app_unknown", otherwise);
        }
        visit.go(context, visit.path() + "/apps");
    }
}

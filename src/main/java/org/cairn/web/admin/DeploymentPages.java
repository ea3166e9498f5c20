package org.cairn.web.admin;

import static java.util.stream.Collectors.toMap;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.ConnectionStore;
import org.cairn.lti.ConnectionStore.Connection;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.Tenant;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The installations: those that wait for somebody to say whose they are, and those that stand. */
public final class DeploymentPages {

    /** One that stands. {@code skew} is empty where the clocks agree to the second or nobody launched. */
    public record Row(
            String path, String name, String platform, String tenant, String launched, String bound, String skew) {}

    /** One that waits. */
    public record Waiting(PlatformId platform, String platformName, String name, String first, String last) {}

    public record View(AdminFrame frame, List<Waiting> waiting, List<Tenant> tenants, List<Row> rows) {}

    /** Asks before it is moved. */
    public record MoveView(AdminFrame frame, Row row, List<Tenant> others) {}

    private final Database database;
    private final Clock clock;

    DeploymentPages(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var view = database.inTransaction(db -> {
            var now = clock.instant();
            var platforms = platforms(db);
            var waiting = waiting(db, visit).stream()
                    .map(one -> new Waiting(
                            one.platform(),
                            name(platforms.get(one.platform())),
                            one.externalId(),
                            Moments.ago(one.firstAt(), now),
                            Moments.ago(one.lastAt(), now)))
                    .toList();
            var rows = ConnectionStore.list(db, visit.tenantIds()).stream()
                    .map(one ->
                            row(visit, one, name(platforms.get(one.deployment().platform())), now))
                    .toList();
            return new View(visit.frame(context, "Deployments", "/admin/deployments"), waiting, visit.tenants(), rows);
        });
        Pages.own(context, "admin/deployments", view);
    }

    void approve(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        database.inTransaction(db -> {
            var waiting = waiting(db, context, visit);
            PlatformStore.deploy(db, tenant.id(), waiting.platform(), waiting.externalId(), clock.instant());
            note(db, visit, tenant.id(), "approved the deployment", waiting.externalId() + " for " + tenant.name());
            return null;
        });
        AdminVisit.go(context, "/admin/deployments", Done.DEPLOYMENT_APPROVED);
    }

    void refuse(Context context, AdminVisit visit) {
        database.inTransaction(db -> {
            var waiting = waiting(db, context, visit);
            PlatformStore.refuse(db, waiting.platform(), waiting.externalId());
            note(db, visit, visit.operator().tenant(), "refused the deployment", waiting.externalId());
            return null;
        });
        AdminVisit.go(context, "/admin/deployments", Done.DEPLOYMENT_REFUSED);
    }

    void askMove(Context context, AdminVisit visit) {
        visit.requireAll();
        var view = database.inTransaction(db -> {
            var connection = connection(db, context, visit);
            var deployment = connection.deployment();
            var others = visit.tenants().stream()
                    .filter(tenant -> !tenant.id().equals(deployment.tenant()))
                    .toList();
            var platform = PlatformStore.get(db, deployment.platform());
            return new MoveView(
                    visit.frame(context, "Move a deployment", "/admin/deployments"),
                    row(visit, connection, platform.name(), clock.instant()),
                    others);
        });
        Pages.own(context, "admin/move", view);
    }

    void move(Context context, AdminVisit visit) {
        visit.requireAll();
        var to = visit.tenant(context);
        database.inTransaction(db -> {
            var deployment = connection(db, context, visit).deployment();
            if (deployment.tenant().equals(to.id())) {
                throw new Problem(
                        Problem.Kind.CONFLICT, "deployment_there", "The deployment belongs to this tenant already.");
            }
            PlatformStore.move(db, deployment, to.id(), clock.instant());
            var from = visit.tenant(deployment.tenant());
            var what = "%s from %s to %s".formatted(deployment.externalId(), from.name(), to.name());
            note(db, visit, from.id(), "moved the deployment", what);
            note(db, visit, to.id(), "moved the deployment", what);
            return null;
        });
        AdminVisit.go(context, "/admin/deployments", Done.DEPLOYMENT_MOVED);
    }

    static List<PlatformStore.Pending> waiting(DSLContext db, AdminVisit visit) {
        var run = PlatformPages.run(db, visit);
        return PlatformStore.pending(db).stream()
                .filter(one -> run.contains(one.platform()))
                .toList();
    }

    static Row row(AdminVisit visit, Connection connection, String platform, Instant now) {
        var deployment = connection.deployment();
        return new Row(
                "/admin/deployments/" + deployment.id(),
                deployment.externalId(),
                platform,
                visit.tenant(deployment.tenant()).name(),
                Moments.ago(deployment.launchedAt(), now),
                bound(connection),
                skew(connection.skewSeconds()));
    }

    private static PlatformStore.Pending waiting(DSLContext db, Context context, AdminVisit visit) {
        var platform = Fields.id(context.formParam("platform"), PlatformId::of);
        return waiting(db, visit).stream()
                .filter(one ->
                        one.platform().equals(platform) && one.externalId().equals(context.formParam("deployment")))
                .findFirst()
                .orElseThrow(AdminVisit::notHere);
    }

    private static Connection connection(DSLContext db, Context context, AdminVisit visit) {
        var id = Fields.id(context.pathParam("deployment"), DeploymentId::of);
        return ConnectionStore.list(db, visit.tenantIds()).stream()
                .filter(one -> one.deployment().id().equals(id))
                .findFirst()
                .orElseThrow(AdminVisit::notHere);
    }

    private void note(DSLContext db, AdminVisit visit, @Nullable TenantId tenant, String action, String subject) {
        OperatorActionStore.add(db, visit.operator(), tenant, action, subject, clock.instant());
    }

    private static java.util.Map<PlatformId, Platform> platforms(DSLContext db) {
        return PlatformStore.list(db).stream().collect(toMap(Platform::id, Function.identity()));
    }

    private static String name(@Nullable Platform platform) {
        return platform == null ? "" : platform.name();
    }

    private static String bound(Connection connection) {
        return switch (connection.bound()) {
            case null -> "";
            case COOKIE -> "by its cookie in the frame";
            case STORAGE -> "by what the LMS's page kept";
            case WINDOW -> "in a window of its own";
        };
    }

    private static String skew(@Nullable Integer seconds) {
        if (seconds == null || seconds == 0) {
            return "";
        }
        return "%s %s".formatted(Moments.count(Math.abs(seconds), "second"), seconds > 0 ? "ahead" : "behind");
    }
}

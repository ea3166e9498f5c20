package org.cairn.web.admin;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.cairn.db.Database;
import org.cairn.lti.ConnectionStore;
import org.cairn.lti.ConnectionStore.Noticed;
import org.cairn.lti.PlatformStore;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** What LMSs tell us of by themselves: the subscriptions, and what came. */
public final class NoticePages {

    public record Came(String type, int number, String last) {}

    /** {@code problem} is null where nothing is wrong. */
    public record Row(
            String name,
            String platform,
            String tenant,
            String types,
            String subscribed,
            String hello,
            @Nullable String problem,
            List<Came> came) {}

    public record View(AdminFrame frame, List<Row> rows) {}

    private final Database database;
    private final Clock clock;

    NoticePages(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var now = clock.instant();
        var rows = database.inTransaction(db -> {
            var tenants = visit.tenantIds();
            var platforms = PlatformStore.list(db).stream()
                    .collect(Collectors.toMap(platform -> platform.id(), platform -> platform.name()));
            var deployments = ConnectionStore.list(db, tenants).stream()
                    .collect(Collectors.toMap(one -> one.deployment().id(), one -> one.deployment()));
            var came =
                    ConnectionStore.notices(db, tenants).stream().collect(Collectors.groupingBy(Noticed::deployment));
            return ConnectionStore.subscriptions(db, tenants).stream()
                    .filter(one -> deployments.containsKey(one.deployment()))
                    .map(one -> {
                        var deployment = requireNonNull(deployments.get(one.deployment()));
                        return new Row(
                                deployment.externalId(),
                                platforms.getOrDefault(deployment.platform(), ""),
                                visit.tenant(one.tenant()).name(),
                                one.types().replace("Lti", "").replace("Notice", ""),
                                Moments.ago(one.subscribedAt(), now),
                                Moments.ago(one.helloAt(), now),
                                one.problem(),
                                came(came.getOrDefault(one.deployment(), List.of()), now));
                    })
                    .toList();
        });
        Pages.own(context, "admin/notices", new View(visit.frame(context, "Notices", "/admin/notices"), rows));
    }

    private static List<Came> came(List<Noticed> noticed, Instant now) {
        return noticed.stream()
                .map(one -> new Came(one.type(), one.number(), Moments.ago(one.lastAt(), now)))
                .toList();
    }
}

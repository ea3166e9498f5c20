package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import org.cairn.db.Database;
import org.cairn.people.OperatorActionStore;
import org.cairn.web.Pages;

/** What waits for an operator, and what was done last. */
public final class OverviewPages {

    /** Something to look at: how many, and whether that calls for somebody. */
    public record Card(String name, String path, String figure, String note, boolean isDue) {}

    public record Row(String operator, String action, String subject, String at) {}

    public record View(AdminFrame frame, List<Card> cards, List<Row> actions) {}

    private static final int LAST = 12;

    private final Database database;
    private final Clock clock;

    OverviewPages(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void show(Context context, AdminVisit visit) {
        var now = clock.instant();
        var actions = database.inTransaction(db -> OperatorActionStore.last(db, visit.operator(), LAST)).stream()
                .map(one -> new Row(one.operator(), one.action(), one.subject(), Moments.ago(one.at(), now)))
                .toList();
        Pages.own(context, "admin/overview", new View(visit.frame(context, "Overview", "/admin"), List.of(), actions));
    }
}

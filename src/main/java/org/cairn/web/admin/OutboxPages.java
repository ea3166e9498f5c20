package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.service.ScoreStore;
import org.cairn.lti.service.ScoreStore.State;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.Tenant;
import org.cairn.web.Pages;

/** The scores that LMSs shall have: what waits, what was refused and why. */
public final class OutboxPages {

    /** A tenant's scores; {@code share} is how many of a hundred were taken. */
    public record Box(
            TenantId tenant, String name, int delivered, int waiting, int refused, int share, List<Pile> piles) {}

    /** Scores of one column that were not taken, for one reason. */
    public record Pile(
            String course, String label, boolean isRefused, String cause, String scores, String since, String next) {}

    public record View(AdminFrame frame, List<Box> boxes) {}

    private static final int MOST = 200;

    private final Database database;
    private final Clock clock;

    OutboxPages(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var now = clock.instant();
        var boxes = database.inTransaction(db -> {
            var counts = ScoreStore.count(db, visit.tenantIds());
            var piles = ScoreStore.piles(db, visit.tenantIds(), MOST);
            return visit.tenants().stream()
                    .filter(tenant -> counts.containsKey(tenant.id()))
                    .map(tenant -> box(tenant, counts.getOrDefault(tenant.id(), Map.of()), piles, now))
                    .toList();
        });
        Pages.own(context, "admin/outbox", new View(visit.frame(context, "Outbox", "/admin/outbox"), boxes));
    }

    void sendAgain(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        database.inTransaction(db -> {
            int scores = ScoreStore.replay(db, tenant.id(), clock.instant());
            OperatorActionStore.add(
                    db,
                    visit.operator(),
                    tenant.id(),
                    "sent again",
                    Moments.count(scores, "score") + " of " + tenant.name(),
                    clock.instant());
            return null;
        });
        AdminVisit.go(context, "/admin/outbox", Done.SENT_AGAIN);
    }

    private static Box box(Tenant tenant, Map<State, Integer> counts, List<ScoreStore.Pile> piles, Instant now) {
        int delivered = counts.getOrDefault(State.DELIVERED, 0);
        int waiting = counts.getOrDefault(State.WAITING, 0);
        int refused = counts.getOrDefault(State.REFUSED, 0);
        return new Box(
                tenant.id(),
                tenant.name(),
                delivered,
                waiting,
                refused,
                (int) (delivered * 100L / Math.max(1, delivered + waiting + refused)),
                piles.stream()
                        .filter(pile -> pile.tenant().equals(tenant.id()))
                        .map(pile -> pile(pile, now))
                        .toList());
    }

    private static Pile pile(ScoreStore.Pile pile, Instant now) {
        boolean isRefused = pile.state() == State.REFUSED;
        var title = pile.courseTitle();
        return new Pile(
                title == null ? "A course without a title" : title,
                pile.label(),
                isRefused,
                pile.problem() == null ? "It is to be told for the first time." : pile.problem(),
                Moments.count(pile.scores(), "score"),
                Moments.ago(pile.since(), now),
                isRefused ? "not tried again by itself" : "next try " + next(pile.dueAt(), now));
    }

    private static String next(Instant at, Instant now) {
        return at.isAfter(now.plusSeconds(60)) ? "at " + Moments.of(at) : "within a minute";
    }
}

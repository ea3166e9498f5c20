package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cairn.award.ApplicationStore;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.LtiKey;
import org.cairn.lti.ConnectionStore;
import org.cairn.lti.registration.Invitation;
import org.cairn.lti.registration.Invitations;
import org.cairn.lti.service.ScoreStore;
import org.cairn.lti.service.ScoreStore.State;
import org.cairn.people.OperatorActionStore;
import org.cairn.web.Pages;
import org.jooq.DSLContext;

/** What waits for an operator, and what was done last. */
public final class OverviewPages {

    /** Something to look at: how many, and whether that calls for somebody. */
    public record Card(String name, String path, String figure, String note, boolean isDue) {}

    public record Row(String operator, String action, String subject, String at) {}

    public record View(AdminFrame frame, List<Card> cards, List<Row> actions) {}

    private static final int LAST = 12;

    private final Database database;
    private final Keys keys;
    private final Invitations invitations;
    private final Duration every;
    private final Clock clock;

    OverviewPages(Database database, Keys keys, Invitations invitations, Duration every, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.invitations = invitations;
        this.every = every;
        this.clock = clock;
    }

    void show(Context context, AdminVisit visit) {
        var now = clock.instant();
        var cards = new ArrayList<>(database.inTransaction(db -> cards(db, visit, now)));
        cards.add(invited(visit, now));
        if (visit.operator().isOfAll()) {
            cards.add(key(now));
        }
        var actions = database.inTransaction(db -> OperatorActionStore.last(db, visit.operator(), LAST)).stream()
                .map(one -> new Row(one.operator(), one.action(), one.subject(), Moments.ago(one.at(), now)))
                .toList();
        Pages.own(context, "admin/overview", new View(visit.frame(context, "Overview", "/admin"), cards, actions));
    }

    private static List<Card> cards(DSLContext db, AdminVisit visit, Instant now) {
        int waiting = DeploymentPages.waiting(db, visit).size();
        var connections = ConnectionStore.list(db, visit.tenantIds());
        long lively = connections.stream()
                .map(one -> one.deployment().launchedAt())
                .filter(at -> at != null && at.isAfter(now.minus(Duration.ofDays(7))))
                .count();
        int refused = 0;
        int due = 0;
        for (var counts : ScoreStore.count(db, visit.tenantIds()).values()) {
            refused += counts.getOrDefault(State.REFUSED, 0);
            due += counts.getOrDefault(State.WAITING, 0);
        }
        int applications = ApplicationStore.countOpen(db, visit.tenantIds());
        return List.of(
                new Card(
                        applications == 1 ? "application waits" : "applications wait",
                        "/admin/applications",
                        String.valueOf(applications),
                        applications == 0 ? "Nobody asks for a decision." : "Teachers decide those of their courses.",
                        applications > 0),
                new Card(
                        waiting == 1 ? "deployment waits" : "deployments wait",
                        "/admin/deployments",
                        String.valueOf(waiting),
                        waiting == 0 ? "Nobody knocks." : "Say which tenant they belong to, or refuse them.",
                        waiting > 0),
                new Card(
                        refused == 1 ? "score refused" : "scores refused",
                        "/admin/outbox",
                        String.valueOf(refused),
                        refused == 0 ? Moments.count(due, "score") + " on the way." : "See why, then send them again.",
                        refused > 0),
                new Card(
                        connections.size() == 1 ? "deployment" : "deployments",
                        "/admin/platforms",
                        String.valueOf(connections.size()),
                        "%d launched within a week.".formatted(lively),
                        false));
    }

    private Card invited(AdminVisit visit, Instant now) {
        long open = invitations.list(visit.tenantIds()).stream()
                .filter(one -> one.state(now) == Invitation.State.OPEN)
                .count();
        return new Card(
                open == 1 ? "invitation open" : "invitations open",
                "/admin/invitations",
                String.valueOf(open),
                open == 0 ? "Invite an LMS to connect itself." : "An LMS may still connect by them.",
                false);
    }

    private Card key(Instant now) {
        var states = keys.ltiStates();
        var active = states.stream()
                .filter(one -> one.state() == LtiKey.State.ACTIVE)
                .findFirst();
        long days = active.map(key -> Duration.between(key.activeAt(), now).toDays())
                .orElse(0L);
        boolean isUnderWay = states.stream().anyMatch(one -> one.state() == LtiKey.State.NEXT);
        return new Card(
                days == 1 ? "day our key signs" : "days our key signs",
                "/admin/keys",
                String.valueOf(days),
                isUnderWay ? "The next one is published." : "The next one is made after %d.".formatted(every.toDays()),
                !isUnderWay && days > every.toDays() + 2);
    }
}

package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.registration.Invitation;
import org.cairn.lti.registration.Invitations;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.Tenant;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** Invitations of LMSs to register themselves. */
public final class InvitationPages {

    /** {@code platformPath} is null until an LMS registered by it. */
    public record Row(
            String path,
            TenantId tenant,
            String tenantName,
            String label,
            String state,
            String note,
            boolean isOpen,
            @Nullable String platformPath) {}

    public record View(AdminFrame frame, List<Tenant> tenants, List<Row> rows) {}

    /** The link, this once. */
    public record IssuedView(AdminFrame frame, String label, String tenant, String link, String expires) {

        @Override
        public String toString() {
            return "IssuedView[" + label + "]";
        }
    }

    private final Database database;
    private final Invitations invitations;
    private final Clock clock;

    InvitationPages(Database database, Invitations invitations, Clock clock) {
        this.database = database;
        this.invitations = invitations;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var now = clock.instant();
        var rows = invitations.list(visit.tenantIds()).stream()
                .map(one -> row(visit, one, now))
                .toList();
        Pages.own(
                context,
                "admin/invitations",
                new View(visit.frame(context, "Invitations", "/admin/invitations"), visit.tenants(), rows));
    }

    void create(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var label = Fields.line(context, "label", "The name of the LMS", 255);
        var issued = invitations.create(tenant.id(), label, Duration.ofDays(days(context)));
        database.inTransaction(db -> {
            note(db, visit, tenant.id(), "invited", label);
            return null;
        });
        Pages.own(
                context,
                "admin/invited",
                new IssuedView(
                        visit.frame(context, "Invitation", "/admin/invitations"),
                        label,
                        tenant.name(),
                        issued.link().toString(),
                        Moments.of(issued.invitation().expiresAt())));
    }

    void withdraw(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        invitations.withdraw(tenant.id(), context.pathParam("invitation"));
        database.inTransaction(db -> {
            note(db, visit, tenant.id(), "withdrew an invitation of", tenant.name());
            return null;
        });
        AdminVisit.go(context, "/admin/invitations", Done.INVITATION_WITHDRAWN);
    }

    private void note(org.jooq.DSLContext db, AdminVisit visit, TenantId tenant, String action, String subject) {
        OperatorActionStore.add(db, visit.operator(), tenant, action, subject, clock.instant());
    }

    private static Row row(AdminVisit visit, Invitation one, Instant now) {
        var state = one.state(now);
        return new Row(
                "/admin/invitations/" + one.id(),
                one.tenant(),
                visit.tenant(one.tenant()).name(),
                one.label(),
                switch (state) {
                    case OPEN -> "Open";
                    case USED -> "Used";
                    case EXPIRED -> "Expired";
                    case WITHDRAWN -> "Withdrawn";
                },
                switch (state) {
                    case OPEN -> "until " + Moments.of(one.expiresAt());
                    case USED -> Moments.ago(one.usedAt(), now);
                    case EXPIRED -> Moments.ago(one.expiresAt(), now);
                    case WITHDRAWN -> Moments.ago(one.withdrawnAt(), now);
                },
                state == Invitation.State.OPEN,
                one.platform() == null ? null : "/admin/platforms/" + one.platform());
    }

    private static int days(Context context) {
        var text = String.valueOf(context.formParam("days"));
        if (!text.matches("[1-9][0-9]?")) {
            throw Fields.refused("An invitation is open for 1 to 90 days.");
        }
        return Integer.parseInt(text);
    }
}

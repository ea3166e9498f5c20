package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import org.cairn.ApplicationId;
import org.cairn.award.Deciding;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.people.Tenant;
import org.cairn.web.FormFields;
import org.cairn.web.Pages;
import org.cairn.web.ToDecide;
import org.jooq.DSLContext;

/** What learners applied for in the institutions that an operator runs, and what rules put before people. */
public final class ApplicationPages {

    /** What is open in one institution. */
    public record Desk(String tenant, String name, List<ToDecide> open) {}

    public record View(AdminFrame frame, List<Desk> desks) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Deciding deciding;
    private final Clock clock;

    ApplicationPages(Database database, Catalogues catalogues, Deciding deciding, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.deciding = deciding;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var desks = database.inTransaction(db -> visit.tenants().stream()
                .filter(tenant -> IssuerStore.isBegun(db, tenant.id()))
                .map(tenant -> desk(db, tenant))
                .filter(desk -> !desk.open().isEmpty())
                .toList());
        var frame = visit.frame(context, "Applications", "/admin/applications");
        Pages.own(context, "admin/applications", new View(frame, desks));
    }

    void decide(Context context, AdminVisit visit) {
        deciding.decide(
                visit.operator(),
                visit.tenant(context).id(),
                Fields.id(context.pathParam("application"), ApplicationId::of),
                "grant".equals(context.formParam("do")),
                FormFields.text(context, "reason"));
        AdminVisit.go(context, "/admin/applications", Done.DECIDED);
    }

    private Desk desk(DSLContext db, Tenant tenant) {
        var catalogue = catalogues.current(db, tenant.id());
        return new Desk(tenant.id().toString(), tenant.name(), ToDecide.list(db, catalogue, clock.instant()));
    }
}

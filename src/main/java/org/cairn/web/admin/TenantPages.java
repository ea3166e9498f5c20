package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.cairn.award.Issuers;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.Tenant;
import org.cairn.people.TenantStore;
import org.cairn.web.Pages;

/** The tenants. */
public final class TenantPages {

    public record View(AdminFrame frame, List<Tenant> tenants, boolean mayAdd) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Issuers issuers;
    private final Clock clock;

    TenantPages(Database database, Catalogues catalogues, Issuers issuers, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.issuers = issuers;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        Pages.own(
                context,
                "admin/tenants",
                new View(
                        visit.frame(context, "Tenants", "/admin/tenants"),
                        visit.tenants(),
                        visit.operator().isOfAll()));
    }

    void add(Context context, AdminVisit visit) {
        visit.requireAll();
        var slug = Fields.line(context, "slug", "The short name", 63);
        if (!slug.matches("[a-z0-9][a-z0-9-]*")) {
            throw Fields.refused("A short name is lower-case letters, digits and dashes, such as example-university.");
        }
        var name = Fields.line(context, "name", "The name", 255);
        var zone = zone(context);
        database.inTransaction(db -> {
            var tenant = TenantStore.add(db, slug, name, zone, clock.instant());
            issuers.begin(db, List.of(tenant));
            OperatorActionStore.add(db, visit.operator(), tenant.id(), "added the tenant", name, clock.instant());
            return null;
        });
        AdminVisit.go(context, "/admin/tenants", Done.TENANT_ADDED);
    }

    void change(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var name = Fields.line(context, "name", "The name", 255);
        var zone = zone(context);
        database.inTransaction(db -> {
            TenantStore.change(db, tenant.id(), name, zone);
            catalogues.outdate(db, tenant.id());
            OperatorActionStore.add(
                    db, visit.operator(), tenant.id(), "changed name or time zone of", name, clock.instant());
            return null;
        });
        AdminVisit.go(context, "/admin/tenants", Done.SAVED);
    }

    private static ZoneId zone(Context context) {
        try {
            return ZoneId.of(Fields.line(context, "zone", "The time zone", 63));
        } catch (DateTimeException e) {
            throw Fields.refused("A time zone is a name such as Europe/Vienna or America/Toronto.");
        }
    }
}

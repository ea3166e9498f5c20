package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import org.cairn.OperatorId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.openid.OpenId;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.OperatorStore;
import org.cairn.people.Tenant;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Those who run Cairn: who runs one tenant sees and makes operators of that tenant only. */
public final class OperatorPages {

    public record Row(
            String path, String name, String scope, String signsIn, String since, boolean stands, boolean isMe) {}

    /**
     * {@code mayAddAll} is whether operators of all tenants may be made; {@code institution} is where she can link herself, null where she is
     * linked or that is not set up.
     */
    public record View(
            AdminFrame frame,
            List<Row> rows,
            List<Tenant> tenants,
            boolean mayAddAll,
            @Nullable String institution) {}

    /** A token, this once. */
    public record TokenView(AdminFrame frame, String name, String token) {

        @Override
        public String toString() {
            return "TokenView[" + name + "]";
        }
    }

    private static final String ALL = "all";

    private final Database database;
    private final @Nullable OpenId openId;
    private final Clock clock;

    OperatorPages(Database database, @Nullable OpenId openId, Clock clock) {
        this.database = database;
        this.openId = openId;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var rows = database.inTransaction(db -> OperatorStore.list(db, visit.operator())).stream()
                .map(one -> row(visit, one))
                .toList();
        Pages.own(
                context,
                "admin/operators",
                new View(
                        visit.frame(context, "Operators", "/admin/operators"),
                        rows,
                        visit.tenants(),
                        visit.operator().isOfAll(),
                        openId == null || visit.operator().isLinked() ? null : openId.host()));
    }

    void add(Context context, AdminVisit visit) {
        var name = Fields.line(context, "name", "The name", 255);
        var tenant = scope(context, visit);
        var added = database.inTransaction(db -> {
            note(db, visit, tenant, "added the operator", name);
            return OperatorStore.add(db, tenant, name, clock.instant());
        });
        show(context, visit, name, added.token());
    }

    void renew(Context context, AdminVisit visit) {
        var operator = database.inTransaction(db -> standing(db, context, visit));
        var token = database.inTransaction(db -> {
            note(db, visit, operator.tenant(), "renewed the token of", operator.name());
            return OperatorStore.renew(db, operator);
        });
        show(context, visit, operator.name(), token);
    }

    void withdraw(Context context, AdminVisit visit) {
        database.inTransaction(db -> {
            var operator = standing(db, context, visit);
            if (operator.isOfAll() && !OperatorStore.isAnotherOfAll(db, operator)) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "operator_last",
                        "This is the last operator of all tenants; add another one first.");
            }
            OperatorStore.withdraw(db, operator, clock.instant());
            note(db, visit, operator.tenant(), "withdrew the operator", operator.name());
            return null;
        });
        AdminVisit.go(context, "/admin/operators", Done.OPERATOR_WITHDRAWN);
    }

    private static @Nullable TenantId scope(Context context, AdminVisit visit) {
        if (ALL.equals(context.formParam("tenant"))) {
            visit.requireAll();
            return null;
        }
        return visit.tenant(context).id();
    }

    private static Operator standing(DSLContext db, Context context, AdminVisit visit) {
        var id = Fields.id(context.pathParam("operator"), OperatorId::of);
        return OperatorStore.find(db, visit.operator(), id)
                .filter(one -> one.withdrawnAt() == null)
                .orElseThrow(AdminVisit::notHere);
    }

    private void note(DSLContext db, AdminVisit visit, @Nullable TenantId tenant, String action, String subject) {
        OperatorActionStore.add(db, visit.operator(), tenant, action, subject, clock.instant());
    }

    private static void show(Context context, AdminVisit visit, String name, String token) {
        Pages.own(
                context,
                "admin/operator-token",
                new TokenView(visit.frame(context, "Sign-in token", "/admin/operators"), name, token));
    }

    private static Row row(AdminVisit visit, Operator one) {
        var withdrawn = one.withdrawnAt();
        boolean stands = withdrawn == null;
        return new Row(
                "/admin/operators/" + one.id(),
                one.name(),
                one.tenant() == null
                        ? "All tenants"
                        : visit.tenant(one.tenant()).name(),
                !stands ? "" : one.isLinked() ? "at the institution" : one.hasToken() ? "by token" : "",
                withdrawn == null ? "since " + Moments.day(one.createdAt()) : "withdrawn " + Moments.day(withdrawn),
                stands,
                one.id().equals(visit.operator().id()));
    }
}

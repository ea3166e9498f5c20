package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.catalog.Endorsement;
import org.cairn.catalog.EndorsementStore;
import org.cairn.catalog.Endorsements;
import org.cairn.db.Database;
import org.cairn.db.Text;
import org.cairn.openbadges.Endorsing;
import org.cairn.openbadges.GivenEndorsement;
import org.cairn.people.Tenant;
import org.cairn.web.FormFields;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What partners endorse of an institution's achievements, and what it endorses of others. */
public final class EndorsementPages {

    /** One that was taken in. {@code achievement} is its page. */
    public record Taken(
            String id,
            String tenant,
            String endorser,
            String comment,
            String achievement,
            String word,
            String style,
            String note,
            boolean canWithdraw) {}

    /** One that was given. {@code address} is its id. */
    public record Given(String id, String tenant, String subject, String address, String note, boolean canRevoke) {}

    public record View(AdminFrame frame, List<Tenant> tenants, List<Taken> taken, List<Given> given) {}

    private static final int MOST = 100;
    private static final String HERE = "/admin/endorsements";

    private final Database database;
    private final Endorsements endorsements;
    private final Clock clock;

    EndorsementPages(Database database, Endorsements endorsements, Clock clock) {
        this.database = database;
        this.endorsements = endorsements;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var view = database.inTransaction(db -> new View(
                visit.frame(context, "Endorsements", HERE),
                visit.tenants(),
                visit.tenantIds().stream()
                        .flatMap(tenant -> EndorsementStore.list(db, tenant).stream())
                        .map(this::row)
                        .toList(),
                given(db, visit)));
        Pages.own(context, "admin/endorsements", view);
    }

    /** Takes in what was pasted. */
    void take(Context context, AdminVisit visit) {
        endorsements.take(FormFields.text(context, "signed"), visit.tenantIds(), visit.operator());
        AdminVisit.go(context, HERE, Done.ENDORSEMENT_TAKEN);
    }

    void withdraw(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var id = Fields.id(context.pathParam("endorsement"), UUID::fromString);
        endorsements.withdraw(tenant.id(), id, visit.operator());
        AdminVisit.go(context, HERE, Done.ENDORSEMENT_WITHDRAWN);
    }

    /** Signs an endorsement of something of others. */
    void give(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var praise = new Endorsing.Praise(
                Fields.line(context, "subject", "What is endorsed", 2000),
                Fields.line(context, "name", "Its name", 255),
                Text.written(
                        FormFields.text(context, "comment"),
                        2000,
                        "endorsement_comment",
                        "Say in up to 2000 characters why; go back and fill it in."),
                until(context, tenant));
        endorsements.give(tenant.id(), praise, visit.operator());
        AdminVisit.go(context, HERE, Done.ENDORSEMENT_GIVEN);
    }

    void revoke(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var id = Fields.id(context.pathParam("endorsement"), CredentialId::new);
        endorsements.revoke(tenant.id(), id, visit.operator());
        AdminVisit.go(context, HERE, Done.ENDORSEMENT_REVOKED);
    }

    private List<Given> given(DSLContext db, AdminVisit visit) {
        return visit.tenantIds().stream()
                .flatMap(tenant -> endorsements.given(db, tenant, MOST).stream())
                .map(EndorsementPages::row)
                .toList();
    }

    private static @Nullable Instant until(Context context, Tenant tenant) {
        var day = FormFields.text(context, "until");
        try {
            return day.isBlank()
                    ? null
                    : LocalDate.parse(day).atStartOfDay(tenant.timeZone()).toInstant();
        } catch (DateTimeParseException e) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE, "field_refused", "The day on which it ends is written as 2030-12-31.");
        }
    }

    private Taken row(Endorsement one) {
        boolean stands = one.stands(clock.instant());
        boolean isWithdrawn = one.withdrawnAt() != null;
        return new Taken(
                one.id().toString(),
                one.tenant().toString(),
                one.endorser(),
                one.comment(),
                "/achievements/%s/%s/%s".formatted(one.tenant(), one.achievement(), one.version()),
                stands ? "Shown" : isWithdrawn ? "Withdrawn" : "Not shown",
                stands ? "earned" : isWithdrawn ? "closed" : "revoked",
                "of %s, version %d; checked %s: %s"
                        .formatted(
                                one.achievement(),
                                one.version(),
                                Moments.of(one.checkedAt()),
                                one.verdict().sentence()),
                !isWithdrawn);
    }

    private static Given row(GivenEndorsement one) {
        var end = one.revokedAt();
        return new Given(
                one.id().toString(),
                one.tenant().toString(),
                one.subject(),
                "/endorsements/" + one.id(),
                "given " + Moments.of(one.givenAt()) + (end == null ? "" : ", revoked " + Moments.of(end)),
                end == null);
    }
}

package org.cairn.web.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cairn.ExactJson;
import org.cairn.TenantId;
import org.cairn.award.DryRun;
import org.cairn.award.Trial;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.CatalogueLint;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.people.Tenant;
import org.cairn.rule.Rule;
import org.cairn.rule.RuleJson;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Tries another rule for a credential over the learners that there were, before anybody publishes it. Changes nothing. */
public final class DryRunPages {

    /** A tenant or a credential to choose. */
    public record Option(String id, String name, boolean isChosen) {}

    /** What {@code rule check} says of it. */
    public record Found(String severity, String path, String sentence) {}

    /**
     * @param tenants empty where she runs one only
     * @param rule what stands in the field; empty where no credential is chosen yet
     * @param fault why it could not be tried
     */
    public record View(
            AdminFrame frame,
            List<Option> tenants,
            String tenant,
            List<Option> achievements,
            String achievement,
            String rule,
            @Nullable String fault,
            List<Found> findings,
            @Nullable DryRunView report) {}

    private static final int LONGEST = 100_000;

    private static final JsonMapper JSON = ExactJson.mapper(new JsonFactory())
            // 70 is otherwise written as 7E+1.
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Database database;
    private final Catalogues catalogues;
    private final Clock clock;

    DryRunPages(Database database, Catalogues catalogues, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.clock = clock;
    }

    void show(Context context, AdminVisit visit) {
        var named = context.queryParam("tenant");
        var tenant = named != null
                ? visit.tenant(Fields.id(named, TenantId::of))
                : visit.tenants().size() == 1 ? visit.tenants().getFirst() : null;
        var wanted = context.queryParam("achievement");
        var view = database.inTransaction(db -> {
            var catalogue = tenant == null ? Optional.<Catalogue>empty() : catalogue(db, tenant);
            var chosen = catalogue.flatMap(one -> find(one, wanted));
            var rule = chosen.map(one -> written(one.definition().rule())).orElse("");
            return view(context, visit, tenant, catalogue, chosen, rule, null, List.of(), null);
        });
        Pages.own(context, "admin/dry-run", view);
    }

    /** Tries the rule that was sent. */
    void run(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var text = String.valueOf(context.formParam("rule"));
        var view = database.inTransaction(db -> {
            var catalogue = catalogue(db, tenant);
            var chosen = catalogue.flatMap(one -> find(one, context.formParam("achievement")));
            if (catalogue.isEmpty() || chosen.isEmpty()) {
                return view(
                        context,
                        visit,
                        tenant,
                        catalogue,
                        chosen,
                        "",
                        "This credential is not offered any more; choose another one.",
                        List.of(),
                        null);
            }
            try {
                var rule = read(text);
                return tried(context, visit, db, tenant, catalogue.get(), chosen.get(), rule, text);
            } catch (IllegalArgumentException e) {
                return view(context, visit, tenant, catalogue, chosen, text, e.getMessage(), List.of(), null);
            }
        });
        Pages.own(context, "admin/dry-run", view);
    }

    private View tried(
            Context context,
            AdminVisit visit,
            DSLContext db,
            Tenant tenant,
            Catalogue catalogue,
            Achievement achievement,
            Rule rule,
            String text) {
        var now = clock.instant();
        var findings = CatalogueLint.of(achievement.id(), rule, catalogue, now).stream()
                .map(one -> new Found(one.severity().name().toLowerCase(Locale.ROOT), one.path(), one.sentence()))
                .toList();
        var report = DryRun.of(db, catalogue, Trial.of(catalogue, achievement.id(), rule), Set.of(), now);
        var shown = DryRunView.of(db, catalogue, achievement, report);
        return view(
                context, visit, tenant, Optional.of(catalogue), Optional.of(achievement), text, null, findings, shown);
    }

    private static View view(
            Context context,
            AdminVisit visit,
            @Nullable Tenant tenant,
            Optional<Catalogue> catalogue,
            Optional<Achievement> chosen,
            String rule,
            @Nullable String fault,
            List<Found> findings,
            @Nullable DryRunView report) {
        var tenants = visit.tenants().size() == 1
                ? List.<Option>of()
                : visit.tenants().stream()
                        .map(one -> new Option(one.id().toString(), one.name(), one.equals(tenant)))
                        .toList();
        var achievements = catalogue.stream()
                .flatMap(one -> one.achievements().stream())
                .sorted(Comparator.comparing(Achievement::name))
                .map(one -> new Option(one.id().value(), one.name(), one.equals(chosen.orElse(null))))
                .toList();
        return new View(
                visit.frame(context, "Try a rule", "/admin/dry-run"),
                tenants,
                tenant == null ? "" : tenant.id().toString(),
                achievements,
                chosen.map(one -> one.id().value()).orElse(""),
                rule,
                fault,
                findings,
                report);
    }

    private Optional<Catalogue> catalogue(DSLContext db, Tenant tenant) {
        return IssuerStore.isBegun(db, tenant.id())
                ? Optional.of(catalogues.current(db, tenant.id()))
                : Optional.empty();
    }

    private static Optional<Achievement> find(Catalogue catalogue, @Nullable String id) {
        return catalogue.achievements().stream()
                .filter(one -> one.id().value().equals(id))
                .findFirst();
    }

    private static Rule read(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A rule has at most 100,000 characters.");
        }
        try {
            var json = JSON.readTree(text);
            return RuleJson.read(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is not valid JSON (%s).".formatted(e.getOriginalMessage()));
        }
    }

    private static String written(Rule rule) {
        try {
            return JSON.writeValueAsString(RuleJson.write(rule));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

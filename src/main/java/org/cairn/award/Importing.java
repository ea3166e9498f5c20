package org.cairn.award;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Binding;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.CatalogueLint;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Definition;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.openbadges.Credentials;
import org.cairn.people.TenantStore;
import org.cairn.rule.Finding;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/** Takes in a catalogue file: publishes and attaches in one transaction, then decides anew for everybody concerned. */
public final class Importing {

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Credentials credentials;
    private final IssuerSettings issuer;
    private final Clock clock;

    public Importing(
            Database database,
            Catalogues catalogues,
            Awarding awarding,
            Credentials credentials,
            IssuerSettings issuer,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.credentials = credentials;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Returns what was awarded because of it. Throws Problem UNPROCESSABLE, with nothing kept, where something does not fit. Everybody
     * concerned is decided anew even where nothing changed: the last time may have been cut short after the catalogue was kept. Only where
     * words alone differ nobody is.
     */
    public List<Award> take(CatalogueFile file) {
        var now = clock.instant();
        var taken = database.inTransaction(db -> take(db, file, now));
        var decided = new LinkedHashSet<>(file.achievements().keySet());
        decided.removeAll(taken.editorial());
        return awarding.reconsider(taken.tenant(), decided);
    }

    private record Taken(TenantId tenant, Set<AchievementId> editorial) {}

    /** What is wrong with the file's rules, or odd about them, beside what is published. Nothing where its tenant is not known. */
    public Map<AchievementId, List<Finding>> findings(CatalogueFile file) {
        var now = clock.instant();
        return database.inTransaction(db -> TenantStore.find(db, file.tenant())
                .map(tenant -> CatalogueLint.of(file, catalogues.current(db, tenant.id()), now))
                .orElse(Map.of()));
    }

    private Taken take(DSLContext db, CatalogueFile file, Instant now) {
        var tenant = TenantStore.find(db, file.tenant())
                .orElseThrow(() ->
                        refused("there is no tenant \"%s\"; name one of lti-config/platforms".formatted(file.tenant())))
                .id();
        var profile = IssuerStore.findOrCreate(db, tenant, issuer, now);
        var attachments = new ArrayList<Attachment>();
        for (var course : file.courses()) {
            attachments.addAll(attachments(db, tenant, file, course, now));
        }
        var defined = catalogues.define(db, profile, file.achievements(), file.changes(), attachments, now);
        requireSignable(catalogues.current(db, tenant), defined.published(), now);
        return new Taken(tenant, defined.editorial());
    }

    /** Of what was published just now, every credential could be signed. */
    private void requireSignable(Catalogue catalogue, Set<AchievementId> published, Instant now) {
        published.stream()
                .flatMap(id -> catalogue.find(id).stream())
                .forEach(one -> credentials
                        .fault(Issuances.trial(catalogue, one, now), now)
                        .ifPresent(fault -> {
                            throw refused("other verifiers would refuse a credential of \"%s\": %s"
                                    .formatted(one.id(), fault));
                        }));
    }

    private List<Attachment> attachments(
            DSLContext db, TenantId tenant, CatalogueFile file, CatalogueFile.CourseEntry entry, Instant now) {
        var deployment = deployment(db, tenant, entry);
        var course = CourseStore.findOrCreate(db, tenant, deployment.id(), entry.context(), now)
                .id();
        var attachments = new ArrayList<Attachment>();
        for (var attached : entry.attachments()) {
            var definition = file.achievements().get(attached.achievement());
            if (definition == null) {
                throw refused("\"%s\" is attached and not defined".formatted(attached.achievement()));
            }
            requireAllBound(attached, definition.rule().slots());
            if (definition.isDraft()) {
                // Its slots may be others than those of what is published.
                continue;
            }
            var bindings = new HashMap<Slot, Binding>();
            attached.bindings()
                    .forEach((slot, bound) ->
                            bindings.put(slot, bind(db, tenant, course, attached, definition, slot, bound, now)));
            attachments.add(new Attachment(
                    AttachmentId.fresh(),
                    course,
                    attached.achievement(),
                    attached.module(),
                    attachments.size() + 1,
                    attached.inGradebook(),
                    bindings));
        }
        return attachments;
    }

    private static Deployment deployment(DSLContext db, TenantId tenant, CatalogueFile.CourseEntry entry) {
        return PlatformStore.find(db, entry.issuer(), entry.clientId())
                .flatMap(platform -> PlatformStore.findDeployment(db, platform.id(), entry.deployment()))
                .filter(deployment -> deployment.tenant().equals(tenant))
                .orElseThrow(() -> refused("the deployment of course \"%s\" is not one of this tenant's; name one of"
                                .formatted(entry.context())
                        + " lti-config/platforms"));
    }

    private static void requireAllBound(CatalogueFile.AttachmentEntry attached, Set<Slot> slots) {
        for (var slot : slots) {
            if (!attached.bindings().containsKey(slot)) {
                throw refused("\"%s\" is attached with nothing bound to its slot \"%s\""
                        .formatted(attached.achievement(), slot.name()));
            }
        }
        for (var slot : attached.bindings().keySet()) {
            if (!slots.contains(slot)) {
                throw refused("\"%s\" has no slot \"%s\" to bind".formatted(attached.achievement(), slot.name()));
            }
        }
    }

    private static Binding bind(
            DSLContext db,
            TenantId tenant,
            CourseId course,
            CatalogueFile.AttachmentEntry attached,
            Definition definition,
            Slot slot,
            CatalogueFile.BindingEntry bound,
            Instant now) {
        boolean isColumn = bound.columnMaximum() != null;
        // A column's name among Cairn's own is kept by the LMS (resourceId) and survives a copy of the course.
        var name = isColumn || bound.activity() == null ? attached.achievement() + "/" + slot.name() : bound.activity();
        var source = isColumn ? Source.COLUMN : Source.PUSH;
        var found = ActivityStore.findOrCreate(db, tenant, course, source, Set.of(name), now)
                .get(name);
        if (found == null) {
            throw new IllegalStateException("An activity that was just made is missing.");
        }
        if (bound.columnMaximum() == null) {
            Scales.require(db, tenant, definition, slot, found);
        } else {
            Scales.require(definition, slot, BigDecimal.valueOf(bound.columnMaximum()));
            ActivityStore.column(db, tenant, found, bound.columnMaximum());
        }
        return new Binding(found, bound.title());
    }

    private static Problem refused(String why) {
        return new Problem(
                Problem.Kind.UNPROCESSABLE,
                "catalogue_refused",
                "The catalogue was not taken, and nothing of it: " + why + ".");
    }
}

package org.cairn.award;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.CourseStore;
import org.cairn.lti.PlatformStore;
import org.cairn.rule.Rule;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/**
 * A rule to be tried.
 *
 * @param achievement whose rule it would be; it may be new
 * @param attachments where, and with what in its slots; a slot may be unbound
 */
public record Trial(AchievementId achievement, Rule rule, List<Attachment> attachments) {

    public Trial {
        attachments = List.copyOf(attachments);
    }

    /** Of another rule for what is published, in the courses where that is attached. */
    public static Trial of(Catalogue catalogue, AchievementId achievement, Rule rule) {
        return new Trial(achievement, rule, catalogue.attachments(achievement));
    }

    /**
     * Of an achievement as a file defines it: where the file attaches it, and where it is attached already. Makes nothing: courses and
     * activities that were never heard of are left out.
     *
     * @throws Problem NOT_FOUND where the file does not define it
     */
    public static Trial of(DSLContext db, Catalogue catalogue, CatalogueFile file, AchievementId achievement) {
        var definition = file.achievements().get(achievement);
        if (definition == null) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "achievement_unknown",
                    "The file defines no achievement \"%s\".".formatted(achievement));
        }
        var attachments = new LinkedHashMap<CourseId, Attachment>();
        catalogue.attachments(achievement).forEach(one -> attachments.put(one.course(), one));
        for (var entry : file.courses()) {
            var attached = entry.attachments().stream()
                    .filter(one -> one.achievement().equals(achievement))
                    .findFirst();
            if (attached.isPresent()) {
                course(db, catalogue.tenant(), entry)
                        .ifPresent(course ->
                                attachments.put(course, attachment(db, catalogue.tenant(), course, attached.get())));
            }
        }
        return new Trial(achievement, definition.rule(), List.copyOf(attachments.values()));
    }

    private static Optional<CourseId> course(DSLContext db, TenantId tenant, CatalogueFile.CourseEntry entry) {
        return PlatformStore.find(db, entry.issuer(), entry.clientId())
                .flatMap(platform -> PlatformStore.findDeployment(db, platform.id(), entry.deployment()))
                .filter(deployment -> deployment.tenant().equals(tenant))
                .flatMap(deployment -> CourseStore.find(db, tenant, deployment.id(), entry.context()))
                .map(course -> course.id());
    }

    private static Attachment attachment(
            DSLContext db, TenantId tenant, CourseId course, CatalogueFile.AttachmentEntry attached) {
        var bindings = new HashMap<Slot, Binding>();
        attached.bindings().forEach((slot, bound) -> {
            var source = bound.activity() == null ? Source.COLUMN : Source.PUSH;
            var name = Objects.requireNonNullElse(bound.activity(), attached.achievement() + "/" + slot.name());
            var found =
                    ActivityStore.find(db, tenant, course, source, Set.of(name)).get(name);
            if (found != null) {
                bindings.put(slot, new Binding(found, bound.title()));
            }
        });
        return new Attachment(
                AttachmentId.fresh(),
                course,
                attached.achievement(),
                attached.module(),
                1,
                attached.inGradebook(),
                Map.copyOf(bindings));
    }
}

package org.cairn.award;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Definition;
import org.cairn.evidence.ObservationStore;
import org.cairn.rule.Score;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/**
 * Whether activities are graded out of what rules count in. Percent fit whatever an activity is graded out of; points do not, and an LMS
 * may change its mind later.
 */
public final class Scales {

    /**
     * An activity that is graded out of something else than it was, or out of less than a rule asks for.
     *
     * @param credential whose rule counts its points
     * @param activity as people call it
     * @param asked the points that are asked for
     * @param before what it was graded out of; empty where it always was as now
     * @param now what it is graded out of
     */
    public record Mismatch(
            String credential, String activity, BigDecimal asked, List<BigDecimal> before, BigDecimal now) {

        public boolean isReachable() {
            return asked.compareTo(now) <= 0;
        }
    }

    private Scales() {}

    /** What a teacher of the course should look at, in one statement, or in none where no rule of the course counts points. */
    public static List<Mismatch> mismatches(DSLContext db, Catalogue catalogue, CourseId course) {
        var activities = new HashSet<ActivityId>();
        for (var attachment : catalogue.attachments(course)) {
            var rule = catalogue.get(attachment.achievement()).definition().rule();
            attachment.bindings().forEach((slot, bound) -> {
                if (rule.scores(slot).anyMatch(score -> score.scale() == Score.Scale.POINTS)) {
                    activities.add(bound.activity());
                }
            });
        }
        if (activities.isEmpty()) {
            return List.of();
        }
        var maxima = ObservationStore.maxima(db, catalogue.tenant(), activities);
        return catalogue.attachments(course).stream()
                .flatMap(attachment -> mismatches(catalogue, attachment, maxima).stream())
                .toList();
    }

    /**
     * Throws Problem UNPROCESSABLE where nobody could reach the points that are asked for.
     *
     * @param maximum what a column of Cairn's own is graded out of
     */
    static void require(Definition definition, Slot slot, BigDecimal maximum) {
        definition
                .rule()
                .scores(slot)
                .filter(score -> !score.canBeReached(maximum))
                .findFirst()
                .ifPresent(score -> {
                    throw new Problem(
                            Problem.Kind.UNPROCESSABLE,
                            "scale_mismatch",
                            "\"%s\" asks for %s points of \"%s\", which is graded out of %s: nobody could reach that. Choose another activity, or one that is graded out of more."
                                    .formatted(
                                            definition.name(),
                                            score.value().toPlainString(),
                                            definition.slots().getOrDefault(slot, slot.name()),
                                            maximum.toPlainString()));
                });
    }

    /** The same of an activity of the LMS, by what was last reported of it; nothing where nothing was. */
    static void require(DSLContext db, TenantId tenant, Definition definition, Slot slot, ActivityId activity) {
        if (definition.rule().scores(slot).anyMatch(score -> score.scale() == Score.Scale.POINTS)) {
            var maxima = ObservationStore.maxima(db, tenant, Set.of(activity)).getOrDefault(activity, List.of());
            if (!maxima.isEmpty()) {
                require(definition, slot, maxima.getLast());
            }
        }
    }

    private static List<Mismatch> mismatches(
            Catalogue catalogue, Attachment attachment, Map<ActivityId, List<BigDecimal>> maxima) {
        var definition = catalogue.get(attachment.achievement()).definition();
        var found = new ArrayList<Mismatch>();
        attachment.bindings().forEach((slot, bound) -> {
            var known = maxima.getOrDefault(bound.activity(), List.of());
            if (!known.isEmpty()) {
                definition
                        .rule()
                        .scores(slot)
                        .filter(score -> score.scale() == Score.Scale.POINTS)
                        .filter(score -> known.size() > 1 || !score.canBeReached(known.getLast()))
                        .map(score -> new Mismatch(
                                definition.name(),
                                bound.title(),
                                score.value(),
                                known.subList(0, known.size() - 1),
                                known.getLast()))
                        .forEach(found::add);
            }
        });
        return found;
    }
}

package org.cairn.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.rule.Finding;
import org.cairn.rule.Lint;
import org.cairn.rule.Normal;
import org.cairn.rule.Requirement;
import org.cairn.rule.Rule;
import org.cairn.rule.Slot;
import org.cairn.rule.Surroundings;
import org.jspecify.annotations.Nullable;

/** What is wrong with the rules of a catalogue file, or odd about them, before it is taken in. */
public final class CatalogueLint {

    private final CatalogueFile file;
    private final @Nullable Catalogue published;
    private final Instant at;
    private final Map<AchievementId, Definition> all = new LinkedHashMap<>();
    private final Map<Requirement, Set<AchievementId>> normal = new HashMap<>();
    private final Map<AchievementId, Map<Slot, Set<Integer>>> maxima = new HashMap<>();

    private CatalogueLint(CatalogueFile file, @Nullable Catalogue published, Instant at) {
        this.file = file;
        this.published = published;
        this.at = at;
        if (published != null) {
            published.drafts().forEach(one -> all.put(one.id(), one.definition()));
            published.achievements().forEach(one -> all.put(one.id(), one.definition()));
        }
        all.putAll(file.achievements());
        all.forEach((id, definition) -> normal.computeIfAbsent(
                        Normal.of(definition.rule().requirement()), rule -> new HashSet<>())
                .add(id));
        file.courses().forEach(course -> course.attachments().forEach(this::maxima));
    }

    /**
     * The findings for each achievement of the file, in its order.
     *
     * @param published what the tenant has already; null where that is not known
     */
    public static Map<AchievementId, List<Finding>> of(CatalogueFile file, @Nullable Catalogue published, Instant at) {
        return new CatalogueLint(file, published, at).findings();
    }

    /** The findings for another rule of what is published. */
    public static List<Finding> of(AchievementId achievement, Rule rule, Catalogue published, Instant at) {
        var now = published.get(achievement).definition();
        var slots = new HashMap<>(now.slots());
        Stream.of(rule.slots(), rule.handIns(), rule.hours())
                .flatMap(Set::stream)
                .forEach(slot -> slots.putIfAbsent(slot, slot.name()));
        var then = now.withRule(rule, slots);
        var file = new CatalogueFile("", Map.of(achievement, then), Map.of(), List.of());
        return of(file, published, at).getOrDefault(achievement, List.of());
    }

    private Map<AchievementId, List<Finding>> findings() {
        var findings = new LinkedHashMap<AchievementId, List<Finding>>();
        file.achievements()
                .forEach((id, definition) -> findings.put(id, new ArrayList<>(Lint.of(definition.rule(), around(id)))));
        var ring = Cycles.find(all);
        for (var id : ring) {
            findings.getOrDefault(id, new ArrayList<>())
                    .add(new Finding(
                            Finding.Severity.ERROR,
                            "rule",
                            "cycle",
                            "It asks for itself in a ring, so nobody could earn it: %s; take one step out."
                                    .formatted(Cycles.written(ring))));
        }
        return findings;
    }

    private Surroundings around(AchievementId own) {
        return new Surroundings(
                this::known,
                id -> Optional.ofNullable(all.get(id)).map(one -> one.rule().requirement()),
                rule -> {
                    var same = new TreeSet<>(Comparator.comparing(AchievementId::value));
                    same.addAll(normal.getOrDefault(rule, Set.of()));
                    same.remove(own);
                    return same;
                },
                slot -> maxima.getOrDefault(own, Map.of()).getOrDefault(slot, Set.of()),
                published == null ? ZoneOffset.UTC : published.timeZone(),
                at);
    }

    private Surroundings.Known known(AchievementId id) {
        var defined = all.get(id);
        if (defined == null) {
            return published == null ? Surroundings.Known.ELSEWHERE : Surroundings.Known.UNKNOWN;
        }
        // A draft of what is published already takes nothing away.
        if (defined.isDraft() && published != null && published.find(id).isPresent()) {
            defined = published.get(id).definition();
        }
        return switch (defined.status()) {
            case DRAFT -> Surroundings.Known.DRAFT;
            case PUBLISHED -> Surroundings.Known.PUBLISHED;
            case RETIRED -> Surroundings.Known.RETIRED;
        };
    }

    private void maxima(CatalogueFile.AttachmentEntry attached) {
        attached.bindings().forEach((slot, bound) -> {
            if (bound.columnMaximum() != null) {
                maxima.computeIfAbsent(attached.achievement(), id -> new HashMap<>())
                        .computeIfAbsent(slot, s -> new TreeSet<>())
                        .add(bound.columnMaximum());
            }
        });
    }
}

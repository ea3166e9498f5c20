package org.cairn.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.rule.Trait;

/**
 * Which achievements could count in which stacks: because a rule names them or what they count as, or because they have a label that it
 * counts by. What
 * counts whatever it is is kept once, and not once for each achievement.
 */
final class Stacks {

    private final Map<AchievementId, Set<Achievement>> above = new HashMap<>();
    private final Map<AchievementId, Set<AchievementId>> below = new HashMap<>();
    private final Set<Achievement> aboveAll = new LinkedHashSet<>();
    private final Set<AchievementId> all = new LinkedHashSet<>();

    Stacks(Collection<Achievement> achievements) {
        var labelled = new HashMap<String, Set<Achievement>>();
        var forms = new HashMap<AchievementId, Set<AchievementId>>();
        for (var achievement : achievements) {
            all.add(achievement.id());
            achievement
                    .definition()
                    .labels()
                    .forEach(label -> labelled.computeIfAbsent(label, l -> new LinkedHashSet<>())
                            .add(achievement));
            achievement
                    .definition()
                    .countsAs()
                    .forEach(other -> forms.computeIfAbsent(other, o -> new LinkedHashSet<>())
                            .add(achievement.id()));
        }
        for (var stack : achievements) {
            var rule = stack.definition().rule();
            for (var part : rule.achievements()) {
                add(part, stack);
                forms.getOrDefault(part, Set.of()).forEach(other -> add(other, stack));
            }
            for (var trait : rule.traits()) {
                if (trait.labels().isEmpty()) {
                    aboveAll.add(stack);
                } else {
                    parts(trait, labelled).forEach(part -> add(part.id(), stack));
                }
            }
        }
    }

    Collection<Achievement> above(AchievementId achievement) {
        var named = above.getOrDefault(achievement, Set.of());
        if (aboveAll.isEmpty()) {
            return named;
        }
        var both = new LinkedHashMap<AchievementId, Achievement>();
        named.forEach(stack -> both.put(stack.id(), stack));
        aboveAll.stream()
                .filter(stack -> !stack.id().equals(achievement))
                .forEach(stack -> both.put(stack.id(), stack));
        return both.values();
    }

    Collection<AchievementId> below(AchievementId stack) {
        if (aboveAll.stream().anyMatch(one -> one.id().equals(stack))) {
            var others = new LinkedHashSet<>(all);
            others.remove(stack);
            return others;
        }
        return below.getOrDefault(stack, Set.of());
    }

    /** The fewest that have one of its labels, of which those with all of them. */
    private static List<Achievement> parts(Trait trait, Map<String, Set<Achievement>> labelled) {
        return trait.labels().stream()
                .map(label -> labelled.getOrDefault(label, Set.of()))
                .min(Comparator.comparingInt(Set::size))
                .orElse(Set.of())
                .stream()
                .filter(part -> part.definition().labels().containsAll(trait.labels()))
                .toList();
    }

    private void add(AchievementId part, Achievement stack) {
        if (!part.equals(stack.id())) {
            above.computeIfAbsent(part, p -> new LinkedHashSet<>()).add(stack);
            below.computeIfAbsent(stack.id(), s -> new HashSet<>()).add(part);
        }
    }
}

package org.cairn.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.Problem;

/** Refuses stacks that, step by step, ask for themselves: nobody could ever earn them. */
final class Cycles {

    private Cycles() {}

    /** Throws Problem UNPROCESSABLE naming the ring, or the achievement that another one names and nothing defines. */
    static void refuse(Map<AchievementId, Definition> definitions) {
        definitions.forEach((id, definition) -> {
            requireAll(definitions, definition.rule().achievements(), id, "asks for");
            requireAll(definitions, definition.countsAs(), id, "counts as");
        });
        var ring = find(definitions);
        if (!ring.isEmpty()) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "stack_cycle",
                    "%s ask for themselves in a ring, so nobody could earn them; take one step out of the ring."
                            .formatted(written(ring)));
        }
    }

    private static void requireAll(
            Map<AchievementId, Definition> definitions, Set<AchievementId> named, AchievementId by, String how) {
        for (var one : named) {
            if (!definitions.containsKey(one)) {
                throw new Problem(
                        Problem.Kind.UNPROCESSABLE,
                        "achievement_unknown",
                        "\"%s\" %s \"%s\", which is not defined; define it or take it out.".formatted(by, how, one));
            }
        }
    }

    /** The achievements of one ring, each asking for the next and the last for the first; empty where there is none. */
    static List<AchievementId> find(Map<AchievementId, Definition> definitions) {
        var open = new TreeMap<String, Set<AchievementId>>();
        definitions.forEach((id, definition) -> {
            var parts = new HashSet<>(definition.rule().parts());
            parts.retainAll(definitions.keySet());
            open.put(id.value(), parts);
        });
        // Whatever asks for nothing that is still open is settled; what is left when nothing settles any more is in or
        // above a ring.
        while (true) {
            var settled = open.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (settled.isEmpty()) {
                break;
            }
            open.keySet().removeAll(settled);
            open.values().forEach(parts -> parts.removeIf(part -> settled.contains(part.value())));
        }
        return open.isEmpty() ? List.of() : ring(open);
    }

    static String written(List<AchievementId> ring) {
        var names = ring.stream().map(AchievementId::value).collect(Collectors.joining("\" → \""));
        return "\"" + names + "\" → \"" + ring.getFirst() + "\"";
    }

    // From any open one, each step leads to another open one, so that after enough steps we walk the ring itself.
    private static List<AchievementId> ring(Map<String, Set<AchievementId>> open) {
        var walked = new ArrayList<String>();
        String at = open.keySet().iterator().next();
        while (!walked.contains(at)) {
            walked.add(at);
            at = open.getOrDefault(at, Set.of()).stream()
                    .map(AchievementId::value)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        return walked.subList(walked.indexOf(at), walked.size()).stream()
                .map(AchievementId::new)
                .toList();
    }
}

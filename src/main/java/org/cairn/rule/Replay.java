package org.cairn.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An evaluation decided again from nothing but what it shows: the awards that counted, and grades where they are told. So somebody who was
 * not there can check the arithmetic of a stack.
 *
 * @param isRight whether what it shows, and what has to be taken on its word, meets its rule
 * @param onTrust what is met only by its word, since it shows nothing that could be looked at, in the order of the rule
 */
public record Replay(boolean isRight, Set<Requirement> onTrust) {

    /** Evaluations of parts; a sum counts as many as it may take steps. What institutions write needs a few million at most. */
    private static final double MOST_WORK = 100_000_000;

    /**
     * Decides as of the instant at which it was evaluated, by the calendar of who evaluated it.
     *
     * @throws IllegalArgumentException where that would take too long, as only what was made for it does: periods within periods are looked at
     *     from every instant on
     */
    public static Replay of(Evaluation evaluation, Instant at, ZoneId zone) {
        var shown = new Shown(Facts.none(zone), at);
        shown.add(evaluation);
        if (work(evaluation.requirement(), shown.instants()) > MOST_WORK) {
            throw new IllegalArgumentException("To decide this again would take too long.");
        }
        return new Replay(Evaluator.met(evaluation.requirement(), shown.facts(), at), shown.onTrust);
    }

    private static double work(Requirement requirement, int instants) {
        double parts = 1;
        for (var part : requirement.of()) {
            parts += work(part, instants);
        }
        return switch (requirement) {
            case Within within -> parts * (instants + 1);
            case InOrder order -> parts * (instants + 2);
            case CreditSum sum -> Selection.MOST_STEPS;
            case Separately all -> Selection.MOST_STEPS;
            default -> parts;
        };
    }

    private static final class Shown {

        private final Facts nothing;
        private final Instant at;
        private final Map<Slot, Map<Requirement, Fact>> attempts = new HashMap<>();
        private final Set<Held> held = new LinkedHashSet<>();
        private final Set<Requirement> onTrust = new LinkedHashSet<>();

        Shown(Facts nothing, Instant at) {
            this.nothing = nothing;
            this.at = at;
        }

        void add(Evaluation evaluation) {
            if (!evaluation.isMet()) {
                return;
            }
            if (evaluation.found().waivedAt() != null) {
                onTrust.add(evaluation.requirement());
                return;
            }
            evaluation.parts().forEach(this::add);
            held.addAll(evaluation.found().counted());
            switch (evaluation.requirement()) {
                case Score score -> attempt(score.slot(), evaluation);
                case Completed completed -> attempt(completed.slot(), evaluation);
                case Mean mean -> trustUnless(!hides(evaluation), mean);
                case Holds holds -> trustUnless(holds.minimum() == null || !hides(evaluation), holds);
                case CreditSum sum -> trustUnless(sum.pool().minimum() == null || !hides(evaluation), sum);
                // Its sums are counted together, so one of them is not looked at without the others.
                case Separately all -> trustUnless(all.of().stream().noneMatch(onTrust::contains), all);
                case Within within -> trustUnless(within.since() == null, within);
                case Hours hours -> onTrust.add(hours);
                case Approved approved -> onTrust.add(approved);
                case Member member -> onTrust.add(member);
                default -> {}
            }
        }

        private void attempt(Slot slot, Evaluation evaluation) {
            if (evaluation.used() == null) {
                onTrust.add(evaluation.requirement());
            } else {
                attempts.computeIfAbsent(slot, key -> new LinkedHashMap<>())
                        .put(evaluation.requirement(), evaluation.used());
            }
        }

        private void trustUnless(boolean isShown, Requirement requirement) {
            if (!isShown) {
                onTrust.add(requirement);
            }
        }

        /** How many things happened, at most at as many instants. */
        int instants() {
            return held.size() + attempts.values().stream().mapToInt(Map::size).sum();
        }

        /** Whether an award that counted does not tell its result. */
        private static boolean hides(Evaluation evaluation) {
            return evaluation.found().counted().stream().anyMatch(held -> held.result() == null);
        }

        /** All that is shown. Where one activity was looked at in different ways, each attempt is looked at by itself: beside another it might not be the one that counts. */
        Facts facts() {
            var together = new HashMap<Slot, List<Fact>>();
            var settled = new HashMap<Requirement, Instant>();
            onTrust.forEach(requirement -> settled.put(requirement, at));
            attempts.forEach((slot, used) -> {
                if (Set.copyOf(used.values()).size() == 1) {
                    together.put(slot, List.of(used.values().iterator().next()));
                } else {
                    used.forEach((requirement, fact) -> {
                        if (Evaluator.met(requirement, nothing.withAttempts(Map.of(slot, List.of(fact))), at)) {
                            settled.put(requirement, at);
                        }
                    });
                }
            });
            return nothing.withAttempts(together).withHeld(held).withWaived(settled);
        }
    }
}

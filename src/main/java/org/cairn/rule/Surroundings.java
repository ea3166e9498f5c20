package org.cairn.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cairn.AchievementId;

/**
 * What a rule does not say itself, and {@link Lint} asks about it.
 *
 * @param rules the rule of another achievement, where it is known
 * @param same the other achievements whose rule is this one, as {@link Normal} writes it
 * @param maxima what the columns that fill a slot are graded out of, where that is known
 */
public record Surroundings(
        Function<AchievementId, Known> known,
        Function<AchievementId, Optional<Requirement>> rules,
        Function<Requirement, Set<AchievementId>> same,
        Function<Slot, Set<Integer>> maxima,
        ZoneId zone,
        Instant at) {

    /** What became of an achievement; or that it is not in what was given, or that nobody can say. */
    public enum Known {
        PUBLISHED,
        DRAFT,
        RETIRED,
        UNKNOWN,
        ELSEWHERE,
        UNSAID
    }

    /** Of a rule alone. */
    public static Surroundings none(ZoneId zone, Instant at) {
        return new Surroundings(
                id -> Known.UNSAID, id -> Optional.empty(), rule -> Set.of(), slot -> Set.of(), zone, at);
    }
}

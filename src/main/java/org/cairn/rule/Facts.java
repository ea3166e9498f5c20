package org.cairn.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.AchievementId;

/**
 * Everything that an evaluation sees of a learner. Lists are in any order.
 *
 * @param attempts by the slot of the activity
 * @param held what she holds, by the achievement that it is of or counts as
 * @param hours confirmed hours, by kind
 * @param approvals what became of what she handed in
 * @param memberships since when she belongs to which groups
 * @param waived which requirements, word for word, somebody excused her from, and since when
 * @param zone of the institution's calendar
 */
public record Facts(
        Map<Slot, List<Fact>> attempts,
        Map<AchievementId, List<Held>> held,
        Map<Slot, List<Worked>> hours,
        Map<Slot, List<Approval>> approvals,
        Map<Membership, Instant> memberships,
        Map<Requirement, Instant> waived,
        ZoneId zone) {

    private static final Comparator<Held> OLDEST_FIRST = Comparator.comparing(Held::at)
            .thenComparing(Held::id)
            .thenComparing(held -> held.achievement().value());

    /** Nothing is known. */
    public static Facts none(ZoneId zone) {
        return new Facts(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), zone);
    }

    public Facts withAttempts(Map<Slot, List<Fact>> attempts) {
        return new Facts(attempts, held, hours, approvals, memberships, waived, zone);
    }

    public Facts withHeld(Collection<Held> held) {
        var byAchievement = held.stream().collect(Collectors.groupingBy(Held::achievement));
        return new Facts(attempts, byAchievement, hours, approvals, memberships, waived, zone);
    }

    public Facts withHours(Map<Slot, List<Worked>> hours) {
        return new Facts(attempts, held, hours, approvals, memberships, waived, zone);
    }

    public Facts withApprovals(Map<Slot, List<Approval>> approvals) {
        return new Facts(attempts, held, hours, approvals, memberships, waived, zone);
    }

    public Facts withMemberships(Map<Membership, Instant> memberships) {
        return new Facts(attempts, held, hours, approvals, memberships, waived, zone);
    }

    public Facts withWaived(Map<Requirement, Instant> waived) {
        return new Facts(attempts, held, hours, approvals, memberships, waived, zone);
    }

    List<Fact> attempts(Slot slot) {
        return attempts.getOrDefault(slot, List.of());
    }

    List<Held> held(AchievementId achievement) {
        return held.getOrDefault(achievement, List.of());
    }

    List<Worked> hours(Slot kind) {
        return hours.getOrDefault(kind, List.of());
    }

    List<Approval> approvals(Slot evidence) {
        return approvals.getOrDefault(evidence, List.of());
    }

    List<Held> heldInOrder() {
        return held.values().stream().flatMap(List::stream).sorted(OLDEST_FIRST).toList();
    }

    /** What happened from one instant to another, both included. Memberships and waivers stay: they are not events. */
    Facts between(Instant from, Instant to) {
        return new Facts(
                kept(attempts, Fact::at, from, to),
                kept(held, Held::at, from, to),
                kept(hours, Worked::at, from, to),
                kept(approvals, Approval::at, from, to),
                memberships,
                waived,
                zone);
    }

    /** The instants at which something happened, in order. */
    Collection<Instant> instants() {
        return Stream.of(
                        instants(attempts, Fact::at),
                        instants(held, Held::at),
                        instants(hours, Worked::at),
                        instants(approvals, Approval::at))
                .flatMap(all -> all)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <K, V> Stream<Instant> instants(Map<K, List<V>> facts, Function<V, Instant> at) {
        return facts.values().stream().flatMap(List::stream).map(at);
    }

    private static <K, V> Map<K, List<V>> kept(
            Map<K, List<V>> facts, Function<V, Instant> at, Instant from, Instant to) {
        Predicate<V> lies =
                fact -> !at.apply(fact).isBefore(from) && !at.apply(fact).isAfter(to);
        var kept = new HashMap<K, List<V>>();
        facts.forEach((key, all) -> {
            var some = new ArrayList<V>(all.size());
            all.stream().filter(lies).forEach(some::add);
            if (!some.isEmpty()) {
                kept.put(key, some);
            }
        });
        return kept;
    }
}

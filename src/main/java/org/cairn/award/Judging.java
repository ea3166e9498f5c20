package org.cairn.award;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Regrade;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Facts;
import org.cairn.rule.Held;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is known now bears an award: by the rule of its own version, as of the instant it was made, so that time alone takes
 * nothing away. Knows which awards count in which. For one transaction and its standings.
 */
final class Judging {

    private final Catalogue catalogue;
    private final Standings standings;
    private final Map<UUID, AwardStore.Holding> known = new HashMap<>();
    private final Map<UUID, Set<UUID>> parts = new HashMap<>();
    private final Map<UUID, Set<UUID>> above = new HashMap<>();
    private final List<PartStore.Counted> added = new ArrayList<>();

    Judging(Catalogue catalogue, Standings standings) {
        this.catalogue = catalogue;
        this.standings = standings;
    }

    /** Reads what counts in what of these learners' awards, in one statement. */
    void load(DSLContext db, Collection<LearnerId> learners) {
        learners.forEach(learner -> standings.awards(learner).forEach(this::keep));
        for (var one : PartStore.list(db, catalogue.tenant(), learners)) {
            count(one);
        }
    }

    private boolean count(PartStore.Counted one) {
        above.computeIfAbsent(one.part(), id -> new LinkedHashSet<>())
                .add(one.award().value());
        return parts.computeIfAbsent(one.award().value(), id -> new HashSet<>()).add(one.part());
    }

    /** From now on this is how an award of these learners stands. */
    void keep(AwardStore.Holding then) {
        known.put(then.award().value(), then);
    }

    AwardStore.Holding now(AwardStore.Holding award) {
        return known.getOrDefault(award.award().value(), award);
    }

    /** The awards that counted in it, as they stand now. */
    List<AwardStore.Holding> parts(AwardStore.Holding award) {
        return known(ids(award));
    }

    /** What counted in it: awards, and what was earned elsewhere. */
    Set<UUID> ids(AwardStore.Holding award) {
        return parts.getOrDefault(award.award().value(), Set.of());
    }

    /** The stacks in which it counted, as they stand now. */
    List<AwardStore.Holding> above(AwardStore.Holding award) {
        return known(above.getOrDefault(award.award().value(), Set.of()));
    }

    private List<AwardStore.Holding> known(Set<UUID> ids) {
        return ids.stream().map(known::get).filter(Objects::nonNull).toList();
    }

    Achievement version(AwardStore.Holding award) {
        return catalogue.get(award.achievement(), award.version());
    }

    /** What its version wants; null where it says nothing. */
    @Nullable
    Regrade policy(AwardStore.Holding award) {
        return version(award).definition().regrade();
    }

    /** Why it was taken, if it was: one whose version says nothing was taken along by a part, unless it was a person who took it. */
    @Nullable
    Regrade takenBy(AwardStore.Holding award) {
        var own = policy(award);
        if (own != null || award.last().isByPerson()) {
            return own;
        }
        boolean isHeld = award.last().kind() == Award.Step.Kind.SUSPENDED;
        return new Regrade(isHeld ? Regrade.Then.HOLD : Regrade.Then.REVOKE, true);
    }

    /**
     * Whether it can be told that nothing bears it: not where the slots of its course were filled differently when it was made, or are not
     * those of its version any more.
     */
    boolean isKnown(AwardStore.Holding award) {
        var slots = version(award).definition().rule().slots();
        return ways(award)
                .map(Candidate::attachment)
                .anyMatch(way -> way == null
                        || (way.course().equals(award.course())
                                && catalogue.isBoundSince(way, slots, award.awardedAt())));
    }

    /** Whether reports of any course bear it, with nothing of {@code doubted}. */
    boolean isMet(AwardStore.Holding award, Set<AwardId> doubted) {
        return ways(award).anyMatch(way -> isMet(award, way, doubted));
    }

    private Stream<Candidate> ways(AwardStore.Holding award) {
        var version = version(award);
        var slots = version.definition().rule().slots();
        return Candidate.of(catalogue, version).stream().filter(way -> {
            var attachment = way.attachment();
            return attachment == null
                    || (attachment.bindings().keySet().containsAll(slots) && standings.knows(attachment.activities()));
        });
    }

    private boolean isMet(AwardStore.Holding award, Candidate way, Set<AwardId> doubted) {
        var rule = version(award).definition().rule();
        var earlier = earlier(award, doubted);
        return held(award, way, doubted).stream()
                .anyMatch(facts -> Candidate.isEarned(rule, earlier, facts, award.awardedAt()));
    }

    /** What counted in it, which suffices as long as it is there; and with whatever she holds beside it, which may take its place. */
    private List<Facts> held(AwardStore.Holding award, Candidate way, Set<AwardId> doubted) {
        var rule = version(award).definition().rule();
        var facts = standings.facts(award.learner(), award.achievement(), way.attachment(), catalogue.timeZone());
        if (rule.achievements().isEmpty() && rule.traits().isEmpty()) {
            return List.of(facts);
        }
        var counted = counted(award, facts, doubted);
        var all = new ArrayList<>(counted);
        all.addAll(others(award, facts, doubted));
        return List.of(facts.withHeld(counted), facts.withHeld(all));
    }

    /** What took the place of a part that is gone counts from now on, and the award goes with it. */
    void settle(AwardStore.Holding award, Set<AwardId> doubted) {
        var rule = version(award).definition().rule();
        var met = ways(award)
                .flatMap(way -> held(award, way, doubted).stream())
                .filter(facts -> Candidate.isEarned(rule, earlier(award, doubted), facts, award.awardedAt()))
                .findFirst();
        met.ifPresent(facts -> Evaluator.evaluate(rule, facts, award.awardedAt()).counted().stream()
                .map(held -> new PartStore.Counted(award.award(), UUID.fromString(held.id())))
                .filter(this::count)
                .forEach(added::add));
    }

    /** What counts since it was read. */
    List<PartStore.Counted> added() {
        return added;
    }

    /** The award that it renewed or that ended before it. */
    private AwardStore.@Nullable Holding earlier(AwardStore.Holding award, Set<AwardId> doubted) {
        return standings.awards(award.learner(), award.achievement()).stream()
                .filter(one -> one.occurrence() < award.occurrence())
                .filter(one -> !one.last().isUndone() && !doubted.contains(one.award()))
                .max(Comparator.comparingInt(AwardStore.Holding::occurrence))
                .orElse(null);
    }

    /** What counted and may count still: what stands, and what was taken without taking the stacks above along. */
    private List<Held> counted(AwardStore.Holding award, Facts facts, Set<AwardId> doubted) {
        var counted = new ArrayList<Held>();
        for (var id : ids(award)) {
            var part = known.get(id);
            if (part != null && !part.stands()) {
                var taken = takenBy(part);
                if (taken == null || !taken.stacksAbove()) {
                    counted.addAll(Holdings.forms(catalogue, part));
                }
            } else if (part == null || !doubted.contains(part.award())) {
                held(facts).filter(one -> one.id().equals(id.toString())).forEach(counted::add);
            }
        }
        // However many stacks it may count in: it counts in this one already.
        return counted.stream().map(Held::unused).toList();
    }

    /** What she holds beside that: neither the award itself nor what was awarded because of it. */
    private List<Held> others(AwardStore.Holding award, Facts facts, Set<AwardId> doubted) {
        var left = new HashSet<>(ids(award));
        doubted.forEach(one -> left.add(one.value()));
        var open = new ArrayDeque<>(Set.of(award.award().value()));
        var seen = new HashSet<UUID>();
        while (!open.isEmpty()) {
            var one = open.remove();
            if (seen.add(one)) {
                open.addAll(above.getOrDefault(one, Set.of()));
            }
        }
        left.addAll(seen);
        var ids = left.stream().map(UUID::toString).collect(Collectors.toSet());
        return held(facts).filter(held -> !ids.contains(held.id())).toList();
    }

    private static Stream<Held> held(Facts facts) {
        return facts.held().values().stream().flatMap(Collection::stream);
    }
}

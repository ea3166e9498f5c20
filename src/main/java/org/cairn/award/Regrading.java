package org.cairn.award;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Regrade;
import org.cairn.openbadges.Credentials;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of awards when reports no longer meet their rule, as their achievements want it: they are kept, held for review or revoked,
 * and the stacks above them with them or not. What has ended, and what a person decided about, is left alone. For one transaction.
 */
final class Regrading {

    private static final String LOST = "What was reported since no longer meets the rule.";
    private static final String MET = "What was reported since meets the rule again.";

    /** An award that may have to go, and how. {@code isForItself} unless it is only asked about because a part of it may have to go. */
    private record Case(AwardStore.Holding award, Regrade policy, boolean isForItself) {}

    private final Catalogue catalogue;
    private final Standings standings;
    private final Judging judging;
    private final Instant now;
    private final Map<AwardId, AwardStore.Holding> before = new LinkedHashMap<>();

    private Regrading(Catalogue catalogue, Standings standings, Instant now) {
        this.catalogue = catalogue;
        this.standings = standings;
        this.judging = new Judging(catalogue, standings);
        this.now = now;
    }

    /** Asks the database nothing where these learners have no award that could change. */
    static Regrading of(DSLContext db, Catalogue catalogue, Standings standings, Instant now) {
        var regrading = new Regrading(catalogue, standings, now);
        if (!catalogue.regraded().isEmpty()) {
            var concerned = standings.learners().stream()
                    .filter(learner -> standings.awards(learner).anyMatch(regrading::mayChange))
                    .toList();
            if (!concerned.isEmpty()) {
                regrading.judging.load(db, concerned);
            }
        }
        return regrading;
    }

    private boolean mayChange(AwardStore.Holding award) {
        var policy = judging.policy(award);
        return (policy != null && policy.takes()) || award.last().kind() == Award.Step.Kind.SUSPENDED;
    }

    /**
     * Takes from a learner what no longer meets its rule, and what cannot stand without that; returns what can be earned anew. Whatever
     * could go is doubted until something that is not doubted bears it: two stacks that could count for each other do not hold each other
     * up.
     */
    Set<AchievementId> lose(LearnerId learner, Set<AchievementId> achievements) {
        var cases = cases(learner, achievements);
        if (cases.stream().allMatch(one -> judging.isMet(one.award(), Set.of()))) {
            return Set.of();
        }
        var doubted = upward(cases);
        for (boolean isMore = true; isMore; ) {
            isMore = doubted.values().removeIf(one -> isBorne(one, doubted.keySet()));
        }
        var lost = new LinkedHashMap<AwardId, AwardStore.Holding>();
        doubted.values().forEach(one -> lost.put(one.award().award(), one.award()));
        var undone = new LinkedHashSet<AchievementId>();
        List.copyOf(lost.values()).forEach(one -> take(one, lost, undone));
        return undone;
    }

    /** Gives back what was held for review and meets its rule again; returns the achievements in which it could count. */
    Set<AchievementId> reinstate(LearnerId learner, AchievementId achievement) {
        var opened = new LinkedHashSet<AchievementId>();
        for (var award : List.copyOf(standings.awards(learner, achievement))) {
            if (award.last().kind() == Award.Step.Kind.SUSPENDED && isOurs(award) && judging.isMet(award, Set.of())) {
                judging.settle(award, Set.of());
                reinstate(award);
                catalogue.above(achievement).forEach(stack -> opened.add(stack.id()));
                judging.above(award).forEach(stack -> opened.add(stack.achievement()));
            }
        }
        return opened;
    }

    /** Writes the steps, with what follows from them, in a handful of statements however many they are. */
    void save(DSLContext db, Credentials credentials) {
        PartStore.insert(db, catalogue.tenant(), judging.added());
        var taken = before.values().stream()
                .filter(was -> !was.last().equals(judging.now(was).last()))
                .map(judging::now)
                .toList();
        if (taken.isEmpty()) {
            return;
        }
        var tenant = catalogue.tenant();
        var steps = taken.stream().collect(Collectors.toMap(AwardStore.Holding::award, AwardStore.Holding::last));
        AwardStore.take(db, tenant, steps, now);
        var kinds =
                taken.stream().collect(Collectors.groupingBy(one -> one.last().kind()));
        var revoked = kinds.getOrDefault(Award.Step.Kind.REVOKED, List.of());
        var held = kinds.getOrDefault(Award.Step.Kind.SUSPENDED, List.of());
        var back = kinds.getOrDefault(Award.Step.Kind.REINSTATED, List.of());
        credentials.revoke(db, tenant, ids(revoked), now);
        credentials.hold(db, tenant, ids(held), now);
        credentials.resume(
                db,
                tenant,
                back.stream()
                        .collect(Collectors.toMap(
                                AwardStore.Holding::award, one -> Optional.ofNullable(one.expiresAt()))),
                now);
        Columns.takeBack(db, tenant, holders(Stream.concat(revoked.stream(), held.stream())), now);
        Columns.tell(db, catalogue, holders(back.stream()), now);
    }

    private static List<AwardId> ids(List<AwardStore.Holding> awards) {
        return awards.stream().map(AwardStore.Holding::award).toList();
    }

    private static List<Columns.Holder> holders(Stream<AwardStore.Holding> awards) {
        return awards.map(AwardStore.Holding::holder).toList();
    }

    private List<Case> cases(LearnerId learner, Set<AchievementId> achievements) {
        var cases = new ArrayList<Case>();
        for (var achievement : achievements) {
            for (var award : standings.awards(learner, achievement)) {
                var policy = judging.policy(award);
                if (!award.stands()) {
                    // It may have been a person who took it just now.
                    above(award, judging.takenBy(award), true).forEach(cases::add);
                } else if (policy != null && policy.takes() && mayGo(award)) {
                    cases.add(new Case(award, policy, true));
                }
            }
        }
        return cases;
    }

    /** These, and all that would have to go if they did. */
    private Map<AwardId, Case> upward(List<Case> cases) {
        var found = new LinkedHashMap<AwardId, Case>();
        cases.forEach(one -> found.put(one.award().award(), one));
        var open = new ArrayDeque<>(cases);
        while (!open.isEmpty()) {
            var one = open.remove();
            above(one.award(), one.policy(), false)
                    .filter(stack -> found.putIfAbsent(stack.award().award(), stack) == null)
                    .forEach(open::add);
        }
        return found;
    }

    private Stream<Case> above(AwardStore.Holding part, @Nullable Regrade policy, boolean isForItself) {
        if (policy == null || !policy.stacksAbove()) {
            return Stream.empty();
        }
        return judging.above(part).stream()
                .map(stack -> new Case(stack, Objects.requireNonNullElse(judging.policy(stack), policy), isForItself))
                .filter(one -> one.policy().takes() && mayGo(one.award()));
    }

    private boolean mayGo(AwardStore.Holding award) {
        return award.stands() && isOurs(award) && judging.isKnown(award);
    }

    private boolean isOurs(AwardStore.Holding award) {
        return !award.last().isByPerson() && !award.hasEnded(now);
    }

    private boolean isBorne(Case one, Set<AwardId> doubted) {
        boolean isAsked = one.isForItself()
                || judging.parts(one.award()).stream().anyMatch(part -> doubted.contains(part.award()));
        if (isAsked && !judging.isMet(one.award(), doubted)) {
            return false;
        }
        if (isAsked) {
            judging.settle(one.award(), doubted);
        }
        return true;
    }

    /** The parts first: a stack that says nothing itself goes the way of one of its parts. */
    private void take(AwardStore.Holding award, Map<AwardId, AwardStore.Holding> lost, Set<AchievementId> undone) {
        if (lost.remove(award.award()) == null) {
            return;
        }
        judging.parts(award).forEach(part -> take(part, lost, undone));
        var part = judging.parts(award).stream().filter(this::takesStacks).findFirst();
        var policy = Optional.ofNullable(judging.policy(award))
                .or(() -> part.map(judging::takenBy))
                .orElseThrow();
        boolean isRevoked = policy.award() == Regrade.Then.REVOKE;
        step(
                award,
                isRevoked ? Award.Step.Kind.REVOKED : Award.Step.Kind.SUSPENDED,
                part.map(this::why).orElse(LOST));
        if (isRevoked) {
            undone.add(award.achievement());
        }
    }

    private boolean takesStacks(AwardStore.Holding part) {
        var policy = judging.takenBy(part);
        return !part.stands() && policy != null && policy.stacksAbove();
    }

    private String why(AwardStore.Holding part) {
        return "“%s” counted in it and no longer stands, and the rule is not met without it."
                .formatted(catalogue.get(part.achievement()).name());
    }

    /** What was taken only now was never taken. */
    private void reinstate(AwardStore.Holding award) {
        var was = before.get(award.award());
        if (was != null && was.stands()) {
            judging.keep(was);
            standings.change(catalogue, was);
        } else {
            step(award, Award.Step.Kind.REINSTATED, MET);
        }
    }

    private void step(AwardStore.Holding award, Award.Step.Kind kind, String reason) {
        before.putIfAbsent(award.award(), award);
        var then = award.after(new Award.Step(kind, now, null, reason));
        judging.keep(then);
        standings.change(catalogue, then);
        if (kind == Award.Step.Kind.REVOKED) {
            standings.release(award.learner(), judging.ids(award));
        }
    }
}

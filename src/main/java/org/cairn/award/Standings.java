package org.cairn.award;

import static java.util.stream.Collectors.groupingBy;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.evidence.Approvals;
import org.cairn.evidence.ObservationStore;
import org.cairn.evidence.Register;
import org.cairn.evidence.Reports;
import org.cairn.lti.MemberStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Held;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What some learners have shown so far, read in a handful of statements however many they are. For one transaction. */
final class Standings {

    private final Map<LearnerId, List<Account>> accounts;
    private final Reports reports;
    private final Set<ActivityId> activities;
    private final Approvals approvals;
    private final Register register;
    private final Applications applications;
    private final Map<LearnerId, List<Held>> held = new HashMap<>();
    private final Map<LearnerId, Map<AchievementId, List<AwardStore.Holding>>> awards = new HashMap<>();

    private Standings(
            List<Account> accounts,
            Collection<ActivityId> activities,
            Reports reports,
            Approvals approvals,
            Register register,
            Applications applications) {
        this.accounts = accounts.stream().collect(groupingBy(Account::learner));
        this.activities = Set.copyOf(activities);
        this.reports = reports;
        this.approvals = approvals;
        this.register = register;
        this.applications = applications;
    }

    static Standings load(
            DSLContext db, Catalogue catalogue, Collection<LearnerId> learners, Collection<ActivityId> activities) {
        var tenant = catalogue.tenant();
        var accounts = AccountStore.ofLearners(db, tenant, learners);
        var ids = accounts.stream().map(Account::id).toList();
        var standings = new Standings(
                accounts,
                activities,
                Reports.load(db, tenant, ids, activities),
                approvals(db, catalogue, learners),
                register(db, catalogue, learners),
                applications(db, catalogue, learners));
        standings.award(catalogue, AwardStore.held(db, tenant, learners));
        standings.recognise(db, catalogue);
        return standings;
    }

    /**
     * Everybody who learns in a course or was reported on in these activities. For looking only: nobody is locked.
     *
     * @param awards what they were awarded of what matters, by learner
     */
    static Standings inCourse(
            DSLContext db,
            Catalogue catalogue,
            CourseId course,
            Collection<ActivityId> activities,
            Map<LearnerId, List<AwardStore.Holding>> awards) {
        var tenant = catalogue.tenant();
        var accounts = new LinkedHashSet<>(MemberStore.accounts(db, tenant, course, Role.LEARNER));
        activities.forEach(activity -> accounts.addAll(ObservationStore.accounts(db, tenant, activity)));
        return of(db, catalogue, accounts, activities, awards);
    }

    /** The same of whoever has these accounts. */
    static Standings of(
            DSLContext db,
            Catalogue catalogue,
            Collection<Account> accounts,
            Collection<ActivityId> activities,
            Map<LearnerId, List<AwardStore.Holding>> awards) {
        var tenant = catalogue.tenant();
        var learners = accounts.stream().map(Account::learner).collect(Collectors.toSet());
        var standings = new Standings(
                List.copyOf(accounts),
                activities,
                Reports.about(db, tenant, activities),
                // A rule that is only tried may be the first to ask for either.
                Approvals.load(db, tenant, learners),
                Register.load(db, tenant, learners),
                applications(db, catalogue, learners));
        standings.learners().forEach(learner -> standings.award(catalogue, awards.getOrDefault(learner, List.of())));
        standings.recognise(db, catalogue);
        return standings;
    }

    private static Approvals approvals(DSLContext db, Catalogue catalogue, Collection<LearnerId> learners) {
        return catalogue.asksForHandIns() ? Approvals.load(db, catalogue.tenant(), learners) : Approvals.none();
    }

    private static Register register(DSLContext db, Catalogue catalogue, Collection<LearnerId> learners) {
        return catalogue.asksTheRegister() ? Register.load(db, catalogue.tenant(), learners) : Register.none();
    }

    private static Applications applications(DSLContext db, Catalogue catalogue, Collection<LearnerId> learners) {
        var tenant = catalogue.tenant();
        return catalogue.asksPeople() ? Applications.load(db, tenant, learners) : Applications.none(tenant);
    }

    Reports reports() {
        return reports;
    }

    Applications applications() {
        return applications;
    }

    Set<LearnerId> learners() {
        return accounts.keySet();
    }

    /** Test users show how a course works, and earn nothing. */
    boolean isTestUser(LearnerId learner) {
        return accounts.getOrDefault(learner, List.of()).stream().anyMatch(Account::testUser);
    }

    /** Her last award of it that nothing has undone, standing or not; null where she never had one. */
    AwardStore.@Nullable Holding last(LearnerId learner, AchievementId achievement) {
        return awards(learner, achievement).stream()
                .filter(one -> !one.last().isUndone())
                .max(Comparator.comparingInt(AwardStore.Holding::occurrence))
                .orElse(null);
    }

    /** How many awards of it she ever had, undone ones too. */
    int occurrences(LearnerId learner, AchievementId achievement) {
        return awards(learner, achievement).stream()
                .mapToInt(AwardStore.Holding::occurrence)
                .max()
                .orElse(0);
    }

    List<AwardStore.Holding> awards(LearnerId learner, AchievementId achievement) {
        return awards.getOrDefault(learner, Map.of()).getOrDefault(achievement, List.of());
    }

    /** Everything that she was ever awarded. */
    Stream<AwardStore.Holding> awards(LearnerId learner) {
        return awards.getOrDefault(learner, Map.of()).values().stream().flatMap(List::stream);
    }

    /** A step was taken with an award of hers, which may stand from now on, or no longer. */
    void change(Catalogue catalogue, AwardStore.Holding then) {
        awards(then.learner(), then.achievement()).replaceAll(one -> one.award().equals(then.award()) ? then : one);
        var all = held.computeIfAbsent(then.learner(), l -> new ArrayList<>());
        all.removeIf(one -> one.id().equals(then.award().toString()));
        if (then.stands()) {
            all.addAll(Holdings.forms(catalogue, then));
        }
    }

    /** These count in one stack less. */
    void release(LearnerId learner, Set<UUID> parts) {
        var ids = parts.stream().map(UUID::toString).collect(Collectors.toSet());
        held.getOrDefault(learner, new ArrayList<>())
                .replaceAll(one -> ids.contains(one.id()) ? one.usedOnceLess() : one);
    }

    private void award(Catalogue catalogue, List<AwardStore.Holding> awards) {
        for (var one : awards) {
            remember(one);
            if (one.stands()) {
                hold(one.learner(), Holdings.forms(catalogue, one));
            }
        }
    }

    private void recognise(DSLContext db, Catalogue catalogue) {
        var recognised = applications.recognised();
        if (!recognised.isEmpty()) {
            var ids = recognised.stream().map(one -> one.id().value()).toList();
            var uses = PartStore.uses(db, catalogue.tenant(), ids);
            recognised.forEach(one -> hold(
                    one.learner(),
                    List.of(Holdings.recognised(
                            catalogue, one, uses.getOrDefault(one.id().value(), 0)))));
        }
    }

    /** From now on she holds it. */
    void award(Catalogue catalogue, Award award) {
        var counted = award.evaluation().counted().stream().map(Held::id).collect(Collectors.toSet());
        held.computeIfPresent(
                award.learner(),
                (learner, all) -> new ArrayList<>(all.stream()
                        .map(one -> counted.contains(one.id()) ? one.usedOnceMore() : one)
                        .toList()));
        var holding = new AwardStore.Holding(
                award.id(),
                award.learner(),
                award.achievement(),
                award.version(),
                award.occurrence(),
                award.course(),
                award.awardedAt(),
                award.expiresAt(),
                award.evaluation().result().orElse(null),
                0,
                award.last());
        remember(holding);
        hold(award.learner(), Holdings.forms(catalogue, holding));
    }

    private void remember(AwardStore.Holding one) {
        awards.computeIfAbsent(one.learner(), l -> new HashMap<>())
                .computeIfAbsent(one.achievement(), a -> new ArrayList<>())
                .add(one);
    }

    private void hold(LearnerId learner, List<Held> forms) {
        held.computeIfAbsent(learner, l -> new ArrayList<>()).addAll(forms);
    }

    /** Whether what was reported about these is here. */
    boolean knows(Collection<ActivityId> asked) {
        return activities.containsAll(asked);
    }

    /** One of her accounts. */
    Account account(LearnerId learner) {
        return accounts.getOrDefault(learner, List.of()).getFirst();
    }

    /** What a rule sees: the reports of its own course, what was approved for its achievement, and everything that the learner holds. */
    Facts facts(LearnerId learner, AchievementId achievement, @Nullable Attachment attachment, ZoneId zone) {
        var attempts = new HashMap<Slot, List<Fact>>();
        if (attachment != null) {
            var ids = accounts.getOrDefault(learner, List.of()).stream()
                    .map(Account::id)
                    .toList();
            attachment.bindings().forEach((slot, bound) -> attempts.put(slot, reports.facts(ids, bound.activity())));
        }
        return Facts.none(zone)
                .withAttempts(attempts)
                .withApprovals(approvals.of(learner, achievement))
                .withMemberships(register.memberships(learner))
                .withHours(register.hours(learner))
                .withWaived(applications.waived(learner, achievement))
                .withHeld(held.getOrDefault(learner, List.of()));
    }
}

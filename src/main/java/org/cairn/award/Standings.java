package org.cairn.award;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.catalog.Attachment;
import org.cairn.evidence.ObservationStore;
import org.cairn.evidence.Reports;
import org.cairn.lti.CourseStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What some learners have shown so far, read in a handful of statements however many they are. For one transaction. */
final class Standings {

    private final Map<LearnerId, List<Account>> accounts;
    private final Reports reports;
    private final Map<LearnerId, Map<AchievementId, Instant>> held = new HashMap<>();
    private final Map<LearnerId, Set<AchievementId>> awarded = new HashMap<>();

    private Standings(List<Account> accounts, Reports reports) {
        this.accounts = accounts.stream().collect(groupingBy(Account::learner));
        this.reports = reports;
    }

    static Standings load(
            DSLContext db, TenantId tenant, Collection<LearnerId> learners, Collection<ActivityId> activities) {
        var accounts = AccountStore.ofLearners(db, tenant, learners);
        var ids = accounts.stream().map(Account::id).toList();
        var standings = new Standings(accounts, Reports.load(db, tenant, ids, activities));
        standings.award(AwardStore.held(db, tenant, learners));
        return standings;
    }

    /**
     * Everybody who learns in a course or was reported on in these activities. For looking only: nobody is locked.
     *
     * @param awards what they were awarded of what matters, by learner
     */
    static Standings inCourse(
            DSLContext db,
            TenantId tenant,
            CourseId course,
            Collection<ActivityId> activities,
            Map<LearnerId, List<AwardStore.Held>> awards) {
        var accounts = new LinkedHashSet<>(CourseStore.accounts(db, tenant, course, Role.LEARNER));
        activities.forEach(activity -> accounts.addAll(ObservationStore.accounts(db, tenant, activity)));
        var standings = new Standings(List.copyOf(accounts), Reports.about(db, tenant, activities));
        standings.learners().forEach(learner -> standings.award(awards.getOrDefault(learner, List.of())));
        return standings;
    }

    Reports reports() {
        return reports;
    }

    Set<LearnerId> learners() {
        return accounts.keySet();
    }

    /** Test users show how a course works, and earn nothing. */
    boolean isTestUser(LearnerId learner) {
        return accounts.getOrDefault(learner, List.of()).stream().anyMatch(Account::testUser);
    }

    /** Whether she was ever awarded it, revoked or not: a revocation is never undone by a later report. */
    boolean wasAwarded(LearnerId learner, AchievementId achievement) {
        return awarded.getOrDefault(learner, Set.of()).contains(achievement);
    }

    private void award(List<AwardStore.Held> awards) {
        awards.forEach(one -> award(one.learner(), one.achievement(), one.awardedAt(), one.stands()));
    }

    void award(LearnerId learner, AchievementId achievement, Instant at, boolean stands) {
        awarded.computeIfAbsent(learner, l -> new java.util.HashSet<>()).add(achievement);
        if (stands) {
            held.computeIfAbsent(learner, l -> new HashMap<>()).put(achievement, at);
        }
    }

    /** One of her accounts. */
    Account account(LearnerId learner) {
        return accounts.getOrDefault(learner, List.of()).getFirst();
    }

    /** What a rule sees: the reports of its own course, and everything that the learner holds. */
    Facts facts(LearnerId learner, @Nullable Attachment attachment, ZoneId zone) {
        var attempts = new HashMap<Slot, List<Fact>>();
        if (attachment != null) {
            var ids = accounts.getOrDefault(learner, List.of()).stream()
                    .map(Account::id)
                    .toList();
            attachment.bindings().forEach((slot, bound) -> attempts.put(slot, reports.facts(ids, bound.activity())));
        }
        return new Facts(attempts, held.getOrDefault(learner, Map.of()), zone);
    }

    /** What a rule sees that asks for no activity: what the learner holds. */
    static Facts held(Collection<AwardStore.Held> awards, ZoneId zone) {
        var held = new HashMap<AchievementId, Instant>();
        awards.stream().filter(AwardStore.Held::stands).forEach(one -> held.put(one.achievement(), one.awardedAt()));
        return new Facts(Map.of(), held, zone);
    }
}

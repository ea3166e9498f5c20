package org.cairn.award;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.evidence.Reports;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/** What some learners have shown so far, read in a handful of statements however many they are. For one transaction. */
final class Standings {

    private final Map<LearnerId, List<AccountId>> accounts;
    private final Set<LearnerId> testUsers;
    private final Reports reports;
    private final Map<LearnerId, Map<AchievementId, Instant>> held = new HashMap<>();
    private final Map<LearnerId, Set<AchievementId>> awarded = new HashMap<>();

    private Standings(List<Account> accounts, Reports reports) {
        this.accounts = accounts.stream().collect(groupingBy(Account::learner, mapping(Account::id, toList())));
        this.testUsers = accounts.stream()
                .filter(Account::testUser)
                .map(Account::learner)
                .collect(java.util.stream.Collectors.toSet());
        this.reports = reports;
    }

    static Standings load(
            DSLContext db, TenantId tenant, Collection<LearnerId> learners, Collection<ActivityId> activities) {
        var accounts = AccountStore.ofLearners(db, tenant, learners);
        var ids = accounts.stream().map(Account::id).toList();
        var standings = new Standings(accounts, Reports.load(db, tenant, ids, activities));
        for (var one : AwardStore.held(db, tenant, learners)) {
            standings.award(one.learner(), one.achievement(), one.awardedAt(), one.stands());
        }
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
        return testUsers.contains(learner);
    }

    /** Whether she was ever awarded it, revoked or not: a revocation is never undone by a later report. */
    boolean wasAwarded(LearnerId learner, AchievementId achievement) {
        return awarded.getOrDefault(learner, Set.of()).contains(achievement);
    }

    void award(LearnerId learner, AchievementId achievement, Instant at, boolean stands) {
        awarded.computeIfAbsent(learner, l -> new java.util.HashSet<>()).add(achievement);
        if (stands) {
            held.computeIfAbsent(learner, l -> new HashMap<>()).put(achievement, at);
        }
    }

    /** What a rule sees: the reports of its own course, and everything that the learner holds. */
    Facts facts(LearnerId learner, Candidate candidate, ZoneId zone) {
        var attempts = new HashMap<Slot, List<Fact>>();
        var attachment = candidate.attachment();
        if (attachment != null) {
            attachment
                    .bindings()
                    .forEach((slot, bound) -> attempts.put(
                            slot, reports.facts(accounts.getOrDefault(learner, List.of()), bound.activity())));
        }
        return new Facts(attempts, held.getOrDefault(learner, Map.of()), zone);
    }
}

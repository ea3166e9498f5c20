package org.cairn.award;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.HandInStore;
import org.cairn.evidence.Observation;
import org.cairn.evidence.ObservationStore;
import org.cairn.evidence.RegisterStore;
import org.cairn.evidence.Source;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.openbadges.Credentials;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.jooq.DSLContext;

/**
 * The one path to an award. What a report, a new attachment or a published version may lead to is decided here, in one transaction
 * with the learners concerned locked, and signed before it commits. Safe for many threads.
 */
public final class Awarding {

    /** What became of one observation. */
    public enum Outcome {
        /** Kept, and something attached depends on its activity. */
        RECORDED,
        /** Known already; it changed nothing. */
        REPEATED,
        /** Kept, and used as soon as its activity is attached to something. */
        UNMATCHED
    }

    /** What became of each observation, in their order, and what was awarded. */
    public record Recorded(List<Outcome> outcomes, List<Award> awards) {}

    /** How many learners one transaction holds when a change concerns a whole course. */
    private static final int BATCH = 200;

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final Clock clock;

    public Awarding(Database database, Catalogues catalogues, Credentials credentials, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Keeps what a source reports of a course of this deployment, and awards what that completes: all of it, or nothing. */
    public Recorded record(Deployment deployment, String context, Source source, List<Observation> observations) {
        if (observations.isEmpty()) {
            return new Recorded(List.of(), List.of());
        }
        var now = clock.instant();
        return database.inTransaction(db -> record(db, deployment, context, source, observations, now));
    }

    /** Decides these achievements anew for everybody who could be concerned; returns what was awarded. */
    public List<Award> reconsider(TenantId tenant, Collection<AchievementId> achievements) {
        return reconsiderAll(tenant, database.inTransaction(db -> concerned(db, tenant, achievements)), achievements);
    }

    /** Decides these achievements anew for these learners, however many, some of them in each transaction. */
    List<Award> reconsiderAll(TenantId tenant, Collection<LearnerId> learners, Collection<AchievementId> achievements) {
        return learners.stream()
                .gather(Gatherers.windowFixed(BATCH))
                .flatMap(some -> reconsider(tenant, some, achievements).stream())
                .toList();
    }

    /** Decides these achievements anew for these learners, in one transaction. */
    public List<Award> reconsider(
            TenantId tenant, Collection<LearnerId> learners, Collection<AchievementId> achievements) {
        var now = clock.instant();
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, learners);
            return reconsider(db, tenant, learners, achievements, now);
        });
    }

    /** The same within a transaction that holds these learners. */
    List<Award> reconsider(
            DSLContext db,
            TenantId tenant,
            Collection<LearnerId> learners,
            Collection<AchievementId> achievements,
            Instant now) {
        var catalogue = catalogues.current(db, tenant);
        var candidates = candidates(catalogue, achievements);
        var activities = Candidate.activities(Candidate.upward(catalogue, candidates));
        return decide(db, catalogue, Standings.load(db, catalogue, learners, activities), candidates, now);
    }

    /**
     * Awards what was granted for a learner whom this transaction holds, and what that leads to.
     *
     * @throws Problem CONFLICT where she does not meet it any more
     */
    List<Award> grant(DSLContext db, TenantId tenant, Application application, Instant now) {
        var achievement = application.achievement();
        var learners = Set.of(application.learner());
        if (application.sought() instanceof Application.Recognition) {
            var stacks = catalogues.current(db, tenant).above(achievement).stream()
                    .map(Achievement::id)
                    .toList();
            return reconsider(db, tenant, learners, stacks, now);
        }
        var awards = reconsider(db, tenant, learners, Set.of(achievement), now);
        boolean isAwarded =
                awards.stream().anyMatch(award -> award.achievement().equals(achievement));
        if (application.isForTheAward() && !isAwarded) {
            throw Deciding.conflict(
                    "not_ready", "Not everything that it asks is there any more, so it cannot be awarded now.");
        }
        return awards;
    }

    /**
     * Takes an award back for good, all its signed forms with it. Stacks that were earned with it are kept, unless its achievement takes
     * them along.
     *
     * @throws Problem MALFORMED without a reason, NOT_FOUND where the tenant has no such award, CONFLICT where it is revoked already
     */
    public void revoke(TenantId tenant, AwardId award, AccountId by, String reason) {
        take(tenant, award, Award.Step.Kind.REVOKED, by, reason);
    }

    /** Holds an award for review; it counts in nothing while it is. Throws as {@link #revoke} does, CONFLICT where it does not stand. */
    public void suspend(TenantId tenant, AwardId award, AccountId by, String reason) {
        take(tenant, award, Award.Step.Kind.SUSPENDED, by, reason);
    }

    /** Ends the review of an award: it stands again. Throws as {@link #revoke} does, CONFLICT where it is not held for review. */
    public void reinstate(TenantId tenant, AwardId award, AccountId by, String reason) {
        take(tenant, award, Award.Step.Kind.REINSTATED, by, reason);
    }

    private void take(TenantId tenant, AwardId id, Award.Step.Kind kind, AccountId by, String reason) {
        var why = Reason.written(reason);
        var now = clock.instant();
        database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(get(db, tenant, id).learner()));
            var award = get(db, tenant, id);
            requireMay(award, kind);
            AwardStore.take(db, tenant, Map.of(id, new Award.Step(kind, now, by, why)), now);
            switch (kind) {
                case REVOKED -> credentials.revoke(db, tenant, Set.of(id), now);
                case SUSPENDED -> credentials.hold(db, tenant, Set.of(id), now);
                case REINSTATED ->
                    credentials.resume(db, tenant, Map.of(id, Optional.ofNullable(award.expiresAt())), now);
                case AWARDED -> throw new IllegalArgumentException("Nobody takes an award by giving it.");
            }
            var catalogue = catalogues.current(db, tenant);
            if (kind == Award.Step.Kind.REINSTATED && !award.hasEnded(now)) {
                Columns.tell(db, catalogue, Set.of(award.holder()), now);
            } else {
                Columns.takeBack(db, tenant, Set.of(award.holder()), now);
            }
            var concerned = new LinkedHashSet<>(Set.of(award.achievement()));
            catalogue.above(award.achievement()).forEach(stack -> concerned.add(stack.id()));
            return reconsider(db, tenant, Set.of(award.learner()), concerned, now);
        });
    }

    private static void requireMay(Award award, Award.Step.Kind kind) {
        if (award.isRevoked()) {
            throw new Problem(Problem.Kind.CONFLICT, "award_revoked", "This award is revoked already.");
        }
        if (kind == Award.Step.Kind.SUSPENDED && award.isSuspended()) {
            throw new Problem(Problem.Kind.CONFLICT, "award_held", "This award is held for review already.");
        }
        if (kind == Award.Step.Kind.REINSTATED && !award.isSuspended()) {
            throw new Problem(Problem.Kind.CONFLICT, "award_not_held", "This award is not held for review.");
        }
    }

    private Recorded record(
            DSLContext db,
            Deployment deployment,
            String context,
            Source source,
            List<Observation> observations,
            Instant now) {
        var tenant = deployment.tenant();
        var course = CourseStore.findOrCreate(db, tenant, deployment.id(), context, now);
        var people = observations.stream().map(one -> Person.unnamed(one.sub())).toList();
        var accounts = AccountStore.findOrCreate(db, tenant, deployment.platform(), people, now);
        var names = observations.stream().map(Observation::activity).collect(Collectors.toSet());
        var activities = ActivityStore.findOrCreate(db, tenant, course.id(), source, names, now);
        var learners = accounts.values().stream().map(Account::learner).collect(Collectors.toSet());
        AccountStore.lock(db, tenant, learners);

        var catalogue = catalogues.current(db, tenant);
        var candidates = new LinkedHashSet<Candidate>();
        for (var activity : activities.values()) {
            catalogue
                    .attachments(activity)
                    .forEach(attachment -> candidates.addAll(Candidate.of(catalogue, attachment)));
        }
        var needed = new LinkedHashSet<>(activities.values());
        needed.addAll(Candidate.activities(Candidate.upward(catalogue, candidates)));
        var standings = Standings.load(db, catalogue, learners, needed);
        var outcomes = append(catalogue, standings, source, observations, accounts, activities, now);
        standings.reports().save(db);
        return new Recorded(outcomes, decide(db, catalogue, standings, candidates, now));
    }

    private static List<Outcome> append(
            Catalogue catalogue,
            Standings standings,
            Source source,
            List<Observation> observations,
            Map<String, Account> accounts,
            Map<String, ActivityId> activities,
            Instant now) {
        var outcomes = new ArrayList<Outcome>(observations.size());
        for (var one : observations) {
            var account = accounts.get(one.sub());
            var activity = activities.get(one.activity());
            if (account == null || activity == null) {
                throw new IllegalStateException("An account or activity that was just made is missing.");
            }
            boolean isNew = standings.reports().add(account.id(), activity, source, one, now);
            outcomes.add(
                    !isNew
                            ? Outcome.REPEATED
                            : catalogue.attachments(activity).isEmpty() ? Outcome.UNMATCHED : Outcome.RECORDED);
        }
        return outcomes;
    }

    private List<Award> decide(
            DSLContext db, Catalogue catalogue, Standings standings, Collection<Candidate> candidates, Instant now) {
        var awards = new ArrayList<Award>();
        var regrading = Regrading.of(db, catalogue, standings, now);
        for (var learner : standings.learners()) {
            if (!standings.isTestUser(learner)) {
                awards.addAll(decide(catalogue, standings, regrading, learner, candidates, now));
            }
        }
        AwardStore.insert(db, awards);
        regrading.save(db, credentials);
        standings.applications().save(db);
        if (!awards.isEmpty()) {
            credentials.issueAll(db, Issuances.of(catalogue, awards), now);
            Columns.tell(db, catalogue, awards.stream().map(Award::holder).toList(), now);
        }
        return awards;
    }

    /** First what is lost, down to the last of it, and then what is earned: so what is lost holds up nothing that rests on it. */
    private static List<Award> decide(
            Catalogue catalogue,
            Standings standings,
            Regrading regrading,
            LearnerId learner,
            Collection<Candidate> candidates,
            Instant now) {
        var awards = new ArrayList<Award>();
        var open = new ArrayDeque<>(candidates);
        var achievements = new LinkedHashSet<AchievementId>();
        candidates.forEach(one -> achievements.add(one.achievement().id()));
        regrading
                .lose(learner, achievements)
                .forEach(lost -> open.addAll(Candidate.of(catalogue, catalogue.get(lost))));
        var reviewed = new HashSet<AchievementId>();
        while (!open.isEmpty()) {
            var candidate = open.remove();
            var achievement = candidate.achievement().id();
            var above = new LinkedHashSet<AchievementId>();
            if (reviewed.add(achievement)) {
                above.addAll(regrading.reinstate(learner, achievement));
            }
            var award = candidate.award(catalogue, standings, learner, now);
            if (award != null) {
                awards.add(award);
                standings.award(catalogue, award);
                catalogue.above(achievement).forEach(stack -> above.add(stack.id()));
            }
            reviewed.removeAll(above);
            above.forEach(stack -> open.addAll(Candidate.of(catalogue, catalogue.get(stack))));
        }
        return awards;
    }

    /** Who has been reported on where these are attached, handed anything in for them, was granted anything, is in a register they ask, or holds a part of them. */
    private Set<LearnerId> concerned(DSLContext db, TenantId tenant, Collection<AchievementId> achievements) {
        var catalogue = catalogues.current(db, tenant);
        var candidates = candidates(catalogue, achievements);
        var learners = new LinkedHashSet<>(ObservationStore.learners(db, tenant, Candidate.activities(candidates)));
        var parts = candidates.stream()
                .flatMap(candidate -> catalogue.below(candidate.achievement().id()).stream())
                .collect(Collectors.toSet());
        learners.addAll(AwardStore.holders(db, tenant, parts));
        if (catalogue.asksPeople()) {
            parts.addAll(achievements);
            learners.addAll(ApplicationStore.learners(db, tenant, parts));
        }
        learners.addAll(HandInStore.learners(db, tenant, achievements));
        if (candidates.stream()
                .anyMatch(one -> one.achievement().definition().rule().asksTheRegister())) {
            learners.addAll(RegisterStore.learners(db, tenant));
        }
        return learners;
    }

    /** A draft has none. */
    private static List<Candidate> candidates(Catalogue catalogue, Collection<AchievementId> achievements) {
        return achievements.stream()
                .flatMap(id -> catalogue.find(id).stream())
                .flatMap(one -> Candidate.of(catalogue, one).stream())
                .toList();
    }

    private static Award get(DSLContext db, TenantId tenant, AwardId award) {
        return AwardStore.find(db, tenant, award)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "award_unknown", "There is no such award."));
    }
}

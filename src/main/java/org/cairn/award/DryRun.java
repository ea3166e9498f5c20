package org.cairn.award;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.evidence.HandInStore;
import org.cairn.evidence.RegisterStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Fraction;
import org.cairn.rule.Nearly;
import org.cairn.rule.Slot;
import org.cairn.rule.Thresholds;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tries a rule over the learners that there were, beside the published one. Reads a handful of statements for each course, whatever the
 * number of its learners; writes nothing and tells nobody.
 */
public final class DryRun {

    /** A grade is near that is short by no more hundredths of its maximum. */
    public static final BigDecimal MARGIN = BigDecimal.valueOf(5);

    private final DSLContext db;
    private final Catalogue catalogue;
    private final Trial trial;
    private final Instant at;
    private final @Nullable Achievement current;
    private final Thresholds thresholds;
    private final Map<LearnerId, List<AwardStore.Holding>> awards;
    private final Map<LearnerId, Tally> tallies = new LinkedHashMap<>();
    private final List<DryRunReport.Missing> missing = new ArrayList<>();

    private DryRun(DSLContext db, Catalogue catalogue, Trial trial, Instant at) {
        this.db = db;
        this.catalogue = catalogue;
        this.trial = trial;
        this.at = at;
        this.current = catalogue.find(trial.achievement()).orElse(null);
        this.thresholds = new Thresholds(trial.rule());
        this.awards = AwardStore.awarded(db, catalogue.tenant(), concerned()).stream()
                .collect(Collectors.groupingBy(AwardStore.Holding::learner));
    }

    /**
     * What the rule would do at {@code at}.
     *
     * @param courses only their learners; where it is empty, those of all courses where it is or would be attached, and who holds a part
     */
    public static DryRunReport of(DSLContext db, Catalogue catalogue, Trial trial, Set<CourseId> courses, Instant at) {
        return new DryRun(db, catalogue, trial, at).run(courses);
    }

    private DryRunReport run(Set<CourseId> courses) {
        var before = byCourse(catalogue.attachments(trial.achievement()));
        var after = byCourse(trial.attachments());
        var places = new LinkedHashSet<>(courses);
        if (courses.isEmpty()) {
            places.addAll(before.keySet());
            places.addAll(after.keySet());
        }
        places.forEach(course -> inCourse(course, before.get(course), after.get(course)));
        anywhere(courses.isEmpty());
        return DryRunReport.of(tallies.values(), missing, thresholds);
    }

    /** Rules with slots, where their course's grades are seen. */
    private void inCourse(CourseId course, @Nullable Attachment before, @Nullable Attachment after) {
        var activities = new HashSet<ActivityId>();
        var slots =
                current == null ? Set.<Slot>of() : current.definition().rule().slots();
        activities.addAll(activities(before, slots));
        activities.addAll(activities(after, trial.rule().slots()));
        var standings = Standings.inCourse(db, catalogue, course, activities, awards);
        var silent = new LinkedHashMap<Slot, List<Account>>();
        trial.rule().slots().forEach(slot -> silent.put(slot, new ArrayList<>()));
        for (var learner : standings.learners()) {
            if (standings.isTestUser(learner)) {
                continue;
            }
            var tally = tally(standings.account(learner));
            if (current != null && before != null && !slots.isEmpty()) {
                var facts = standings.facts(learner, trial.achievement(), before, catalogue.timeZone());
                tally.isMetBefore |= Evaluator.met(current.definition().rule(), facts, at);
            }
            if (!silent.isEmpty()) {
                var facts = standings.facts(learner, trial.achievement(), after, catalogue.timeZone());
                tally.add(course, Evaluator.evaluate(trial.rule(), facts, at));
                silent.forEach((slot, accounts) -> {
                    if (facts.attempts().getOrDefault(slot, List.of()).isEmpty()) {
                        accounts.add(tally.account);
                    }
                });
            }
        }
        silent.forEach((slot, accounts) -> miss(course, after, slot, accounts));
    }

    private void miss(CourseId course, @Nullable Attachment after, Slot slot, List<Account> silent) {
        boolean isBound = after != null && after.bindings().containsKey(slot);
        if (!isBound || !silent.isEmpty()) {
            missing.add(new DryRunReport.Missing(course, slot, isBound, silent));
        }
    }

    /** Rules that ask for no activity, which everybody can meet who holds a part of them, wherever that was earned. */
    private void anywhere(boolean isEverybody) {
        boolean isBefore =
                current != null && current.definition().rule().slots().isEmpty();
        boolean isAfter = trial.rule().slots().isEmpty();
        if (!isBefore && !isAfter) {
            return;
        }
        if (isEverybody) {
            everybody(isAfter && trial.rule().asksTheRegister());
        }
        var accounts = tallies.values().stream().map(tally -> tally.account).toList();
        var standings = Standings.of(db, catalogue, accounts, Set.of(), awards);
        for (var tally : tallies.values()) {
            var facts = standings.facts(tally.account.learner(), trial.achievement(), null, catalogue.timeZone());
            if (current != null && isBefore) {
                tally.isMetBefore |= Evaluator.met(current.definition().rule(), facts, at);
            }
            if (isAfter) {
                tally.add(null, Evaluator.evaluate(trial.rule(), facts, at));
            }
        }
    }

    /** Whoever was awarded a part, handed anything in for it, was granted anything about it, or is in the register where that is asked. */
    private void everybody(boolean isRegisterAsked) {
        var tenant = catalogue.tenant();
        var learners = new LinkedHashSet<>(HandInStore.learners(db, tenant, Set.of(trial.achievement())));
        var concerned = concerned();
        learners.addAll(ApplicationStore.learners(db, tenant, concerned));
        if (isRegisterAsked) {
            learners.addAll(RegisterStore.learners(db, tenant));
        }
        var accounts = new ArrayList<>(AwardStore.accounts(db, tenant, concerned));
        accounts.addAll(AccountStore.ofLearners(db, tenant, learners));
        accounts.stream().filter(account -> !account.testUser()).forEach(this::tally);
    }

    private Tally tally(Account account) {
        return tallies.computeIfAbsent(account.learner(), learner -> new Tally(account, awards.get(learner)));
    }

    /** The achievement itself, and all that either rule asks for. */
    private Set<AchievementId> concerned() {
        var concerned = new HashSet<>(trial.rule().achievements());
        if (current != null) {
            concerned.addAll(catalogue.below(current.id()));
        }
        concerned.addAll(catalogue.having(trial.rule().traits()));
        concerned.add(trial.achievement());
        return concerned;
    }

    private static Map<CourseId, Attachment> byCourse(Collection<Attachment> attachments) {
        var byCourse = new LinkedHashMap<CourseId, Attachment>();
        attachments.forEach(attachment -> byCourse.put(attachment.course(), attachment));
        return byCourse;
    }

    private static Set<ActivityId> activities(@Nullable Attachment attachment, Set<Slot> slots) {
        return attachment == null
                ? Set.of()
                : attachment.bindings().entrySet().stream()
                        .filter(bound -> slots.contains(bound.getKey()))
                        .map(bound -> bound.getValue().activity())
                        .collect(Collectors.toSet());
    }

    /** What came out for one learner, in whichever courses. */
    final class Tally {

        final Account account;
        final boolean wasAwarded;
        final boolean isHeld;
        final Fraction[] reach = new Fraction[thresholds.lines().size()];
        boolean isMetBefore;
        boolean isMet;

        @Nullable
        Nearly nearly;

        @Nullable
        CourseId nearlyIn;

        Tally(Account account, @Nullable List<AwardStore.Holding> awards) {
            var own = awards == null
                    ? List.<AwardStore.Holding>of()
                    : awards.stream()
                            .filter(one -> one.achievement().equals(trial.achievement()))
                            .toList();
            this.account = account;
            this.wasAwarded = !own.isEmpty();
            this.isHeld = own.stream().anyMatch(AwardStore.Holding::stands);
            Arrays.fill(reach, Fraction.BELOW);
        }

        void add(@Nullable CourseId course, Evaluation evaluation) {
            isMet |= evaluation.isMet();
            var reached = thresholds.reach(evaluation);
            for (int i = 0; i < reach.length; i++) {
                reach[i] = reach[i].compareTo(reached[i]) < 0 ? reached[i] : reach[i];
            }
            Nearly.of(evaluation, MARGIN)
                    .filter(found -> nearly == null || found.shortBy().compareTo(nearly.shortBy()) < 0)
                    .ifPresent(found -> {
                        nearly = found;
                        nearlyIn = course;
                    });
        }
    }
}

package org.cairn.award;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Facts;
import org.cairn.rule.Held;
import org.cairn.rule.Supposition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** How learners stand in a course: read in a handful of statements, whatever their number. */
public final class Progress {

    private Progress() {}

    /** For each learner, in the order given: one standing for each achievement of the course and each stack above it. */
    public static Map<LearnerId, List<Standing>> of(
            DSLContext db, Catalogue catalogue, CourseId course, Collection<LearnerId> learners, Instant at) {
        var shown = catalogue.shown(course);
        var candidates =
                shown.stream().map(one -> candidate(catalogue, course, one)).toList();
        var standings = Standings.load(db, catalogue, learners, Candidate.activities(candidates));
        var awards = new HashMap<LearnerId, Map<AchievementId, Award>>();
        var ids = shown.stream().map(Achievement::id).toList();
        for (var award : AwardStore.list(db, catalogue.tenant(), learners, ids)) {
            // One that was undone says nothing where there is another.
            awards.computeIfAbsent(award.learner(), l -> new HashMap<>())
                    .merge(
                            award.achievement(),
                            award,
                            (one, later) -> later.isUndone() && !one.isUndone() ? one : later);
        }
        var progress = new LinkedHashMap<LearnerId, List<Standing>>();
        for (var learner : learners) {
            var of = new ArrayList<Standing>(candidates.size());
            for (var candidate : candidates) {
                var achievement = candidate.achievement();
                var award = awards.getOrDefault(learner, Map.of()).get(achievement.id());
                var facts = standings.facts(learner, achievement.id(), candidate.attachment(), catalogue.timeZone());
                of.add(standing(candidate, award, facts, at));
            }
            progress.put(learner, of);
        }
        return progress;
    }

    /** How the learners of these applications stand with what they applied for, wherever it is attached. */
    public static Map<ApplicationId, Evaluation> of(
            DSLContext db, Catalogue catalogue, Collection<Application> applications, Instant at) {
        var candidates = new HashMap<ApplicationId, Candidate>();
        for (var one : applications) {
            catalogue
                    .find(one.achievement())
                    .ifPresent(found -> candidates.put(one.id(), candidate(catalogue, one.course(), found)));
        }
        var learners = applications.stream().map(Application::learner).collect(Collectors.toSet());
        var standings = Standings.load(db, catalogue, learners, Candidate.activities(candidates.values()));
        var evaluations = new HashMap<ApplicationId, Evaluation>();
        for (var one : applications) {
            var candidate = candidates.get(one.id());
            if (candidate != null) {
                var facts =
                        standings.facts(one.learner(), one.achievement(), candidate.attachment(), catalogue.timeZone());
                var rule = candidate.achievement().definition().rule();
                evaluations.put(one.id(), Evaluator.evaluate(rule, facts, at));
            }
        }
        return evaluations;
    }

    /** How one learner stands with one achievement of a course; empty where it is not shown there. */
    static Optional<Standing> find(
            DSLContext db,
            Catalogue catalogue,
            CourseId course,
            LearnerId learner,
            AchievementId achievement,
            Instant at) {
        return of(db, catalogue, course, List.of(learner), at).getOrDefault(learner, List.of()).stream()
                .filter(standing -> standing.achievement().id().equals(achievement))
                .findFirst();
    }

    /**
     * How one learner would stand if she also did this, and what she would hold then. Writes nothing.
     *
     * @param now how she stands
     * @param supposed what she supposes, by activity of the course
     */
    public static List<Standing> supposing(
            DSLContext db,
            Catalogue catalogue,
            LearnerId learner,
            List<Standing> now,
            Map<ActivityId, Supposition> supposed,
            Instant at) {
        var candidates = now.stream()
                .map(one -> new Candidate(one.achievement(), one.attachment()))
                .toList();
        var standings = Standings.load(db, catalogue, List.of(learner), Candidate.activities(candidates));
        var held = new HashMap<AchievementId, List<Held>>();
        var then = now;
        // What she would hold counts in stacks, and those in others, in whichever order they are shown.
        for (boolean isMore = true; isMore; ) {
            then = now.stream()
                    .map(one -> then(
                            one,
                            supposed(
                                    standings.facts(
                                            learner, one.achievement().id(), one.attachment(), catalogue.timeZone()),
                                    one,
                                    supposed,
                                    held,
                                    at),
                            at))
                    .toList();
            int before = held.size();
            then.stream()
                    .filter(one -> one.isNew()
                            && !one.achievement().isRetired()
                            && one.evaluation().isMet())
                    .forEach(one -> held.computeIfAbsent(
                            one.achievement().id(), id -> Holdings.supposed(catalogue, learner, one, at)));
            isMore = held.size() > before;
        }
        return then;
    }

    private static Standing then(Standing now, Facts facts, Instant at) {
        return standing(new Candidate(now.achievement(), now.attachment()), now.award(), facts, at);
    }

    private static Standing standing(Candidate candidate, @Nullable Award award, Facts facts, Instant at) {
        var rule = candidate.achievement().definition().rule();
        var seen = award != null && award.hasEnded(at) ? rule.since(award.awardedAt(), facts) : facts;
        return new Standing(
                candidate.achievement(), candidate.attachment(), award, Evaluator.evaluate(rule, seen, at), at);
    }

    private static Facts supposed(
            Facts facts,
            Standing standing,
            Map<ActivityId, Supposition> supposed,
            Map<AchievementId, List<Held>> alsoHeld,
            Instant at) {
        var attempts = new HashMap<>(facts.attempts());
        if (standing.attachment() != null) {
            standing.attachment().bindings().forEach((slot, bound) -> {
                var also = supposed.get(bound.activity());
                if (also != null) {
                    attempts.compute(slot, (s, known) -> also.with(known == null ? List.of() : known, at));
                }
            });
        }
        var held = new ArrayList<Held>();
        alsoHeld.values().forEach(held::addAll);
        facts.held().values().forEach(held::addAll);
        return facts.withAttempts(attempts).withHeld(held);
    }

    private static Candidate candidate(Catalogue catalogue, @Nullable CourseId course, Achievement achievement) {
        return new Candidate(achievement, catalogue.attachment(achievement.id(), course));
    }
}

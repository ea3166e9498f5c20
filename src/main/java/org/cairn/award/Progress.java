package org.cairn.award;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.rule.Evaluator;
import org.jooq.DSLContext;

/** How learners stand in a course: read in a handful of statements, whatever their number. */
public final class Progress {

    private Progress() {}

    /** For each learner, in the order given: one standing for each achievement of the course and each stack above it. */
    public static Map<LearnerId, List<Standing>> of(
            DSLContext db, Catalogue catalogue, CourseId course, Collection<LearnerId> learners, Instant at) {
        var shown = catalogue.shown(course);
        var candidates =
                shown.stream().map(one -> candidate(catalogue, course, one)).toList();
        var standings = Standings.load(db, catalogue.tenant(), learners, Candidate.activities(candidates));
        var awards = new HashMap<LearnerId, Map<AchievementId, Award>>();
        var ids = shown.stream().map(Achievement::id).toList();
        for (var award : AwardStore.list(db, catalogue.tenant(), learners, ids)) {
            awards.computeIfAbsent(award.learner(), l -> new HashMap<>()).put(award.achievement(), award);
        }
        var progress = new LinkedHashMap<LearnerId, List<Standing>>();
        for (var learner : learners) {
            var of = new ArrayList<Standing>(candidates.size());
            for (var candidate : candidates) {
                var achievement = candidate.achievement();
                of.add(new Standing(
                        achievement,
                        candidate.attachment(),
                        awards.getOrDefault(learner, Map.of()).get(achievement.id()),
                        Evaluator.evaluate(
                                achievement.definition().rule(),
                                standings.facts(learner, candidate.attachment(), catalogue.timeZone()),
                                at)));
            }
            progress.put(learner, of);
        }
        return progress;
    }

    private static Candidate candidate(Catalogue catalogue, CourseId course, Achievement achievement) {
        return new Candidate(achievement, catalogue.attachment(achievement.id(), course));
    }
}

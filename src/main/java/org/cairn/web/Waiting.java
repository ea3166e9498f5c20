package org.cairn.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cairn.LearnerId;
import org.cairn.award.Progress;
import org.cairn.award.Reviewing;
import org.cairn.award.Standing;
import org.cairn.catalog.Catalogue;
import org.cairn.evidence.HandIn;
import org.cairn.evidence.HandInStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Something that a learner handed in and somebody has to answer.
 *
 * @param link what was handed in, where that is one address and nothing else
 * @param mayAnswer whether the answer of whoever looks at it can count
 */
public record Waiting(
        String id,
        String learner,
        String credential,
        String title,
        String said,
        @Nullable String link,
        String since,
        List<String> rubric,
        boolean mayAnswer) {

    /** How many are shown at once: those that wait longest. */
    static final int MOST = 50;

    /** What is open in the visit's course, in a handful of statements. */
    static List<Waiting> list(DSLContext db, Visit visit, Catalogue catalogue, Instant now) {
        var course = visit.course().id();
        var open = HandInStore.open(db, visit.tenant(), course, visit.account().learner(), MOST);
        if (open.isEmpty()) {
            return List.of();
        }
        var learners = open.stream().map(HandIn::learner).distinct().toList();
        var progress = Progress.of(db, catalogue, course, learners, now);
        var names = AccountStore.ofLearners(db, visit.tenant(), learners).stream()
                .collect(Collectors.toMap(Account::learner, TeacherPages::name, (one, other) -> one));
        boolean independent = Reviewing.isIndependent(db, visit.account(), visit.role(), course);
        return open.stream()
                .map(handIn -> of(visit, catalogue, handIn, names, progress, independent))
                .toList();
    }

    private static Waiting of(
            Visit visit,
            Catalogue catalogue,
            HandIn handIn,
            Map<LearnerId, String> names,
            Map<LearnerId, List<Standing>> progress,
            boolean independent) {
        var achievement = catalogue.get(handIn.achievement());
        var evaluation = progress.getOrDefault(handIn.learner(), List.of()).stream()
                .filter(standing -> standing.achievement().id().equals(handIn.achievement()))
                .map(Standing::evaluation)
                .findFirst();
        return new Waiting(
                handIn.id().toString(),
                names.getOrDefault(handIn.learner(), ""),
                achievement.name(),
                catalogue.names(achievement, null).slots().apply(handIn.slot()),
                handIn.said(),
                handIn.said().matches("https?://[^\\s<>\"]+") ? handIn.said() : null,
                Days.of(handIn.at(), catalogue.timeZone()),
                evaluation.map(found -> Reviewing.rubric(found, handIn.slot())).orElse(List.of()),
                visit.role().changesCourse()
                        && evaluation
                                .map(found -> Reviewing.mayAnswer(found, visit.account(), handIn, independent))
                                .orElse(!handIn.learner().equals(visit.account().learner())));
    }
}

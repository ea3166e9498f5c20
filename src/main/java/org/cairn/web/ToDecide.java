package org.cairn.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.cairn.ApplicationId;
import org.cairn.LearnerId;
import org.cairn.award.Application;
import org.cairn.award.ApplicationStore;
import org.cairn.award.Progress;
import org.cairn.catalog.Catalogue;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Sentence;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Something that a learner applied for, or that a rule puts before people.
 *
 * @param said what she wrote; null where nobody had to ask
 * @param step what her evidence comes to
 * @param mayDecide whether whoever looks at it may decide it
 */
public record ToDecide(
        String id,
        String learner,
        String credential,
        String what,
        @Nullable String said,
        String since,
        @Nullable Step step,
        boolean mayDecide) {

    /** How many are shown at once: those that wait longest. */
    public static final int MOST = 50;

    /** What is open in the visit's course, and for its administrator also in the institution, in a handful of statements. */
    static List<ToDecide> list(DSLContext db, Visit visit, Catalogue catalogue, Language language, Instant now) {
        if (!catalogue.asksPeople()) {
            return List.of();
        }
        var open = new ArrayList<>(
                ApplicationStore.open(db, visit.tenant(), visit.course().id(), MOST));
        if (visit.role() == Role.ADMINISTRATOR) {
            open.addAll(ApplicationStore.openOfInstitution(db, visit.tenant(), MOST - open.size()));
        }
        return of(
                db,
                catalogue,
                open,
                language,
                one -> visit.role().changesCourse()
                        && !one.learner().equals(visit.account().learner()),
                now);
    }

    /** All that is open in an institution. */
    public static List<ToDecide> list(DSLContext db, Catalogue catalogue, Instant now) {
        var open = ApplicationStore.open(db, catalogue.tenant(), MOST);
        return of(db, catalogue, open, Language.of((String) null), one -> true, now);
    }

    private static List<ToDecide> of(
            DSLContext db,
            Catalogue catalogue,
            List<Application> open,
            Language language,
            Predicate<Application> mayDecide,
            Instant now) {
        if (open.isEmpty()) {
            return List.of();
        }
        var learners = open.stream().map(Application::learner).distinct().toList();
        var names = AccountStore.ofLearners(db, catalogue.tenant(), learners).stream()
                .collect(Collectors.toMap(Account::learner, TeacherPages::name, (one, other) -> one));
        var evaluations = Progress.of(db, catalogue, open, now);
        return open.stream()
                .map(one -> of(catalogue, one, language, names, evaluations, mayDecide.test(one)))
                .toList();
    }

    private static ToDecide of(
            Catalogue catalogue,
            Application application,
            Language language,
            Map<LearnerId, String> names,
            Map<ApplicationId, Evaluation> evaluations,
            boolean mayDecide) {
        var achievement = catalogue.get(application.achievement());
        var sentence = Sentence.about(
                catalogue.names(achievement, catalogue.attachment(achievement.id(), application.course())),
                catalogue.timeZone(),
                language.locale());
        var evaluation = evaluations.get(application.id());
        return new ToDecide(
                application.id().toString(),
                names.getOrDefault(application.learner(), ""),
                achievement.name(),
                ApplicationForm.what(application, sentence),
                application.said(),
                Days.of(application.at(), catalogue.timeZone()),
                evaluation == null ? null : Step.of(evaluation, sentence, language),
                mayDecide);
    }
}

package org.cairn.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.HandInId;
import org.cairn.award.Reviewing;
import org.cairn.award.Standing;
import org.cairn.catalog.Catalogue;
import org.cairn.evidence.HandIn;
import org.cairn.evidence.HandInStore;
import org.cairn.evidence.Review;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a learner hands in for people to look at: a form where it is asked for now, and what was answered.
 *
 * @param rubric what it has to show
 * @param isOpen whether it can be handed in now
 * @param said what she handed in last; null where she never did
 * @param on the day of that
 */
public record HandInForm(
        String path,
        String token,
        AchievementId achievement,
        Slot slot,
        String title,
        List<String> rubric,
        boolean isOpen,
        @Nullable String said,
        String on,
        List<Answer> answers) {

    /** What somebody answered, and on which day. */
    public record Answer(boolean isApproved, String reason, String on) {}

    /** Everything that a learner handed in for what is not hers yet, and the answers: two statements, or none where nothing is asked. */
    record Known(List<HandIn> handIns, Map<HandInId, List<Review>> reviews) {

        static Known load(DSLContext db, Visit visit, Collection<Standing> standings) {
            var asked = standings.stream()
                    .filter(Standing::isNew)
                    .filter(standing -> !asked(standing).isEmpty())
                    .map(standing -> standing.achievement().id())
                    .toList();
            if (asked.isEmpty()) {
                return new Known(List.of(), Map.of());
            }
            var handIns = HandInStore.list(db, visit.tenant(), visit.account().learner(), asked);
            var reviews = new HashMap<HandInId, List<Review>>();
            HandInStore.reviews(
                            db, visit.tenant(), handIns.stream().map(HandIn::id).toList())
                    .forEach(review -> reviews.computeIfAbsent(review.handIn(), id -> new ArrayList<>())
                            .add(review));
            return new Known(handIns, reviews);
        }

        private @Nullable HandIn last(AchievementId achievement, Slot slot) {
            return handIns.stream()
                    .filter(one ->
                            one.achievement().equals(achievement) && one.slot().equals(slot))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** One for each thing that this achievement still asks for, or that was answered; none where it is awarded. */
    static List<HandInForm> of(Visit visit, Catalogue catalogue, Standing standing, Known known) {
        return !standing.isNew()
                ? List.of()
                : asked(standing).stream()
                        .map(slot -> of(visit, catalogue, standing, slot, known))
                        .filter(form -> form.isOpen || form.said != null)
                        .toList();
    }

    private static HandInForm of(Visit visit, Catalogue catalogue, Standing standing, Slot slot, Known known) {
        var achievement = standing.achievement();
        var last = known.last(achievement.id(), slot);
        var answers = last == null
                ? List.<Answer>of()
                : known.reviews().getOrDefault(last.id(), List.of()).stream()
                        .map(review -> new Answer(
                                review.isApproved(), review.reason(), Days.of(review.at(), catalogue.timeZone())))
                        .toList();
        boolean isOpen =
                Reviewing.asked(standing.evaluation(), slot).anyMatch(one -> one.state() == Evaluation.State.NOT_YET);
        return new HandInForm(
                visit.path(),
                visit.formToken(),
                achievement.id(),
                slot,
                catalogue.names(achievement, standing.attachment()).slots().apply(slot),
                Reviewing.rubric(standing.evaluation(), slot),
                isOpen,
                last == null ? null : last.said(),
                last == null ? "" : Days.of(last.at(), catalogue.timeZone()),
                answers);
    }

    private static Set<Slot> asked(Standing standing) {
        return standing.evaluation().requirement().handIns();
    }

    /** What the fields of this form are called: no two of a page alike. */
    public String id() {
        return "hand-in-" + achievement + "-" + slot.name();
    }
}

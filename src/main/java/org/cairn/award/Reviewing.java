package org.cairn.award;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.HandInId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.db.Text;
import org.cairn.evidence.HandIn;
import org.cairn.evidence.HandInStore;
import org.cairn.evidence.Review;
import org.cairn.lti.MemberStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.rule.Approved;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/**
 * What learners hand in for people to look at, and what these answer: each in one transaction with the learner locked, and what an
 * approval completes is awarded in it.
 */
public final class Reviewing {

    /** How many characters may be handed in. */
    public static final int MOST_SAID = 4_000;

    /** How often a learner may hand something in within a day. */
    private static final int MOST_A_DAY = 20;

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Clock clock;

    public Reviewing(Database database, Catalogues catalogues, Awarding awarding, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.clock = clock;
    }

    /**
     * A learner hands something in for an achievement of a course.
     *
     * @throws Problem MALFORMED where nothing or too much is said, CONFLICT where nothing is asked for now, BUSY after too many on a day
     */
    public HandInId handIn(Account learner, CourseId course, AchievementId achievement, Slot slot, String text) {
        var said = Text.written(
                text, MOST_SAID, "hand_in_malformed", "Hand in a link or words, of 1 to 4,000 characters.");
        var now = clock.instant();
        return database.inTransaction(db -> {
            AccountStore.lock(db, learner.tenant(), Set.of(learner.learner()));
            boolean isAsked = standing(db, learner.tenant(), course, learner.learner(), achievement, now)
                    .filter(standing ->
                            standing.isNew() && !standing.achievement().isRetired())
                    .filter(standing ->
                            asked(standing.evaluation(), slot).anyMatch(one -> one.state() == Evaluation.State.NOT_YET))
                    .isPresent();
            if (!isAsked) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "hand_in_not_asked",
                        "Nothing is to be handed in for this now; go back and reload the page.");
            }
            requireFew(db, learner, now);
            var handIn = new HandIn(HandInId.fresh(), learner.learner(), achievement, slot, course, said, now, true);
            HandInStore.insert(db, learner.tenant(), handIn, learner.id());
            return handIn.id();
        });
    }

    /**
     * Whoever changes a course answers to what was handed in there; returns what that completes.
     *
     * @param ticked the lines of the rubric that were found to be met
     * @throws Problem NOT_FOUND where nothing such was handed in there, FORBIDDEN for who may not answer, MALFORMED without a reason or
     *     with an unmet line, CONFLICT where it is answered already
     */
    public List<Award> answer(
            Account reviewer,
            Role role,
            CourseId course,
            HandInId id,
            boolean isApproved,
            Set<String> ticked,
            String reason) {
        if (!role.changesCourse()) {
            throw forbidden("Only who teaches this course can answer what is handed in here.");
        }
        var why = Reason.written(reason);
        var tenant = reviewer.tenant();
        var now = clock.instant();
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(get(db, tenant, course, id).learner()));
            var handIn = get(db, tenant, course, id);
            boolean independent = isIndependent(db, reviewer, role, course);
            requireOpen(db, reviewer, handIn);
            var standing = standing(db, tenant, course, handIn.learner(), handIn.achievement(), now);
            if (standing.isPresent()) {
                requireMay(standing.get().evaluation(), reviewer, handIn, independent);
                requireRubric(standing.get().evaluation(), handIn, isApproved, ticked);
            }
            var review = new Review(id, reviewer.learner(), isApproved, independent, why, now);
            HandInStore.insert(db, tenant, review, reviewer.id());
            if (!isApproved || isEnough(db, tenant, handIn, now)) {
                HandInStore.close(db, tenant, id, now);
            }
            return isApproved
                    ? awarding.reconsider(db, tenant, Set.of(handIn.learner()), Set.of(handIn.achievement()), now)
                    : List.of();
        });
    }

    /** How far a rule is with what people have to approve of this hand-in, wherever in it that stands. */
    public static Stream<Evaluation> asked(Evaluation evaluation, Slot slot) {
        if (evaluation.requirement() instanceof Approved approved) {
            return approved.evidence().equals(slot) ? Stream.of(evaluation) : Stream.empty();
        }
        return evaluation.parts().stream().flatMap(part -> asked(part, slot));
    }

    /** The lines that a reviewer ticks: all that the rule has for this hand-in, each once. */
    public static List<String> rubric(Evaluation evaluation, Slot slot) {
        return approved(evaluation, slot)
                .flatMap(one -> one.rubric().stream())
                .distinct()
                .toList();
    }

    /** Whether this person's answer can count: nobody answers her own, and where only those count who do not teach, no teacher answers. */
    public static boolean mayAnswer(Evaluation evaluation, Account reviewer, HandIn handIn, boolean independent) {
        boolean isForOthers = approved(evaluation, handIn.slot()).allMatch(Approved::independent)
                && approved(evaluation, handIn.slot()).findAny().isPresent();
        return !handIn.learner().equals(reviewer.learner()) && (independent || !isForOthers);
    }

    /** Whether somebody answers for the institution, and under no account of hers teaches or assists in the course. */
    public static boolean isIndependent(DSLContext db, Account reviewer, Role role, CourseId course) {
        if (role != Role.ADMINISTRATOR) {
            return false;
        }
        var members = MemberStore.members(db, reviewer.tenant(), course);
        return AccountStore.ofLearners(db, reviewer.tenant(), List.of(reviewer.learner())).stream()
                .map(account -> members.get(account.id()))
                .noneMatch(known -> known == Role.TEACHER || known == Role.ASSISTANT);
    }

    private static Stream<Approved> approved(Evaluation evaluation, Slot slot) {
        return asked(evaluation, slot).map(one -> (Approved) one.requirement());
    }

    private Optional<Standing> standing(
            DSLContext db,
            TenantId tenant,
            CourseId course,
            LearnerId learner,
            AchievementId achievement,
            Instant now) {
        return Progress.find(db, catalogues.current(db, tenant), course, learner, achievement, now);
    }

    private static void requireFew(DSLContext db, Account learner, Instant now) {
        var since = now.minus(Duration.ofDays(1));
        if (HandInStore.countSince(db, learner.tenant(), learner.learner(), since) >= MOST_A_DAY) {
            throw new Problem(
                    Problem.Kind.BUSY,
                    "hand_ins_too_many",
                    "You have handed in %d times within a day; wait until tomorrow.".formatted(MOST_A_DAY));
        }
    }

    /** Of another course's it is nobody's business here whether it exists. */
    private static HandIn get(DSLContext db, TenantId tenant, CourseId course, HandInId id) {
        return HandInStore.find(db, tenant, id)
                .filter(found -> found.course().equals(course))
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND, "hand_in_unknown", "Nothing such was handed in in this course."));
    }

    private static void requireOpen(DSLContext db, Account reviewer, HandIn handIn) {
        if (handIn.learner().equals(reviewer.learner())) {
            throw forbidden("You handed this in yourself; somebody else has to answer it.");
        }
        boolean hasAnswered = HandInStore.reviews(db, reviewer.tenant(), List.of(handIn.id())).stream()
                .anyMatch(review -> review.reviewer().equals(reviewer.learner()));
        if (hasAnswered || !handIn.isOpen()) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "hand_in_answered",
                    "This is answered already; go back and reload the page.");
        }
    }

    private static void requireMay(Evaluation evaluation, Account reviewer, HandIn handIn, boolean independent) {
        if (!mayAnswer(evaluation, reviewer, handIn, independent)) {
            throw forbidden("Somebody who does not teach this learner has to answer this.");
        }
    }

    private static void requireRubric(Evaluation evaluation, HandIn handIn, boolean isApproved, Set<String> ticked) {
        if (isApproved && !ticked.containsAll(rubric(evaluation, handIn.slot()))) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "rubric_not_met",
                    "To approve, tick every line of what it has to show; if one is not met, send it back and say which.");
        }
    }

    private boolean isEnough(DSLContext db, TenantId tenant, HandIn handIn, Instant now) {
        return standing(db, tenant, handIn.course(), handIn.learner(), handIn.achievement(), now)
                .filter(standing -> asked(standing.evaluation(), handIn.slot()).anyMatch(one -> !one.isMet()))
                .isEmpty();
    }

    private static Problem forbidden(String sentence) {
        return new Problem(Problem.Kind.FORBIDDEN, "review_refused", sentence);
    }
}

package org.cairn.rule;

import static org.cairn.rule.Evaluation.Found.NOTHING;
import static org.cairn.rule.Evaluation.State.CLOSED;
import static org.cairn.rule.Evaluation.State.MET;
import static org.cairn.rule.Evaluation.State.NOT_YET;
import static org.cairn.rule.Evaluation.State.WAITING;
import static org.cairn.rule.Evaluation.leaf;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.cairn.rule.Evaluation.Found;
import org.jspecify.annotations.Nullable;

/** Evaluates rules: pure functions of the rule, the facts and the instant, whatever the order of the facts. */
public final class Evaluator {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Evaluator() {}

    /** Whether what the rule asks of this learner is met. */
    public static boolean met(Rule rule, Facts facts, Instant at) {
        return met(rule.requirement(facts, at), facts, at);
    }

    /** How far this learner is with what the rule asks of her. */
    public static Evaluation evaluate(Rule rule, Facts facts, Instant at) {
        return evaluate(rule.requirement(facts, at), facts, at);
    }

    /** Whether the requirement is met: what {@link #evaluate} says, without the explanation and its objects. */
    public static boolean met(Requirement requirement, Facts facts, Instant at) {
        if (!facts.waived().isEmpty() && facts.waived().containsKey(requirement)) {
            return true;
        }
        return switch (requirement) {
            case AllOf all ->
                !all.of().isEmpty() && met(all.of(), facts, at, all.of().size());
            case AnyOf any -> met(any.of(), facts, at, 1);
            case AtLeast some -> met(some.of(), facts, at, some.count());
            case OneBranch one -> met(one, facts, at);
            case InOrder order -> InTime.met(order, facts, at);
            case Within within -> InTime.met(within, facts, at);
            case Separately separately ->
                !separately.of().isEmpty() && Selection.isPossible(separately.sums(), facts, at);
            case Score score -> {
                var used = used(score, facts, at);
                yield used != null && reaches(score, used);
            }
            case Completed completed -> used(completed, facts, at) != null;
            case Holds holds -> used(holds, facts, at) != null;
            case CreditSum sum -> Selection.isPossible(List.of(sum), facts, at);
            case Mean mean -> Means.of(mean, mean.pool().of(facts, at)).isReached();
            case Hours hours -> worked(hours, facts, at).compareTo(hours.minimum()) >= 0;
            case Approved approved -> approvals(approved, facts, at) >= approved.reviewers();
            case Member member -> isIn(member, facts, at);
        };
    }

    /** The requirement's state with its explanation. */
    public static Evaluation evaluate(Requirement requirement, Facts facts, Instant at) {
        var evaluated = explained(requirement, facts, at);
        var waivedAt = facts.waived().get(requirement);
        return waivedAt == null
                ? evaluated
                : new Evaluation(requirement, MET, Evaluation.Found.waived(waivedAt), evaluated.parts());
    }

    private static Evaluation explained(Requirement requirement, Facts facts, Instant at) {
        return switch (requirement) {
            case AllOf all -> group(all, all.of().size(), facts, at);
            case AnyOf any -> group(any, 1, facts, at);
            case AtLeast some -> group(some, some.count(), facts, at);
            case OneBranch one -> group(one, 1, facts, at);
            case InOrder order -> InTime.evaluate(order, facts, at);
            case Within within -> InTime.evaluate(within, facts, at);
            case Separately separately -> separately(separately, facts, at);
            case Score score -> {
                var used = used(score, facts, at);
                yield leaf(score, state(score, facts, used, at), Found.attempt(used));
            }
            case Completed completed -> {
                var used = used(completed, facts, at);
                yield leaf(completed, state(used != null, completed.window(), facts, at), Found.attempt(used));
            }
            case Holds holds -> {
                var used = used(holds, facts, at);
                var counted = used == null ? List.<Held>of() : List.of(used);
                yield leaf(holds, state(used != null, holds.window(), facts, at), Found.counted(counted, null));
            }
            case CreditSum sum -> sum(sum, Selection.best(List.of(sum), facts, at), 0, facts, at);
            case Mean mean -> {
                var pool = mean.pool().of(facts, at);
                var found = Means.of(mean, pool);
                yield leaf(
                        mean,
                        state(found.isReached(), mean.pool().window(), facts, at),
                        Found.counted(found.graded(), found.rounded()));
            }
            case Hours hours -> {
                var worked = worked(hours, facts, at);
                boolean isMet = worked.compareTo(hours.minimum()) >= 0;
                yield leaf(
                        hours,
                        state(isMet, hours.window(), facts, at),
                        Found.amount(worked, weakest(hours, facts, at)));
            }
            case Approved approved -> {
                int approvals = approvals(approved, facts, at);
                var proof = approvals == 0 ? null : Strength.REVIEWED;
                yield leaf(
                        approved,
                        state(approved, approvals, facts, at),
                        Found.amount(BigDecimal.valueOf(approvals), proof));
            }
            case Member member -> leaf(member, state(isIn(member, facts, at), member.joined(), facts, at), NOTHING);
        };
    }

    private static boolean met(List<Requirement> parts, Facts facts, Instant at, int wanted) {
        int met = 0;
        for (int i = 0; i < parts.size() && met < wanted && met + parts.size() - i >= wanted; i++) {
            if (met(parts.get(i), facts, at)) {
                met++;
            }
        }
        return met >= wanted;
    }

    private static boolean met(OneBranch one, Facts facts, Instant at) {
        for (int i = 0; i < one.branches().size(); i++) {
            if (met(one.branches().get(i).requirement(), facts, at)) {
                return true;
            }
        }
        return false;
    }

    private static Evaluation group(Requirement group, int wanted, Facts facts, Instant at) {
        var parts = new ArrayList<Evaluation>(group.of().size());
        for (var part : group.of()) {
            parts.add(evaluate(part, facts, at));
        }
        return group(group, wanted, parts);
    }

    static Evaluation group(Requirement group, int wanted, List<Evaluation> parts) {
        int met = 0;
        int waiting = 0;
        int closed = 0;
        for (var part : parts) {
            switch (part.state()) {
                case MET -> met++;
                case WAITING -> waiting++;
                case CLOSED -> closed++;
                case NOT_YET -> {}
            }
        }
        return new Evaluation(group, state(parts.size(), wanted, met, waiting, closed), NOTHING, parts);
    }

    private static Evaluation separately(Separately separately, Facts facts, Instant at) {
        var sums = separately.sums();
        if (sums.isEmpty()) {
            return group(separately, 0, List.of());
        }
        var chosen = Selection.best(sums, facts, at);
        var parts = new ArrayList<Evaluation>(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            var sum = sum(sums.get(i), chosen, i, facts, at);
            parts.add(leaf(separately.of().get(i), sum.state(), sum.found()));
        }
        return group(separately, sums.size(), parts);
    }

    /** Where the search was given up, somebody has to count by hand. */
    private static Evaluation sum(CreditSum sum, Selection.Chosen chosen, int number, Facts facts, Instant at) {
        var counted = chosen.counted().get(number);
        var amount = counted.stream().map(sum::of).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean isMet = chosen.reached().get(number);
        var state = isMet || chosen.isDecided() ? state(isMet, sum.pool().window(), facts, at) : WAITING;
        return leaf(sum, state, Found.counted(counted, amount));
    }

    /** Waiting only where others' grading alone could still complete the group: nothing is left for the learner to do. */
    private static Evaluation.State state(int size, int wanted, int met, int waiting, int closed) {
        if (size > 0 && met >= wanted) {
            return MET;
        }
        if (size - closed < wanted || size == 0) {
            return CLOSED;
        }
        return met + waiting >= wanted ? WAITING : NOT_YET;
    }

    private static Evaluation.State state(Score score, Facts facts, @Nullable Fact used, Instant at) {
        if (used != null && reaches(score, used)) {
            return MET;
        }
        var attempts = facts.attempts(score.slot());
        for (var fact : attempts) {
            if (fact.state() == Fact.State.PENDING && counts(score, fact, facts, at)) {
                return WAITING;
            }
        }
        return isUsedUp(score, attempts, used) ? CLOSED : state(false, score.window(), facts, at);
    }

    private static Evaluation.State state(Approved approved, int approvals, Facts facts, Instant at) {
        if (approvals >= approved.reviewers()) {
            return MET;
        }
        Approval last = null;
        for (var step : facts.approvals(approved.evidence())) {
            if (step.step() != Approval.Step.APPROVED && (last == null || step.compareTo(last) > 0)) {
                last = step;
            }
        }
        return last != null && last.step() == Approval.Step.ASKED
                ? WAITING
                : state(false, approved.window(), facts, at);
    }

    private static Evaluation.State state(boolean isMet, Window window, Facts facts, Instant at) {
        return isMet ? MET : window.isOver(at, facts.zone()) ? CLOSED : NOT_YET;
    }

    /** No further attempt can count: the first one does, or all that there may be were graded. */
    private static boolean isUsedUp(Score score, List<Fact> facts, @Nullable Fact used) {
        if (score.choice() == Score.Choice.FIRST && used != null) {
            return true;
        }
        if (score.attempts() == null) {
            return false;
        }
        int graded = 0;
        for (var fact : facts) {
            if (fact.attempt() <= score.attempts() && fact.state() == Fact.State.GRADED) {
                graded++;
            }
        }
        return graded >= score.attempts();
    }

    /** The newest one, which counts longest. */
    private static @Nullable Held used(Holds holds, Facts facts, Instant at) {
        var all = facts.held(holds.achievement());
        Held used = null;
        for (int i = 0; i < all.size(); i++) {
            var held = all.get(i);
            if (holds.isMetBy(held, facts, at) && (used == null || isNewer(held, used))) {
                used = held;
            }
        }
        return used;
    }

    private static boolean isNewer(Held one, Held other) {
        int order = one.at().compareTo(other.at());
        return order > 0 || (order == 0 && one.id().compareTo(other.id()) > 0);
    }

    private static boolean isIn(Member member, Facts facts, Instant at) {
        var joined = facts.memberships().get(new Membership(member.group(), member.name()));
        return joined != null && member.joined().contains(joined, at, facts.zone());
    }

    private static BigDecimal worked(Hours hours, Facts facts, Instant at) {
        var sum = BigDecimal.ZERO;
        for (var worked : facts.hours(hours.kind())) {
            if (hours.window().contains(worked.at(), at, facts.zone())) {
                sum = sum.add(worked.hours());
            }
        }
        return sum;
    }

    private static @Nullable Strength weakest(Hours hours, Facts facts, Instant at) {
        return facts.hours(hours.kind()).stream()
                .filter(worked -> hours.window().contains(worked.at(), at, facts.zone()))
                .map(Worked::strength)
                .min(Strength::compareTo)
                .orElse(null);
    }

    /** How many people's last word on it is yes. */
    private static int approvals(Approved approved, Facts facts, Instant at) {
        var lastWords = new HashMap<String, Approval>();
        for (var step : facts.approvals(approved.evidence())) {
            if (step.step() != Approval.Step.ASKED
                    && (step.independent() || !approved.independent())
                    && approved.window().contains(step.at(), at, facts.zone())) {
                lastWords.merge(step.reviewer(), step, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return (int) lastWords.values().stream()
                .filter(step -> step.step() == Approval.Step.APPROVED)
                .count();
    }

    /** The first completion that counts. */
    private static @Nullable Fact used(Completed completed, Facts facts, Instant at) {
        var attempts = facts.attempts(completed.slot());
        Fact used = null;
        for (int i = 0; i < attempts.size(); i++) {
            var fact = attempts.get(i);
            if (fact.isComplete()
                    && completed.window().contains(fact.at(), at, facts.zone())
                    && (used == null || inOrder(fact, used) < 0)) {
                used = fact;
            }
        }
        return used;
    }

    private static @Nullable Fact used(Score score, Facts facts, Instant at) {
        var attempts = facts.attempts(score.slot());
        Fact used = null;
        for (int i = 0; i < attempts.size(); i++) {
            var fact = attempts.get(i);
            if (fact.state() == Fact.State.GRADED
                    && counts(score, fact, facts, at)
                    && (used == null || precedes(score, fact, used))) {
                used = fact;
            }
        }
        return used;
    }

    private static boolean counts(Score score, Fact fact, Facts facts, Instant at) {
        return score.window().contains(fact.at(), at, facts.zone())
                && (score.attempts() == null || fact.attempt() <= score.attempts());
    }

    private static boolean precedes(Score score, Fact one, Fact other) {
        return switch (score.choice()) {
            case LATEST -> inOrder(one, other) > 0;
            case FIRST -> inOrder(one, other) < 0;
            case BEST -> {
                int better = better(score, one, other);
                yield better > 0 || (better == 0 && inOrder(one, other) < 0);
            }
        };
    }

    // Attempts of one number happen where somebody has two accounts; then time decides, and then the better one.
    private static int inOrder(Fact one, Fact other) {
        int order = Integer.compare(one.attempt(), other.attempt());
        if (order == 0) {
            order = one.at().compareTo(other.at());
        }
        if (order == 0) {
            order = share(one, other);
        }
        if (order == 0) {
            order = of(one.score()).compareTo(of(other.score()));
        }
        return order != 0 ? order : one.strength().compareTo(other.strength());
    }

    private static int better(Score score, Fact one, Fact other) {
        return score.scale() == Score.Scale.POINTS ? of(one.score()).compareTo(of(other.score())) : share(one, other);
    }

    // a/b against c/d as a·d against c·b: a quotient would have to be rounded.
    private static int share(Fact one, Fact other) {
        return Products.compare(of(one.score()), of(other.maximum()), of(other.score()), of(one.maximum()));
    }

    private static boolean reaches(Score score, Fact fact) {
        var shown = of(fact.score());
        int compared = score.scale() == Score.Scale.POINTS
                ? shown.compareTo(score.value())
                : Products.compare(shown, HUNDRED, score.value(), of(fact.maximum()));
        return score.comparison() == Score.Comparison.MORE_THAN ? compared > 0 : compared >= 0;
    }

    private static BigDecimal of(@Nullable BigDecimal number) {
        return number == null ? BigDecimal.ZERO : number;
    }
}

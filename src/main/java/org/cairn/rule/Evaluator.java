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
import java.util.List;
import org.cairn.rule.Evaluation.Found;
import org.jspecify.annotations.Nullable;

/** Evaluates rules: pure functions of the rule, the facts and the instant, whatever the order of the facts. */
public final class Evaluator {

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
                var used = Attempts.used(score, facts, at);
                yield used != null && Attempts.reaches(score, used);
            }
            case Completed completed -> Attempts.used(completed, facts, at) != null;
            case Holds holds -> used(holds, facts, at) != null;
            case CreditSum sum -> Selection.isPossible(List.of(sum), facts, at);
            case Mean mean -> Means.of(mean, mean.pool().of(facts, at)).isReached();
            case Hours hours -> Confirmed.worked(hours, facts, at).compareTo(hours.minimum()) >= 0;
            case Approved approved -> Confirmed.approvals(approved, facts, at) >= approved.reviewers();
            case Member member -> Confirmed.isIn(member, facts, at);
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
                var used = Attempts.used(score, facts, at);
                yield leaf(
                        score,
                        Attempts.state(score, facts, used, at),
                        Found.attempt(used, Attempts.made(score, facts)));
            }
            case Completed completed -> {
                var used = Attempts.used(completed, facts, at);
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
                var worked = Confirmed.worked(hours, facts, at);
                boolean isMet = worked.compareTo(hours.minimum()) >= 0;
                yield leaf(
                        hours,
                        state(isMet, hours.window(), facts, at),
                        Found.amount(worked, Confirmed.weakest(hours, facts, at)));
            }
            case Approved approved -> {
                int approvals = Confirmed.approvals(approved, facts, at);
                var proof = approvals == 0 ? null : Strength.REVIEWED;
                yield leaf(
                        approved,
                        Confirmed.state(approved, approvals, facts, at),
                        Found.amount(BigDecimal.valueOf(approvals), proof));
            }
            case Member member ->
                leaf(member, state(Confirmed.isIn(member, facts, at), member.joined(), facts, at), NOTHING);
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

    static Evaluation.State state(boolean isMet, Window window, Facts facts, Instant at) {
        return isMet ? MET : window.isOver(at, facts.zone()) ? CLOSED : NOT_YET;
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
}

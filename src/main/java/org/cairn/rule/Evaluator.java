package org.cairn.rule;

import static org.cairn.rule.Evaluation.State.CLOSED;
import static org.cairn.rule.Evaluation.State.MET;
import static org.cairn.rule.Evaluation.State.NOT_YET;
import static org.cairn.rule.Evaluation.State.WAITING;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates rules: pure functions of the rule, the facts and the instant, whatever the order of the facts. */
public final class Evaluator {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Evaluator() {}

    /** Whether the requirement is met: what {@link #evaluate} says, without the explanation and its objects. */
    public static boolean met(Requirement requirement, Facts facts, Instant at) {
        return switch (requirement) {
            case AllOf all ->
                !all.of().isEmpty() && met(all.of(), facts, at, all.of().size());
            case AnyOf any -> met(any.of(), facts, at, 1);
            case AtLeast some -> met(some.of(), facts, at, some.count());
            case OneBranch one -> met(one, facts, at);
            case Score score -> {
                var used = used(score, facts, at);
                yield used != null && reaches(score, used);
            }
            case Completed completed -> used(completed, facts, at) != null;
            case Holds holds -> since(holds, facts, at) != null;
        };
    }

    /** The requirement's state with its explanation. */
    public static Evaluation evaluate(Requirement requirement, Facts facts, Instant at) {
        return switch (requirement) {
            case AllOf all -> group(all, all.of(), all.of().size(), facts, at);
            case AnyOf any -> group(any, any.of(), 1, facts, at);
            case AtLeast some -> group(some, some.of(), some.count(), facts, at);
            case OneBranch one -> group(one, one.of(), 1, facts, at);
            case Score score -> score(score, facts, at);
            case Completed completed -> {
                var used = used(completed, facts, at);
                yield new Evaluation(completed, state(used != null, completed.window(), at), used, null, List.of());
            }
            case Holds holds -> {
                var since = since(holds, facts, at);
                yield new Evaluation(holds, state(since != null, holds.window(), at), null, since, List.of());
            }
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

    private static Evaluation group(Requirement group, List<Requirement> of, int wanted, Facts facts, Instant at) {
        var parts = new ArrayList<Evaluation>(of.size());
        int met = 0;
        int waiting = 0;
        int closed = 0;
        for (var part : of) {
            var evaluated = evaluate(part, facts, at);
            parts.add(evaluated);
            switch (evaluated.state()) {
                case MET -> met++;
                case WAITING -> waiting++;
                case CLOSED -> closed++;
                case NOT_YET -> {}
            }
        }
        return new Evaluation(group, state(of.size(), wanted, met, waiting, closed), null, null, parts);
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

    private static Evaluation score(Score score, Facts facts, Instant at) {
        var used = used(score, facts, at);
        return new Evaluation(score, state(score, facts, used, at), used, null, List.of());
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
        return isUsedUp(score, attempts, used) ? CLOSED : state(false, score.window(), at);
    }

    private static Evaluation.State state(boolean isMet, Window window, Instant at) {
        return isMet ? MET : window.isOver(at) ? CLOSED : NOT_YET;
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

    private static @Nullable Instant since(Holds holds, Facts facts, Instant at) {
        var since = facts.held().get(holds.achievement());
        return since != null && holds.window().contains(since, at, facts.zone()) ? since : null;
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

package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of somebody's attempts at an activity counts, and whether another one could. */
final class Attempts {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** No score asks for more points. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_001);

    private Attempts() {}

    /** The first completion that counts. */
    static @Nullable Fact used(Completed completed, Facts facts, Instant at) {
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

    /** The graded attempt that the score looks at. */
    static @Nullable Fact used(Score score, Facts facts, Instant at) {
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

    static boolean reaches(Score score, Fact fact) {
        var shown = of(fact.score());
        int compared = score.scale() == Score.Scale.POINTS
                ? shown.compareTo(score.value())
                : Products.compare(shown, HUNDRED, score.value(), of(fact.maximum()));
        return score.comparison() == Score.Comparison.MORE_THAN ? compared > 0 : compared >= 0;
    }

    static Evaluation.State state(Score score, Facts facts, @Nullable Fact used, Instant at) {
        if (used != null && reaches(score, used)) {
            return Evaluation.State.MET;
        }
        for (var fact : facts.attempts(score.slot())) {
            if (fact.state() == Fact.State.PENDING && counts(score, fact, facts, at) && mayDecide(score, fact, used)) {
                return Evaluation.State.WAITING;
            }
        }
        return isUsedUp(score, facts, used)
                ? Evaluation.State.CLOSED
                : Evaluator.state(false, score.window(), facts, at);
    }

    /** The attempts as they would be if all that waits to be graded got full marks. */
    static Facts graded(Facts facts) {
        return with(facts, attempts -> attempts.map(Attempts::graded));
    }

    /** The attempts without what waits to be graded, as if it never were. */
    static Facts ungraded(Facts facts) {
        return with(facts, attempts -> attempts.filter(fact -> fact.state() != Fact.State.PENDING));
    }

    private static Facts with(Facts facts, UnaryOperator<Stream<Fact>> change) {
        var changed = new HashMap<Slot, List<Fact>>();
        facts.attempts()
                .forEach((slot, attempts) ->
                        changed.put(slot, change.apply(attempts.stream()).toList()));
        return facts.withAttempts(changed);
    }

    private static Fact graded(Fact fact) {
        return fact.state() == Fact.State.PENDING
                ? new Fact(fact.attempt(), Fact.State.GRADED, MOST, MOST, fact.isComplete(), fact.at(), fact.strength())
                : fact;
    }

    /** Whether the grade that it waits for could be the one that counts. */
    private static boolean mayDecide(Score score, Fact pending, @Nullable Fact used) {
        return used == null || score.choice() == Score.Choice.BEST || precedes(score, pending, used);
    }

    /** How many of the attempts that may be were made, graded or not yet; null where there may be any number. */
    static @Nullable BigDecimal made(Score score, Facts facts) {
        return score.attempts() == null ? null : BigDecimal.valueOf(made(facts, score.slot(), score.attempts()));
    }

    /** No further attempt can count: the first one does, or all that there may be were made. */
    private static boolean isUsedUp(Score score, Facts facts, @Nullable Fact used) {
        return (score.choice() == Score.Choice.FIRST && used != null)
                || (score.attempts() != null && made(facts, score.slot(), score.attempts()) >= score.attempts());
    }

    private static int made(Facts facts, Slot slot, int most) {
        int made = 0;
        for (var fact : facts.attempts(slot)) {
            if (fact.attempt() <= most && fact.state() != Fact.State.CLEARED) {
                made++;
            }
        }
        return made;
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

    private static BigDecimal of(@Nullable BigDecimal number) {
        return number == null ? BigDecimal.ZERO : number;
    }
}

package org.cairn.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What depends on when things happened to one another: one after the other, or all within one period. */
final class InTime {

    private InTime() {}

    static boolean met(InOrder order, Facts facts, Instant at) {
        var from = Instant.MIN;
        for (var part : order.of()) {
            var done = done(part, facts, from, at);
            if (done == null) {
                return false;
            }
            from = done;
        }
        return !order.of().isEmpty();
    }

    /** What comes after a part that is not met yet is still all to be done. */
    static Evaluation evaluate(InOrder order, Facts facts, Instant at) {
        var parts = new ArrayList<Evaluation>(order.of().size());
        Instant from = Instant.MIN;
        for (var part : order.of()) {
            var since = from == null ? Instant.MAX : from;
            parts.add(Evaluator.evaluate(part, facts.between(since, Instant.MAX), at));
            from = from == null ? null : done(part, facts, from, at);
        }
        return Evaluator.group(order, parts.size(), parts);
    }

    static boolean met(Within within, Facts facts, Instant at) {
        for (var start : starts(within, facts)) {
            if (Evaluator.met(within.requirement(), facts.between(start, end(within, start, facts)), at)) {
                return true;
            }
        }
        return false;
    }

    /** Told of the period in which it is met, or else of the one that is still running in which most is met. */
    static Evaluation evaluate(Within within, Facts facts, Instant at) {
        var nothing = Evaluator.evaluate(within.requirement(), facts.between(Instant.MAX, Instant.MAX), at);
        boolean isRunning = within.since() == null;
        Evaluation furthest = null;
        for (var start : starts(within, facts)) {
            var end = end(within, start, facts);
            var evaluated = Evaluator.evaluate(within.requirement(), facts.between(start, end), at);
            if (evaluated.isMet()) {
                return within(within, Evaluation.State.MET, evaluated);
            }
            boolean runs = at.isBefore(end);
            isRunning |= runs;
            if ((runs || within.since() != null)
                    && (furthest == null || evaluated.metLeaves() > furthest.metLeaves())) {
                furthest = evaluated;
            }
        }
        var shown = furthest == null ? nothing : furthest;
        boolean isMember = within.since() == null || !starts(within, facts).isEmpty();
        var state = isMember && !isRunning ? Evaluation.State.CLOSED : open(shown);
        return within(within, state, shown);
    }

    private static Evaluation within(Within within, Evaluation.State state, Evaluation of) {
        return new Evaluation(within, state, Evaluation.Found.NOTHING, List.of(of));
    }

    /** Where somebody never joined, what she did does not count yet, however much it is. */
    private static Evaluation.State open(Evaluation shown) {
        return shown.isMet() ? Evaluation.State.NOT_YET : shown.state();
    }

    private static List<Instant> starts(Within within, Facts facts) {
        if (within.since() == null) {
            return List.copyOf(facts.instants());
        }
        var joined = facts.memberships().get(new Membership(Member.Group.COHORT, within.since()));
        return joined == null ? List.of() : List.of(joined);
    }

    private static Instant end(Within within, Instant start, Facts facts) {
        return start.atZone(facts.zone()).plus(within.period()).toInstant();
    }

    /** The first instant by which it is met by what happened from the given one on; null while it is not. */
    private static @Nullable Instant done(Requirement part, Facts facts, Instant from, Instant at) {
        if (!Evaluator.met(part, facts.between(from, Instant.MAX), at)) {
            return null;
        }
        for (var until : facts.instants()) {
            if (!until.isBefore(from) && Evaluator.met(part, facts.between(from, until), at)) {
                return until;
            }
        }
        return from;
    }
}

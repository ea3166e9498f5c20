package org.cairn.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    /**
     * What comes after a part that is not met yet is still all to be done: unless that part is only to be graded, or was met once, which is
     * when it counts as done as soon as it is met again.
     */
    static Evaluation evaluate(InOrder order, Facts facts, Instant at) {
        var parts = new ArrayList<Evaluation>(order.of().size());
        Instant from = Instant.MIN;
        for (var part : order.of()) {
            var since = from == null ? Instant.MAX : from;
            var evaluated = Evaluator.evaluate(part, facts.between(since, Instant.MAX), at);
            parts.add(evaluated);
            // Joining a group is no event that others could come after.
            if (from != null && !(part instanceof Member)) {
                boolean waits = evaluated.state() == Evaluation.State.WAITING;
                var first = first(part, waits ? Attempts.graded(facts) : facts, from, at);
                from = first == null && evaluated.isMet() ? from : first;
            }
        }
        return Evaluator.group(order, parts.size(), parts);
    }

    static boolean met(Within within, Facts facts, Instant at) {
        var starts = starts(within, facts);
        if (starts.isEmpty()) {
            return within.since() == null && Evaluator.met(within.requirement(), facts, at);
        }
        for (var start : starts) {
            if (Evaluator.met(within.requirement(), facts.between(start, end(within, start, facts)), at)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Told of the period in which it is met, or else of the one in which least is missing: one that runs, one in which all that is missing
     * waits for somebody else, or one that is yet to begin. Of such that are alike, the one that ends last.
     */
    static Evaluation evaluate(Within within, Facts facts, Instant at) {
        var starts = starts(within, facts);
        var told = within.since() == null || starts.isEmpty() ? yetToBegin(within, facts, at) : null;
        for (var start : starts) {
            var end = end(within, start, facts);
            var evaluated = Evaluator.evaluate(within.requirement(), facts.between(start, end), at);
            if (evaluated.isMet()) {
                return within(within, Evaluation.State.MET, evaluated, end);
            }
            boolean isOpen = at.isBefore(end) || isToBeGraded(evaluated, facts);
            var state = isOpen ? evaluated.state() : Evaluation.State.CLOSED;
            var found = within(within, state, evaluated, end);
            if (told == null || isCheaper(found, told)) {
                told = found;
            }
        }
        return Objects.requireNonNull(told);
    }

    /** What was done in time counts whenever it is graded. */
    private static boolean isToBeGraded(Evaluation evaluated, Facts facts) {
        return evaluated.state() == Evaluation.State.WAITING
                && Way.of(evaluated, facts.zone()).stream()
                        .flatMap(way -> way.steps().stream())
                        .allMatch(step -> step.who() == Way.Who.GRADER);
    }

    /** Where somebody never joined, what she did does not count yet, however much it is. */
    private static Evaluation yetToBegin(Within within, Facts facts, Instant at) {
        var nothing = Evaluator.evaluate(within.requirement(), facts.between(Instant.MAX, Instant.MAX), at);
        boolean isToJoin = within.since() != null && nothing.isMet();
        return within(within, isToJoin ? Evaluation.State.NOT_YET : nothing.state(), nothing, null);
    }

    private static Evaluation within(Within within, Evaluation.State state, Evaluation of, @Nullable Instant until) {
        return new Evaluation(within, state, Evaluation.Found.period(until), List.of(of));
    }

    /** Whether the first one's way costs less, or as much and ends later. What is yet to begin has no end. */
    private static boolean isCheaper(Evaluation found, Evaluation told) {
        var cost = Cost.of(found);
        var least = Cost.of(told);
        if (cost == null || least == null) {
            return cost != null;
        }
        int order = cost.compareTo(least);
        return order < 0 || (order == 0 && told.found().until() != null);
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

    /** When it was met by what happened from the given instant on; null while it is not. */
    private static @Nullable Instant done(Requirement part, Facts facts, Instant from, Instant at) {
        if (!Evaluator.met(part, facts.between(from, Instant.MAX), at)) {
            return null;
        }
        var first = first(part, facts, from, at);
        return first == null ? from : first;
    }

    /** The first instant by which it was met so, whatever became of it since; null where it never was. */
    private static @Nullable Instant first(Requirement part, Facts facts, Instant from, Instant at) {
        for (var until : facts.instants()) {
            if (!until.isBefore(from) && Evaluator.met(part, facts.between(from, until), at)) {
                return until;
            }
        }
        return null;
    }
}

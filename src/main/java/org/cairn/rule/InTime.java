package org.cairn.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Told of its cheapest way. What comes after a part that is not met yet is still all to be done: unless that part is only to be graded,
     * or was met once, which is when it counts as done as soon as it is met again.
     */
    static Evaluation evaluate(InOrder order, Facts facts, Instant at) {
        var graded = Attempts.graded(facts);
        Map<Instant, Told> told = Map.of(Instant.MIN, Told.NOTHING);
        for (var part : order.of()) {
            var next = new LinkedHashMap<Instant, Told>();
            told.forEach((from, before) -> found(part, facts, graded, from, at)
                    .forEach((done, found) -> next.merge(done, before.and(found), Told::cheaper)));
            told = next;
        }
        var cheapest = told.values().stream().reduce(Told::cheaper).orElseThrow();
        return Evaluator.group(order, order.of().size(), cheapest.parts());
    }

    /**
     * What can be said of a part of which counts what happens from the given instant on, by when it is done then: {@code Instant.MAX} where
     * that is yet to come. What is to be graded may as well be done anew, so that what came after it does not count; and what is met may
     * wait for the grade of an earlier attempt, so that more of it does.
     */
    private static Map<Instant, Evaluation> found(
            Requirement part, Facts facts, Facts graded, Instant from, Instant at) {
        var found = new LinkedHashMap<Instant, Evaluation>();
        var asItIs = Evaluator.evaluate(part, facts.between(from, Instant.MAX), at);
        // Joining a group is no event that others could come after.
        if (from.equals(Instant.MAX) || part instanceof Member) {
            found.put(from, asItIs);
            return found;
        }
        var first = first(part, facts, from, at);
        switch (asItIs.state()) {
            case MET -> {
                var done = Objects.requireNonNullElse(first, from);
                found.put(done, asItIs);
                var onceGraded = first(part, graded, from, at);
                if (onceGraded != null && onceGraded.isBefore(done)) {
                    found.put(onceGraded, Evaluator.evaluate(part, facts.between(from, onceGraded), at));
                }
            }
            case WAITING -> {
                found.put(Objects.requireNonNullElse(first(part, graded, from, at), Instant.MAX), asItIs);
                var ungraded = Attempts.ungraded(facts).between(from, Instant.MAX);
                found.putIfAbsent(
                        Objects.requireNonNullElse(first, Instant.MAX), Evaluator.evaluate(part, ungraded, at));
            }
            case NOT_YET, CLOSED -> found.put(Objects.requireNonNullElse(first, Instant.MAX), asItIs);
        }
        return found;
    }

    /**
     * Some parts of an order, the last of them and those before it.
     *
     * @param cost of all of them; null where one is closed
     */
    private record Told(
            @Nullable Told before,
            @Nullable Evaluation last,
            @Nullable Cost cost) {

        static final Told NOTHING = new Told(null, null, Cost.NOTHING);

        Told and(Evaluation part) {
            var its = Cost.of(part);
            return new Told(this, part, cost == null || its == null ? null : cost.plus(its));
        }

        /** The other one only where it costs less. */
        Told cheaper(Told other) {
            if (other.cost == null) {
                return this;
            }
            return cost == null || other.cost.compareTo(cost) < 0 ? other : this;
        }

        List<Evaluation> parts() {
            var parts = new ArrayList<Evaluation>();
            for (var told = this; told != null && told.last != null; told = told.before) {
                parts.add(told.last);
            }
            return parts.reversed();
        }
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
            boolean isOpen = at.isBefore(end) || isAnyTime(evaluated, facts.zone());
            var state = isOpen ? evaluated.state() : Evaluation.State.CLOSED;
            var found = within(within, state, evaluated, end);
            if (told == null || isCheaper(found, told)) {
                told = found;
            }
        }
        return Objects.requireNonNull(told);
    }

    /** What was done in time counts whenever it is graded, and a group can be joined whenever. */
    private static boolean isAnyTime(Evaluation evaluated, ZoneId zone) {
        return Way.of(evaluated, zone).stream()
                .flatMap(way -> way.steps().stream())
                .allMatch(step -> step.who() == Way.Who.GRADER || step.open().requirement() instanceof Member);
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

package org.cairn.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest way to a requirement that is not met. What is cheapest is what asks for the fewest steps that somebody still has to take;
 * then what waits for the fewest grades and answers; then where more is met already; then where less is missing in what was begun; then
 * what the rule names first. A sum, a mean or hours are one step, however much of it is missing. What is closed is on no way.
 *
 * @param steps in the rule's order, each once; none where it is met
 * @param isOnly whether there is no other way: nothing was left out that could be done instead
 */
public record Way(List<Step> steps, boolean isOnly) {

    /** Who has to act. */
    public enum Who {
        LEARNER,
        /** Whoever grades what was handed in. */
        GRADER,
        /** Whoever approves what was handed in. */
        REVIEWER,
        /** It says who is in which group and has which hours, and counts by hand what is too much to search. */
        INSTITUTION
    }

    /**
     * One requirement that is not met.
     *
     * @param open what it asks for and what was found so far: what is missing is the difference
     * @param deadline it has to happen before this instant to be part of this way: its window ends then, the period that it falls in, or
     *     what has to come after it; null where there is no such instant: what was done in time counts whenever it is graded
     * @param attemptsLeft how many more attempts can count, 1 or more; null where their number is not limited, or one is being graded
     */
    public record Step(
            Evaluation open,
            Who who,
            @Nullable Instant deadline,
            @Nullable Integer attemptsLeft) {}

    public Way {
        steps = List.copyOf(steps);
    }

    /** Empty where no way is left. {@code zone} is of the institution's calendar. */
    public static Optional<Way> of(Evaluation evaluation, ZoneId zone) {
        if (Cost.of(evaluation) == null) {
            return Optional.empty();
        }
        var steps = steps(evaluation, null, zone).distinct().toList();
        return Optional.of(new Way(steps, isOnly(evaluation)));
    }

    /** The earliest deadline of its steps; null where none has one. */
    public @Nullable Instant deadline() {
        return earliest(steps, null);
    }

    private static Stream<Step> steps(Evaluation open, @Nullable Instant before, ZoneId zone) {
        if (open.isMet()) {
            return Stream.empty();
        }
        return switch (open.requirement()) {
            case Within within -> steps(within, open, before, zone);
            case InOrder order -> inOrder(open, before, zone);
            case Requirement group when Groups.wanted(group) > 0 -> chosen(open, before, zone);
            case Requirement leaf -> Stream.of(step(open, before, zone));
        };
    }

    private static Stream<Step> chosen(Evaluation group, @Nullable Instant before, ZoneId zone) {
        return Cost.cheapest(group).stream().flatMap(chosen -> steps(chosen.evaluation(), before, zone));
    }

    /** A period that begins with a cohort begins with joining it, before what has to be done in it is too late. */
    private static Stream<Step> steps(Within within, Evaluation open, @Nullable Instant before, ZoneId zone) {
        var steps = chosen(open, earlier(before, open.found().until()), zone).toList();
        if (!Cost.isToJoin(open)) {
            return steps.stream();
        }
        var cohort = new Member(Member.Group.COHORT, Objects.requireNonNull(within.since()), Window.ALWAYS);
        var join = Evaluation.leaf(cohort, Evaluation.State.NOT_YET, Evaluation.Found.NOTHING);
        return Stream.concat(Stream.of(new Step(join, Who.INSTITUTION, earliest(steps, null), null)), steps.stream());
    }

    /** What comes first has to be done before what comes after it is too late. */
    private static Stream<Step> inOrder(Evaluation order, @Nullable Instant before, ZoneId zone) {
        var steps = new ArrayList<Step>();
        for (var chosen : Cost.cheapest(order).reversed()) {
            var earlier =
                    steps(chosen.evaluation(), earliest(steps, before), zone).toList();
            steps.addAll(0, earlier);
        }
        return steps.stream();
    }

    /** A group can be joined whenever: that is no event of a period or an order. */
    private static Step step(Evaluation open, @Nullable Instant before, ZoneId zone) {
        var who = who(open);
        if (who == Who.GRADER) {
            return new Step(open, who, null, null);
        }
        var end = window(open.requirement()).end(zone);
        return open.requirement() instanceof Member
                ? new Step(open, who, end, null)
                : new Step(open, who, earlier(before, end), attemptsLeft(open));
    }

    private static Who who(Evaluation open) {
        boolean waits = open.state() == Evaluation.State.WAITING;
        return switch (open.requirement()) {
            case Score score when waits -> Who.GRADER;
            case Approved approved when waits -> Who.REVIEWER;
            case Requirement leaf -> waits || leaf.asksTheRegister() ? Who.INSTITUTION : Who.LEARNER;
        };
    }

    private static Window window(Requirement requirement) {
        return switch (requirement) {
            case Score score -> score.window();
            case Completed completed -> completed.window();
            case Holds holds -> holds.window();
            case Pooled pooled -> pooled.pool().window();
            case Hours hours -> hours.window();
            case Approved approved -> approved.window();
            case Member member -> member.joined();
            default -> Window.ALWAYS;
        };
    }

    private static @Nullable Integer attemptsLeft(Evaluation open) {
        if (!(open.requirement() instanceof Score score)) {
            return null;
        }
        var made = open.found().amount();
        if (score.choice() == Score.Choice.FIRST) {
            return 1;
        }
        return score.attempts() == null || made == null ? null : score.attempts() - made.intValueExact();
    }

    private static boolean isOnly(Evaluation open) {
        if (open.isMet() || open.parts().isEmpty()) {
            return true;
        }
        var chosen = Cost.cheapest(open);
        return chosen.size() == Cost.open(open).size() && chosen.stream().allMatch(one -> isOnly(one.evaluation()));
    }

    private static @Nullable Instant earliest(List<Step> steps, @Nullable Instant before) {
        return Stream.concat(
                        Stream.ofNullable(before),
                        steps.stream().map(Step::deadline).filter(Objects::nonNull))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}

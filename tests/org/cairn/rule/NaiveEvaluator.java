package org.cairn.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a rule is met, said again in another way, slowly and for the tests only: fractions instead of products, streams instead of loops. */
final class NaiveEvaluator {

    private NaiveEvaluator() {}

    static boolean met(Requirement requirement, Facts facts, Instant at) {
        return switch (requirement) {
            case AllOf all -> !all.of().isEmpty() && all.of().stream().allMatch(part -> met(part, facts, at));
            case AnyOf any -> any.of().stream().anyMatch(part -> met(part, facts, at));
            case OneBranch one ->
                one.branches().stream().map(OneBranch.Branch::requirement).anyMatch(part -> met(part, facts, at));
            case AtLeast some ->
                some.of().stream().filter(part -> met(part, facts, at)).count() >= some.count();
            case Holds holds ->
                facts.held().entrySet().stream()
                        .anyMatch(one -> one.getKey().equals(holds.achievement())
                                && lies(one.getValue(), holds.window(), facts, at));
            case Completed completed ->
                facts.attempts().getOrDefault(completed.slot(), List.of()).stream()
                        .filter(Fact::isComplete)
                        .anyMatch(fact -> lies(fact.at(), completed.window(), facts, at));
            case Score score ->
                chosen(score, facts, at)
                        .map(fact -> measure(score, fact))
                        .filter(shown -> score.comparison() == Score.Comparison.AT_LEAST
                                ? shown.compareTo(score.value()) >= 0
                                : shown.compareTo(score.value()) > 0)
                        .isPresent();
        };
    }

    private static boolean lies(Instant when, Window window, Facts facts, Instant at) {
        var age = window.notOlderThan();
        return Stream.of(
                        window.after() == null || when.compareTo(window.after()) >= 0,
                        window.before() == null || when.compareTo(window.before()) < 0,
                        age == null
                                || !LocalDateTime.ofInstant(when, facts.zone())
                                        .isBefore(LocalDateTime.ofInstant(at, facts.zone())
                                                .minus(age)))
                .allMatch(Boolean::booleanValue);
    }

    private static Optional<Fact> chosen(Score score, Facts facts, Instant at) {
        Stream<Fact> counting = facts.attempts().getOrDefault(score.slot(), List.of()).stream()
                .filter(fact -> fact.state() == Fact.State.GRADED)
                .filter(fact -> lies(fact.at(), score.window(), facts, at))
                .filter(fact -> score.attempts() == null || fact.attempt() < score.attempts() + 1);
        return switch (score.choice()) {
            case BEST -> counting.max(Comparator.comparing(fact -> measure(score, fact)));
            case LATEST -> counting.max(Comparator.comparing(Fact::attempt));
            case FIRST -> counting.min(Comparator.comparing(Fact::attempt));
        };
    }

    private static BigDecimal measure(Score score, Fact fact) {
        return score.scale() == Score.Scale.POINTS
                ? fact.score()
                : fact.score().divide(fact.maximum(), MathContext.DECIMAL128).multiply(BigDecimal.valueOf(100));
    }
}

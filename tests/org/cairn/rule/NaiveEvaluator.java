package org.cairn.rule;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a rule is met, said again in another way, slowly and for the tests only: fractions instead of products, streams instead of
 * loops, every way to count awards instead of a search.
 */
final class NaiveEvaluator {

    private NaiveEvaluator() {}

    static boolean met(Requirement requirement, Facts facts, Instant at) {
        return facts.waived().keySet().stream().anyMatch(requirement::equals)
                || switch (requirement) {
                    case AllOf all -> !all.of().isEmpty() && all.of().stream().allMatch(part -> met(part, facts, at));
                    case AnyOf any -> any.of().stream().anyMatch(part -> met(part, facts, at));
                    case OneBranch one ->
                        one.branches().stream()
                                .map(OneBranch.Branch::requirement)
                                .anyMatch(part -> met(part, facts, at));
                    case AtLeast some ->
                        some.of().stream().filter(part -> met(part, facts, at)).count() >= some.count();
                    case InOrder order -> !order.of().isEmpty() && inOrder(order.of(), facts, Instant.MIN, at);
                    case Within within -> within(within, facts, at);
                    case Separately separately -> !separately.of().isEmpty() && countable(separately.of(), facts, at);
                    case Holds holds -> awards(facts).anyMatch(held -> holds(holds, held, facts, at));
                    case CreditSum sum -> countable(List.of(sum), facts, at);
                    case Mean mean -> mean(mean, facts, at);
                    case Completed completed ->
                        facts.attempts().getOrDefault(completed.slot(), List.of()).stream()
                                .filter(Fact::isComplete)
                                .anyMatch(fact -> lies(fact.at(), completed.window(), facts, at));
                    case Score score -> score(score, facts, at);
                    case Hours hours ->
                        facts.hours().getOrDefault(hours.kind(), List.of()).stream()
                                        .filter(worked -> lies(worked.at(), hours.window(), facts, at))
                                        .mapToDouble(worked -> worked.hours().doubleValue())
                                        .sum()
                                >= hours.minimum().doubleValue();
                    case Approved approved -> approved(approved, facts, at);
                    case Member member ->
                        facts.memberships().entrySet().stream()
                                .filter(one -> one.getKey().group() == member.group())
                                .filter(one -> one.getKey().name().equals(member.name()))
                                .anyMatch(one -> lies(one.getValue(), member.joined(), facts, at));
                };
    }

    private static boolean lies(Instant when, Window window, Facts facts, Instant at) {
        var age = window.notOlderThan();
        var term = window.during();
        return Stream.of(
                        window.after() == null || when.compareTo(window.after()) >= 0,
                        window.before() == null || when.compareTo(window.before()) < 0,
                        term == null
                                || term.first()
                                        .datesUntil(term.last().plusDays(1))
                                        .anyMatch(LocalDate.ofInstant(when, facts.zone())::equals),
                        age == null
                                || !LocalDateTime.ofInstant(when, facts.zone())
                                        .isBefore(LocalDateTime.ofInstant(at, facts.zone())
                                                .minus(age)))
                .allMatch(Boolean::booleanValue);
    }

    private static boolean score(Score score, Facts facts, Instant at) {
        return chosen(score, facts, at)
                .map(fact -> measure(score, fact))
                .filter(shown -> score.comparison() == Score.Comparison.AT_LEAST
                        ? shown.compareTo(score.value()) >= 0
                        : shown.compareTo(score.value()) > 0)
                .isPresent();
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

    private static Stream<Held> awards(Facts facts) {
        return facts.held().values().stream().flatMap(List::stream);
    }

    private static boolean holds(Holds holds, Held held, Facts facts, Instant at) {
        return held.achievement().equals(holds.achievement())
                && (holds.version() == null || held.version() >= holds.version())
                && (holds.issuer() == null || held.issuer().equals(holds.issuer()))
                && counts(held, holds.minimum(), holds.window(), holds.uses(), facts, at);
    }

    private static boolean isIn(Pool pool, Held held, Facts facts, Instant at) {
        return has(pool.trait(), held) && counts(held, pool.minimum(), pool.window(), pool.uses(), facts, at);
    }

    private static boolean counts(Held held, Mark minimum, Window window, Integer uses, Facts facts, Instant at) {
        return (held.until() == null || held.until().compareTo(at) > 0)
                && (minimum == null || (held.result() != null && held.result().compareTo(minimum.percent()) >= 0))
                && lies(held.at(), window, facts, at)
                && (uses == null || held.uses() + 1 <= uses);
    }

    private static boolean has(Trait trait, Held held) {
        return (trait.achievements().isEmpty() || trait.achievements().stream().anyMatch(held.achievement()::equals))
                && trait.labels().stream()
                        .allMatch(label -> held.labels().stream().anyMatch(label::equals))
                && (trait.level() == null || (held.level() != null && held.level() >= trait.level()))
                && (trait.issuer() == null || trait.issuer().equals(held.issuer()))
                && (trait.version() == null || trait.version() <= held.version());
    }

    /** Every way to give each award, known by its id, to one of the parts or to none. */
    private static boolean countable(List<Requirement> parts, Facts facts, Instant at) {
        var left = List.copyOf(awards(facts).collect(groupingBy(Held::id)).values());
        return given(
                parts, left, parts.stream().map(part -> List.<List<Held>>of()).toList(), facts, at);
    }

    private static boolean given(
            List<Requirement> parts, List<List<Held>> left, List<List<List<Held>>> given, Facts facts, Instant at) {
        if (left.isEmpty()) {
            return IntStream.range(0, parts.size()).allMatch(i -> reached(parts.get(i), given.get(i)));
        }
        var award = left.getFirst();
        var rest = left.subList(1, left.size());
        return given(parts, rest, given, facts, at)
                || IntStream.range(0, parts.size())
                        .filter(i -> award.stream().anyMatch(form -> fits(parts.get(i), form, facts, at)))
                        .anyMatch(i -> given(parts, rest, with(given, i, award), facts, at));
    }

    private static boolean fits(Requirement part, Held form, Facts facts, Instant at) {
        return part instanceof CreditSum sum ? isIn(sum.pool(), form, facts, at) : holds((Holds) part, form, facts, at);
    }

    private static List<List<List<Held>>> with(List<List<List<Held>>> given, int part, List<Held> award) {
        var more = new ArrayList<>(given);
        more.set(part, Stream.concat(given.get(part).stream(), Stream.of(award)).toList());
        return more;
    }

    /** Each award is given as all that it counts as. */
    private static boolean reached(Requirement part, List<List<Held>> given) {
        if (!(part instanceof CreditSum sum)) {
            return !given.isEmpty();
        }
        var total = total(sum, given.stream());
        return total.compareTo(sum.minimum()) >= 0
                && (sum.maximum() == null || total.compareTo(sum.maximum()) <= 0)
                && sum.limits().stream().allMatch(limit -> holds(limit, sum, given, total));
    }

    private static BigDecimal total(CreditSum sum, Stream<List<Held>> given) {
        return given.map(List::getFirst)
                .map(held -> sum.scheme() == null
                        ? BigDecimal.ONE
                        : held.scheme().equals(sum.scheme()) ? held.credits() : BigDecimal.ZERO)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean holds(Limit limit, CreditSum sum, List<List<Held>> given, BigDecimal total) {
        Function<Trait, Stream<List<Held>>> those =
                trait -> given.stream().filter(award -> award.stream().anyMatch(form -> has(trait, form)));
        Function<Trait, BigDecimal> part = trait -> total(sum, those.apply(trait));
        return switch (limit) {
            case Limit.MinShare share -> percent(part.apply(share.of()), total).compareTo(share.percent()) >= 0;
            case Limit.MaxShare share -> percent(part.apply(share.of()), total).compareTo(share.percent()) <= 0;
            case Limit.MaxItems items ->
                those.apply(items.of())
                                .filter(award -> total(sum, Stream.of(award)).signum() > 0)
                                .count()
                        <= items.count();
            case Limit.MaxSum most -> part.apply(most.of()).compareTo(most.sum()) <= 0;
            case Limit.DistinctGroups groups ->
                given.stream()
                                .filter(award -> total(sum, Stream.of(award)).signum() > 0)
                                .flatMap(award -> award.getFirst().labels().stream())
                                .filter(label -> label.split(":")[0].equals(groups.by()))
                                .distinct()
                                .count()
                        >= groups.count();
        };
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal total) {
        return part.multiply(BigDecimal.valueOf(100)).divide(total, MathContext.DECIMAL128);
    }

    private static boolean mean(Mean mean, Facts facts, Instant at) {
        var pool = awards(facts)
                .filter(held -> isIn(mean.pool(), held, facts, at))
                .collect(toMap(Held::id, held -> held, (one, other) -> one))
                .values();
        double sum = 0;
        double weight = 0;
        for (var held : pool) {
            if (held.result() != null) {
                double counts = mean.weights() == Mean.Weights.EQUAL
                        ? 1
                        : held.credits().doubleValue();
                var value = mean.letters() == null
                        ? held.result()
                        : mean.letters().letters().stream()
                                .filter(letter -> held.result().compareTo(letter.from()) >= 0)
                                .findFirst()
                                .orElseThrow()
                                .points();
                sum += counts * value.doubleValue();
                weight += counts;
            }
        }
        return weight > 0 && sum / weight >= mean.minimum().doubleValue() - 1e-9;
    }

    private static boolean approved(Approved approved, Facts facts, Instant at) {
        var answers = facts.approvals().getOrDefault(approved.evidence(), List.of()).stream()
                .filter(step -> step.step() != Approval.Step.ASKED)
                .filter(step -> step.independent() || !approved.independent())
                .filter(step -> lies(step.at(), approved.window(), facts, at))
                .sorted(Comparator.comparing(Approval::at).thenComparing(Approval::step))
                .toList();
        var last = new HashMap<String, Approval.Step>();
        answers.forEach(step -> last.put(step.reviewer(), step.step()));
        return last.values().stream().filter(Approval.Step.APPROVED::equals).count() >= approved.reviewers();
    }

    private static boolean within(Within within, Facts facts, Instant at) {
        if (within.since() == null && instants(facts).findAny().isEmpty()) {
            return met(within.requirement(), facts, at);
        }
        var starts = within.since() == null
                ? instants(facts)
                : facts.memberships().entrySet().stream()
                        .filter(one -> one.getKey().equals(new Membership(Member.Group.COHORT, within.since())))
                        .map(Map.Entry::getValue);
        return starts.anyMatch(start -> {
            var end = LocalDateTime.ofInstant(start, facts.zone())
                    .plus(within.period())
                    .atZone(facts.zone())
                    .toInstant();
            return met(within.requirement(), between(facts, start, end), at);
        });
    }

    private static boolean inOrder(List<Requirement> parts, Facts facts, Instant from, Instant at) {
        if (parts.isEmpty()) {
            return true;
        }
        var part = parts.getFirst();
        if (!met(part, between(facts, from, Instant.MAX), at)) {
            return false;
        }
        var done = instants(facts)
                .filter(until -> until.compareTo(from) >= 0)
                .sorted()
                .filter(until -> met(part, between(facts, from, until), at))
                .findFirst()
                .orElse(from);
        return inOrder(parts.subList(1, parts.size()), facts, done, at);
    }

    private static Stream<Instant> instants(Facts facts) {
        return Stream.of(
                        facts.attempts().values().stream().flatMap(List::stream).map(Fact::at),
                        facts.held().values().stream().flatMap(List::stream).map(Held::at),
                        facts.hours().values().stream().flatMap(List::stream).map(Worked::at),
                        facts.approvals().values().stream()
                                .flatMap(List::stream)
                                .map(Approval::at))
                .flatMap(all -> all);
    }

    private static Facts between(Facts facts, Instant from, Instant to) {
        return new Facts(
                only(facts.attempts(), Fact::at, from, to),
                only(facts.held(), Held::at, from, to),
                only(facts.hours(), Worked::at, from, to),
                only(facts.approvals(), Approval::at, from, to),
                facts.memberships(),
                facts.waived(),
                facts.zone());
    }

    private static <K, V> Map<K, List<V>> only(Map<K, List<V>> all, Function<V, Instant> at, Instant from, Instant to) {
        return all.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .filter(one -> at.apply(one).compareTo(from) >= 0)
                                .filter(one -> at.apply(one).compareTo(to) <= 0)
                                .toList()));
    }
}

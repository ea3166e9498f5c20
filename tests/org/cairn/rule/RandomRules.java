package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/** Seeded rules and facts, small enough to collide often. */
final class RandomRules {

    static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    static final LetterScale LETTERS = new LetterScale(
            "letters",
            List.of(
                    new LetterScale.Letter("A", BigDecimal.valueOf(90), BigDecimal.valueOf(4)),
                    new LetterScale.Letter("B", BigDecimal.valueOf(60), new BigDecimal("2.5")),
                    new LetterScale.Letter("C", BigDecimal.ZERO, BigDecimal.ZERO)));

    private static final List<String> LABELS = List.of("track:a", "track:b", "category:x", "category:y");

    private final Random random;

    /** How many cases a test tries: mutation testing, which runs each of them very often, asks for fewer. */
    static int cases(int most) {
        return Math.max(1, most * Integer.getInteger("cairn.random.percent", 100) / 100);
    }

    RandomRules(long seed) {
        this.random = new Random(seed);
    }

    /** Groups may be empty, which JSON forbids and evaluation has to stand. */
    Requirement rule(int depth, boolean mayBeEmpty) {
        if (depth == 0) {
            return leaf();
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> new AllOf(parts(depth, mayBeEmpty));
            case 2, 3 -> new AnyOf(parts(depth, mayBeEmpty));
            case 4 -> branches(parts(depth, mayBeEmpty));
            case 5, 6 -> {
                var parts = parts(depth, mayBeEmpty);
                yield new AtLeast(1 + random.nextInt(Math.max(1, parts.size())), parts);
            }
            case 7 -> new Separately(some(mayBeEmpty, () -> random.nextBoolean() ? holds() : sum()));
            // Of what happened when, only simple things: what is nested is tried for each instant.
            case 8 -> new InOrder(some(mayBeEmpty, this::leaf));
            case 9 -> new Within(Period.ofDays(1 + random.nextInt(2)), orNull(() -> name("c")), rule(1, mayBeEmpty));
            default -> leaf();
        };
    }

    static OneBranch branches(List<Requirement> parts) {
        return new OneBranch(IntStream.range(0, parts.size())
                .mapToObj(i -> new OneBranch.Branch("Branch " + i, parts.get(i)))
                .toList());
    }

    Facts facts(Requirement rule) {
        var attempts = new HashMap<Slot, List<Fact>>();
        var hours = new HashMap<Slot, List<Worked>>();
        var approvals = new HashMap<Slot, List<Approval>>();
        var memberships = new HashMap<Membership, Instant>();
        for (int i = 0; i < 3; i++) {
            var facts = new ArrayList<Fact>();
            for (int attempt = 1 + random.nextInt(4); attempt > 1; attempt--) {
                facts.add(fact(attempt - 1));
            }
            attempts.put(new Slot("s" + i), facts);
            hours.put(new Slot("s" + i), some(true, this::worked));
            approvals.put(new Slot("s" + i), some(true, this::approval));
            if (random.nextBoolean()) {
                memberships.put(new Membership(group(), "c" + i), time());
            }
        }
        return Facts.none(ZONE)
                .withAttempts(attempts)
                .withHeld(awards())
                .withHours(hours)
                .withApprovals(approvals)
                .withMemberships(memberships)
                .withWaived(random.nextInt(5) == 0 ? Map.of(anyPart(rule), time()) : Map.of());
    }

    Random random() {
        return random;
    }

    /** The same facts with every list in another order. */
    Facts shuffled(Facts facts) {
        return new Facts(
                shuffled(facts.attempts()),
                shuffled(facts.held()),
                shuffled(facts.hours()),
                shuffled(facts.approvals()),
                facts.memberships(),
                facts.waived(),
                facts.zone());
    }

    private <K, V> Map<K, List<V>> shuffled(Map<K, List<V>> lists) {
        var shuffled = new HashMap<K, List<V>>();
        lists.forEach((key, list) -> {
            var other = new ArrayList<>(list);
            Collections.shuffle(other, random);
            shuffled.put(key, other);
        });
        return shuffled;
    }

    private Requirement anyPart(Requirement rule) {
        return rule.of().isEmpty() || random.nextInt(3) == 0
                ? rule
                : anyPart(rule.of().get(random.nextInt(rule.of().size())));
    }

    private Requirement leaf() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> score();
            case 2 -> holds();
            case 3 -> new Completed(slot(), window());
            case 4 -> sum();
            case 5 -> mean();
            case 6 -> new Hours(slot(), BigDecimal.valueOf(1 + random.nextInt(6)), window());
            case 7 -> new Approved(slot(), rubric(), 1 + random.nextInt(2), random.nextBoolean(), window());
            default -> new Member(group(), name("c"), window());
        };
    }

    private List<Requirement> parts(int depth, boolean mayBeEmpty) {
        return some(mayBeEmpty, () -> rule(depth - 1, mayBeEmpty));
    }

    private <T> List<T> some(boolean mayBeEmpty, Supplier<T> one) {
        var some = new ArrayList<T>();
        for (int i = random.nextInt(4) + (mayBeEmpty ? 0 : 1); i > 0; i--) {
            some.add(one.get());
        }
        return some;
    }

    private Requirement score() {
        if (random.nextInt(5) == 0) {
            return new Score(
                    slot(),
                    Score.Comparison.AT_LEAST,
                    LETTERS.letters().get(random.nextInt(3)).from(),
                    Score.Scale.PERCENT,
                    LETTERS,
                    Score.Choice.BEST,
                    window(),
                    null);
        }
        return new Score(
                slot(),
                random.nextBoolean() ? Score.Comparison.AT_LEAST : Score.Comparison.MORE_THAN,
                BigDecimal.valueOf(random.nextInt(11) * 10L),
                random.nextBoolean() ? Score.Scale.PERCENT : Score.Scale.POINTS,
                null,
                Score.Choice.values()[random.nextInt(3)],
                window(),
                random.nextInt(3) == 0 ? Integer.valueOf(1 + random.nextInt(3)) : null);
    }

    private Requirement holds() {
        return new Holds(
                achievement(),
                mark(),
                random.nextInt(4) == 0 ? Integer.valueOf(1 + random.nextInt(2)) : null,
                random.nextInt(4) == 0 ? issuer() : null,
                window(),
                uses());
    }

    private Requirement sum() {
        var minimum = BigDecimal.valueOf(1 + random.nextInt(16)).movePointLeft(random.nextInt(2));
        return new CreditSum(
                random.nextInt(4) == 0 ? null : scheme(),
                minimum,
                random.nextInt(3) == 0 ? minimum.add(BigDecimal.valueOf(random.nextInt(3))) : null,
                pool(),
                random.nextBoolean() ? List.of() : some(true, this::limit));
    }

    private Requirement mean() {
        boolean isInPoints = random.nextBoolean();
        return new Mean(
                Mean.Weights.values()[random.nextInt(2)],
                isInPoints ? new BigDecimal("2.5") : BigDecimal.valueOf(random.nextInt(11) * 10L),
                isInPoints ? LETTERS : null,
                pool());
    }

    private Pool pool() {
        return new Pool(random.nextBoolean() ? Trait.ANY : trait(), mark(), window(), uses());
    }

    private Trait trait() {
        return switch (random.nextInt(5)) {
            case 0 -> new Trait(Set.of(achievement(), achievement2()), Set.of(), null, null, null);
            case 1 -> new Trait(Set.of(), Set.of(LABELS.get(random.nextInt(4))), null, null, null);
            case 2 -> new Trait(Set.of(), Set.of(), 5 + random.nextInt(2), null, null);
            case 3 -> new Trait(Set.of(), Set.of(), null, null, 2);
            default -> new Trait(Set.of(), Set.of(), null, issuer(), null);
        };
    }

    private Limit limit() {
        return switch (random.nextInt(5)) {
            case 0 -> new Limit.MinShare(BigDecimal.valueOf(random.nextInt(5) * 25L), trait());
            case 1 -> new Limit.MaxShare(BigDecimal.valueOf(random.nextInt(5) * 25L), trait());
            case 2 -> new Limit.MaxItems(random.nextInt(3), trait());
            case 3 -> new Limit.MaxSum(BigDecimal.valueOf(random.nextInt(5)), trait());
            default -> new Limit.DistinctGroups(2, random.nextBoolean() ? "track" : "category");
        };
    }

    /** Up to five awards, some of which count as a second achievement too. */
    private List<Held> awards() {
        var awards = new ArrayList<Held>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var held = held("id" + i);
            awards.add(held);
            if (random.nextInt(4) == 0) {
                awards.add(new Held(
                        held.id(),
                        new AchievementId("equivalent"),
                        held.version(),
                        held.issuer(),
                        held.at(),
                        held.until(),
                        held.result(),
                        held.credits(),
                        held.scheme(),
                        held.level(),
                        held.labels(),
                        held.uses()));
            }
        }
        return awards;
    }

    private Held held(String id) {
        var labels = new HashSet<String>();
        LABELS.stream().filter(label -> random.nextInt(3) == 0).forEach(labels::add);
        return new Held(
                id,
                achievement(),
                1 + random.nextInt(2),
                issuer(),
                time(),
                random.nextInt(5) == 0 ? time() : null,
                random.nextInt(3) == 0 ? null : BigDecimal.valueOf(random.nextInt(11) * 10L),
                BigDecimal.valueOf(random.nextInt(12)).movePointLeft(random.nextInt(2)),
                scheme(),
                random.nextInt(3) == 0 ? null : Integer.valueOf(4 + random.nextInt(4)),
                labels,
                random.nextInt(3));
    }

    private Fact fact(int attempt) {
        int kind = random.nextInt(6);
        var at = time();
        if (kind == 0) {
            return new Fact(attempt, Fact.State.PENDING, null, null, random.nextBoolean(), at, Strength.STRONG);
        }
        if (kind == 1) {
            return new Fact(attempt, Fact.State.CLEARED, null, null, random.nextBoolean(), at, Strength.STRONG);
        }
        var maximum = BigDecimal.valueOf(random.nextBoolean() ? 100 : 10);
        return new Fact(attempt, Fact.State.GRADED, share(maximum), maximum, random.nextBoolean(), at, Strength.STRONG);
    }

    private Worked worked() {
        return new Worked(BigDecimal.valueOf(1 + random.nextInt(4)), time(), Strength.REVIEWED);
    }

    private Approval approval() {
        return new Approval(
                Approval.Step.values()[random.nextInt(3)], "r" + random.nextInt(2), random.nextBoolean(), time());
    }

    private BigDecimal share(BigDecimal maximum) {
        return maximum.multiply(BigDecimal.valueOf(random.nextInt(11))).divide(BigDecimal.TEN);
    }

    private Window window() {
        return switch (random.nextInt(8)) {
            case 0 -> new Window(time(), null, null, null);
            case 1 -> new Window(null, time(), null, null);
            case 2 -> new Window(null, null, null, Period.ofDays(1 + random.nextInt(2)));
            case 3 -> {
                var first = LocalDate.ofInstant(time(), ZONE);
                yield new Window(null, null, new Term("Term", first, first.plusDays(random.nextInt(2))), null);
            }
            default -> Window.ALWAYS;
        };
    }

    /** A few minutes around now, or around a day or two ago, where ages end. */
    private Instant time() {
        return NOW.plusSeconds(60L * (random.nextInt(7) - 3)).minus(Duration.ofDays(random.nextInt(3)));
    }

    private Slot slot() {
        return new Slot("s" + random.nextInt(3));
    }

    private AchievementId achievement() {
        return new AchievementId("a" + random.nextInt(4));
    }

    private AchievementId achievement2() {
        return new AchievementId(random.nextBoolean() ? "b" : "equivalent");
    }

    private String name(String prefix) {
        return prefix + random.nextInt(3);
    }

    private Member.Group group() {
        return random.nextInt(3) == 0 ? Member.Group.TERM : Member.Group.COHORT;
    }

    private String issuer() {
        return random.nextBoolean() ? Held.OWN : "Elsewhere";
    }

    private String scheme() {
        return random.nextInt(4) == 0 ? "hours" : "ects";
    }

    private List<String> rubric() {
        return random.nextBoolean() ? List.of() : List.of("Sources are named");
    }

    private @Nullable Mark mark() {
        return switch (random.nextInt(6)) {
            case 0 -> new Mark(BigDecimal.valueOf(random.nextInt(11) * 10L), null);
            case 1 -> new Mark(LETTERS.letters().get(random.nextInt(3)).from(), LETTERS);
            default -> null;
        };
    }

    private @Nullable Integer uses() {
        return random.nextInt(3) == 0 ? Integer.valueOf(1 + random.nextInt(2)) : null;
    }

    private <T> @Nullable T orNull(Supplier<T> one) {
        return random.nextBoolean() ? one.get() : null;
    }
}

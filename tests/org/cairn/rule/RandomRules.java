package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cairn.AchievementId;

/** Seeded rules and facts, small enough to collide often. */
final class RandomRules {

    static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final Random random;

    RandomRules(long seed) {
        this.random = new Random(seed);
    }

    /** Groups may be empty, which JSON forbids and evaluation has to stand. */
    Requirement rule(int depth, boolean mayBeEmpty) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(7)) {
            case 0 -> score();
            case 1 -> new Holds(new AchievementId("a" + random.nextInt(4)), window());
            case 2 -> new Completed(new Slot("s" + random.nextInt(3)), window());
            case 3 -> new AllOf(parts(depth, mayBeEmpty));
            case 4 -> new AnyOf(parts(depth, mayBeEmpty));
            case 5 -> branches(parts(depth, mayBeEmpty));
            default -> {
                var parts = parts(depth, mayBeEmpty);
                yield new AtLeast(1 + random.nextInt(Math.max(1, parts.size())), parts);
            }
        };
    }

    static OneBranch branches(List<Requirement> parts) {
        return new OneBranch(IntStream.range(0, parts.size())
                .mapToObj(i -> new OneBranch.Branch("Branch " + i, parts.get(i)))
                .toList());
    }

    Facts facts() {
        var scores = new HashMap<Slot, List<Fact>>();
        for (int slot = 0; slot < 3; slot++) {
            var facts = new ArrayList<Fact>();
            for (int attempt = 1 + random.nextInt(4); attempt > 1; attempt--) {
                facts.add(fact(attempt - 1));
            }
            scores.put(new Slot("s" + slot), facts);
        }
        var held = new HashMap<AchievementId, Instant>();
        for (int i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                held.put(new AchievementId("a" + i), time());
            }
        }
        return new Facts(scores, held, ZONE);
    }

    Random random() {
        return random;
    }

    private List<Requirement> parts(int depth, boolean mayBeEmpty) {
        var parts = new ArrayList<Requirement>();
        for (int i = random.nextInt(4) + (mayBeEmpty ? 0 : 1); i > 0; i--) {
            parts.add(rule(depth - 1, mayBeEmpty));
        }
        return parts;
    }

    private Score score() {
        return new Score(
                new Slot("s" + random.nextInt(3)),
                random.nextBoolean() ? Score.Comparison.AT_LEAST : Score.Comparison.MORE_THAN,
                BigDecimal.valueOf(random.nextInt(11) * 10L),
                random.nextBoolean() ? Score.Scale.PERCENT : Score.Scale.POINTS,
                Score.Choice.values()[random.nextInt(3)],
                window(),
                random.nextInt(3) == 0 ? Integer.valueOf(1 + random.nextInt(3)) : null);
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

    private BigDecimal share(BigDecimal maximum) {
        return maximum.multiply(BigDecimal.valueOf(random.nextInt(11))).divide(BigDecimal.TEN);
    }

    private Window window() {
        return switch (random.nextInt(6)) {
            case 0 -> new Window(time(), null, null);
            case 1 -> new Window(null, time(), null);
            case 2 -> new Window(null, null, Period.ofDays(1 + random.nextInt(2)));
            default -> Window.ALWAYS;
        };
    }

    /** A few minutes around now, or around a day or two ago, where ages end. */
    private Instant time() {
        return NOW.plusSeconds(60L * (random.nextInt(7) - 3)).minus(Duration.ofDays(random.nextInt(3)));
    }

    /** The same facts with every list in another order. */
    Facts shuffled(Facts facts) {
        var scores = new HashMap<Slot, List<Fact>>();
        facts.attempts().forEach((slot, list) -> {
            var other = new ArrayList<>(list);
            java.util.Collections.shuffle(other, random);
            scores.put(slot, other);
        });
        return new Facts(scores, facts.held(), facts.zone());
    }
}

package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.cairn.AchievementId;

/** Seeded rules and facts, small enough to collide often. */
final class RandomRules {

    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final Random random;

    RandomRules(long seed) {
        this.random = new Random(seed);
    }

    /** Groups may be empty, which JSON forbids and evaluation has to stand. */
    Requirement rule(int depth, boolean mayBeEmpty) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
            case 0 -> score();
            case 1 -> new Holds(new AchievementId("a" + random.nextInt(4)));
            case 2 -> new AllOf(parts(depth, mayBeEmpty));
            case 3 -> new AnyOf(parts(depth, mayBeEmpty));
            default -> {
                var parts = parts(depth, mayBeEmpty);
                yield new AtLeast(1 + random.nextInt(Math.max(1, parts.size())), parts);
            }
        };
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
                held.put(new AchievementId("a" + i), NOW);
            }
        }
        return new Facts(scores, held);
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
                random.nextInt(3) == 0 ? time() : null,
                random.nextInt(3) == 0 ? Integer.valueOf(1 + random.nextInt(3)) : null);
    }

    private Fact fact(int attempt) {
        int kind = random.nextInt(6);
        var at = time();
        if (kind == 0) {
            return new Fact(attempt, Fact.State.PENDING, null, null, at, Strength.STRONG);
        }
        if (kind == 1) {
            return new Fact(attempt, Fact.State.CLEARED, null, null, at, Strength.STRONG);
        }
        var maximum = BigDecimal.valueOf(random.nextBoolean() ? 100 : 10);
        return new Fact(attempt, Fact.State.GRADED, share(maximum), maximum, at, Strength.STRONG);
    }

    private BigDecimal share(BigDecimal maximum) {
        return maximum.multiply(BigDecimal.valueOf(random.nextInt(11))).divide(BigDecimal.TEN);
    }

    private Instant time() {
        return NOW.plusSeconds(60L * (random.nextInt(7) - 3));
    }

    /** The same facts with every list in another order. */
    Facts shuffled(Facts facts) {
        var scores = new HashMap<Slot, List<Fact>>();
        facts.scores().forEach((slot, list) -> {
            var other = new ArrayList<>(list);
            java.util.Collections.shuffle(other, random);
            scores.put(slot, other);
        });
        return new Facts(scores, facts.held());
    }
}

package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * The learner holds this achievement. Several of them are a group of several Holds.
 *
 * @param minimum with at least this result
 * @param version of this version or a later one, from 1
 * @param issuer awarded by this issuer
 * @param window awarded in it
 * @param uses counting in fewer than so many other stacks, 1 to 100
 */
public record Holds(
        AchievementId achievement,
        @Nullable Mark minimum,
        @Nullable Integer version,
        @Nullable String issuer,
        Window window,
        @Nullable Integer uses)
        implements Requirement {

    public Holds {
        if (version != null && version < 1) {
            throw new IllegalArgumentException("Versions are counted from 1.");
        }
        if (uses != null && (uses < 1 || uses > 100)) {
            throw new IllegalArgumentException("Uses are a number from 1 to 100.");
        }
    }

    /** Held at all, however and whenever. */
    public static Holds any(AchievementId achievement) {
        return new Holds(achievement, null, null, null, Window.ALWAYS, null);
    }

    @Override
    public Set<AchievementId> achievements() {
        return Set.of(achievement);
    }

    @Override
    public boolean asksForAwards() {
        return true;
    }

    boolean isMetBy(Held held, Facts facts, Instant at) {
        return held.isValid(at)
                && (minimum == null || minimum.isReachedBy(held))
                && (version == null || held.version() >= version)
                && (issuer == null || issuer.equals(held.issuer()))
                && window.contains(held.at(), at, facts.zone())
                && (uses == null || held.uses() < uses);
    }

    /** One award of it. */
    CreditSum sum() {
        var trait = new Trait(Set.of(achievement), Set.of(), null, issuer, version);
        return new CreditSum(null, BigDecimal.ONE, null, new Pool(trait, minimum, window, uses), List.of());
    }
}

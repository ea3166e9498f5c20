package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * An award that a learner holds, or something earned elsewhere that was recognised. Where an achievement counts as another one, the
 * same award is there twice, under one id.
 *
 * @param id which award it is; one award counts once, whatever it counts as
 * @param issuer who awarded it, by the name that rules use; {@link #OWN} for the institution itself
 * @param at when it was awarded
 * @param until when it ends; null where it does not
 * @param result percent of what could be reached; null where it was not graded
 * @param credits 0 to 10,000 with at most three decimals, counted in {@code scheme} ("ects", "hours")
 * @param labels what it belongs to, each {@code key:value} ("category:executive", "track:robotics")
 * @param uses in how many other stacks it counts already
 */
public record Held(
        String id,
        AchievementId achievement,
        int version,
        String issuer,
        Instant at,
        @Nullable Instant until,
        @Nullable BigDecimal result,
        BigDecimal credits,
        String scheme,
        @Nullable Integer level,
        Set<String> labels,
        int uses) {

    /** The issuer of what the institution awarded itself. */
    public static final String OWN = "own";

    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);

    public Held {
        if (credits.signum() < 0
                || credits.compareTo(MOST) > 0
                || credits.stripTrailingZeros().scale() > 3) {
            throw new IllegalArgumentException("Credits are a number from 0 to 10,000 with at most three decimals.");
        }
        labels = Set.copyOf(labels);
    }

    /** The same award, counting in one stack more. */
    public Held usedOnceMore() {
        return used(uses + 1);
    }

    /** The same award, counting in one stack less. */
    public Held usedOnceLess() {
        return used(Math.max(0, uses - 1));
    }

    /** The same award, as if it counted in no other stack. */
    public Held unused() {
        return used(0);
    }

    private Held used(int times) {
        return new Held(id, achievement, version, issuer, at, until, result, credits, scheme, level, labels, times);
    }

    /** The same award as another achievement that it counts as, of the given version. */
    public Held as(AchievementId other, int version) {
        return new Held(id, other, version, issuer, at, until, result, credits, scheme, level, labels, uses);
    }

    /** The same under another name, with its result only where that is told. */
    Held told(boolean withResult, UnaryOperator<String> name) {
        return new Held(
                name.apply(id),
                achievement,
                version,
                issuer,
                at,
                until,
                withResult ? result : null,
                credits,
                scheme,
                level,
                labels,
                uses);
    }

    boolean isValid(Instant now) {
        return until == null || now.isBefore(until);
    }
}

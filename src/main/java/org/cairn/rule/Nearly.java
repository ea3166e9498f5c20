package org.cairn.rule;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one thing that alone is missing in a rule that is not met, where it is near: a grade that is short by no more than a margin; or what
 * has no grade at all, where something else of the rule is met. Where one of several would do, the nearest.
 *
 * @param path where it stands, {@code rule.allOf[1]}
 * @param shortBy by how many hundredths of the maximum the grade is short; endless where there is none
 */
public record Nearly(String path, Evaluation missing, Fraction shortBy) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Comparator<Nearly> NEAREST = Comparator.comparing(Nearly::shortBy);

    /** {@code margin} is in hundredths of the maximum. */
    public static Optional<Nearly> of(Evaluation evaluation, BigDecimal margin) {
        return evaluation.isMet()
                ? Optional.empty()
                : Optional.ofNullable(search(evaluation, "rule", margin, evaluation.metLeaves() > 0));
    }

    private static @Nullable Nearly search(Evaluation open, String path, BigDecimal margin, boolean isBegun) {
        int wanted = Groups.wanted(open.requirement());
        if (wanted == 0) {
            var shortBy = shortBy(open);
            boolean isNear = shortBy.isEndless() ? isBegun : shortBy.compareTo(margin) <= 0;
            return isNear ? new Nearly(path, open, shortBy) : null;
        }
        if (wanted - open.metParts() != 1) {
            return null;
        }
        Nearly nearest = null;
        for (int i = 0; i < open.parts().size(); i++) {
            var part = open.parts().get(i);
            var found = part.isMet() ? null : search(part, Groups.place(path, open.requirement(), i), margin, isBegun);
            if (found != null && (nearest == null || NEAREST.compare(found, nearest) < 0)) {
                nearest = found;
            }
        }
        return nearest;
    }

    private static Fraction shortBy(Evaluation leaf) {
        var used = leaf.used();
        if (!(leaf.requirement() instanceof Score score)
                || used == null
                || used.score() == null
                || used.maximum() == null
                || used.maximum().signum() == 0) {
            return Fraction.ENDLESS;
        }
        var wanted = score.scale() == Score.Scale.POINTS
                ? score.value().multiply(HUNDRED)
                : score.value().multiply(used.maximum());
        return new Fraction(wanted.subtract(used.score().multiply(HUNDRED)), used.maximum());
    }
}

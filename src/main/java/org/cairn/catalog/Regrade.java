package org.cairn.catalog;

/**
 * What becomes of an award when later reports no longer meet the rule that it was made by.
 *
 * @param stacksAbove whether what counted it, and is not met without it, goes the same way unless it says otherwise itself
 */
public record Regrade(Then award, boolean stacksAbove) {

    /** It stands; it is held until somebody has looked at it; it is revoked, and awarded again once its rule is met again. */
    public enum Then {
        KEEP,
        HOLD,
        REVOKE
    }

    public Regrade {
        if (award == Then.KEEP && stacksAbove) {
            throw new IllegalArgumentException("An award that is kept takes nothing from the stacks above it.");
        }
    }

    /** Whether it changes anything. */
    public boolean takes() {
        return award != Then.KEEP;
    }
}

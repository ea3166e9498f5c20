package org.cairn.evidence;

import org.cairn.rule.Strength;

/** Where a report came from. The order decides between reports of the same instant: the later constant stands. */
public enum Source {
    /** A grade event sent to Cairn under a bearer key. */
    PUSH(Strength.STRONG),
    /** A gradebook column that Cairn made, read by AGS results. */
    COLUMN(Strength.STRONG);

    private final Strength strength;

    Source(Strength strength) {
        this.strength = strength;
    }

    public Strength strength() {
        return strength;
    }

    /**
     * Whether this source shows a state without saying when it came about (AGS results carry no time). Such a report says something
     * new only where it differs from the source's last one.
     */
    boolean isSnapshot() {
        return this == COLUMN;
    }
}

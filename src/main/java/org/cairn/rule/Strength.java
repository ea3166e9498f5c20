package org.cairn.rule;

/** How well a fact is proved; an award shows its weakest. From the weakest to the strongest. */
public enum Strength {
    /** Somebody looked at it and answers for it. */
    REVIEWED,
    /** The LMS let the learner in on its own condition. */
    MEDIUM,
    /** The LMS reported the grade itself. */
    STRONG
}

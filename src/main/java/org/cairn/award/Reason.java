package org.cairn.award;

import org.cairn.db.Text;

/** Why somebody decided something about a learner, which she reads. */
public final class Reason {

    /** How many characters it may have. */
    public static final int MOST = 1_000;

    private Reason() {}

    /** What somebody wrote as a reason. Throws Problem MALFORMED where that is none. */
    static String written(String text) {
        return Text.written(text, MOST, "reason_missing", "Say in 1 to 1,000 characters why.");
    }
}

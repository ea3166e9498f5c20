package org.cairn.evidence;

import java.time.Instant;
import org.cairn.db.Text;
import org.jspecify.annotations.Nullable;

/**
 * One report about one learner's work on one activity, as its source gave it.
 *
 * @param activity the source's own name for the activity, 1 to 255 characters
 * @param sub the LMS's id of the learner, 1 to 255 characters
 * @param attempt counted from 1; a later report replaces its own attempt
 * @param reportedAt when the source says that this was so, to the microsecond
 * @param doneAt when the learner did the work, where the source knows it: what a deadline is measured against
 */
public record Observation(
        String activity,
        String sub,
        int attempt,
        Reported reported,
        Instant reportedAt,
        @Nullable Instant doneAt) {

    public Observation {
        requireId(activity, "An activity's id");
        requireId(sub, "A user id");
        if (attempt < 1 || attempt > 10_000) {
            throw new IllegalArgumentException("An attempt is a number from 1 to 10000.");
        }
    }

    private static void requireId(String id, String what) {
        if (id.isBlank() || id.length() > 255 || !Text.isKept(id)) {
            throw new IllegalArgumentException(what + " has 1 to 255 characters, and no NUL.");
        }
    }
}

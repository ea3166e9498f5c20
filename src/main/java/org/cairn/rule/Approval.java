package org.cairn.rule;

import java.time.Instant;

/**
 * One step with what a learner handed in: she asked, or somebody answered.
 *
 * @param reviewer who answered, in whatever form tells people apart; the learner's own id where she asked
 * @param independent whether whoever answered does not teach her
 */
public record Approval(Step step, String reviewer, boolean independent, Instant at) implements Comparable<Approval> {

    /** Handed in to be looked at; found to be enough; sent back. */
    public enum Step {
        ASKED,
        APPROVED,
        DECLINED
    }

    /** In the order of time; at one instant asking comes first, and sending back last. */
    @Override
    public int compareTo(Approval other) {
        int order = at.compareTo(other.at);
        if (order == 0) {
            order = step.compareTo(other.step);
        }
        return order != 0 ? order : reviewer.compareTo(other.reviewer);
    }
}

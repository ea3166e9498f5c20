package org.cairn.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner is with a requirement, part by part.
 *
 * @param used the attempt that a Score looked at, if any
 * @param heldSince since when a Holds is met
 * @param parts one for each part of a group, in the rule's order
 */
public record Evaluation(
        Requirement requirement,
        State state,
        @Nullable Fact used,
        @Nullable Instant heldSince,
        List<Evaluation> parts) {

    /** Met; not yet; waiting for somebody else's grading; or closed, since a deadline has passed or the attempts are used up. */
    public enum State {
        MET,
        NOT_YET,
        WAITING,
        CLOSED
    }

    public Evaluation {
        parts = List.copyOf(parts);
    }

    public boolean isMet() {
        return state == State.MET;
    }

    /** How many parts of a group are met. */
    public int metParts() {
        return (int) parts.stream().filter(Evaluation::isMet).count();
    }

    /** How much is met altogether, counted without groups. */
    long metLeaves() {
        return parts.isEmpty()
                ? isMet() ? 1 : 0
                : parts.stream().mapToLong(Evaluation::metLeaves).sum();
    }

    /** The weakest proof among the facts that made this met; empty where no fact did, as for a pure stack. */
    public Optional<Strength> weakest() {
        return facts().map(Fact::strength).min(Strength::compareTo);
    }

    /** The facts that made this met. */
    public Stream<Fact> facts() {
        if (!isMet()) {
            return Stream.empty();
        }
        return used != null ? Stream.of(used) : parts.stream().flatMap(Evaluation::facts);
    }
}

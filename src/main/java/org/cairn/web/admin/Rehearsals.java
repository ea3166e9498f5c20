package org.cairn.web.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the cases of the LTI Advantage certification on this node, one run at a time. */
public interface Rehearsals {

    /** How a case went. */
    record Outcome(String id, String section, String name, boolean isPassed, String seen) {}

    /**
     * A run, under way or over.
     *
     * @param total how many cases there are
     * @param problem why it broke off; null where it did not
     */
    record Run(
            Instant startedAt,
            int total,
            boolean isOver,
            List<Outcome> outcomes,
            @Nullable String problem) {

        public Run {
            outcomes = List.copyOf(outcomes);
        }

        public long passed() {
            return outcomes.stream().filter(Outcome::isPassed).count();
        }
    }

    /** The last run of this node; empty where there was none since it started. */
    Optional<Run> last();

    /** Begins a run, unless one is under way; returns at once. */
    void begin();
}

package org.cairn;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairn.web.admin.Rehearsals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rehearsals in the background of a running Cairn. What came of the last one is kept in memory. */
final class RehearsalRuns implements Rehearsals {

    private static final Logger LOG = LoggerFactory.getLogger(RehearsalRuns.class);

    private final Clock clock;
    private volatile Optional<Run> last = Optional.empty();

    RehearsalRuns(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Run> last() {
        return last;
    }

    @Override
    public synchronized void begin() {
        if (last.isEmpty() || last.get().isOver()) {
            var startedAt = clock.instant();
            last = Optional.of(new Run(startedAt, Rehearsal.size(), false, List.of(), null));
            Thread.ofVirtual().name("rehearsal").start(() -> play(startedAt));
        }
    }

    private void play(Instant startedAt) {
        var outcomes = new ArrayList<Outcome>();
        try {
            Rehearsal.play(null, result -> {
                outcomes.add(
                        new Outcome(result.id(), result.section(), result.name(), result.isPassed(), result.seen()));
                last = Optional.of(new Run(startedAt, Rehearsal.size(), false, outcomes, null));
            });
            last = Optional.of(new Run(startedAt, Rehearsal.size(), true, outcomes, null));
        } catch (RuntimeException e) {
            LOG.error("the rehearsal broke off", e);
            var problem = "The rehearsal broke off; Cairn's log says why (%s)."
                    .formatted(e.getClass().getSimpleName());
            last = Optional.of(new Run(startedAt, Rehearsal.size(), true, outcomes, problem));
        }
    }
}

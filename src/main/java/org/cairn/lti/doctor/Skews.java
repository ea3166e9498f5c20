package org.cairn.lti.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** How far the LMS's clock is from ours, by the Date of its answers. Safe for many threads. */
final class Skews {

    /** HTTP tells whole seconds, and an answer takes a moment. */
    private static final Duration NEAR = Duration.ofSeconds(5);

    /** What id_tokens are forgiven (Security Framework 1.0 §5.1.3). */
    private static final Duration FORGIVEN = Duration.ofSeconds(60);

    private final Clock clock;
    private final Queue<Duration> seen = new ConcurrentLinkedQueue<>();

    Skews(Clock clock) {
        this.clock = clock;
    }

    void add(@Nullable Instant theirs) {
        if (theirs != null) {
            seen.add(Duration.between(clock.instant(), theirs));
        }
    }

    /** By its answers; where there were none, by the last launch, whose way through the browser counts in. */
    Finding finding(History history) {
        Optional<Duration> answered = seen.stream().max(Comparator.comparing(Duration::abs));
        var launched = history.launch().map(launch -> Duration.ofSeconds(launch.skewSeconds()));
        if (answered.isEmpty() && launched.isEmpty()) {
            return Finding.notPossible(
                    Check.CLOCK,
                    "The LMS has not told its time: it answered nothing with a date, and nobody launched yet.",
                    "Open Cairn once from a course, or put the other findings right; then examine again.");
        }
        var skew = answered.or(() -> launched).orElseThrow();
        var by = answered.isPresent() ? "By its answers" : "By the last launch";
        var seen = "%s the LMS's clock is %s.".formatted(by, words(skew))
                + (answered.isPresent() && launched.isPresent()
                        ? " At the last launch it was %s, its way here included.".formatted(words(launched.get()))
                        : "");
        if (skew.abs().compareTo(NEAR) <= 0) {
            return Finding.ok(Check.CLOCK, seen);
        }
        var advice =
                "Set both clocks by NTP. Launches are refused where the LMS is a minute ahead, and some LMSs refuse tokens of a clock that is seconds ahead of theirs.";
        return skew.abs().compareTo(FORGIVEN) <= 0
                ? Finding.attention(Check.CLOCK, seen, advice)
                : Finding.failed(Check.CLOCK, seen, advice);
    }

    private static String words(Duration skew) {
        long seconds = skew.toSeconds();
        return seconds == 0 ? "the same as ours" : Words.span(skew) + (seconds > 0 ? " ahead of ours" : " behind ours");
    }
}

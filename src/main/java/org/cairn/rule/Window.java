package org.cairn.rule;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When something has to have happened to count.
 *
 * @param after from this instant on
 * @param before up to this instant, and not at it
 * @param during on a day of this term
 * @param notOlderThan no longer ago than this, by the institution's calendar; a day to 100 years
 */
public record Window(
        @Nullable Instant after,
        @Nullable Instant before,
        @Nullable Term during,
        @Nullable Period notOlderThan) {

    /** No window: everything counts. */
    public static final Window ALWAYS = new Window(null, null, null, null);

    public Window {
        if (after != null && before != null && !after.isBefore(before)) {
            throw new IllegalArgumentException("A window begins before it ends.");
        }
        if (notOlderThan != null) {
            Periods.check(notOlderThan);
        }
    }

    boolean contains(Instant when, Instant at, ZoneId zone) {
        return (after == null || !when.isBefore(after))
                && (before == null || when.isBefore(before))
                && (during == null || during.contains(when, zone))
                && (notOlderThan == null
                        || !when.isBefore(at.atZone(zone).minus(notOlderThan).toInstant()));
    }

    /** Whether nothing that happens from now on can count. */
    boolean isOver(Instant at, ZoneId zone) {
        var end = end(zone);
        return end != null && !at.isBefore(end);
    }

    /** Nothing that happens from this instant on can count; null where there is none. */
    @Nullable
    Instant end(ZoneId zone) {
        var end = during == null ? null : during.end(zone);
        return before == null || (end != null && end.isBefore(before)) ? end : before;
    }
}

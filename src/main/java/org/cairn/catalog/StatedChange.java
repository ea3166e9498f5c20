package org.cairn.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.cairn.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about a change.
 *
 * @param earlierAwardsEndOn the last day on which awards of earlier versions are valid; null: they stay
 */
public record StatedChange(Change change, @Nullable LocalDate earlierAwardsEndOn) {

    /**
     * When awards of earlier versions end; null: they do not.
     *
     * @throws Problem UNPROCESSABLE where that is over already: nobody could still do anything about it
     */
    @Nullable
    Instant earlierAwardsEnd(ZoneId zone, Instant now) {
        if (earlierAwardsEndOn == null) {
            return null;
        }
        var end = earlierAwardsEndOn.plusDays(1).atStartOfDay(zone).toInstant();
        if (!end.isAfter(now)) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "earlier_awards_end_past",
                    "Earlier awards would have ended on %s, which is over; name a day that is still to come."
                            .formatted(earlierAwardsEndOn));
        }
        return end;
    }
}

package org.cairn.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A named part of the academic year, from its first day to its last, by the institution's calendar. */
public record Term(String name, LocalDate first, LocalDate last) {

    public Term {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("A term has a name of 1 to 100 characters.");
        }
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("A term ends on its first day or later.");
        }
    }

    boolean contains(Instant when, ZoneId zone) {
        var day = LocalDate.ofInstant(when, zone);
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** When the day after its last one begins. */
    Instant end(ZoneId zone) {
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }
}

package org.cairn.web.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as operators read them: in UTC, since they run tenants of several time zones. */
final class Moments {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Moments() {}

    static String of(Instant instant) {
        return MOMENT.format(instant);
    }

    static String day(Instant instant) {
        return DAY.format(instant);
    }

    /** "3 hours ago" within two days, and the moment itself after that; "never" for null. */
    static String ago(@Nullable Instant instant, Instant now) {
        if (instant == null) {
            return "never";
        }
        var passed = Duration.between(instant, now);
        if (passed.compareTo(Duration.ofMinutes(1)) < 0) {
            return "just now";
        }
        if (passed.compareTo(Duration.ofHours(1)) < 0) {
            return count(passed.toMinutes(), "minute") + " ago";
        }
        return passed.compareTo(Duration.ofHours(48)) < 0 ? count(passed.toHours(), "hour") + " ago" : of(instant);
    }

    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}

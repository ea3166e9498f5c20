package org.cairn.lti.doctor;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Numbers, times and hosts as they stand in a sentence. */
final class Words {

    private Words() {}

    /** {@code 1 key}, {@code 2 keys}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A length of time in its largest unit, of which there are at least two; rounded to the nearest whole one. */
    static String span(Duration duration) {
        var length = duration.abs();
        if (length.toMinutes() < 2) {
            return count(length.plusMillis(500).toSeconds(), "second");
        }
        if (length.toHours() < 2) {
            return count(length.plusSeconds(30).toMinutes(), "minute");
        }
        return length.toDays() < 2
                ? count(length.plusMinutes(30).toHours(), "hour")
                : count(length.plusHours(12).toDays(), "day");
    }

    static String ago(Instant then, Instant now) {
        var length = Duration.between(then, now);
        return length.toSeconds() < 2 ? "just now" : span(length) + " ago";
    }

    /** Only the host: what follows it may be a secret. */
    static String host(URI address) {
        return address.getHost() == null ? "an address without a host" : address.getHost();
    }
}

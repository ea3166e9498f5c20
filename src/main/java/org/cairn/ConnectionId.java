package org.cairn;

import java.util.UUID;

/** Names the fact that a learner let an app in. Random, since it is what the app knows her by. */
public record ConnectionId(UUID value) {

    public static ConnectionId fresh() {
        return new ConnectionId(UUID.randomUUID());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static ConnectionId of(String text) {
        return new ConnectionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package org.cairn;

import java.util.UUID;

/** Names an app that fetches credentials for learners, and that registered itself. */
public record AppId(UUID value) {

    public static AppId fresh() {
        return new AppId(UUID.randomUUID());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static AppId of(String text) {
        return new AppId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

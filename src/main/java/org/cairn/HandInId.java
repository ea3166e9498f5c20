package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names what a learner handed in once. */
public record HandInId(UUID value) {

    public static HandInId fresh() {
        return new HandInId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static HandInId of(String text) {
        return new HandInId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

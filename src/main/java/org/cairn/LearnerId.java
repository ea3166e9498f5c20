package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names the person behind one or several accounts. */
public record LearnerId(UUID value) {

    public static LearnerId fresh() {
        return new LearnerId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static LearnerId of(String text) {
        return new LearnerId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

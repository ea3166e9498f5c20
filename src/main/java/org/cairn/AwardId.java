package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names the fact that a learner earned a version of an achievement. */
public record AwardId(UUID value) {

    public static AwardId fresh() {
        return new AwardId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static AwardId of(String text) {
        return new AwardId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

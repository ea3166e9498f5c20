package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names somebody who runs Cairn. */
public record OperatorId(UUID value) {

    public static OperatorId fresh() {
        return new OperatorId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static OperatorId of(String text) {
        return new OperatorId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

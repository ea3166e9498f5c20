package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names a resource link that shows Cairn in a course. */
public record PlacementId(UUID value) {

    public static PlacementId fresh() {
        return new PlacementId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static PlacementId of(String text) {
        return new PlacementId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

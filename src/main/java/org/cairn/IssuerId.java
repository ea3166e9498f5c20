package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names who signs a tenant's credentials. */
public record IssuerId(UUID value) {

    public static IssuerId fresh() {
        return new IssuerId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static IssuerId of(String text) {
        return new IssuerId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

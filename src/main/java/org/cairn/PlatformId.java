package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names one LTI registration: an issuer and a client id. */
public record PlatformId(UUID value) {

    public static PlatformId fresh() {
        return new PlatformId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static PlatformId of(String text) {
        return new PlatformId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

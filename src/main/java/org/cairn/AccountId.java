package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names a (tenant, platform, sub) triple. */
public record AccountId(UUID value) {

    public static AccountId fresh() {
        return new AccountId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static AccountId of(String text) {
        return new AccountId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names an installation of Cairn in a platform, which decides the tenant. */
public record DeploymentId(UUID value) {

    public static DeploymentId fresh() {
        return new DeploymentId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static DeploymentId of(String text) {
        return new DeploymentId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

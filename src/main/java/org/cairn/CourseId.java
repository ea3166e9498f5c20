package org.cairn;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Names an LTI context. */
public record CourseId(UUID value) {

    public static CourseId fresh() {
        return new CourseId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Reads the textual form. Throws IllegalArgumentException where {@code text} is no UUID. */
    public static CourseId of(String text) {
        return new CourseId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

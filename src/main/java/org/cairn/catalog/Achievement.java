package org.cairn.catalog;

import java.time.Instant;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * An achievement as its newest published version has it.
 *
 * @param change from what was in force before this version; null where nothing was
 */
public record Achievement(
        AchievementId id,
        int version,
        Definition definition,
        @Nullable Change change,
        Instant publishedAt) {

    public String name() {
        return definition.name();
    }

    /** Whether it can be earned no longer. */
    public boolean isRetired() {
        return definition.isRetired();
    }

    public boolean isStack() {
        return definition.isStack();
    }
}

package org.cairn.catalog;

import java.time.Instant;
import org.cairn.AchievementId;

/** An achievement as its newest published version has it. */
public record Achievement(AchievementId id, int version, Definition definition, Instant publishedAt) {

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

package org.cairn.catalog;

import java.time.Instant;
import org.cairn.AchievementId;
import org.cairn.openbadges.image.Badge;
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

    /** What its badge looks like. */
    public Badge badge() {
        var kind = !definition.rule().isAssessed()
                ? Badge.Kind.RECOGNITION
                : switch (definition.kind()) {
                    case MICRO_CREDENTIAL -> Badge.Kind.MICRO_CREDENTIAL;
                    case CERTIFICATE -> Badge.Kind.CERTIFICATE;
                };
        return new Badge(kind, name(), definition.level(), id.value(), definition.design());
    }

    /** Whether it can be earned no longer. */
    public boolean isRetired() {
        return definition.isRetired();
    }

    public boolean isStack() {
        return definition.isStack();
    }
}

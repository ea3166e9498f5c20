package org.cairn.web;

import java.time.Duration;
import java.time.Instant;
import org.cairn.award.CollectionStore;
import org.jspecify.annotations.Nullable;

/** When the LMS was last asked, in words. */
public record Checked(String when, @Nullable String problem) {

    static Checked of(CollectionStore.@Nullable Collection collection, Instant now) {
        if (collection == null) {
            return new Checked("not yet", null);
        }
        return new Checked(ago(Duration.between(collection.checkedAt(), now)), collection.problem());
    }

    private static String ago(Duration since) {
        long minutes = since.toMinutes();
        if (since.toSeconds() < 60) {
            return "less than a minute ago";
        }
        if (minutes < 60) {
            return minutes == 1 ? "1 minute ago" : minutes + " minutes ago";
        }
        long hours = since.toHours();
        return hours < 48 ? (hours == 1 ? "1 hour ago" : hours + " hours ago") : since.toDays() + " days ago";
    }
}

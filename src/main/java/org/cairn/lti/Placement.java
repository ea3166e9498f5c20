package org.cairn.lti;

import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.PlacementId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/** A resource link that shows Cairn in a course. {@code achievement} is what a deep link said that it is about; null for the whole course. */
public record Placement(
        PlacementId id,
        TenantId tenant,
        CourseId course,
        String resourceLinkId,
        @Nullable String title,
        @Nullable AchievementId achievement) {}

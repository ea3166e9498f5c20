package org.cairn.lti;

import org.cairn.CourseId;
import org.cairn.PlacementId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/** A resource link that shows Cairn in a course. */
public record Placement(
        PlacementId id,
        TenantId tenant,
        CourseId course,
        String resourceLinkId,
        @Nullable String title) {}

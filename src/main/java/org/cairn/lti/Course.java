package org.cairn.lti;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An LTI context, with the services that its last launch offered: kept, so that grades can be read when nobody is launching.
 *
 * @param contextId the LMS's id of it
 * @param memberships where its roster is (NRPS); null where it is not offered
 * @param lineItems where its gradebook columns are (AGS); null where they are not offered
 * @param scopes what AGS allows there
 * @param groups where its groups are; null where they are not offered
 * @param launchedAt when it was last launched, to ten minutes; null where only grades have come
 */
public record Course(
        CourseId id,
        TenantId tenant,
        DeploymentId deployment,
        String contextId,
        @Nullable String title,
        @Nullable URI memberships,
        @Nullable URI lineItems,
        Set<String> scopes,
        @Nullable URI groups,
        @Nullable Instant launchedAt) {}

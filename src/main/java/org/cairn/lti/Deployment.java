package org.cairn.lti;

import java.time.Instant;
import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An installation of Cairn in a platform. It, not the issuer, says which tenant.
 *
 * @param externalId the LMS's deployment_id
 * @param launchedAt the last launch, to the minute; null before the first
 */
public record Deployment(
        DeploymentId id,
        TenantId tenant,
        PlatformId platform,
        String externalId,
        @Nullable Instant launchedAt) {}

package org.cairn.lti;

import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.TenantId;

/** An installation of Cairn in a platform. It, not the issuer, says which tenant. {@code externalId} is the LMS's deployment_id. */
public record Deployment(DeploymentId id, TenantId tenant, PlatformId platform, String externalId) {}

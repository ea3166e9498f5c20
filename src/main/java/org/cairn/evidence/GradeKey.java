package org.cairn.evidence;

import org.cairn.DeploymentId;
import org.cairn.TenantId;

/** What a sender of grades may do: report on the courses of one deployment. */
public record GradeKey(TenantId tenant, DeploymentId deployment) {}

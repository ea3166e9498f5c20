package org.cairn.openbadges.backpack;

import java.time.Instant;
import org.cairn.LearnerId;
import org.cairn.TenantId;

/** That a learner is known in a window of her browser, where she may let one app in. {@code id} is the digest of what opened it. */
public record ConsentSession(String id, TenantId tenant, LearnerId learner, Instant endsAt) {}

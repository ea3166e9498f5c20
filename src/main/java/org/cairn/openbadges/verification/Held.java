package org.cairn.openbadges.verification;

import java.time.Instant;

/** What whoever verifies holds of a credential that it issued itself: from when its newest form is valid, and whether it is held for review. */
public record Held(Instant validFrom, boolean isSuspended) {}

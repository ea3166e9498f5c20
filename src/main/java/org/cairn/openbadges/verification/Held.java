package org.cairn.openbadges.verification;

import java.time.Instant;

/**
 * What whoever verifies holds of a credential that it issued itself.
 *
 * @param issuer what its newest form calls its issuer
 * @param validFrom from when that is valid
 * @param isSuspended whether it is held for review
 */
public record Held(String issuer, Instant validFrom, boolean isSuspended) {}

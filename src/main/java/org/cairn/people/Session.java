package org.cairn.people;

import java.time.Duration;
import java.time.Instant;
import org.cairn.AccountId;
import org.cairn.PlacementId;
import org.cairn.TenantId;

/** Who is signed in at one placement in one browser, and as what, until when. */
public record Session(PlacementId placement, TenantId tenant, AccountId account, Role role, Instant expiresAt) {

    public static final Duration LIFE = Duration.ofHours(8);
}

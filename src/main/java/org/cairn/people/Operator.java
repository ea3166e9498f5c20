package org.cairn.people;

import java.time.Instant;
import org.cairn.OperatorId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who runs Cairn.
 *
 * @param tenant the one tenant that she runs; null where she runs all of them
 * @param hasToken whether she may sign in by a token
 * @param isLinked whether she may sign in by the institution's own sign-in
 */
public record Operator(
        OperatorId id,
        @Nullable TenantId tenant,
        String name,
        boolean hasToken,
        boolean isLinked,
        Instant createdAt,
        @Nullable Instant withdrawnAt) {

    public boolean isOfAll() {
        return tenant == null;
    }

    public boolean runs(TenantId one) {
        return tenant == null || tenant.equals(one);
    }
}

package org.cairn.openbadges.backpack;

import java.time.Instant;
import java.util.Set;
import org.cairn.AppId;
import org.cairn.ConnectionId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * That a learner has let an app in.
 *
 * @param id what the app may know her by, and no other app
 * @param getsAll whether it gets all that she holds, as it was signed at first, or what she chose
 * @param usedAt when it last asked for something; null where it never did
 */
public record Connection(
        ConnectionId id,
        TenantId tenant,
        AppId app,
        LearnerId learner,
        Set<Scope> scopes,
        boolean getsAll,
        String redirectUri,
        Instant letInAt,
        @Nullable Instant usedAt,
        Instant endsAt) {

    public Connection {
        scopes = Set.copyOf(scopes);
    }

    /** The same, which now ends then. */
    Connection endingAt(Instant endsAt) {
        return new Connection(id, tenant, app, learner, scopes, getsAll, redirectUri, letInAt, usedAt, endsAt);
    }
}

package org.cairn.award;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.openbadges.Credentials;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;

/**
 * Ends awards of versions that a major change has left behind, on the day that it names: each is told its end as soon as that is known, and
 * its signed forms are issued anew with it. Done again it finds nothing to do, so a crash or a second node does no harm.
 */
final class EarlierAwards {

    private static final int BATCH = 200;

    private final Database database;
    private final Credentials credentials;
    private final Clock clock;

    EarlierAwards(Database database, Credentials credentials, Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Returns how many awards were told an end. */
    int end(TenantId tenant) {
        return database.inTransaction(db -> WakingStore.outlasting(db, tenant)).stream()
                .gather(Gatherers.windowFixed(BATCH))
                .mapToInt(some -> database.inTransaction(db -> end(db, tenant, some)))
                .sum();
    }

    private int end(DSLContext db, TenantId tenant, List<WakingStore.Ended> some) {
        AccountStore.lock(
                db, tenant, some.stream().map(WakingStore.Ended::learner).collect(Collectors.toSet()));
        // Another node may have been faster.
        var still = WakingStore.outlasting(
                db, tenant, some.stream().map(WakingStore.Ended::award).toList());
        var now = clock.instant();
        WakingStore.shorten(db, tenant, still, now);
        credentials.end(
                db,
                tenant,
                still.stream().collect(Collectors.toMap(WakingStore.Ended::award, WakingStore.Ended::at)),
                now);
        return still.size();
    }
}

package org.cairn.award;

import java.time.Clock;
import java.time.Duration;
import org.cairn.TenantId;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Endorsing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues everything of an issuer anew that stands, endorsements too, where that was asked for: because it has another name now, or because a key of its is withdrawn.
 * A batch at a time, each in a transaction of its own, so a crash or a second node does no harm.
 */
public final class Renewing {

    private static final Logger LOG = LoggerFactory.getLogger(Renewing.class);

    private static final int BATCH = 200;

    /** Nodes follow a change of name or key within a minute; until then they may go on issuing what is outdated. */
    private static final Duration LAG = Duration.ofMinutes(5);

    private final Database database;
    private final Credentials credentials;
    private final Endorsing endorsing;
    private final Clock clock;

    public Renewing(Database database, Credentials credentials, Endorsing endorsing, Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.endorsing = endorsing;
        this.clock = clock;
    }

    /** Every tenant's, as far as anything is to do. One that fails hinders no other, and is tried again the next time. */
    public void renewAll() {
        for (var issuer : database.inTransaction(IssuerStore::list)) {
            try {
                int renewed = renew(issuer.tenant());
                if (renewed > 0) {
                    LOG.info("{}: {} credentials issued anew", issuer.tenant(), renewed);
                }
            } catch (RuntimeException e) {
                LOG.error("{}: not everything was issued anew; it is tried again", issuer.tenant(), e);
            }
        }
    }

    /** Returns how many credentials were issued anew. */
    int renew(TenantId tenant) {
        var asked = database.inTransaction(db -> IssuerStore.renewal(db, tenant));
        if (asked.isEmpty() || !asked.get().name().equals(name(tenant))) {
            // A node that was started with another public URL would undo what others do.
            return 0;
        }
        database.inTransaction(db -> {
            endorsing.renew(db, IssuerStore.get(db, tenant), clock.instant());
            return null;
        });
        int renewed = 0;
        int some;
        do {
            some = database.inTransaction(
                    db -> credentials.renew(db, IssuerStore.get(db, tenant), BATCH, clock.instant()));
            renewed += some;
        } while (some == BATCH);
        if (clock.instant().isAfter(asked.get().since().plus(LAG))) {
            database.inTransaction(db -> {
                IssuerStore.endRenewal(db, tenant, asked.get());
                return null;
            });
        }
        return renewed;
    }

    private String name(TenantId tenant) {
        return database.inTransaction(db -> credentials.addresses().name(IssuerStore.get(db, tenant)));
    }
}

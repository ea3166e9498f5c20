package org.cairn.award;

import java.time.Clock;
import java.time.Duration;
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
        for (var renewal : database.inTransaction(IssuerStore::renewals)) {
            var issuer = renewal.issuer();
            try {
                // A node that was started with another public URL would undo what others do.
                int renewed = renewal.name().equals(credentials.addresses().name(issuer)) ? renew(renewal) : 0;
                if (renewed > 0) {
                    LOG.info("{}: {} credentials issued anew", issuer.tenant(), renewed);
                }
            } catch (RuntimeException e) {
                LOG.error("{}: not everything was issued anew; it is tried again", issuer.tenant(), e);
            }
        }
    }

    /** Returns how many credentials were issued anew. */
    private int renew(IssuerStore.Renewal renewal) {
        var issuer = renewal.issuer();
        database.inTransaction(db -> {
            endorsing.renew(db, issuer, clock.instant());
            return null;
        });
        int renewed = 0;
        int some;
        do {
            some = database.inTransaction(db -> credentials.renew(db, issuer, BATCH, clock.instant()));
            renewed += some;
        } while (some == BATCH);
        if (clock.instant().isAfter(renewal.since().plus(LAG))) {
            database.inTransaction(db -> {
                IssuerStore.endRenewal(db, renewal);
                return null;
            });
        }
        return renewed;
    }
}

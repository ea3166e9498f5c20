package org.cairn.award;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.evidence.EvidenceErasureStore;
import org.cairn.lti.MemberErasureStore;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.backpack.BackpackErasureStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.PersonErasureStore;
import org.jooq.DSLContext;

/**
 * Erases a person: everything that any room keeps of her, or nothing. The bits of her credentials in the status lists stay used, and are
 * set; what she decided about others stays without her. Safe for many threads.
 */
public final class Erasing {

    /**
     * How many of each are gone.
     *
     * @param accounts in LMSs
     * @param courses that list her
     * @param reports of grades and completions
     * @param registered cohorts and hours of the register
     * @param credentials signed forms, which are no longer valid
     * @param apps that may fetch them
     * @param brought credentials of others that apps brought her
     * @param scores for LMSs' gradebooks
     * @param decisions about others, which stay without her
     */
    public record Erased(
            int accounts,
            int courses,
            int reports,
            int handIns,
            int registered,
            int awards,
            int credentials,
            int apps,
            int brought,
            int applications,
            int scores,
            int decisions) {}

    /** Undoes the transaction that it leaves. */
    private static final class Undone extends RuntimeException {

        private final transient Erased erased;

        Undone(Erased erased) {
            super("undone", null, false, false);
            this.erased = erased;
        }
    }

    private final Database database;
    private final Credentials credentials;
    private final Clock clock;

    public Erasing(Database database, Credentials credentials, Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** What would be gone: found by erasing her and keeping none of it, so that nothing is erased that was not shown. */
    public Erased preview(TenantId tenant, LearnerId learner) {
        try {
            return database.inTransaction(db -> {
                throw new Undone(erase(db, tenant, learner));
            });
        } catch (Undone undone) {
            return undone.erased;
        }
    }

    /** Erases her. That {@code by} did it is noted, and not whom it was about. */
    public Erased erase(TenantId tenant, LearnerId learner, Operator by) {
        return database.inTransaction(db -> {
            var erased = erase(db, tenant, learner);
            OperatorActionStore.add(db, by, tenant, "erased a person", "of whom nothing is kept", clock.instant());
            return erased;
        });
    }

    private Erased erase(DSLContext db, TenantId tenant, LearnerId learner) {
        var now = clock.instant();
        AccountStore.lock(db, tenant, Set.of(learner));
        var accounts = AccountStore.ofLearners(db, tenant, List.of(learner)).stream()
                .map(Account::id)
                .toList();
        var connected = BackpackErasureStore.erase(db, tenant, learner);
        int signed = credentials.erase(db, tenant, learner);
        var earned = AwardErasureStore.erase(db, tenant, learner, accounts);
        var known = EvidenceErasureStore.erase(db, tenant, learner, accounts, now);
        var listed = MemberErasureStore.erase(db, tenant, accounts);
        return new Erased(
                PersonErasureStore.erase(db, tenant, learner),
                listed.courses(),
                known.reports(),
                known.handIns(),
                known.registered(),
                earned.awards(),
                signed,
                connected.apps(),
                connected.brought(),
                earned.applications(),
                listed.scores(),
                earned.decisions() + known.answers());
    }
}

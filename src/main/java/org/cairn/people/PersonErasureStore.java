package org.cairn.people;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.LEARNER;
import static org.cairn.db.schema.Tables.SESSION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.cairn.AccountId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** Erases who people are: accounts, the learners behind them, and who is signed in. */
public final class PersonErasureStore {

    private PersonErasureStore() {}

    /** A learner behind whom nobody stands, for answers that go on counting when whoever gave them was erased. */
    public static LearnerId nobody(DSLContext db, TenantId tenant, Instant now) {
        var nobody = LearnerId.fresh();
        db.insertInto(LEARNER)
                .set(LEARNER.ID, nobody)
                .set(LEARNER.TENANT_ID, tenant)
                .set(LEARNER.CREATED_AT, now)
                .execute();
        return nobody;
    }

    /** Of a learner of whom no other room keeps anything any more. Returns how many accounts there were. */
    public static int erase(DSLContext db, TenantId tenant, LearnerId learner) {
        var accounts = AccountStore.ofLearners(db, tenant, List.of(learner)).stream()
                .map(Account::id)
                .toList();
        signOut(db, tenant, accounts);
        int erased = db.deleteFrom(ACCOUNT)
                .where(ACCOUNT.TENANT_ID.eq(tenant), ACCOUNT.LEARNER_ID.eq(learner))
                .execute();
        db.deleteFrom(LEARNER)
                .where(LEARNER.TENANT_ID.eq(tenant), LEARNER.ID.eq(learner))
                .execute();
        return erased;
    }

    // The rows stay, without her, until they expire: without them what began a session could begin it again.
    private static void signOut(DSLContext db, TenantId tenant, Collection<AccountId> accounts) {
        db.update(SESSION)
                .setNull(SESSION.BROWSER_HASH)
                .setNull(SESSION.PLACEMENT_ID)
                .setNull(SESSION.TENANT_ID)
                .setNull(SESSION.ACCOUNT_ID)
                .setNull(SESSION.ROLE)
                .where(SESSION.TENANT_ID.eq(tenant), SESSION.ACCOUNT_ID.in(accounts))
                .execute();
    }
}

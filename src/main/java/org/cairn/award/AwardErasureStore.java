package org.cairn.award;

import static org.cairn.db.schema.Tables.APPLICATION;
import static org.cairn.db.schema.Tables.AWARD;
import static org.cairn.db.schema.Tables.AWARD_PART;
import static org.cairn.db.schema.Tables.AWARD_STEP;
import static org.jooq.impl.DSL.select;

import java.util.Collection;
import org.cairn.AccountId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** Erases what people were awarded and applied for. */
final class AwardErasureStore {

    /** How many there were; {@code decisions} are those about others, which stay without who took them. */
    record Erased(int awards, int applications, int decisions) {}

    private AwardErasureStore() {}

    /** {@code accounts} are all of this learner. */
    static Erased erase(DSLContext db, TenantId tenant, LearnerId learner, Collection<AccountId> accounts) {
        var hers = select(AWARD.ID).from(AWARD).where(AWARD.TENANT_ID.eq(tenant), AWARD.LEARNER_ID.eq(learner));
        db.deleteFrom(AWARD_PART)
                .where(AWARD_PART.TENANT_ID.eq(tenant), AWARD_PART.AWARD_ID.in(hers))
                .execute();
        db.deleteFrom(AWARD_STEP)
                .where(AWARD_STEP.TENANT_ID.eq(tenant), AWARD_STEP.AWARD_ID.in(hers))
                .execute();
        int awards = db.deleteFrom(AWARD)
                .where(AWARD.TENANT_ID.eq(tenant), AWARD.LEARNER_ID.eq(learner))
                .execute();
        int applications = db.deleteFrom(APPLICATION)
                .where(APPLICATION.TENANT_ID.eq(tenant), APPLICATION.LEARNER_ID.eq(learner))
                .execute();
        return new Erased(awards, applications, decisions(db, tenant, accounts));
    }

    private static int decisions(DSLContext db, TenantId tenant, Collection<AccountId> accounts) {
        // Nobody's account, and not none: what a person decided, no report changes.
        int steps = db.update(AWARD_STEP)
                .set(AWARD_STEP.ACCOUNT_ID, AccountId.fresh())
                .where(AWARD_STEP.TENANT_ID.eq(tenant), AWARD_STEP.ACCOUNT_ID.in(accounts))
                .execute();
        return steps
                + db.update(APPLICATION)
                        .setNull(APPLICATION.ACCOUNT_ID)
                        .where(APPLICATION.TENANT_ID.eq(tenant), APPLICATION.ACCOUNT_ID.in(accounts))
                        .execute();
    }
}

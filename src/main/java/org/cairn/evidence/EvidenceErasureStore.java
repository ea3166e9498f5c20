package org.cairn.evidence;

import static org.cairn.db.schema.Tables.CONFIRMED_HOURS;
import static org.cairn.db.schema.Tables.HAND_IN;
import static org.cairn.db.schema.Tables.MEMBERSHIP;
import static org.cairn.db.schema.Tables.OBSERVATION;
import static org.cairn.db.schema.Tables.REVIEW;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.Collection;
import org.cairn.AccountId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.people.PersonErasureStore;
import org.jooq.DSLContext;

/** Erases what was reported of people, what they handed in, and what the register says of them. */
public final class EvidenceErasureStore {

    /** How many there were; {@code answers} are those to others, which stay without who gave them. */
    public record Erased(int reports, int handIns, int registered, int answers) {}

    private EvidenceErasureStore() {}

    /** {@code accounts} are all of this learner. */
    public static Erased erase(
            DSLContext db, TenantId tenant, LearnerId learner, Collection<AccountId> accounts, Instant now) {
        int reports = db.deleteFrom(OBSERVATION)
                .where(OBSERVATION.TENANT_ID.eq(tenant), OBSERVATION.ACCOUNT_ID.in(accounts))
                .execute();
        int handIns = handIns(db, tenant, learner);
        int registered = db.deleteFrom(MEMBERSHIP)
                        .where(MEMBERSHIP.TENANT_ID.eq(tenant), MEMBERSHIP.LEARNER_ID.eq(learner))
                        .execute()
                + db.deleteFrom(CONFIRMED_HOURS)
                        .where(CONFIRMED_HOURS.TENANT_ID.eq(tenant), CONFIRMED_HOURS.LEARNER_ID.eq(learner))
                        .execute();
        return new Erased(reports, handIns, registered, answers(db, tenant, learner, now));
    }

    private static int handIns(DSLContext db, TenantId tenant, LearnerId learner) {
        var isHers = HAND_IN.TENANT_ID.eq(tenant).and(HAND_IN.LEARNER_ID.eq(learner));
        db.deleteFrom(REVIEW)
                .where(
                        REVIEW.TENANT_ID.eq(tenant),
                        REVIEW.HAND_IN_ID.in(select(HAND_IN.ID).from(HAND_IN).where(isHers)))
                .execute();
        return db.deleteFrom(HAND_IN).where(isHers).execute();
    }

    private static int answers(DSLContext db, TenantId tenant, LearnerId learner, Instant now) {
        var isHers = REVIEW.TENANT_ID.eq(tenant).and(REVIEW.REVIEWER_ID.eq(learner));
        if (!db.fetchExists(REVIEW, isHers)) {
            return 0;
        }
        return db.update(REVIEW)
                .set(REVIEW.REVIEWER_ID, PersonErasureStore.nobody(db, tenant, now))
                .setNull(REVIEW.ACCOUNT_ID)
                .where(isHers)
                .execute();
    }
}

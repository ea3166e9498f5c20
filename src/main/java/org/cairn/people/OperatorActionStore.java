package org.cairn.people;

import static org.cairn.db.schema.Tables.OPERATOR;
import static org.cairn.db.schema.Tables.OPERATOR_ACTION;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.List;
import org.cairn.TenantId;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What operators did, written in the transaction that does it. */
public final class OperatorActionStore {

    private static final int LONGEST = 500;

    /** {@code subject} is what it was done to, as people call it. */
    public record Action(String operator, String action, String subject, Instant at) {}

    private OperatorActionStore() {}

    /** {@code tenant} is null where it concerns every tenant; {@code action} has at most 40 characters. */
    public static void add(
            DSLContext db, Operator by, @Nullable TenantId tenant, String action, String subject, Instant now) {
        db.insertInto(OPERATOR_ACTION)
                .set(OPERATOR_ACTION.ID, UuidCreator.getTimeOrderedEpoch())
                .set(OPERATOR_ACTION.OPERATOR_ID, by.id())
                .set(OPERATOR_ACTION.TENANT_ID, tenant)
                .set(OPERATOR_ACTION.ACTION, action)
                .set(OPERATOR_ACTION.SUBJECT, subject.substring(0, Math.min(subject.length(), LONGEST)))
                .set(OPERATOR_ACTION.TAKEN_AT, now)
                .execute();
    }

    /** The last ones that {@code by} may see, the newest first. */
    public static List<Action> last(DSLContext db, Operator by, int most) {
        return db.select(OPERATOR.NAME, OPERATOR_ACTION.ACTION, OPERATOR_ACTION.SUBJECT, OPERATOR_ACTION.TAKEN_AT)
                .from(OPERATOR_ACTION)
                .join(OPERATOR)
                .on(OPERATOR.ID.eq(OPERATOR_ACTION.OPERATOR_ID))
                .where(by.tenant() == null ? DSL.noCondition() : OPERATOR_ACTION.TENANT_ID.eq(by.tenant()))
                .orderBy(OPERATOR_ACTION.TAKEN_AT.desc(), OPERATOR_ACTION.ID.desc())
                .limit(most)
                .fetch(row -> new Action(row.value1(), row.value2(), row.value3(), row.value4()));
    }
}

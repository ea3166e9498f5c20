package org.cairn.lti;

import static org.cairn.db.schema.Tables.COURSE_GROUP_MEMBER;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.SCORE;

import java.util.Collection;
import org.cairn.AccountId;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** Erases what LMSs said of people, and what is to be told to them. */
public final class MemberErasureStore {

    /** How many there were. */
    public record Erased(int courses, int scores) {}

    private MemberErasureStore() {}

    public static Erased erase(DSLContext db, TenantId tenant, Collection<AccountId> accounts) {
        int scores = db.deleteFrom(SCORE)
                .where(SCORE.TENANT_ID.eq(tenant), SCORE.ACCOUNT_ID.in(accounts))
                .execute();
        db.deleteFrom(COURSE_GROUP_MEMBER)
                .where(COURSE_GROUP_MEMBER.TENANT_ID.eq(tenant), COURSE_GROUP_MEMBER.ACCOUNT_ID.in(accounts))
                .execute();
        int courses = db.deleteFrom(MEMBER)
                .where(MEMBER.TENANT_ID.eq(tenant), MEMBER.ACCOUNT_ID.in(accounts))
                .execute();
        return new Erased(courses, scores);
    }
}

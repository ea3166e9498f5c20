package org.cairn.lti;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.MEMBER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AccountId;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.cairn.db.Chunks;
import org.cairn.db.schema.tables.records.MemberRecord;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Who is in a course, and in which role, by the last launch or roster. */
public final class MemberStore {

    private MemberStore() {}

    /** Says that these accounts are in the course, in these roles, as of now. */
    public static void join(DSLContext db, Course course, Map<AccountId, Role> members, Instant now) {
        // Also what a node wrote whose clock is ahead of ours.
        remove(db, course, members.keySet(), DSL.noCondition());
        db.batchInsert(members.entrySet().stream()
                        .map(entry -> new MemberRecord(
                                course.tenant(),
                                course.id(),
                                entry.getKey(),
                                entry.getValue().name(),
                                now))
                        .toList())
                .execute();
    }

    /** Which of these accounts are in which of these courses, in this role. */
    public static Map<CourseId, Set<AccountId>> members(
            DSLContext db, TenantId tenant, Collection<CourseId> courses, Collection<AccountId> accounts, Role role) {
        return db
                .select(MEMBER.COURSE_ID, MEMBER.ACCOUNT_ID)
                .from(MEMBER)
                .where(
                        MEMBER.TENANT_ID.eq(tenant),
                        MEMBER.COURSE_ID.in(courses),
                        MEMBER.ACCOUNT_ID.in(accounts),
                        MEMBER.ROLE.eq(role.name()))
                .fetch()
                .intoGroups(MEMBER.COURSE_ID, MEMBER.ACCOUNT_ID)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** Who is in the course, by account. */
    public static Map<AccountId, Role> members(DSLContext db, TenantId tenant, CourseId course) {
        return db.select(MEMBER.ACCOUNT_ID, MEMBER.ROLE)
                .from(MEMBER)
                .where(MEMBER.TENANT_ID.eq(tenant), MEMBER.COURSE_ID.eq(course))
                .fetchMap(MEMBER.ACCOUNT_ID, row -> Role.valueOf(row.value2()));
    }

    /** The accounts that are in the course in this role. */
    public static List<Account> accounts(DSLContext db, TenantId tenant, CourseId course, Role role) {
        return db.select(AccountStore.ACCOUNT_FIELDS)
                .from(MEMBER)
                .join(ACCOUNT)
                .on(ACCOUNT.TENANT_ID.eq(MEMBER.TENANT_ID), ACCOUNT.ID.eq(MEMBER.ACCOUNT_ID))
                .where(MEMBER.TENANT_ID.eq(tenant), MEMBER.COURSE_ID.eq(course), MEMBER.ROLE.eq(role.name()))
                .fetch(AccountStore.ACCOUNT_ROW);
    }

    /**
     * Forgets who was in the course by {@code until}, when its whole roster was asked for, and is not on it. Their accounts and awards
     * stay.
     */
    public static void leave(DSLContext db, Course course, Collection<AccountId> left, Instant until) {
        remove(db, course, left, MEMBER.SEEN_AT.le(until));
    }

    private static void remove(DSLContext db, Course course, Collection<AccountId> accounts, Condition condition) {
        Chunks.each(
                accounts,
                some -> db.deleteFrom(MEMBER)
                        .where(
                                MEMBER.TENANT_ID.eq(course.tenant()),
                                MEMBER.COURSE_ID.eq(course.id()),
                                MEMBER.ACCOUNT_ID.in(some),
                                condition)
                        .execute());
    }
}

package org.cairn.lti;

import static org.cairn.db.schema.Tables.COURSE_GROUP;
import static org.cairn.db.schema.Tables.COURSE_GROUP_MEMBER;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.cairn.db.Chunks;
import org.cairn.db.schema.tables.records.CourseGroupMemberRecord;
import org.cairn.db.schema.tables.records.CourseGroupRecord;
import org.jooq.DSLContext;

/** The groups of courses and who is in them: always a whole snapshot in place of the one before. */
public final class GroupStore {

    private GroupStore() {}

    /** Names by id. */
    public static Map<String, String> names(DSLContext db, TenantId tenant, CourseId course) {
        return db.select(COURSE_GROUP.GROUP_ID, COURSE_GROUP.NAME)
                .from(COURSE_GROUP)
                .where(COURSE_GROUP.TENANT_ID.eq(tenant), COURSE_GROUP.COURSE_ID.eq(course))
                .orderBy(COURSE_GROUP.NAME, COURSE_GROUP.GROUP_ID)
                .fetchMap(COURSE_GROUP.GROUP_ID, COURSE_GROUP.NAME);
    }

    /** Who is in a group; nobody where there is no such group. */
    public static Set<AccountId> members(DSLContext db, TenantId tenant, CourseId course, String group) {
        return db.select(COURSE_GROUP_MEMBER.ACCOUNT_ID)
                .from(COURSE_GROUP_MEMBER)
                .where(
                        COURSE_GROUP_MEMBER.TENANT_ID.eq(tenant),
                        COURSE_GROUP_MEMBER.COURSE_ID.eq(course),
                        COURSE_GROUP_MEMBER.GROUP_ID.eq(group))
                .fetchSet(COURSE_GROUP_MEMBER.ACCOUNT_ID);
    }

    /** Keeps these groups and members, in place of all that were known, and writes only what differs. Members of other groups are left out. */
    public static void replace(
            DSLContext db, Course course, Map<String, String> names, Map<String, Set<AccountId>> members) {
        var known = known(db, course);
        var wanted = new HashMap<String, Set<AccountId>>();
        members.forEach((group, accounts) -> {
            if (names.containsKey(group)) {
                wanted.put(group, accounts);
            }
        });
        known.forEach((group, accounts) -> {
            var left = new HashSet<>(accounts);
            left.removeAll(wanted.getOrDefault(group, Set.of()));
            leave(db, course, group, left);
        });
        rename(db, course, names);
        db.batchInsert(wanted.entrySet().stream()
                        .flatMap(group -> group.getValue().stream()
                                .filter(account -> !known.getOrDefault(group.getKey(), Set.of())
                                        .contains(account))
                                .map(account -> new CourseGroupMemberRecord(
                                        course.tenant(), course.id(), group.getKey(), account)))
                        .toList())
                .execute();
    }

    private static Map<String, Set<AccountId>> known(DSLContext db, Course course) {
        var known = new HashMap<String, Set<AccountId>>();
        db.select(COURSE_GROUP_MEMBER.GROUP_ID, COURSE_GROUP_MEMBER.ACCOUNT_ID)
                .from(COURSE_GROUP_MEMBER)
                .where(COURSE_GROUP_MEMBER.TENANT_ID.eq(course.tenant()), COURSE_GROUP_MEMBER.COURSE_ID.eq(course.id()))
                .forEach(row -> known.computeIfAbsent(row.value1(), id -> new HashSet<>())
                        .add(row.value2()));
        return known;
    }

    private static void leave(DSLContext db, Course course, String group, Set<AccountId> accounts) {
        Chunks.each(
                accounts,
                some -> db.deleteFrom(COURSE_GROUP_MEMBER)
                        .where(
                                COURSE_GROUP_MEMBER.TENANT_ID.eq(course.tenant()),
                                COURSE_GROUP_MEMBER.COURSE_ID.eq(course.id()),
                                COURSE_GROUP_MEMBER.GROUP_ID.eq(group),
                                COURSE_GROUP_MEMBER.ACCOUNT_ID.in(some))
                        .execute());
    }

    // After the members: a group that is gone has none any more.
    private static void rename(DSLContext db, Course course, Map<String, String> names) {
        var known = names(db, course.tenant(), course.id());
        var gone = new HashSet<>(known.keySet());
        gone.removeAll(names.keySet());
        db.deleteFrom(COURSE_GROUP)
                .where(
                        COURSE_GROUP.TENANT_ID.eq(course.tenant()),
                        COURSE_GROUP.COURSE_ID.eq(course.id()),
                        COURSE_GROUP.GROUP_ID.in(gone))
                .execute();
        var rows = names.entrySet().stream()
                .filter(group -> !group.getValue().equals(known.get(group.getKey())))
                .map(group -> new CourseGroupRecord(course.tenant(), course.id(), group.getKey(), group.getValue()))
                .toList();
        db.batchInsert(rows.stream()
                        .filter(row -> !known.containsKey(row.getGroupId()))
                        .toList())
                .execute();
        db.batchUpdate(rows.stream()
                        .filter(row -> known.containsKey(row.getGroupId()))
                        .toList())
                .execute();
    }
}

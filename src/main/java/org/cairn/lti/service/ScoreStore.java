package org.cairn.lti.service;

import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.SCORE;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rowNumber;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairn.AccountId;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.db.schema.tables.records.ScoreRecord;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The scores that LMSs shall have: one row for each learner and column, written in the transaction that causes it. A newer score takes the
 * place of one that is still waiting, so order is never in question.
 */
public final class ScoreStore {

    /** Whether it is still to be told, the LMS has it, or it will not take it until somebody looks. */
    public enum State {
        WAITING,
        DELIVERED,
        REFUSED
    }

    /**
     * A score on its way.
     *
     * @param number rises with every change, so that a delivery of an older score does not pass for that of a newer one
     * @param stamp what the LMS is told as the score's time: later by a second or more than the one before, since Moodle compares seconds
     */
    public record Row(
            TenantId tenant,
            CourseId course,
            String resourceId,
            AccountId account,
            String label,
            int given,
            int maximum,
            int number,
            Instant stamp,
            State state,
            int tries,
            @Nullable Integer lastStatus,
            @Nullable String problem) {}

    /** A score that an LMS shall have of somebody, in the column of this name and label. */
    public record Wanted(CourseId course, String resourceId, AccountId account, String label, int given, int maximum) {}

    /** What LMSs answer for somebody who is no student of the course. */
    static final Set<Integer> NO_STUDENT = Set.of(400, 422);

    private static final int LONGEST_PROBLEM = 500;

    private record Place(CourseId course, String resourceId, AccountId account) {}

    private static final RecordMapper<ScoreRecord, Row> ROW = row -> new Row(
            row.getTenantId(),
            row.getCourseId(),
            row.getResourceId(),
            row.getAccountId(),
            row.getLabel(),
            row.getGiven(),
            row.getMaximum(),
            row.getNumber(),
            row.getStamp(),
            State.valueOf(row.getState()),
            row.getTries(),
            row.getLastStatus(),
            row.getProblem());

    private ScoreStore() {}

    /**
     * Wants these scores, each in a column of Cairn's own; whoever has that score already, or has it on its way, is left alone. What an LMS
     * refused of somebody as of no student is tried again once she has come to the course anew. However many there are, they are one query
     * and two batches, and another query where some were refused.
     */
    public static void want(DSLContext db, TenantId tenant, List<Wanted> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return;
        }
        var known = new HashMap<Place, ScoreRecord>();
        db.selectFrom(SCORE)
                .where(
                        SCORE.TENANT_ID.eq(tenant),
                        SCORE.COURSE_ID.in(values(wanted, Wanted::course)),
                        SCORE.RESOURCE_ID.in(values(wanted, Wanted::resourceId)),
                        SCORE.ACCOUNT_ID.in(values(wanted, Wanted::account)))
                .forEach(row -> known.put(place(row), row));
        var returned = returned(db, tenant, known.values());
        var fresh = new ArrayList<ScoreRecord>();
        var changed = new ArrayList<ScoreRecord>();
        for (var one : wanted) {
            var row = known.get(new Place(one.course(), one.resourceId(), one.account()));
            if (row == null) {
                fresh.add(row(tenant, one, now));
            } else if (row.getGiven() != one.given() || returned.contains(place(row))) {
                changed.add(changed(row, one.given(), now));
            }
        }
        db.batchInsert(fresh).execute();
        db.batchUpdate(changed).execute();
    }

    /**
     * Makes it zero what was told, or is to be told, of these accounts in the columns of these names, in whichever course; who left it too.
     * One query and one batch, however many.
     */
    public static void takeBack(
            DSLContext db, TenantId tenant, Map<String, Set<AccountId>> accountsByColumn, Instant now) {
        var accounts = accountsByColumn.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        if (accounts.isEmpty()) {
            return;
        }
        var rows = db.selectFrom(SCORE)
                .where(
                        SCORE.TENANT_ID.eq(tenant),
                        SCORE.RESOURCE_ID.in(accountsByColumn.keySet()),
                        SCORE.ACCOUNT_ID.in(accounts),
                        SCORE.GIVEN.ne(0))
                .fetch();
        db.batchUpdate(rows.stream()
                        .filter(row -> accountsByColumn
                                .getOrDefault(row.getResourceId(), Set.of())
                                .contains(row.getAccountId()))
                        .map(row -> changed(row, 0, now))
                        .toList())
                .execute();
    }

    /** Of these, those that were refused as of no student before she came to the course as a member, by a launch or on the roster. */
    private static Set<Place> returned(DSLContext db, TenantId tenant, Collection<ScoreRecord> rows) {
        var refused = rows.stream()
                .filter(row -> row.getState().equals(State.REFUSED.name()))
                .filter(row -> row.getLastStatus() != null && NO_STUDENT.contains(row.getLastStatus()))
                .toList();
        if (refused.isEmpty()) {
            return Set.of();
        }
        return db
                .select(SCORE.COURSE_ID, SCORE.RESOURCE_ID, SCORE.ACCOUNT_ID)
                .from(SCORE)
                .join(MEMBER)
                .on(
                        MEMBER.TENANT_ID.eq(SCORE.TENANT_ID),
                        MEMBER.COURSE_ID.eq(SCORE.COURSE_ID),
                        MEMBER.ACCOUNT_ID.eq(SCORE.ACCOUNT_ID))
                .where(
                        SCORE.TENANT_ID.eq(tenant),
                        SCORE.COURSE_ID.in(
                                refused.stream().map(ScoreRecord::getCourseId).collect(Collectors.toSet())),
                        SCORE.ACCOUNT_ID.in(
                                refused.stream().map(ScoreRecord::getAccountId).collect(Collectors.toSet())),
                        SCORE.STATE.eq(State.REFUSED.name()),
                        MEMBER.SEEN_AT.gt(SCORE.DUE_AT))
                .fetch(row -> new Place(row.value1(), row.value2(), row.value3()))
                .stream()
                .filter(refused.stream().map(ScoreStore::place).collect(Collectors.toSet())::contains)
                .collect(Collectors.toSet());
    }

    private static Place place(ScoreRecord row) {
        return new Place(row.getCourseId(), row.getResourceId(), row.getAccountId());
    }

    private static <T> Set<T> values(List<Wanted> wanted, Function<Wanted, T> value) {
        return wanted.stream().map(value).collect(Collectors.toSet());
    }

    private static ScoreRecord changed(ScoreRecord row, int given, Instant now) {
        row.setGiven(given);
        row.setNumber(row.getNumber() + 1);
        row.setStamp(later(now, row.getStamp()));
        row.setState(State.WAITING.name());
        row.setTries(0);
        row.setDueAt(now);
        row.setProblem(null);
        return row;
    }

    /**
     * What is due, of every tenant, the oldest first; of each platform at most so many, so that none waits behind another's. Where a
     * deployment was moved, its gradebooks are the other tenant's to write to, and what waits there waits for ever.
     */
    static List<Row> due(DSLContext db, Instant now, int mostOfPlatform) {
        var place = rowNumber()
                .over(partitionBy(DEPLOYMENT.PLATFORM_ID).orderBy(SCORE.DUE_AT, SCORE.COURSE_ID, SCORE.ACCOUNT_ID))
                .as("place");
        var due = db.select(SCORE.fields())
                .select(place)
                .from(SCORE)
                .join(COURSE)
                .on(COURSE.TENANT_ID.eq(SCORE.TENANT_ID), COURSE.ID.eq(SCORE.COURSE_ID))
                .join(DEPLOYMENT)
                .on(
                        DEPLOYMENT.TENANT_ID.eq(COURSE.TENANT_ID),
                        DEPLOYMENT.ID.eq(COURSE.DEPLOYMENT_ID),
                        DEPLOYMENT.ENDED.eq(0))
                .where(SCORE.STATE.eq(State.WAITING.name()), SCORE.DUE_AT.le(now))
                .asTable("due");
        return db.select(due.fields(SCORE.fields()))
                .from(due)
                .where(due.field(place).le(mostOfPlatform))
                .orderBy(due.field(place))
                .fetch(row -> ROW.map(row.into(SCORE)));
    }

    /** What became of a try. A score that changed meanwhile stays due. */
    static void tried(
            DSLContext db,
            Row row,
            State state,
            int status,
            @Nullable String problem,
            Instant dueAt,
            Instant stamp,
            Instant now) {
        db.update(SCORE)
                .set(SCORE.STATE, state.name())
                .set(SCORE.TRIES, row.tries() + 1)
                .set(SCORE.LAST_STATUS, status)
                .set(SCORE.PROBLEM, problem == null ? null : Text.cut(problem, LONGEST_PROBLEM))
                .set(SCORE.DUE_AT, dueAt)
                .set(SCORE.STAMP, stamp)
                .set(SCORE.DELIVERED_AT, state == State.DELIVERED ? now : null)
                .where(
                        SCORE.TENANT_ID.eq(row.tenant()),
                        SCORE.COURSE_ID.eq(row.course()),
                        SCORE.RESOURCE_ID.eq(row.resourceId()),
                        SCORE.ACCOUNT_ID.eq(row.account()),
                        SCORE.NUMBER.eq(row.number()))
                .execute();
    }

    /** How many scores of a tenant are in each state. */
    public static Map<State, Integer> count(DSLContext db, TenantId tenant) {
        return db.select(SCORE.STATE, DSL.count())
                .from(SCORE)
                .where(SCORE.TENANT_ID.eq(tenant))
                .groupBy(SCORE.STATE)
                .fetchMap(row -> State.valueOf(row.value1()), row -> row.value2());
    }

    /** The scores of a tenant that an LMS has not taken, the longest waiting first. */
    public static List<Row> stuck(DSLContext db, TenantId tenant, int most) {
        return db.selectFrom(SCORE)
                .where(SCORE.TENANT_ID.eq(tenant), SCORE.STATE.ne(State.DELIVERED.name()), SCORE.TRIES.gt(0))
                .orderBy(SCORE.STATE, SCORE.STAMP)
                .limit(most)
                .fetch(ROW);
    }

    /** How many scores of each of these tenants are in each state; a tenant without scores is left out. */
    public static Map<TenantId, Map<State, Integer>> count(DSLContext db, Collection<TenantId> tenants) {
        var counts = new HashMap<TenantId, Map<State, Integer>>();
        db.select(SCORE.TENANT_ID, SCORE.STATE, DSL.count())
                .from(SCORE)
                .where(SCORE.TENANT_ID.in(tenants))
                .groupBy(SCORE.TENANT_ID, SCORE.STATE)
                .forEach(row -> counts.computeIfAbsent(row.value1(), id -> new EnumMap<>(State.class))
                        .put(State.valueOf(row.value2()), row.value3()));
        return counts;
    }

    /** Scores of one column that an LMS has not taken, all for the same reason; {@code problem} is null before the first try. */
    public record Pile(
            TenantId tenant,
            CourseId course,
            @Nullable String courseTitle,
            String label,
            State state,
            @Nullable String problem,
            int scores,
            Instant since,
            Instant dueAt) {}

    /** What of these tenants an LMS has not taken, by column and reason; what was refused comes first, then the longest waiting. */
    public static List<Pile> piles(DSLContext db, Collection<TenantId> tenants, int most) {
        var since = DSL.min(SCORE.STAMP);
        return db.select(
                        SCORE.TENANT_ID,
                        SCORE.COURSE_ID,
                        COURSE.TITLE,
                        SCORE.LABEL,
                        SCORE.STATE,
                        SCORE.PROBLEM,
                        DSL.count(),
                        since,
                        DSL.min(SCORE.DUE_AT))
                .from(SCORE)
                .join(COURSE)
                .on(COURSE.TENANT_ID.eq(SCORE.TENANT_ID), COURSE.ID.eq(SCORE.COURSE_ID))
                .where(SCORE.TENANT_ID.in(tenants), SCORE.STATE.ne(State.DELIVERED.name()))
                .groupBy(SCORE.TENANT_ID, SCORE.COURSE_ID, COURSE.TITLE, SCORE.LABEL, SCORE.STATE, SCORE.PROBLEM)
                .orderBy(SCORE.STATE, since)
                .limit(most)
                .fetch(row -> new Pile(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        State.valueOf(row.value5()),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        row.value9()));
    }

    /** Makes everything that was refused due again; returns how many there were. */
    public static int replay(DSLContext db, TenantId tenant, Instant now) {
        return db.update(SCORE)
                .set(SCORE.STATE, State.WAITING.name())
                .set(SCORE.TRIES, 0)
                .set(SCORE.DUE_AT, now)
                .where(SCORE.TENANT_ID.eq(tenant), SCORE.STATE.ne(State.DELIVERED.name()))
                .execute();
    }

    /** When a course's gradebook last took a score; null where it never has. */
    public static @Nullable Instant lastDelivered(DSLContext db, TenantId tenant, CourseId course) {
        return db.select(max(SCORE.DELIVERED_AT))
                .from(SCORE)
                .where(SCORE.TENANT_ID.eq(tenant), SCORE.COURSE_ID.eq(course))
                .fetchOne(row -> row.value1());
    }

    /** Now, or a second after the one before, if that is later: Moodle and Open edX refuse what is not later in whole seconds. */
    static Instant later(Instant now, Instant before) {
        var next = before.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1));
        return now.isBefore(next) ? next : now;
    }

    private static ScoreRecord row(TenantId tenant, Wanted wanted, Instant now) {
        var row = new ScoreRecord();
        row.setTenantId(tenant);
        row.setCourseId(wanted.course());
        row.setResourceId(wanted.resourceId());
        row.setAccountId(wanted.account());
        row.setLabel(wanted.label());
        row.setGiven(wanted.given());
        row.setMaximum(wanted.maximum());
        row.setNumber(1);
        row.setStamp(now);
        row.setState(State.WAITING.name());
        row.setTries(0);
        row.setDueAt(now);
        return row;
    }
}

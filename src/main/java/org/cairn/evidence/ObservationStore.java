package org.cairn.evidence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.OBSERVATION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.replace;
import static org.jooq.impl.DSL.substring;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.ActivityId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.ObservationRecord;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jooq.Records;
import org.jspecify.annotations.Nullable;

/** Reports as received; nothing is ever changed or removed. */
public final class ObservationStore {

    private ObservationStore() {}

    /** One stored report. */
    record Row(
            AccountId account,
            ActivityId activity,
            Source source,
            int attempt,
            Instant reportedAt,
            String reported,
            @Nullable Instant doneAt) {}

    private static final RecordMapper<
                    org.jooq.Record7<AccountId, ActivityId, String, Integer, Instant, String, Instant>, Row>
            ROW = Records.mapping((account, activity, source, attempt, reportedAt, reported, doneAt) ->
            new Row(account, activity, Source.valueOf(source), attempt, reportedAt, reported, doneAt));

    static List<Row> list(
            DSLContext db, TenantId tenant, Collection<AccountId> accounts, Collection<ActivityId> activities) {
        return list(
                db,
                OBSERVATION
                        .TENANT_ID
                        .eq(tenant)
                        .and(OBSERVATION.ACCOUNT_ID.in(accounts))
                        .and(OBSERVATION.ACTIVITY_ID.in(activities)));
    }

    /** All reports about an activity, whomever they are about. */
    static List<Row> list(DSLContext db, TenantId tenant, ActivityId activity) {
        return list(db, OBSERVATION.TENANT_ID.eq(tenant).and(OBSERVATION.ACTIVITY_ID.eq(activity)));
    }

    /** The accounts that an activity has reports about. */
    public static List<Account> accounts(DSLContext db, TenantId tenant, ActivityId activity) {
        return db.selectDistinct(AccountStore.ACCOUNT_FIELDS)
                .from(OBSERVATION)
                .join(ACCOUNT)
                .on(ACCOUNT.TENANT_ID.eq(OBSERVATION.TENANT_ID), ACCOUNT.ID.eq(OBSERVATION.ACCOUNT_ID))
                .where(OBSERVATION.TENANT_ID.eq(tenant), OBSERVATION.ACTIVITY_ID.eq(activity))
                .fetch(AccountStore.ACCOUNT_ROW);
    }

    static void append(DSLContext db, List<ObservationRecord> rows) {
        db.batchInsert(rows).execute();
    }

    /** What a source last said of an activity, by sub: as exact text, for comparing a whole snapshot at once. */
    public static Map<String, String> latest(DSLContext db, TenantId tenant, ActivityId activity, Source source) {
        return db
                .select(ACCOUNT.SUB, OBSERVATION.REPORTED)
                .from(OBSERVATION)
                .join(ACCOUNT)
                .on(ACCOUNT.TENANT_ID.eq(OBSERVATION.TENANT_ID), ACCOUNT.ID.eq(OBSERVATION.ACCOUNT_ID))
                .where(
                        OBSERVATION.TENANT_ID.eq(tenant),
                        OBSERVATION.ACTIVITY_ID.eq(activity),
                        OBSERVATION.SOURCE.eq(source.name()))
                .orderBy(OBSERVATION.REPORTED_AT, OBSERVATION.ID)
                .fetch()
                .stream()
                .collect(java.util.stream.Collectors.toMap(r -> r.value1(), r -> r.value2(), (a, b) -> b));
    }

    /** What these activities were ever graded out of: the one that was reported last comes last. What was never graded is left out. */
    public static Map<ActivityId, List<BigDecimal>> maxima(
            DSLContext db, TenantId tenant, Collection<ActivityId> activities) {
        // The text of a grade is "18.5/20", or "18.5/20 unfinished".
        var slash = position(OBSERVATION.REPORTED, inline("/"));
        var maximum = replace(
                substring(OBSERVATION.REPORTED, slash.plus(inline(1))), inline(Reported.UNFINISHED), inline(""));
        return db
                .select(OBSERVATION.ACTIVITY_ID, maximum, max(OBSERVATION.REPORTED_AT))
                .from(OBSERVATION)
                .where(OBSERVATION.TENANT_ID.eq(tenant), OBSERVATION.ACTIVITY_ID.in(activities), slash.gt(inline(0)))
                .groupBy(OBSERVATION.ACTIVITY_ID, maximum)
                .orderBy(max(OBSERVATION.REPORTED_AT), maximum)
                .fetch()
                .stream()
                .collect(groupingBy(row -> row.value1(), mapping(row -> new BigDecimal(row.value2()), toList())));
    }

    /** Who has been reported on in any of these activities. */
    public static Set<LearnerId> learners(DSLContext db, TenantId tenant, Collection<ActivityId> activities) {
        return db.selectDistinct(ACCOUNT.LEARNER_ID)
                .from(OBSERVATION)
                .join(ACCOUNT)
                .on(ACCOUNT.TENANT_ID.eq(OBSERVATION.TENANT_ID), ACCOUNT.ID.eq(OBSERVATION.ACCOUNT_ID))
                .where(OBSERVATION.TENANT_ID.eq(tenant), OBSERVATION.ACTIVITY_ID.in(activities))
                .fetchSet(ACCOUNT.LEARNER_ID);
    }

    /** Of whom something in any of these activities is reported that was done, or if that is not said reported, from the one instant until before the other. */
    public static Set<LearnerId> learners(
            DSLContext db, TenantId tenant, Collection<ActivityId> activities, Instant from, Instant to) {
        var at = coalesce(OBSERVATION.DONE_AT, OBSERVATION.REPORTED_AT);
        return db.selectDistinct(ACCOUNT.LEARNER_ID)
                .from(OBSERVATION)
                .join(ACCOUNT)
                .on(ACCOUNT.TENANT_ID.eq(OBSERVATION.TENANT_ID), ACCOUNT.ID.eq(OBSERVATION.ACCOUNT_ID))
                .where(OBSERVATION.TENANT_ID.eq(tenant), OBSERVATION.ACTIVITY_ID.in(activities), at.ge(from), at.lt(to))
                .fetchSet(ACCOUNT.LEARNER_ID);
    }

    private static List<Row> list(DSLContext db, Condition condition) {
        return db.select(
                        OBSERVATION.ACCOUNT_ID,
                        OBSERVATION.ACTIVITY_ID,
                        OBSERVATION.SOURCE,
                        OBSERVATION.ATTEMPT,
                        OBSERVATION.REPORTED_AT,
                        OBSERVATION.REPORTED,
                        OBSERVATION.DONE_AT)
                .from(OBSERVATION)
                .where(condition)
                .fetch(ROW);
    }
}

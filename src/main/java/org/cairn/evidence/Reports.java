package org.cairn.evidence;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairn.AccountId;
import org.cairn.ActivityId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.ObservationRecord;
import org.cairn.rule.Fact;
import org.jooq.DSLContext;

/**
 * All reports about some accounts and activities, as one transaction sees them: read once, added to, saved once. For one thread, and
 * only while those accounts' learners are locked.
 */
public final class Reports {

    /**
     * The total order in which reports of one attempt replace each other. It never looks at when a report arrived, so any order of
     * arrival ends alike; of two that contradict each other at the same instant the one with the greater text stands.
     */
    private static final Comparator<ObservationStore.Row> STANDING = Comparator.comparing(
                    ObservationStore.Row::reportedAt)
            .thenComparing(ObservationStore.Row::source)
            .thenComparing(ObservationStore.Row::reported);

    private record Subject(AccountId account, ActivityId activity) {}

    private final TenantId tenant;
    private final Map<Subject, List<ObservationStore.Row>> rows = new HashMap<>();
    private final List<ObservationRecord> added = new ArrayList<>();

    private Reports(TenantId tenant) {
        this.tenant = tenant;
    }

    public static Reports load(
            DSLContext db, TenantId tenant, Collection<AccountId> accounts, Collection<ActivityId> activities) {
        var reports = new Reports(tenant);
        if (!accounts.isEmpty() && !activities.isEmpty()) {
            ObservationStore.list(db, tenant, accounts, activities).forEach(reports::keep);
        }
        return reports;
    }

    /** Whatever was reported about these activities, whomever it is about; to be read, not added to. */
    public static Reports about(DSLContext db, TenantId tenant, Collection<ActivityId> activities) {
        var reports = new Reports(tenant);
        // One activity at a time: of an index over tenant and activity H2 uses the second column only for a single
        // value.
        activities.forEach(
                activity -> ObservationStore.list(db, tenant, activity).forEach(reports::keep));
        return reports;
    }

    /** Adds a report, and says whether it told anything new. */
    public boolean add(AccountId account, ActivityId activity, Source source, Observation observation, Instant now) {
        var row = new ObservationStore.Row(
                account,
                activity,
                source,
                observation.attempt(),
                observation.reportedAt(),
                observation.reported().text(),
                observation.doneAt());
        if (isRepeated(row)) {
            return false;
        }
        keep(row);
        added.add(new ObservationRecord(
                UuidCreator.getTimeOrderedEpoch(),
                tenant,
                account,
                activity,
                source.name(),
                row.attempt(),
                row.reportedAt(),
                row.reported(),
                row.doneAt(),
                now));
        return true;
    }

    /** Writes what was added. */
    public void save(DSLContext db) {
        ObservationStore.append(db, added);
        added.clear();
    }

    /** What stands now of these accounts' attempts at an activity, by attempt. */
    public List<Fact> facts(Collection<AccountId> accounts, ActivityId activity) {
        var facts = new ArrayList<Fact>();
        for (var account : accounts) {
            var attempts = new TreeMap<Integer, List<ObservationStore.Row>>();
            for (var row : rows.getOrDefault(new Subject(account, activity), List.of())) {
                attempts.computeIfAbsent(row.attempt(), attempt -> new ArrayList<>())
                        .add(row);
            }
            attempts.values().forEach(attempt -> facts.add(fact(attempt)));
        }
        return facts;
    }

    private void keep(ObservationStore.Row row) {
        rows.computeIfAbsent(new Subject(row.account(), row.activity()), subject -> new ArrayList<>())
                .add(row);
    }

    private boolean isRepeated(ObservationStore.Row row) {
        var known = rows.getOrDefault(new Subject(row.account(), row.activity()), List.of()).stream()
                .filter(other -> other.source() == row.source() && other.attempt() == row.attempt());
        if (row.source().isSnapshot()) {
            return known.max(STANDING)
                    .filter(last -> last.reported().equals(row.reported()))
                    .isPresent();
        }
        return known.anyMatch(other ->
                other.reportedAt().equals(row.reportedAt()) && other.reported().equals(row.reported()));
    }

    private static Fact fact(List<ObservationStore.Row> attempt) {
        var standing = Collections.max(attempt, STANDING);
        var reported = Reported.of(standing.reported());
        // A mark that is corrected after a deadline was still earned before it, unless its source says when the work
        // was done.
        var first = Collections.min(attempt, STANDING).reportedAt();
        return new Fact(
                standing.attempt(),
                reported.state(),
                reported.score(),
                reported.maximum(),
                reported.isComplete(),
                standing.doneAt() == null ? first : standing.doneAt(),
                standing.source().strength());
    }
}

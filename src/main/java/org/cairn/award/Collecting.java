package org.cairn.award;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.cairn.AccountId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.Activity;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Observation;
import org.cairn.evidence.ObservationStore;
import org.cairn.evidence.Reported;
import org.cairn.evidence.Source;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.GroupStore;
import org.cairn.lti.MemberStore;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.service.Gradebook;
import org.cairn.lti.service.Groups;
import org.cairn.lti.service.OwnColumns;
import org.cairn.lti.service.Roster;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.people.TenantStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the LMS what it does not send by itself: the grades in Cairn's own columns, and who is in a course. Calls out first, and then
 * records like any other source. Safe for many threads and nodes.
 */
public final class Collecting {

    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

    /** Rosters change rarely and are long. */
    private static final Duration ROSTER = Duration.ofMinutes(10);

    /** Several at once, and few enough that no LMS takes us for an attack. */
    private static final int AT_ONCE = 4;

    private static final int BATCH = 500;

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Gradebook gradebook;
    private final OwnColumns columns;
    private final Roster roster;
    private final Groups groups;
    private final Clock clock;

    public Collecting(
            Database database,
            Catalogues catalogues,
            Awarding awarding,
            Gradebook gradebook,
            Roster roster,
            Groups groups,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.gradebook = gradebook;
        this.columns = new OwnColumns(database, gradebook, clock);
        this.roster = roster;
        this.groups = groups;
        this.clock = clock;
    }

    /** A course with everything that is needed to ask about it. {@code columns} are by resource id, titles by activity. */
    private record Target(
            Platform platform,
            Deployment deployment,
            Course course,
            Map<String, Activity> columns,
            Map<org.cairn.ActivityId, String> titles,
            @Nullable Instant rosterAt) {}

    /** Checks every launched course of every tenant, four at a time. What fails is kept with its course and hinders no other. */
    public void collectAll() {
        var courses = database.inTransaction(db -> TenantStore.list(db).stream()
                .flatMap(tenant -> CourseStore.launched(db, tenant.id()).stream())
                .toList());
        try (var workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            courses.forEach(course -> workers.execute(() -> collect(course.tenant(), course.id(), false)));
        }
    }

    /**
     * Checks one course: its roster if {@code withRoster} or it is ten minutes old, and the grades of Cairn's columns. What went wrong is
     * kept as a sentence for its pages, and not thrown. Of a deployment that is another tenant's now, nothing is asked.
     */
    public void collect(TenantId tenant, CourseId course, boolean withRoster) {
        database.inTransaction(db -> target(db, tenant, course)).ifPresent(target -> collect(target, withRoster));
    }

    private void collect(Target target, boolean withRoster) {
        var tenant = target.course().tenant();
        var course = target.course().id();
        var problem = Optional.<String>empty();
        var rosterAt = target.rosterAt();
        try {
            if (withRoster || rosterAt == null || clock.instant().isAfter(rosterAt.plus(ROSTER))) {
                readRoster(target);
                rosterAt = clock.instant();
            }
            readColumns(target);
        } catch (Problem e) {
            LOG.warn("course {} not fully checked: {} {}", course, e.code(), e.sentence());
            problem = Optional.of(e.sentence());
        }
        var sentence = problem.orElse(null);
        var readAt = rosterAt;
        database.inTransaction(db -> {
            CollectionStore.save(db, tenant, course, clock.instant(), sentence, readAt);
            return null;
        });
    }

    private Optional<Target> target(DSLContext db, TenantId tenant, CourseId id) {
        var course = CourseStore.get(db, tenant, id);
        return PlatformStore.findDeployment(db, List.of(tenant), course.deployment())
                .map(deployment -> target(db, deployment, course));
    }

    private Target target(DSLContext db, Deployment deployment, Course course) {
        var tenant = course.tenant();
        var titles = new HashMap<org.cairn.ActivityId, String>();
        catalogues.current(db, tenant).attachments(course.id()).stream()
                .map(Attachment::bindings)
                .forEach(bindings -> bindings.values().forEach(bound -> titles.put(bound.activity(), bound.title())));
        return new Target(
                PlatformStore.get(db, deployment.platform()),
                deployment,
                course,
                ActivityStore.columns(db, tenant, course.id()),
                titles,
                CollectionStore.find(db, tenant, course.id())
                        .map(CollectionStore.Collection::rosterAt)
                        .orElse(null));
    }

    private void readRoster(Target target) {
        var memberships = target.course().memberships();
        if (memberships == null) {
            return;
        }
        var asked = clock.instant();
        var names = groupNames(target);
        var read = roster.read(target.platform(), memberships, names.isPresent());
        var now = clock.instant();
        database.inTransaction(db -> {
            var accounts = AccountStore.findOrCreate(
                    db,
                    target.course().tenant(),
                    target.platform().id(),
                    read.members().stream().map(Roster.Member::person).toList(),
                    now);
            keepMembers(db, target, read, accounts, asked, now);
            if (read.isWhole()) {
                names.ifPresent(known -> GroupStore.replace(db, target.course(), known, groupMembers(read, accounts)));
            }
            var catalogue = catalogues.current(db, target.course().tenant());
            Columns.settle(db, catalogue, target.course().id(), now);
            return null;
        });
    }

    /** The roster matters more: groups that cannot be read leave those that are known as they are. */
    private Optional<Map<String, String>> groupNames(Target target) {
        try {
            return Optional.ofNullable(target.course().groups()).flatMap(url -> groups.read(target.platform(), url));
        } catch (Problem problem) {
            LOG.warn("groups of course {} not read: {}", target.course().id(), problem.code());
            return Optional.empty();
        }
    }

    /** Of 40,000 people, only those are written who came, left or changed their role since the last reading. */
    private static void keepMembers(
            DSLContext db,
            Target target,
            Roster.Members read,
            Map<String, Account> accounts,
            Instant asked,
            Instant now) {
        var before = MemberStore.members(
                db, target.course().tenant(), target.course().id());
        var left = new HashSet<>(before.keySet());
        var changed = new HashMap<AccountId, Role>();
        for (var member : read.members()) {
            var account =
                    Objects.requireNonNull(accounts.get(member.person().sub())).id();
            var known = before.get(account);
            left.remove(account);
            if (known == null || isNews(target.platform(), known, member.role())) {
                changed.put(account, member.role());
            }
        }
        MemberStore.join(db, target.course(), changed, now);
        if (read.isWhole()) {
            MemberStore.leave(db, target.course(), left, asked);
        }
    }

    // Moodle lists its non-editing teachers as learners; a launch tells more.
    private static boolean isNews(Platform platform, Role known, Role listed) {
        boolean isLess = platform.product().equals("moodle") && listed == Role.LEARNER && known.seesCourse();
        return known != listed && !isLess;
    }

    private static Map<String, Set<AccountId>> groupMembers(Roster.Members read, Map<String, Account> accounts) {
        var members = new HashMap<String, Set<AccountId>>();
        for (var member : read.members()) {
            var account =
                    Objects.requireNonNull(accounts.get(member.person().sub())).id();
            member.groups()
                    .forEach(group -> members.computeIfAbsent(group, id -> new HashSet<>())
                            .add(account));
        }
        return members;
    }

    private void readColumns(Target target) {
        if (target.columns().isEmpty() || !Gradebook.isOpen(target.course())) {
            return;
        }
        Problem missing = null;
        for (var entry : target.columns().entrySet()) {
            try {
                readColumn(target, entry.getKey(), entry.getValue());
            } catch (Problem problem) {
                if (!problem.code().equals("columns_not_allowed")) {
                    throw problem;
                }
                // The course's other columns may be there.
                missing = problem;
            }
        }
        if (missing != null) {
            throw missing;
        }
    }

    private void readColumn(Target target, String resourceId, Activity activity) {
        var label = target.titles().getOrDefault(activity.id(), resourceId);
        int maximum = activity.columnMaximum() == null ? 100 : activity.columnMaximum();
        var column = columns.get(target.platform(), target.course(), label, maximum, resourceId);
        var results = gradebook.results(target.platform(), column);
        if (results.isEmpty()) {
            // The column is gone from the LMS; the next check makes it again.
            columns.forget(target.course(), resourceId);
        } else {
            record(target, resourceId, activity, results.get());
        }
    }

    /** Of a whole snapshot, only what differs from the last one goes on its way: mostly nothing, of 40,000 learners. */
    private void record(Target target, String resourceId, Activity activity, List<Gradebook.Result> results) {
        var now = clock.instant();
        var last = database.inTransaction(
                db -> ObservationStore.latest(db, target.course().tenant(), activity.id(), Source.COLUMN));
        var changed = new ArrayList<Observation>();
        for (var result : results) {
            reported(result).ifPresent(reported -> {
                var before = last.get(result.sub());
                // Somebody listed without a score who never had one has lost nothing.
                boolean isNews = before == null
                        ? !reported.equals(Reported.CLEARED)
                        : !reported.text().equals(before);
                if (isNews) {
                    changed.add(new Observation(resourceId, result.sub(), 1, reported, now, null));
                }
            });
        }
        for (int from = 0; from < changed.size(); from += BATCH) {
            awarding.record(
                    target.deployment(),
                    target.course().contextId(),
                    Source.COLUMN,
                    changed.subList(from, Math.min(from + BATCH, changed.size())));
        }
    }

    private static Optional<Reported> reported(Gradebook.Result result) {
        try {
            return Optional.of(
                    result.score() == null ? Reported.CLEARED : Reported.graded(result.score(), result.maximum()));
        } catch (IllegalArgumentException e) {
            LOG.warn("a result was left out: {}", e.getMessage());
            return Optional.empty();
        }
    }
}

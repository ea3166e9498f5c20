package org.cairn.lti;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.COURSE_ORIGIN;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.PLACEMENT;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.PlacementId;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.db.schema.tables.records.CourseOriginRecord;
import org.cairn.db.schema.tables.records.CourseRecord;
import org.cairn.db.schema.tables.records.MemberRecord;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Courses, the placements of Cairn in them, who is in them, and the gradebook columns that Cairn made there. */
public final class CourseStore {

    static final List<Field<?>> COURSE_FIELDS = List.of(
            COURSE.ID,
            COURSE.TENANT_ID,
            COURSE.DEPLOYMENT_ID,
            COURSE.CONTEXT_ID,
            COURSE.TITLE,
            COURSE.MEMBERSHIPS_URL,
            COURSE.LINE_ITEMS_URL,
            COURSE.SCOPES,
            COURSE.GROUPS_URL,
            COURSE.LAUNCHED_AT);

    static final RecordMapper<Record, Course> COURSE_ROW = row -> new Course(
            row.get(COURSE.ID),
            row.get(COURSE.TENANT_ID),
            row.get(COURSE.DEPLOYMENT_ID),
            row.get(COURSE.CONTEXT_ID),
            row.get(COURSE.TITLE),
            uri(row.get(COURSE.MEMBERSHIPS_URL)),
            uri(row.get(COURSE.LINE_ITEMS_URL)),
            row.get(COURSE.SCOPES) == null ? Set.of() : Text.words(row.get(COURSE.SCOPES)),
            uri(row.get(COURSE.GROUPS_URL)),
            row.get(COURSE.LAUNCHED_AT));

    static final List<Field<?>> PLACEMENT_FIELDS = List.of(
            PLACEMENT.ID,
            PLACEMENT.TENANT_ID,
            PLACEMENT.COURSE_ID,
            PLACEMENT.RESOURCE_LINK_ID,
            PLACEMENT.TITLE,
            PLACEMENT.ACHIEVEMENT_ID);

    static final RecordMapper<Record, Placement> PLACEMENT_ROW = row -> new Placement(
            row.get(PLACEMENT.ID),
            row.get(PLACEMENT.TENANT_ID),
            row.get(PLACEMENT.COURSE_ID),
            row.get(PLACEMENT.RESOURCE_LINK_ID),
            row.get(PLACEMENT.TITLE),
            row.get(PLACEMENT.ACHIEVEMENT_ID));

    /** How exactly it is kept when a course was last launched: not every launch writes its course's row. */
    private static final Duration SEEN = Duration.ofMinutes(10);

    private static final int MOST_ORIGINS = 20;
    private static final int CHUNK = 1000;

    private CourseStore() {}

    /** The course of this context, made when missing: grades may arrive before anybody launches. */
    public static Course findOrCreate(
            DSLContext db, TenantId tenant, DeploymentId deployment, String contextId, Instant now) {
        var found = find(db, tenant, deployment, contextId);
        if (found.isPresent()) {
            return found.get();
        }
        db.insertInto(COURSE)
                .set(COURSE.ID, CourseId.fresh())
                .set(COURSE.TENANT_ID, tenant)
                .set(COURSE.DEPLOYMENT_ID, deployment)
                .set(COURSE.CONTEXT_ID, contextId)
                .set(COURSE.CREATED_AT, now)
                .execute();
        return find(db, tenant, deployment, contextId).orElseThrow();
    }

    public static Course get(DSLContext db, TenantId tenant, CourseId course) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.ID.eq(course))
                .fetchSingle(COURSE_ROW);
    }

    public static List<Course> list(DSLContext db, TenantId tenant, Collection<CourseId> courses) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.ID.in(courses))
                .fetch(COURSE_ROW);
    }

    /** The courses of these LMS's ids, whatever their deployment. */
    public static List<Course> called(DSLContext db, TenantId tenant, Collection<String> contextIds) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.CONTEXT_ID.in(contextIds))
                .fetch(COURSE_ROW);
    }

    public static Optional<Course> find(DSLContext db, TenantId tenant, DeploymentId deployment, String contextId) {
        return db.selectFrom(COURSE)
                .where(
                        COURSE.TENANT_ID.eq(tenant),
                        COURSE.DEPLOYMENT_ID.eq(deployment),
                        COURSE.CONTEXT_ID.eq(contextId))
                .fetchOptional(COURSE_ROW);
    }

    /**
     * The course of a launch, with what the launch says of it. A service that it does not offer is not forgotten: only some launches
     * offer each. Writes only what differs.
     */
    static Course arrive(DSLContext db, Deployment deployment, @Nullable Course known, Launch launch, Instant now) {
        var course =
                known != null ? known : findOrCreate(db, deployment.tenant(), deployment.id(), launch.courseKey(), now);
        var offer = launch.offer();
        var said = new CourseRecord();
        if (differs(launch.contextTitle(), course.title())) {
            said.setTitle(launch.contextTitle());
        }
        if (differs(offer.memberships(), course.memberships())) {
            said.setMembershipsUrl(String.valueOf(offer.memberships()));
        }
        if (offer.lineItems() != null
                && (differs(offer.lineItems(), course.lineItems())
                        || !offer.scopes().equals(course.scopes()))) {
            said.setLineItemsUrl(offer.lineItems().toString());
            said.setScopes(offer.scopes().stream().sorted().collect(Collectors.joining(" ")));
        }
        if (differs(offer.groups(), course.groups())) {
            said.setGroupsUrl(String.valueOf(offer.groups()));
        }
        boolean isSeen =
                course.launchedAt() != null && now.isBefore(course.launchedAt().plus(SEEN));
        if (isSeen && !said.touched()) {
            return course;
        }
        said.setLaunchedAt(now);
        db.update(COURSE)
                .set(said)
                .where(COURSE.TENANT_ID.eq(course.tenant()), COURSE.ID.eq(course.id()))
                .execute();
        return get(db, course.tenant(), course.id());
    }

    /** The course that a notice speaks of, made when missing: its title is the notice's until a launch says better. */
    static Course announce(
            DSLContext db, Deployment deployment, String contextId, @Nullable String title, Instant now) {
        var course = findOrCreate(db, deployment.tenant(), deployment.id(), contextId, now);
        if (title == null || course.title() != null) {
            return course;
        }
        db.update(COURSE)
                .set(COURSE.TITLE, title)
                .where(COURSE.TENANT_ID.eq(course.tenant()), COURSE.ID.eq(course.id()))
                .execute();
        return get(db, course.tenant(), course.id());
    }

    private static boolean differs(@Nullable Object said, @Nullable Object known) {
        return said != null && !said.equals(known);
    }

    /**
     * The placement of a launch's resource link: {@code found}, or made where that is null. What it is about is believed only from our own
     * deep links, this one's or that of a link that it was copied from.
     */
    static Placement place(DSLContext db, Course course, @Nullable Placement found, Launch launch, Instant now) {
        if (found != null && found.achievement() != null) {
            return found;
        }
        var about = DeepLinking.achievement(launch, course.tenant());
        if (about == null) {
            about = originAchievement(db, course, launch.history(Launch.RESOURCE_LINK_HISTORY));
        }
        if (found != null && about == null) {
            return found;
        }
        var isThis = PLACEMENT
                .TENANT_ID
                .eq(course.tenant())
                .and(PLACEMENT.COURSE_ID.eq(course.id()))
                .and(PLACEMENT.RESOURCE_LINK_ID.eq(launch.linkKey()));
        if (found != null) {
            db.update(PLACEMENT)
                    .set(PLACEMENT.ACHIEVEMENT_ID, about)
                    .where(isThis)
                    .execute();
            return db.selectFrom(PLACEMENT).where(isThis).fetchSingle(PLACEMENT_ROW);
        }
        db.insertInto(PLACEMENT)
                .set(PLACEMENT.ID, PlacementId.fresh())
                .set(PLACEMENT.TENANT_ID, course.tenant())
                .set(PLACEMENT.COURSE_ID, course.id())
                .set(PLACEMENT.RESOURCE_LINK_ID, launch.linkKey())
                .set(PLACEMENT.TITLE, launch.resourceLinkTitle())
                .set(PLACEMENT.ACHIEVEMENT_ID, about)
                .set(PLACEMENT.CREATED_AT, now)
                .execute();
        return db.selectFrom(PLACEMENT).where(isThis).fetchSingle(PLACEMENT_ROW);
    }

    /** What the nearest link of the same deployment is about, of those that this one was copied from; null where none says. */
    private static @Nullable AchievementId originAchievement(DSLContext db, Course course, List<String> links) {
        if (links.isEmpty()) {
            return null;
        }
        var known = db.select(PLACEMENT.RESOURCE_LINK_ID, PLACEMENT.ACHIEVEMENT_ID)
                .from(PLACEMENT)
                .join(COURSE)
                .on(COURSE.TENANT_ID.eq(PLACEMENT.TENANT_ID), COURSE.ID.eq(PLACEMENT.COURSE_ID))
                .where(
                        PLACEMENT.TENANT_ID.eq(course.tenant()),
                        COURSE.DEPLOYMENT_ID.eq(course.deployment()),
                        PLACEMENT.RESOURCE_LINK_ID.in(links),
                        PLACEMENT.ACHIEVEMENT_ID.isNotNull())
                .fetchGroups(PLACEMENT.RESOURCE_LINK_ID, PLACEMENT.ACHIEVEMENT_ID);
        return links.stream()
                .flatMap(link -> known.getOrDefault(link, List.of()).stream())
                .findFirst()
                .orElse(null);
    }

    public static Placement getPlacement(DSLContext db, TenantId tenant, PlacementId placement) {
        return db.selectFrom(PLACEMENT)
                .where(PLACEMENT.TENANT_ID.eq(tenant), PLACEMENT.ID.eq(placement))
                .fetchSingle(PLACEMENT_ROW);
    }

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
        for (var some : chunks(accounts)) {
            db.deleteFrom(MEMBER)
                    .where(
                            MEMBER.TENANT_ID.eq(course.tenant()),
                            MEMBER.COURSE_ID.eq(course.id()),
                            MEMBER.ACCOUNT_ID.in(some),
                            condition)
                    .execute();
        }
    }

    /** Few enough for one statement: of 40,000 parameters a database makes no good plan, and of more none at all. */
    static <T> List<List<T>> chunks(Collection<T> all) {
        var list = List.copyOf(all);
        return IntStream.range(0, (list.size() + CHUNK - 1) / CHUNK)
                .mapToObj(i -> list.subList(i * CHUNK, Math.min(list.size(), (i + 1) * CHUNK)))
                .toList();
    }

    /** The course of a deployment that was launched last; empty where none was. */
    public static Optional<Course> lastLaunched(DSLContext db, Deployment deployment) {
        return db.selectFrom(COURSE)
                .where(
                        COURSE.TENANT_ID.eq(deployment.tenant()),
                        COURSE.DEPLOYMENT_ID.eq(deployment.id()),
                        COURSE.LAUNCHED_AT.isNotNull())
                .orderBy(COURSE.LAUNCHED_AT.desc(), COURSE.ID)
                .limit(1)
                .fetchOptional(COURSE_ROW);
    }

    /** The courses of a tenant that somebody has launched. */
    public static List<Course> launched(DSLContext db, TenantId tenant) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.LAUNCHED_AT.isNotNull())
                .fetch(COURSE_ROW);
    }

    /**
     * Keeps that a course was copied from these contexts of its deployment, the nearest first. What is said now comes before what was said
     * earlier, so that a launch, which knows the whole history, and a notice, which knows the last step, end alike in any order. What a
     * teacher has settled stays settled. Writes only what differs.
     */
    static void copied(DSLContext db, Course course, List<String> origins, Instant now) {
        var known = db.selectFrom(COURSE_ORIGIN)
                .where(COURSE_ORIGIN.TENANT_ID.eq(course.tenant()), COURSE_ORIGIN.COURSE_ID.eq(course.id()))
                .orderBy(COURSE_ORIGIN.POSITION)
                .fetchMap(COURSE_ORIGIN.ORIGIN_CONTEXT_ID);
        int room = MOST_ORIGINS - known.size();
        var ordered = new LinkedHashMap<String, CourseOriginRecord>();
        for (var origin : origins) {
            boolean isOne = !origin.isBlank()
                    && origin.length() <= 255
                    && Text.isKept(origin)
                    && !origin.equals(course.contextId());
            if (known.containsKey(origin)) {
                ordered.put(origin, known.get(origin));
            } else if (isOne && !ordered.containsKey(origin) && room-- > 0) {
                ordered.put(origin, origin(db, course, origin, now));
            }
        }
        known.forEach(ordered::putIfAbsent);
        int position = 0;
        for (var row : ordered.values()) {
            if (!Integer.valueOf(position).equals(row.getPosition())) {
                row.setPosition(position);
            }
            position++;
        }
        db.batchStore(ordered.values()).execute();
    }

    private static CourseOriginRecord origin(DSLContext db, Course course, String contextId, Instant now) {
        var row = db.newRecord(COURSE_ORIGIN);
        row.setTenantId(course.tenant());
        row.setCourseId(course.id());
        row.setOriginContextId(contextId);
        row.setFoundAt(now);
        return row;
    }

    /**
     * The known courses that this one was copied from, the nearest first, and theirs in turn: an LMS that only sends notices tells each
     * step by itself. Empty where a teacher has decided about them all.
     */
    public static List<Course> origins(DSLContext db, Course course) {
        var undecided = originIds(db, course.tenant(), Set.of(course.id()), COURSE_ORIGIN.SETTLED_AT.isNull());
        var found = new LinkedHashMap<String, Course>();
        var asked = new LinkedHashSet<>(undecided);
        while (!undecided.isEmpty() && found.size() < MOST_ORIGINS) {
            var courses = list(db, course.tenant(), course.deployment(), undecided);
            undecided.stream().filter(courses::containsKey).forEach(id -> found.putIfAbsent(id, courses.get(id)));
            var ids = courses.values().stream().map(Course::id).collect(Collectors.toSet());
            undecided = originIds(db, course.tenant(), ids, DSL.noCondition()).stream()
                    .filter(id -> !id.equals(course.contextId()) && asked.add(id))
                    .toList();
        }
        return List.copyOf(found.values());
    }

    private static List<String> originIds(DSLContext db, TenantId tenant, Set<CourseId> courses, Condition condition) {
        return db.select(COURSE_ORIGIN.ORIGIN_CONTEXT_ID)
                .from(COURSE_ORIGIN)
                .where(COURSE_ORIGIN.TENANT_ID.eq(tenant), COURSE_ORIGIN.COURSE_ID.in(courses), condition)
                .orderBy(COURSE_ORIGIN.POSITION)
                .fetch(COURSE_ORIGIN.ORIGIN_CONTEXT_ID);
    }

    /** By context, within one deployment: another one's ids may be the same and mean other courses. */
    private static Map<String, Course> list(
            DSLContext db, TenantId tenant, DeploymentId deployment, Collection<String> contexts) {
        return db.selectFrom(COURSE)
                .where(COURSE.TENANT_ID.eq(tenant), COURSE.DEPLOYMENT_ID.eq(deployment), COURSE.CONTEXT_ID.in(contexts))
                .fetchMap(COURSE.CONTEXT_ID, COURSE_ROW);
    }

    /** What this course's deep links are about and a teacher has not declined: the LMS copies links along with a course. */
    public static List<AchievementId> linked(DSLContext db, TenantId tenant, CourseId course) {
        return db.selectDistinct(PLACEMENT.ACHIEVEMENT_ID)
                .from(PLACEMENT)
                .where(
                        PLACEMENT.TENANT_ID.eq(tenant),
                        PLACEMENT.COURSE_ID.eq(course),
                        PLACEMENT.ACHIEVEMENT_ID.isNotNull(),
                        PLACEMENT.DECLINED_AT.isNull())
                .orderBy(PLACEMENT.ACHIEVEMENT_ID)
                .fetch(PLACEMENT.ACHIEVEMENT_ID);
    }

    /** A teacher does not want to be asked about these links again. */
    public static void declineLinks(DSLContext db, TenantId tenant, CourseId course, Instant now) {
        db.update(PLACEMENT)
                .set(PLACEMENT.DECLINED_AT, now)
                .where(
                        PLACEMENT.TENANT_ID.eq(tenant),
                        PLACEMENT.COURSE_ID.eq(course),
                        PLACEMENT.ACHIEVEMENT_ID.isNotNull(),
                        PLACEMENT.DECLINED_AT.isNull())
                .execute();
    }

    /** A teacher has decided what becomes of the copy. */
    public static void settleOrigins(DSLContext db, TenantId tenant, CourseId course, Instant now) {
        db.update(COURSE_ORIGIN)
                .set(COURSE_ORIGIN.SETTLED_AT, now)
                .where(
                        COURSE_ORIGIN.TENANT_ID.eq(tenant),
                        COURSE_ORIGIN.COURSE_ID.eq(course),
                        COURSE_ORIGIN.SETTLED_AT.isNull())
                .execute();
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null ? null : URI.create(text);
    }
}

package org.cairn.award;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Binding;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Attaches achievements to a course and fills their slots, as a teacher says or as the course it was copied from had it; then decides anew
 * for everybody concerned.
 */
public final class Attaching {

    /** Out of how much a column of Cairn's own is graded, where nobody says otherwise. */
    private static final int MAXIMUM = 100;

    private static final int MOST = 100;

    /**
     * An achievement to attach.
     *
     * @param activities for each slot the LMS's activity, by the name under which its grades are sent; a slot that is not here gets a
     *     gradebook column of Cairn's own
     * @param inGradebook whether the LMS's gradebook is told who holds it
     */
    public record Wanted(
            AchievementId achievement, @Nullable String module, boolean inGradebook, Map<Slot, String> activities) {

        public Wanted {
            activities = Map.copyOf(activities);
        }
    }

    /** A course that this one was copied from, with what is attached there and not here. */
    public record Copy(Course origin, List<Attachment> missing) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Clock clock;

    public Attaching(Database database, Catalogues catalogues, Awarding awarding, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.clock = clock;
    }

    /**
     * Attaches these. What is attached already keeps its slots, and is told to the gradebook from now on if that is wanted.
     *
     * @throws Problem NOT_FOUND where one of them cannot be earned in this tenant, UNPROCESSABLE where a slot is none of its own
     */
    public void attach(TenantId tenant, CourseId course, List<Wanted> wanted) {
        var now = clock.instant();
        database.inTransaction(db -> attach(db, tenant, course, wanted, now));
        decide(tenant, wanted.stream().map(Wanted::achievement).collect(Collectors.toSet()));
    }

    /** What a teacher is asked about after a copy: the nearest course of the same tenant that has more attached than this one has. */
    public Optional<Copy> findCopy(DSLContext db, TenantId tenant, CourseId course) {
        var catalogue = catalogues.current(db, tenant);
        return CourseStore.origins(db, CourseStore.get(db, tenant, course)).stream()
                .map(origin -> new Copy(origin, missing(catalogue, origin.id(), course)))
                .filter(copy -> !copy.missing().isEmpty())
                .findFirst();
    }

    /**
     * Attaches here what the origin has and this course has not. Columns of Cairn's own keep their names, which the LMS copies along;
     * activities of the LMS are those that {@code activities} names for their slots, or else those of the origin's names. Said twice, the
     * second time changes nothing.
     *
     * @throws Problem CONFLICT where nothing is known of such a copy
     */
    public void takeOver(
            TenantId tenant, CourseId course, CourseId origin, Map<AchievementId, Map<Slot, String>> named) {
        var now = clock.instant();
        Set<AchievementId> taken = database.inTransaction(db -> {
            var found = CourseStore.origins(db, CourseStore.get(db, tenant, course)).stream()
                    .filter(one -> one.id().equals(origin))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            Problem.Kind.CONFLICT,
                            "copy_unknown",
                            "This course is not known as a copy of that one any more; reload the page."));
            var wanted = missing(catalogues.current(db, tenant), found.id(), course).stream()
                    .map(attachment -> like(db, tenant, attachment, named))
                    .toList();
            attach(db, tenant, course, wanted, now);
            CourseStore.settleOrigins(db, tenant, course, now);
            return wanted.stream().map(Wanted::achievement).collect(Collectors.toSet());
        });
        decide(tenant, taken);
    }

    /** A teacher says that the copy begins empty. */
    public void beginEmpty(TenantId tenant, CourseId course) {
        var now = clock.instant();
        database.inTransaction(db -> {
            CourseStore.settleOrigins(db, tenant, course, now);
            return null;
        });
    }

    private void decide(TenantId tenant, Set<AchievementId> achievements) {
        if (!achievements.isEmpty()) {
            awarding.reconsider(tenant, achievements);
        }
    }

    private static List<Attachment> missing(Catalogue catalogue, CourseId origin, CourseId course) {
        return catalogue.attachments(origin).stream()
                .filter(attachment -> catalogue.attachment(attachment.achievement(), course) == null)
                .toList();
    }

    private static Wanted like(
            DSLContext db, TenantId tenant, Attachment attachment, Map<AchievementId, Map<Slot, String>> named) {
        var sent = ActivityStore.namesOf(db, tenant, attachment.activities(), Source.PUSH);
        var activities = new HashMap<Slot, String>();
        attachment.bindings().forEach((slot, binding) -> {
            var name = sent.get(binding.activity());
            if (name != null) {
                activities.put(slot, name);
            }
        });
        activities.putAll(named.getOrDefault(attachment.achievement(), Map.of()));
        return new Wanted(attachment.achievement(), attachment.module(), attachment.inGradebook(), activities);
    }

    private boolean attach(DSLContext db, TenantId tenant, CourseId course, List<Wanted> wanted, Instant now) {
        var catalogue = catalogues.current(db, tenant);
        CourseStore.get(db, tenant, course);
        var attachments = new ArrayList<Attachment>();
        int position = catalogue.attachments(course).size();
        if (position + wanted.size() > MOST) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE, "too_many", "At most 100 credentials can be attached to one course.");
        }
        for (var one : wanted) {
            var achievement = achievement(catalogue, one.achievement());
            var known = catalogue.attachment(one.achievement(), course);
            attachments.add(
                    known != null
                            ? new Attachment(
                                    known.id(),
                                    course,
                                    known.achievement(),
                                    known.module(),
                                    known.position(),
                                    known.inGradebook() || one.inGradebook(),
                                    known.bindings())
                            : new Attachment(
                                    AttachmentId.fresh(),
                                    course,
                                    one.achievement(),
                                    one.module(),
                                    ++position,
                                    one.inGradebook(),
                                    bindings(db, tenant, course, achievement, one, now)));
        }
        boolean changed = catalogues.define(db, catalogue.issuer(), Map.of(), attachments, now);
        if (changed) {
            var changedCatalogue = catalogues.current(db, tenant);
            attachments.forEach(attachment -> Columns.settle(db, changedCatalogue, attachment, now));
        }
        return changed;
    }

    private static Achievement achievement(Catalogue catalogue, AchievementId id) {
        try {
            return catalogue.get(id);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "achievement_unknown",
                    "One of the chosen credentials is not offered here any more; reload the page and choose again.");
        }
    }

    private static Map<Slot, Binding> bindings(
            DSLContext db, TenantId tenant, CourseId course, Achievement achievement, Wanted wanted, Instant now) {
        var slots = achievement.definition().rule().slots();
        if (!slots.containsAll(wanted.activities().keySet())) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "slot_unknown",
                    "\"%s\" does not ask for that activity any more; reload the page and choose again."
                            .formatted(achievement.name()));
        }
        var bindings = new HashMap<Slot, Binding>();
        for (var slot : slots) {
            var title = achievement.definition().slots().getOrDefault(slot, slot.name());
            var named = wanted.activities().get(slot);
            var source = named == null ? Source.COLUMN : Source.PUSH;
            var name = named == null ? achievement.id() + "/" + slot.name() : named;
            var activity = ActivityStore.findOrCreate(db, tenant, course, source, Set.of(name), now)
                    .get(name);
            if (activity == null) {
                throw new IllegalStateException("An activity that was just made is missing.");
            }
            if (named == null) {
                ActivityStore.column(db, tenant, activity, MAXIMUM);
            }
            bindings.put(slot, new Binding(activity, title));
        }
        return bindings;
    }
}

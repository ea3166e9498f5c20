package org.cairn.award;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.cairn.lti.OriginStore;
import org.cairn.lti.PlacementStore;
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

    /**
     * What a teacher is asked about in a course that was copied.
     *
     * @param origin the course it was copied from; null where only the links that came along say what was meant
     * @param missing what is attached there and not here, as it would be attached
     */
    public record Copy(@Nullable Course origin, List<Wanted> missing) {

        public Copy {
            missing = List.copyOf(missing);
        }
    }

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
        database.inTransaction(db -> attach(db, tenant, course, wanted, Map.of(), now));
        decide(tenant, wanted.stream().map(Wanted::achievement).collect(Collectors.toSet()));
    }

    /**
     * What a teacher is asked about after a copy: the nearest course of the same deployment that has more attached than this one has; or
     * else what this course's own deep links are about and nobody has attached here. Empty where a teacher has decided.
     */
    public Optional<Copy> findCopy(DSLContext db, TenantId tenant, CourseId course) {
        var catalogue = catalogues.current(db, tenant);
        return OriginStore.list(db, CourseStore.get(db, tenant, course)).stream()
                .map(origin -> new Copy(origin, missing(db, catalogue, origin.id(), course)))
                .filter(copy -> !copy.missing().isEmpty())
                .findFirst()
                .or(() -> Optional.of(new Copy(null, linked(db, catalogue, course)))
                        .filter(copy -> !copy.missing().isEmpty()));
    }

    /**
     * Attaches here what the copy says is missing. Columns of Cairn's own keep their names, which the LMS copies along; activities of the
     * LMS are those that {@code named} says for their slots, or else those of the origin's names. Awards stay where they were earned.
     *
     * @param origin the course that the teacher was asked about, null where there was none
     * @throws Problem CONFLICT where that is not what would be asked now: the other one, or another teacher, was faster
     */
    public void takeOver(
            TenantId tenant, CourseId course, @Nullable CourseId origin, Map<AchievementId, Map<Slot, String>> named) {
        var now = clock.instant();
        Set<AchievementId> taken = database.inTransaction(db -> {
            var copy = findCopy(db, tenant, course)
                    .filter(one -> Objects.equals(
                            one.origin() == null ? null : one.origin().id(), origin))
                    .orElseThrow(
                            () -> new Problem(
                                    Problem.Kind.CONFLICT,
                                    "copy_unknown",
                                    "This course is not known as a copy of that one any more, or somebody has decided about it; reload the page."));
            var wanted = copy.missing().stream()
                    .map(one -> renamed(one, named.getOrDefault(one.achievement(), Map.of())))
                    .toList();
            attach(db, tenant, course, wanted, titles(db, tenant, origin), now);
            OriginStore.settle(db, tenant, course, now);
            return wanted.stream().map(Wanted::achievement).collect(Collectors.toSet());
        });
        decide(tenant, taken);
    }

    /** A teacher says that the copy begins empty. */
    public void beginEmpty(TenantId tenant, CourseId course) {
        var now = clock.instant();
        database.inTransaction(db -> {
            OriginStore.settle(db, tenant, course, now);
            PlacementStore.declineLinks(db, tenant, course, now);
            return null;
        });
    }

    private void decide(TenantId tenant, Set<AchievementId> achievements) {
        if (!achievements.isEmpty()) {
            awarding.reconsider(tenant, achievements);
        }
    }

    private static List<Wanted> missing(DSLContext db, Catalogue catalogue, CourseId origin, CourseId course) {
        return catalogue.attachments(origin).stream()
                .filter(attachment -> catalogue.attachment(attachment.achievement(), course) == null)
                .filter(attachment -> !catalogue.get(attachment.achievement()).isRetired())
                .map(attachment -> like(db, catalogue, attachment))
                .toList();
    }

    private static List<Wanted> linked(DSLContext db, Catalogue catalogue, CourseId course) {
        var known = catalogue.achievements().stream()
                .filter(one -> !one.isRetired())
                .map(Achievement::id)
                .collect(Collectors.toSet());
        return PlacementStore.linked(db, catalogue.tenant(), course).stream()
                .filter(id -> known.contains(id) && catalogue.attachment(id, course) == null)
                .map(id -> new Wanted(id, null, false, Map.of()))
                .toList();
    }

    /** As it is attached there; a slot that a newer version does not have any more is left out. */
    private static Wanted like(DSLContext db, Catalogue catalogue, Attachment attachment) {
        var slots = catalogue.get(attachment.achievement()).definition().rule().slots();
        var sent = ActivityStore.namesOf(db, catalogue.tenant(), attachment.activities(), Source.PUSH);
        var activities = new HashMap<Slot, String>();
        attachment.bindings().forEach((slot, binding) -> {
            var name = sent.get(binding.activity());
            if (name != null && slots.contains(slot)) {
                activities.put(slot, name);
            }
        });
        return new Wanted(attachment.achievement(), attachment.module(), attachment.inGradebook(), activities);
    }

    private static Wanted renamed(Wanted wanted, Map<Slot, String> named) {
        var activities = new HashMap<>(wanted.activities());
        activities.putAll(named);
        return new Wanted(wanted.achievement(), wanted.module(), wanted.inGradebook(), activities);
    }

    /** What people call each slot's activity in the course that is copied. */
    private Map<AchievementId, Map<Slot, String>> titles(DSLContext db, TenantId tenant, @Nullable CourseId origin) {
        var titles = new HashMap<AchievementId, Map<Slot, String>>();
        if (origin != null) {
            for (var attachment : catalogues.current(db, tenant).attachments(origin)) {
                var bySlot = new HashMap<Slot, String>();
                attachment.bindings().forEach((slot, binding) -> bySlot.put(slot, binding.title()));
                titles.put(attachment.achievement(), bySlot);
            }
        }
        return titles;
    }

    private boolean attach(
            DSLContext db,
            TenantId tenant,
            CourseId course,
            List<Wanted> wanted,
            Map<AchievementId, Map<Slot, String>> titles,
            Instant now) {
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
                                    bindings(
                                            db,
                                            tenant,
                                            course,
                                            achievement,
                                            one,
                                            titles.getOrDefault(one.achievement(), Map.of()),
                                            now)));
        }
        boolean changed = catalogues.define(db, catalogue.issuer(), Map.of(), attachments, now);
        if (changed) {
            Columns.settle(db, catalogues.current(db, tenant), course, now);
        }
        return changed;
    }

    private static Achievement achievement(Catalogue catalogue, AchievementId id) {
        return catalogue
                .find(id)
                .filter(one -> !one.isRetired())
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.NOT_FOUND,
                                "achievement_unknown",
                                "One of the chosen credentials is not offered here any more; reload the page and choose again."));
    }

    private static Map<Slot, Binding> bindings(
            DSLContext db,
            TenantId tenant,
            CourseId course,
            Achievement achievement,
            Wanted wanted,
            Map<Slot, String> titles,
            Instant now) {
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
            var title =
                    titles.getOrDefault(slot, achievement.definition().slots().getOrDefault(slot, slot.name()));
            var named = wanted.activities().get(slot);
            var source = named == null ? Source.COLUMN : Source.PUSH;
            var name = named == null ? achievement.id() + "/" + slot.name() : named;
            var activity = ActivityStore.findOrCreate(db, tenant, course, source, Set.of(name), now)
                    .get(name);
            if (activity == null) {
                throw new IllegalStateException("An activity that was just made is missing.");
            }
            if (named == null) {
                Scales.require(achievement.definition(), slot, BigDecimal.valueOf(MAXIMUM));
                ActivityStore.column(db, tenant, activity, MAXIMUM);
            } else {
                Scales.require(db, tenant, achievement.definition(), slot, activity);
            }
            bindings.put(slot, new Binding(activity, title));
        }
        return bindings;
    }
}

package org.cairn.catalog;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.AttachmentId;
import org.cairn.CourseId;
import org.cairn.TenantId;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.rule.Names;
import org.cairn.rule.Rule;
import org.cairn.rule.Slot;
import org.cairn.rule.Trait;
import org.jspecify.annotations.Nullable;

/**
 * What can be earned in a tenant, as one catalogue version has it: immutable, with the ways from an activity to the attachments that
 * it can affect and from an achievement to the stacks above it.
 */
public final class Catalogue {

    private final TenantId tenant;
    private final long version;
    private final IssuerProfile issuer;
    private final ZoneId timeZone;
    private final Map<AchievementId, Achievement> achievements;
    private final Map<AchievementId, Achievement> drafts = new LinkedHashMap<>();
    private final Map<AchievementId, Map<Integer, Achievement>> versions = new HashMap<>();
    private final Map<AchievementId, List<Attachment>> attachments = new HashMap<>();
    private final Map<CourseId, List<Attachment>> courses = new HashMap<>();
    private final Map<ActivityId, List<Attachment>> activities = new HashMap<>();
    private final Map<AttachmentId, Map<Slot, Instant>> boundAt;
    private final Set<AchievementId> regraded;
    private final Stacks stacks;
    private final boolean asksForHandIns;
    private final boolean asksTheRegister;
    private final boolean asksPeople;

    Catalogue(
            TenantId tenant,
            long version,
            IssuerProfile issuer,
            ZoneId timeZone,
            Collection<Achievement> achievements,
            Collection<Attachment> attachments,
            Map<AttachmentId, Map<Slot, Instant>> boundAt) {
        this.tenant = tenant;
        this.version = version;
        this.issuer = issuer;
        this.timeZone = timeZone;
        this.achievements = new LinkedHashMap<>();
        for (var achievement : achievements) {
            versions.computeIfAbsent(achievement.id(), id -> new HashMap<>()).put(achievement.version(), achievement);
            var newest = achievement.definition().isDraft() ? drafts : this.achievements;
            newest.merge(achievement.id(), achievement, (one, other) -> one.version() > other.version() ? one : other);
        }
        drafts.keySet().removeAll(this.achievements.keySet());
        this.boundAt = Map.copyOf(boundAt);
        regraded = achievements.stream()
                .filter(one -> one.definition().regrade() != null
                        && one.definition().regrade().takes())
                .map(Achievement::id)
                .collect(Collectors.toUnmodifiableSet());
        stacks = new Stacks(this.achievements.values());
        asksTheRegister = this.achievements.values().stream()
                .anyMatch(one -> one.definition().rule().asksTheRegister());
        asksForHandIns = this.achievements.values().stream()
                .anyMatch(one -> !one.definition().rule().handIns().isEmpty());
        // What was granted under an earlier version counts on.
        asksPeople = achievements.stream()
                .map(Achievement::definition)
                .anyMatch(one ->
                        one.rule().mode() != Rule.Mode.AUTO || !one.allows().isEmpty());
        for (var attachment : attachments.stream()
                .filter(one -> this.achievements.containsKey(one.achievement()))
                .sorted(Comparator.comparingInt(Attachment::position))
                .toList()) {
            list(this.attachments, attachment.achievement()).add(attachment);
            list(courses, attachment.course()).add(attachment);
            attachment
                    .activities()
                    .forEach(activity -> list(activities, activity).add(attachment));
        }
    }

    public TenantId tenant() {
        return tenant;
    }

    public long version() {
        return version;
    }

    public IssuerProfile issuer() {
        return issuer;
    }

    /** The tenant's: days in rules are days there. */
    public ZoneId timeZone() {
        return timeZone;
    }

    /** Everything that is published, what is retired too. */
    public Collection<Achievement> achievements() {
        return achievements.values();
    }

    /** What was never more than a draft. */
    public Collection<Achievement> drafts() {
        return drafts.values();
    }

    public Optional<Achievement> find(AchievementId achievement) {
        return Optional.ofNullable(achievements.get(achievement));
    }

    /** Throws IllegalArgumentException where nothing of this name is published. */
    public Achievement get(AchievementId achievement) {
        return find(achievement)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No achievement \"%s\" is published here.".formatted(achievement)));
    }

    /** Any published version. Throws IllegalArgumentException where there is none. */
    public Achievement get(AchievementId achievement, int version) {
        var found = versions.getOrDefault(achievement, Map.of()).get(version);
        if (found == null) {
            throw new IllegalArgumentException("No version %d of \"%s\" is published.".formatted(version, achievement));
        }
        return found;
    }

    /** Which version of it was the newest at an instant; the first one where it was published later. */
    public int version(AchievementId achievement, Instant at) {
        return versions.getOrDefault(achievement, Map.of()).values().stream()
                .filter(one ->
                        !one.publishedAt().isAfter(at) && !one.definition().isDraft())
                .mapToInt(Achievement::version)
                .max()
                .orElse(1);
    }

    /** The attachments that a report about this activity can affect. */
    public List<Attachment> attachments(ActivityId activity) {
        return activities.getOrDefault(activity, List.of());
    }

    /** A course's attachments, in their order. */
    public List<Attachment> attachments(CourseId course) {
        return courses.getOrDefault(course, List.of());
    }

    /** Where an achievement is attached. */
    public List<Attachment> attachments(AchievementId achievement) {
        return attachments.getOrDefault(achievement, List.of());
    }

    /** How an achievement is attached to a course; null where it is not, or the course is null. */
    public @Nullable Attachment attachment(AchievementId achievement, @Nullable CourseId course) {
        return attachments(achievement).stream()
                .filter(attachment -> attachment.course().equals(course))
                .findFirst()
                .orElse(null);
    }

    /** Whether these slots have been filled as they are since that time, or longer. */
    public boolean isBoundSince(Attachment attachment, Collection<Slot> slots, Instant at) {
        var since = boundAt.getOrDefault(attachment.id(), Map.of());
        return slots.stream().map(since::get).allMatch(bound -> bound != null && !bound.isAfter(at));
    }

    /** The achievements of which some version takes an award back, or holds it, when reports no longer meet its rule. */
    public Set<AchievementId> regraded() {
        return regraded;
    }

    /** The stacks that an award of an achievement could count in, directly. */
    public Collection<Achievement> above(AchievementId achievement) {
        return stacks.above(achievement);
    }

    /** The achievements whose awards could count by one of these. */
    public Collection<AchievementId> having(Collection<Trait> traits) {
        return achievements.values().stream()
                .filter(one -> traits.stream()
                        .anyMatch(trait -> one.definition().labels().containsAll(trait.labels())))
                .map(Achievement::id)
                .toList();
    }

    /** The achievements whose awards could count in a stack, directly. */
    public Collection<AchievementId> below(AchievementId stack) {
        return stacks.below(stack);
    }

    /** The achievements of a course, in order: what is attached, then the stacks that these lead to. */
    public List<Achievement> shown(CourseId course) {
        var shown = new LinkedHashSet<AchievementId>();
        attachments(course).forEach(attachment -> shown.add(attachment.achievement()));
        var upward = new ArrayDeque<>(shown);
        while (!upward.isEmpty()) {
            for (var stack : above(upward.remove())) {
                if (shown.add(stack.id())) {
                    upward.add(stack.id());
                }
            }
        }
        return shown.stream().map(this::get).toList();
    }

    /** Whether any rule asks what the institution's register says; where none does, nobody asks the database. */
    public boolean asksTheRegister() {
        return asksTheRegister;
    }

    /** Whether people decide anything about achievements here; where they do not, nobody asks the database what they did. */
    public boolean asksPeople() {
        return asksPeople;
    }

    /** Whether people have to look at anything here; where they need not, nobody asks the database what they said. */
    public boolean asksForHandIns() {
        return asksForHandIns;
    }

    /** How people read a rule: slots by the title of what fills them in this attachment, or else by the definition's. */
    public Names names(Achievement achievement, @Nullable Attachment attachment) {
        return new Names(
                slot -> {
                    var bound =
                            attachment == null ? null : attachment.bindings().get(slot);
                    return bound == null
                            ? achievement.definition().slots().getOrDefault(slot, slot.name())
                            : bound.title();
                },
                id -> find(id).map(Achievement::name).orElse(id.value()));
    }

    private static <K, V> List<V> list(Map<K, List<V>> map, K key) {
        return map.computeIfAbsent(key, k -> new ArrayList<>());
    }
}

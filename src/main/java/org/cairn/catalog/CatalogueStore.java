package org.cairn.catalog;

import static org.cairn.db.schema.Tables.ACHIEVEMENT;
import static org.cairn.db.schema.Tables.ACHIEVEMENT_VERSION;
import static org.cairn.db.schema.Tables.ATTACHMENT;
import static org.cairn.db.schema.Tables.BINDING;
import static org.cairn.db.schema.Tables.CATALOGUE;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.cairn.db.StoredJson;
import org.cairn.db.schema.tables.records.AchievementVersionRecord;
import org.cairn.db.schema.tables.records.BindingRecord;
import org.cairn.rule.Named;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;
import org.jooq.RecordMapper;
import org.jspecify.annotations.Nullable;

/** Achievements, their versions, where they are attached, and the version of it all. */
final class CatalogueStore {

    private static final RecordMapper<AchievementVersionRecord, Achievement> ACHIEVEMENT_ROW = row -> new Achievement(
            row.getAchievementId(),
            row.getVersion(),
            DefinitionJson.read(StoredJson.read(row.getDefinition()), Named.NOTHING),
            row.getDifference() == null ? null : Change.valueOf(row.getDifference()),
            row.getPublishedAt());

    private static final SecureRandom RANDOM = new SecureRandom();

    private CatalogueStore() {}

    /** 0 where the tenant has no catalogue yet. */
    static long version(DSLContext db, TenantId tenant) {
        return Optional.ofNullable(db.select(CATALOGUE.VERSION)
                        .from(CATALOGUE)
                        .where(CATALOGUE.TENANT_ID.eq(tenant))
                        .fetchOne(CATALOGUE.VERSION))
                .orElse(0L);
    }

    /** Makes the row when missing and holds it: whoever changes the catalogue waits for whoever changes it now. */
    static long lock(DSLContext db, TenantId tenant) {
        if (!db.fetchExists(CATALOGUE, CATALOGUE.TENANT_ID.eq(tenant))) {
            db.insertInto(CATALOGUE)
                    .set(CATALOGUE.TENANT_ID, tenant)
                    .set(CATALOGUE.VERSION, 0L)
                    .execute();
        }
        return db.select(CATALOGUE.VERSION)
                .from(CATALOGUE)
                .where(CATALOGUE.TENANT_ID.eq(tenant))
                .forUpdate()
                .fetchSingle(CATALOGUE.VERSION);
    }

    /** By a step of its own: a catalogue that was read in a transaction that failed is never taken for the one of another that did not. */
    static void raise(DSLContext db, TenantId tenant) {
        db.update(CATALOGUE)
                .set(CATALOGUE.VERSION, CATALOGUE.VERSION.plus(RANDOM.nextLong(1, 1L << 32)))
                .where(CATALOGUE.TENANT_ID.eq(tenant))
                .execute();
    }

    /** Every version of every achievement, in order. */
    static List<Achievement> achievements(DSLContext db, TenantId tenant) {
        return db.selectFrom(ACHIEVEMENT_VERSION)
                .where(ACHIEVEMENT_VERSION.TENANT_ID.eq(tenant))
                .orderBy(ACHIEVEMENT_VERSION.ACHIEVEMENT_ID, ACHIEVEMENT_VERSION.VERSION)
                .fetch(ACHIEVEMENT_ROW);
    }

    /** Any published version, as it stood when it was awarded. */
    static Optional<Achievement> achievement(DSLContext db, TenantId tenant, AchievementId achievement, int version) {
        return db.selectFrom(ACHIEVEMENT_VERSION)
                .where(
                        ACHIEVEMENT_VERSION.TENANT_ID.eq(tenant),
                        ACHIEVEMENT_VERSION.ACHIEVEMENT_ID.eq(achievement),
                        ACHIEVEMENT_VERSION.VERSION.eq(version))
                .fetchOptional(ACHIEVEMENT_ROW);
    }

    static void publish(
            DSLContext db,
            TenantId tenant,
            IssuerId issuer,
            AchievementId achievement,
            int version,
            Definition definition,
            @Nullable Change change,
            @Nullable Instant earlierAwardsEnd,
            Instant now) {
        if (!db.fetchExists(ACHIEVEMENT, ACHIEVEMENT.TENANT_ID.eq(tenant), ACHIEVEMENT.ID.eq(achievement))) {
            db.insertInto(ACHIEVEMENT)
                    .set(ACHIEVEMENT.TENANT_ID, tenant)
                    .set(ACHIEVEMENT.ID, achievement)
                    .set(ACHIEVEMENT.ISSUER_ID, issuer)
                    .set(ACHIEVEMENT.CREATED_AT, now)
                    .execute();
        }
        db.insertInto(ACHIEVEMENT_VERSION)
                .set(ACHIEVEMENT_VERSION.TENANT_ID, tenant)
                .set(ACHIEVEMENT_VERSION.ACHIEVEMENT_ID, achievement)
                .set(ACHIEVEMENT_VERSION.VERSION, version)
                .set(
                        ACHIEVEMENT_VERSION.DEFINITION,
                        DefinitionJson.write(definition).toString())
                .set(ACHIEVEMENT_VERSION.ARTWORK, artwork(definition))
                .set(ACHIEVEMENT_VERSION.DIFFERENCE, change == null ? null : change.name())
                .set(ACHIEVEMENT_VERSION.EARLIER_AWARDS_END, earlierAwardsEnd)
                .set(ACHIEVEMENT_VERSION.PUBLISHED_AT, now)
                .execute();
    }

    private static @Nullable String artwork(Definition definition) {
        var motif = definition.design().motif();
        return motif == null ? null : motif.digest();
    }

    static List<Attachment> attachments(DSLContext db, TenantId tenant) {
        var bindings = new HashMap<AttachmentId, Map<Slot, Binding>>();
        db.selectFrom(BINDING)
                .where(BINDING.TENANT_ID.eq(tenant))
                .forEach(row -> bindings.computeIfAbsent(row.getAttachmentId(), id -> new HashMap<>())
                        .put(new Slot(row.getSlot()), new Binding(row.getActivityId(), row.getTitle())));
        return db.selectFrom(ATTACHMENT)
                .where(ATTACHMENT.TENANT_ID.eq(tenant))
                .orderBy(ATTACHMENT.POSITION, ATTACHMENT.ID)
                .fetch(row -> new Attachment(
                        row.getId(),
                        row.getCourseId(),
                        row.getAchievementId(),
                        row.getModule(),
                        row.getPosition(),
                        row.getInGradebook(),
                        bindings.getOrDefault(row.getId(), Map.of())));
    }

    static void attach(DSLContext db, TenantId tenant, Attachment attachment, Instant now) {
        db.insertInto(ATTACHMENT)
                .set(ATTACHMENT.ID, attachment.id())
                .set(ATTACHMENT.TENANT_ID, tenant)
                .set(ATTACHMENT.COURSE_ID, attachment.course())
                .set(ATTACHMENT.ACHIEVEMENT_ID, attachment.achievement())
                .set(ATTACHMENT.MODULE, attachment.module())
                .set(ATTACHMENT.POSITION, attachment.position())
                .set(ATTACHMENT.IN_GRADEBOOK, attachment.inGradebook())
                .set(ATTACHMENT.CREATED_AT, now)
                .execute();
        bind(db, tenant, attachment, Map.of(), now);
    }

    static void rebind(DSLContext db, TenantId tenant, Attachment attachment, Instant now) {
        db.update(ATTACHMENT)
                .set(ATTACHMENT.MODULE, attachment.module())
                .set(ATTACHMENT.POSITION, attachment.position())
                .set(ATTACHMENT.IN_GRADEBOOK, attachment.inGradebook())
                .where(ATTACHMENT.TENANT_ID.eq(tenant), ATTACHMENT.ID.eq(attachment.id()))
                .execute();
        var before = db.selectFrom(BINDING)
                .where(BINDING.TENANT_ID.eq(tenant), BINDING.ATTACHMENT_ID.eq(attachment.id()))
                .fetchMap(BINDING.SLOT);
        db.deleteFrom(BINDING)
                .where(BINDING.TENANT_ID.eq(tenant), BINDING.ATTACHMENT_ID.eq(attachment.id()))
                .execute();
        bind(db, tenant, attachment, before, now);
    }

    private static void bind(
            DSLContext db, TenantId tenant, Attachment attachment, Map<String, BindingRecord> before, Instant now) {
        attachment
                .bindings()
                .forEach((slot, bound) -> db.insertInto(BINDING)
                        .set(BINDING.TENANT_ID, tenant)
                        .set(BINDING.ATTACHMENT_ID, attachment.id())
                        .set(BINDING.SLOT, slot.name())
                        .set(BINDING.ACTIVITY_ID, bound.activity())
                        .set(BINDING.TITLE, bound.title())
                        .set(BINDING.BOUND_AT, boundAt(before.get(slot.name()), bound, now))
                        .execute());
    }

    private static Instant boundAt(@Nullable BindingRecord before, Binding bound, Instant now) {
        return before != null && before.getActivityId().equals(bound.activity()) ? before.getBoundAt() : now;
    }

    /** Since when each slot is filled as it is. */
    static Map<AttachmentId, Map<Slot, Instant>> boundAt(DSLContext db, TenantId tenant) {
        var boundAt = new HashMap<AttachmentId, Map<Slot, Instant>>();
        db.select(BINDING.ATTACHMENT_ID, BINDING.SLOT, BINDING.BOUND_AT)
                .from(BINDING)
                .where(BINDING.TENANT_ID.eq(tenant))
                .forEach(row -> boundAt.computeIfAbsent(row.value1(), id -> new HashMap<>())
                        .put(new Slot(row.value2()), row.value3()));
        return boundAt;
    }
}

package org.cairn.catalog;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Picture;
import org.cairn.people.TenantStore;
import org.jooq.DSLContext;

/**
 * Every tenant's catalogue, kept in memory and compared with the stored version in each transaction that asks for it, so that no
 * node decides by a retired rule. Safe for many threads.
 */
public final class Catalogues {

    private final Map<TenantId, Catalogue> known = new ConcurrentHashMap<>();

    /** The catalogue as this transaction sees it. */
    public Catalogue current(DSLContext db, TenantId tenant) {
        long version = CatalogueStore.version(db, tenant);
        var catalogue = known.get(tenant);
        if (catalogue == null || catalogue.version() != version) {
            catalogue = read(db, tenant, version);
            var read = catalogue;
            // A transaction that started earlier must not put an older catalogue back in place of a newer one.
            known.merge(tenant, read, (a, b) -> a.version() > b.version() ? a : b);
        }
        return catalogue;
    }

    /** An achievement as the given version had it. */
    public Optional<Achievement> version(DSLContext db, TenantId tenant, AchievementId achievement, int version) {
        return CatalogueStore.achievement(db, tenant, achievement, version)
                .filter(found -> !found.definition().isDraft());
    }

    /** What the badge of a version looks like. Throws IllegalStateException where its design names artwork that this tenant does not have. */
    public Picture picture(DSLContext db, TenantId tenant, Badge badge) {
        var motif = badge.design().motif();
        return badge.picture(
                motif == null
                        ? null
                        : ArtworkStore.find(db, tenant, motif.digest())
                                .map(ArtworkStore.Kept::artwork)
                                .orElse(null));
    }

    /** What became of definitions: whether anything differs now, which have a new version, and of which only words differ. */
    public record Defined(boolean isChanged, Set<AchievementId> published, Set<AchievementId> editorial) {}

    /** As the longer one does, where nobody says what kind of change it is. */
    public boolean define(
            DSLContext db,
            IssuerProfile issuer,
            Map<AchievementId, Definition> definitions,
            List<Attachment> attachments,
            Instant now) {
        return define(db, issuer, definitions, Map.of(), attachments, now).isChanged();
    }

    /**
     * Publishes what differs from the newest versions, and attaches; what is not named stays as it is.
     *
     * @param stated what kind of change each is, and what becomes of earlier awards, where somebody says so
     * @throws Problem UNPROCESSABLE, with nothing kept, where stacks ask for themselves, for what nobody defined or for a draft, where a
     *     design names a picture that this tenant does not have, or where a change that is said to be editorial changes more than words, or where earlier awards would have ended already
     */
    public Defined define(
            DSLContext db,
            IssuerProfile issuer,
            Map<AchievementId, Definition> definitions,
            Map<AchievementId, StatedChange> stated,
            List<Attachment> attachments,
            Instant now) {
        var tenant = issuer.tenant();
        CatalogueStore.lock(db, tenant);
        var before = new LinkedHashMap<AchievementId, Achievement>();
        var inForce = new HashMap<AchievementId, Definition>();
        for (var version : CatalogueStore.achievements(db, tenant)) {
            before.put(version.id(), version);
            if (!version.definition().isDraft()) {
                inForce.put(version.id(), version.definition());
            }
        }
        refuseCycles(before, definitions);
        refuseDrafts(inForce.keySet(), definitions);
        refuseUnknownArtwork(db, tenant, definitions);
        var changes = changes(inForce, definitions, stated);
        var published = publish(db, issuer, before, definitions, changes, stated, now);
        boolean changed = attach(db, tenant, attachments, now) || !published.isEmpty();
        if (changed) {
            CatalogueStore.raise(db, tenant);
        }
        var editorial = changes.entrySet().stream()
                .filter(one -> one.getValue() == Change.EDITORIAL)
                .map(Map.Entry::getKey)
                .filter(id -> !Objects.equals(definitions.get(id), inForce.get(id)))
                .collect(Collectors.toSet());
        return new Defined(changed, published, editorial);
    }

    /** From what is in force; what is new has none. */
    private static Map<AchievementId, Change> changes(
            Map<AchievementId, Definition> inForce,
            Map<AchievementId, Definition> definitions,
            Map<AchievementId, StatedChange> stated) {
        var changes = new HashMap<AchievementId, Change>();
        definitions.forEach((id, definition) -> {
            var was = inForce.get(id);
            if (was != null) {
                var found = Change.between(was, definition);
                var statement = stated.get(id);
                var said = statement == null ? found : statement.change();
                if (said == Change.EDITORIAL && found != Change.EDITORIAL) {
                    throw new Problem(
                            Problem.Kind.UNPROCESSABLE,
                            "change_not_editorial",
                            "The change of \"%s\" is said to be editorial and changes more than words; say minor or major."
                                    .formatted(id));
                }
                changes.put(id, said);
            }
        });
        return changes;
    }

    /** What was read of a tenant's catalogue before, its name and time zone included, is read anew by every node. */
    public void outdate(DSLContext db, TenantId tenant) {
        CatalogueStore.raise(db, tenant);
    }

    private static void refuseCycles(
            Map<AchievementId, Achievement> before, Map<AchievementId, Definition> definitions) {
        var all = new HashMap<AchievementId, Definition>();
        before.forEach((id, achievement) -> all.put(id, achievement.definition()));
        all.putAll(definitions);
        Cycles.refuse(all);
    }

    /** Nobody could earn what asks for a draft, and no page could name it. */
    private static void refuseDrafts(Set<AchievementId> inForce, Map<AchievementId, Definition> definitions) {
        var published = new HashSet<>(inForce);
        definitions.forEach((id, definition) -> {
            if (!definition.isDraft()) {
                published.add(id);
            }
        });
        definitions.forEach((id, definition) -> Stream.concat(
                        definition.rule().achievements().stream(), definition.countsAs().stream())
                .filter(named -> !definition.isDraft() && !published.contains(named))
                .findFirst()
                .ifPresent(named -> {
                    throw new Problem(
                            Problem.Kind.UNPROCESSABLE,
                            "achievement_draft",
                            "\"%s\" names \"%s\", which is only a draft; publish that first, or make this one a draft too."
                                    .formatted(id, named));
                }));
    }

    private static void refuseUnknownArtwork(
            DSLContext db, TenantId tenant, Map<AchievementId, Definition> definitions) {
        var known = ArtworkStore.digests(db, tenant);
        definitions.forEach((id, definition) -> {
            var motif = definition.design().motif();
            if (motif != null && !known.contains(motif.digest())) {
                throw new Problem(
                        Problem.Kind.UNPROCESSABLE,
                        "picture_unknown",
                        "\"%s\" names a picture that is not here (%s…); upload it at /admin/pictures first, and copy its design from there."
                                .formatted(id, motif.digest().substring(0, 12)));
            }
        });
    }

    private static Set<AchievementId> publish(
            DSLContext db,
            IssuerProfile issuer,
            Map<AchievementId, Achievement> before,
            Map<AchievementId, Definition> definitions,
            Map<AchievementId, Change> changes,
            Map<AchievementId, StatedChange> stated,
            Instant now) {
        var published = new HashSet<AchievementId>();
        var zone = TenantStore.get(db, issuer.tenant()).timeZone();
        for (var entry : definitions.entrySet()) {
            var newest = before.get(entry.getKey());
            if (newest == null || !newest.definition().equals(entry.getValue())) {
                int version = newest == null ? 1 : newest.version() + 1;
                var said = stated.get(entry.getKey());
                CatalogueStore.publish(
                        db,
                        issuer.tenant(),
                        issuer.id(),
                        entry.getKey(),
                        version,
                        entry.getValue(),
                        changes.get(entry.getKey()),
                        said == null ? null : said.earlierAwardsEnd(zone, now),
                        now);
                published.add(entry.getKey());
            }
        }
        return published;
    }

    private static boolean attach(DSLContext db, TenantId tenant, List<Attachment> attachments, Instant now) {
        var existing = CatalogueStore.attachments(db, tenant);
        boolean changed = false;
        for (var wanted : attachments) {
            var found = existing.stream()
                    .filter(a -> a.course().equals(wanted.course())
                            && a.achievement().equals(wanted.achievement()))
                    .findFirst();
            if (found.isEmpty()) {
                CatalogueStore.attach(db, tenant, wanted, now);
                changed = true;
            } else if (!found.get().equals(withId(wanted, found.get().id()))) {
                CatalogueStore.rebind(db, tenant, withId(wanted, found.get().id()), now);
                changed = true;
            }
        }
        return changed;
    }

    private static Attachment withId(Attachment attachment, AttachmentId id) {
        return new Attachment(
                id,
                attachment.course(),
                attachment.achievement(),
                attachment.module(),
                attachment.position(),
                attachment.inGradebook(),
                attachment.bindings());
    }

    private static Catalogue read(DSLContext db, TenantId tenant, long version) {
        return new Catalogue(
                tenant,
                version,
                IssuerStore.get(db, tenant),
                TenantStore.get(db, tenant).timeZone(),
                CatalogueStore.achievements(db, tenant),
                CatalogueStore.attachments(db, tenant),
                CatalogueStore.boundAt(db, tenant));
    }
}

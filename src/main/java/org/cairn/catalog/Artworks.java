package org.cairn.catalog;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.openbadges.image.Artwork;
import org.cairn.openbadges.image.Motif;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.jooq.DSLContext;

/** What institutions bring for their badges, from its upload to its removal. Safe for many threads. */
public final class Artworks {

    /** {@code isUsed}: a version of an achievement names it, so it stays. */
    public record Listed(TenantId tenant, Motif motif, Instant uploadedAt, boolean isUsed) {}

    /** One with its pixels. */
    public record Found(Motif motif, Artwork artwork) {}

    /** Those that no version names; whoever wants to try more removes some. */
    public static final int MOST_UNUSED = 50;

    private final Database database;
    private final Clock clock;

    public Artworks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The newest first. */
    public List<Listed> list(DSLContext db, TenantId tenant) {
        return ArtworkStore.list(db, tenant).stream()
                .map(row ->
                        new Listed(tenant, new Motif(row.digest(), row.alternative()), row.uploadedAt(), row.isUsed()))
                .toList();
    }

    public Optional<Found> find(DSLContext db, TenantId tenant, String digest) {
        return ArtworkStore.find(db, tenant, digest)
                .map(kept -> new Found(new Motif(digest, kept.alternative()), kept.artwork()));
    }

    /**
     * Keeps it; one that is here already stays as it was uploaded first. Returns its name in a design.
     *
     * @throws Problem CONFLICT where there are too many that no version names; UNPROCESSABLE where {@code alternative} does not say in a line
     *     what it shows
     */
    public Motif add(TenantId tenant, Artwork artwork, String alternative, Operator by) {
        var motif = motif(artwork, alternative.strip());
        var now = clock.instant();
        return database.inTransaction(db -> {
            // Two uploads at once see each other.
            CatalogueStore.lock(db, tenant);
            if (!ArtworkStore.digests(db, tenant).contains(motif.digest())) {
                requireRoom(db, tenant);
                ArtworkStore.add(db, tenant, artwork, motif.alternative(), now);
                OperatorActionStore.add(db, by, tenant, "uploaded a picture", motif.digest(), now);
            }
            return motif;
        });
    }

    /** Throws Problem NOT_FOUND where there is none, CONFLICT where a version names it. */
    public void remove(TenantId tenant, String digest, Operator by) {
        var now = clock.instant();
        database.inTransaction(db -> {
            CatalogueStore.lock(db, tenant);
            if (!ArtworkStore.delete(db, tenant, digest)) {
                throw ArtworkStore.digests(db, tenant).contains(digest) ? used() : unknown();
            }
            OperatorActionStore.add(db, by, tenant, "removed a picture", digest, now);
            return null;
        });
    }

    private static Motif motif(Artwork artwork, String alternative) {
        try {
            return new Motif(artwork.digest(), alternative);
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "picture_alternative", String.valueOf(e.getMessage()));
        }
    }

    private static void requireRoom(DSLContext db, TenantId tenant) {
        if (ArtworkStore.countUnused(db, tenant) >= MOST_UNUSED) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "pictures_too_many",
                    "There are %d pictures that no achievement uses; remove some, and upload this one again."
                            .formatted(MOST_UNUSED));
        }
    }

    private static Problem used() {
        return new Problem(
                Problem.Kind.CONFLICT,
                "picture_used",
                "A version of an achievement uses this picture, so it stays: badges that were awarded show it.");
    }

    private static Problem unknown() {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "picture_unknown",
                "There is no such picture; it may have been removed meanwhile.");
    }
}

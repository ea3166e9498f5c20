package org.cairn.catalog;

import static org.cairn.db.schema.Tables.ACHIEVEMENT_VERSION;
import static org.cairn.db.schema.Tables.ARTWORK;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairn.TenantId;
import org.cairn.openbadges.image.Artwork;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What institutions uploaded for their badges. A row never changes; one that a version names is never deleted. */
final class ArtworkStore {

    /** {@code alternative} is what was said of it when it was uploaded. */
    record Kept(Artwork artwork, String alternative) {}

    /** One without its pixels. */
    record Row(String digest, String alternative, Instant uploadedAt, boolean isUsed) {}

    private ArtworkStore() {}

    static Set<String> digests(DSLContext db, TenantId tenant) {
        return db.select(ARTWORK.DIGEST)
                .from(ARTWORK)
                .where(ARTWORK.TENANT_ID.eq(tenant))
                .fetchSet(ARTWORK.DIGEST);
    }

    static Optional<Kept> find(DSLContext db, TenantId tenant, String digest) {
        return db.select(ARTWORK.PNG, ARTWORK.ALTERNATIVE)
                .from(ARTWORK)
                .where(ARTWORK.TENANT_ID.eq(tenant), ARTWORK.DIGEST.eq(digest))
                .fetchOptional(row -> new Kept(Artwork.kept(row.value1()), row.value2()));
    }

    /** The newest first. */
    static List<Row> list(DSLContext db, TenantId tenant) {
        var isUsed = DSL.field(isUsed());
        return db.select(ARTWORK.DIGEST, ARTWORK.ALTERNATIVE, ARTWORK.UPLOADED_AT, isUsed)
                .from(ARTWORK)
                .where(ARTWORK.TENANT_ID.eq(tenant))
                .orderBy(ARTWORK.UPLOADED_AT.desc(), ARTWORK.DIGEST)
                .fetch(row -> new Row(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    static int countUnused(DSLContext db, TenantId tenant) {
        return db.fetchCount(ARTWORK, ARTWORK.TENANT_ID.eq(tenant), DSL.not(isUsed()));
    }

    static void add(DSLContext db, TenantId tenant, Artwork artwork, String alternative, Instant now) {
        db.insertInto(ARTWORK)
                .set(ARTWORK.TENANT_ID, tenant)
                .set(ARTWORK.DIGEST, artwork.digest())
                .set(ARTWORK.PNG, artwork.png())
                .set(ARTWORK.ALTERNATIVE, alternative)
                .set(ARTWORK.UPLOADED_AT, now)
                .execute();
    }

    /** Whether there was one that no version names. */
    static boolean delete(DSLContext db, TenantId tenant, String digest) {
        return db.deleteFrom(ARTWORK)
                        .where(ARTWORK.TENANT_ID.eq(tenant), ARTWORK.DIGEST.eq(digest), DSL.not(isUsed()))
                        .execute()
                == 1;
    }

    private static Condition isUsed() {
        return DSL.exists(DSL.selectOne()
                .from(ACHIEVEMENT_VERSION)
                .where(
                        ACHIEVEMENT_VERSION.TENANT_ID.eq(ARTWORK.TENANT_ID),
                        ACHIEVEMENT_VERSION.ARTWORK.eq(ARTWORK.DIGEST)));
    }
}

package org.cairn.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Picture;

/** The badges of achievements, for everybody. A version never changes, so what was fetched once may be kept. */
final class BadgeRoutes {

    /** Sharp enough for a profile page, and small enough for every wallet. */
    private static final int PIXELS = 640;

    private final Database database;
    private final Catalogues catalogues;
    private final Cache<Badge, byte[]> svg = pictures();
    private final Cache<Badge, byte[]> png = pictures();

    BadgeRoutes(Database database, Catalogues catalogues) {
        this.database = database;
        this.catalogues = catalogues;
    }

    void svg(Context context) {
        answer(context, "image/svg+xml", svg, picture -> picture.svg().getBytes(StandardCharsets.UTF_8));
    }

    void png(Context context) {
        answer(context, "image/png", png, BadgeRoutes::draw);
    }

    /** The PNG of a badge of a tenant, drawn or remembered. */
    byte[] png(TenantId tenant, Badge badge) {
        return drawn(tenant, badge, png, BadgeRoutes::draw);
    }

    private void answer(Context context, String type, Cache<Badge, byte[]> known, Function<Picture, byte[]> draw) {
        var tenant = PublicPages.tenant(context.pathParam("tenant"));
        var achievement = PublicPages.achievementId(context.pathParam("achievement"));
        int version = PublicPages.number(context.pathParam("version"));
        var badge = database.inTransaction(db -> catalogues.version(db, tenant, achievement, version))
                .orElseThrow(PublicPages::unknown)
                .badge();
        context.header("Cache-Control", "public, max-age=31536000, immutable");
        // Were it ever opened as a page of its own, it could do nothing.
        context.header("Content-Security-Policy", "default-src 'none'; img-src data:; sandbox");
        context.contentType(type).result(drawn(tenant, badge, known, draw));
    }

    /** Equal badges look the same in every tenant: artwork is named by its digest. */
    private byte[] drawn(TenantId tenant, Badge badge, Cache<Badge, byte[]> known, Function<Picture, byte[]> draw) {
        return known.get(badge, one -> draw.apply(database.inTransaction(db -> catalogues.picture(db, tenant, one))));
    }

    private static byte[] draw(Picture picture) {
        return picture.png(PIXELS);
    }

    private static Cache<Badge, byte[]> pictures() {
        return Caffeine.newBuilder().maximumSize(500).build();
    }
}

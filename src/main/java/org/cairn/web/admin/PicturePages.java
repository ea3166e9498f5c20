package org.cairn.web.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Artworks;
import org.cairn.catalog.Artworks.Found;
import org.cairn.catalog.Artworks.Listed;
import org.cairn.db.Database;
import org.cairn.openbadges.artwork.ArtworkFile;
import org.cairn.openbadges.image.Motif;
import org.cairn.people.Tenant;
import org.cairn.web.FormFields;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** What institutions bring for their badges: a picture is uploaded, seen in each kind of badge, and removed while nothing uses it. */
public final class PicturePages {

    public static final String PATH = "/admin/pictures";

    /** {@code path} is of its page. */
    public record Row(String path, String tenant, String alternative, String note, boolean isUsed) {}

    /** {@code problem} says why the last upload was not taken; {@code alternative} is what was typed with it. */
    public record View(
            AdminFrame frame,
            List<Tenant> tenants,
            List<Row> pictures,
            @Nullable String problem,
            String alternative) {}

    // As much as the server reads of a form in parts: who chose too large a file is told so on the page.
    private static final int LARGEST = 3 * 1024 * 1024;

    private final Database database;
    private final Artworks artworks;

    PicturePages(Database database, Artworks artworks) {
        this.database = database;
        this.artworks = artworks;
    }

    void list(Context context, AdminVisit visit) {
        list(context, visit, null, "");
    }

    /** Throws Problem TOO_LARGE or MALFORMED before what the form says is looked at. */
    static void requireReadable(Context context) {
        if (context.contentLength() > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "picture_too_large",
                    "A picture may have 512 KB; go back, make it smaller and choose it again.");
        }
        file(context);
    }

    /** Keeps what the file draws; what cannot be taken is said on the page. */
    void upload(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var alternative = FormFields.text(context, "alternative");
        try {
            var artwork = ArtworkFile.read(bytes(context));
            var motif = artworks.add(tenant.id(), artwork, alternative, visit.operator());
            AdminVisit.go(context, path(tenant.id(), motif.digest()), Done.PICTURE_KEPT);
        } catch (Problem problem) {
            context.status(HttpStatus.forStatus(problem.kind().status()));
            list(context, visit, problem.sentence(), alternative);
        }
    }

    /** What badges look like with it. */
    void show(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var found = found(context, tenant);
        var path = path(tenant.id(), found.motif().digest());
        Pages.own(
                context, "admin/picture", PictureLooks.of(visit.frame(context, "Picture", PATH), path, found, context));
    }

    /** The picture itself. */
    void image(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var found = found(context, tenant);
        context.header("Cache-Control", "private, max-age=31536000, immutable");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        context.contentType("image/png").result(found.artwork().png());
    }

    void remove(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        artworks.remove(tenant.id(), digest(context), visit.operator());
        AdminVisit.go(context, PATH, Done.PICTURE_REMOVED);
    }

    private void list(Context context, AdminVisit visit, @Nullable String problem, String alternative) {
        var rows = database.inTransaction(db -> visit.tenants().stream()
                .flatMap(tenant -> artworks.list(db, tenant.id()).stream().map(one -> row(tenant, one)))
                .toList());
        Pages.own(
                context,
                "admin/pictures",
                new View(visit.frame(context, "Pictures", PATH), visit.tenants(), rows, problem, alternative));
    }

    private static Row row(Tenant tenant, Listed one) {
        return new Row(
                path(tenant.id(), one.motif().digest()),
                tenant.name(),
                one.motif().alternative(),
                "uploaded " + Moments.of(one.uploadedAt()),
                one.isUsed());
    }

    private Found found(Context context, Tenant tenant) {
        return database.inTransaction(db -> artworks.find(db, tenant.id(), digest(context)))
                .orElseThrow(AdminVisit::notHere);
    }

    private static String digest(Context context) {
        return Fields.id(context.pathParam("picture"), text -> new Motif(text, "any").digest());
    }

    private static byte[] bytes(Context context) {
        var file = file(context);
        if (file == null || file.size() == 0) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "picture_missing", "Choose a file: a PNG or an SVG.");
        }
        try (var content = file.content()) {
            return content.readNBytes(ArtworkFile.LARGEST + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable UploadedFile file(Context context) {
        try {
            return context.isMultipartFormData() ? context.uploadedFile("picture") : null;
            // Javalin does not declare the ServletException that it lets through.
        } catch (Exception e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "picture_form_malformed",
                    "What was sent is no form with one file of at most 512 KB; go back, choose the file and send it again.");
        }
    }

    private static String path(TenantId tenant, String digest) {
        return PATH + "/" + tenant + "/" + digest;
    }
}

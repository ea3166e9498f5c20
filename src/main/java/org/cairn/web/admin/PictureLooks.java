package org.cairn.web.admin;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cairn.catalog.Artworks.Found;
import org.cairn.catalog.DesignJson;
import org.cairn.openbadges.image.Artwork;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Motif;
import org.jspecify.annotations.Nullable;

/**
 * A picture in the badges of each kind and level, in colours to try.
 *
 * @param path of its page
 * @param fault why it cannot be shown like that; then there are no looks
 * @param json what the catalogue has to say for it
 */
public record PictureLooks(
        AdminFrame frame,
        String path,
        Form form,
        @Nullable String fault,
        List<Look> looks,
        List<Contrast> contrasts,
        String json) {

    /** What was typed, as it was typed. */
    public record Form(String name, String alternative, String ground, String ink, String ribbon) {}

    /** {@code picture} is an address that holds the picture itself. */
    public record Look(String picture, String title) {}

    /** How much of the picture is told from what it stands on, in percent. */
    public record Contrast(String what, String colour, int percent) {

        public boolean isLow() {
            return percent < 33;
        }
    }

    private static final int PIXELS = 240;
    private static final int[] LEVELS = {0, 2, 4, 6};
    private static final String ID = "example";

    static PictureLooks of(AdminFrame frame, String path, Found found, Context context) {
        var form = new Form(
                Fields.typed(context, "name", "Bias in models"),
                Fields.typed(context, "alternative", found.motif().alternative()),
                Fields.typed(context, "ground", ""),
                Fields.typed(context, "ink", ""),
                Fields.typed(context, "ribbon", ""));
        try {
            return of(frame, path, form, design(form, found.motif().digest()), found.artwork());
        } catch (IllegalArgumentException e) {
            var fault = Fields.sentence(String.valueOf(e.getMessage()));
            return new PictureLooks(frame, path, form, fault, List.of(), List.of(), "");
        }
    }

    private static PictureLooks of(AdminFrame frame, String path, Form form, Design design, Artwork artwork) {
        var badges = badges(form.name(), design);
        return new PictureLooks(
                frame,
                path,
                form,
                null,
                badges.stream().map(badge -> look(badge, artwork)).toList(),
                List.of(
                        contrast("the ground", badges.getFirst(), artwork),
                        contrast("the paper of a recognition badge", badges.getLast(), artwork)),
                "\"design\": " + DesignJson.write(design).toPrettyString());
    }

    private static Design design(Form form, String digest) {
        return new Design(
                Fields.stated(form.ground(), Colour::of),
                Fields.stated(form.ink(), Colour::of),
                Fields.stated(form.ribbon(), Colour::of),
                null,
                new Motif(digest, form.alternative()));
    }

    /** One of each kind and level, that of nobody's assessment at the end. */
    private static List<Badge> badges(String name, Design design) {
        var badges = new ArrayList<Badge>();
        for (var kind : List.of(Badge.Kind.MICRO_CREDENTIAL, Badge.Kind.CERTIFICATE)) {
            for (int level : LEVELS) {
                badges.add(new Badge(kind, name, level == 0 ? null : level, ID, design));
            }
        }
        badges.add(new Badge(Badge.Kind.RECOGNITION, name, null, ID, design));
        return badges;
    }

    private static Look look(Badge badge, Artwork artwork) {
        var png = badge.picture(artwork).png(PIXELS);
        return new Look("data:image/png;base64," + Base64.getEncoder().encodeToString(png), badge.title());
    }

    private static Contrast contrast(String what, Badge badge, Artwork artwork) {
        return new Contrast(what, badge.face().hex(), (int) Math.floor(artwork.standsOut(badge.face()) * 100));
    }
}

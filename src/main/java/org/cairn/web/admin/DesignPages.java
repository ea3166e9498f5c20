package org.cairn.web.admin;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cairn.catalog.DesignJson;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Icon;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** A place to try what a badge looks like, and to take what the catalogue has to say for it. It keeps nothing. */
public final class DesignPages {

    /** {@code fault} is null where the design can be read, and {@code preview} where it cannot. */
    public record View(
            AdminFrame frame,
            Form form,
            List<Option> kinds,
            List<Option> levels,
            List<Option> icons,
            @Nullable String fault,
            @Nullable Preview preview) {}

    /** What was typed, as it was typed. */
    public record Form(String name, String id, String ground, String ink, String ribbon) {}

    public record Option(String value, String word, boolean isChosen) {}

    /** {@code picture} is an address that holds the picture itself. */
    public record Preview(String picture, String title, List<Contrast> contrasts, String json) {}

    /** How well one is told from the other, and how well it has to be. */
    public record Contrast(String what, String value, String least) {}

    void show(Context context, AdminVisit visit) {
        var form = new Form(
                Fields.typed(context, "name", "Bias in models"),
                Fields.typed(context, "id", "bias-in-models"),
                Fields.typed(context, "ground", ""),
                Fields.typed(context, "ink", ""),
                Fields.typed(context, "ribbon", ""));
        var kind = Fields.typed(context, "kind", Badge.Kind.MICRO_CREDENTIAL.name());
        var level = Fields.typed(context, "level", "6");
        var icon = Fields.typed(context, "icon", "");
        Preview preview = null;
        String fault = null;
        try {
            preview = preview(form, kind, level, icon);
        } catch (IllegalArgumentException e) {
            fault = Fields.sentence(String.valueOf(e.getMessage()));
        }
        Pages.own(
                context,
                "admin/design",
                new View(
                        visit.frame(context, "Badges", Place.DESIGN.path()),
                        form,
                        options(Stream.of(Badge.Kind.values()), Badge.Kind::name, Badge.Kind::word, kind),
                        options(
                                Stream.of("", "1", "2", "3", "4", "5", "6", "7", "8"),
                                one -> one,
                                DesignPages::level,
                                level),
                        options(
                                Stream.concat(
                                        Stream.of(""), Stream.of(Icon.values()).map(Icon::word)),
                                one -> one,
                                DesignPages::icon,
                                icon),
                        fault,
                        preview));
    }

    private static Preview preview(Form form, String kind, String level, String icon) {
        var design = new Design(
                Fields.stated(form.ground(), Colour::of),
                Fields.stated(form.ink(), Colour::of),
                Fields.stated(form.ribbon(), Colour::of),
                Fields.stated(icon, Icon::of),
                null);
        var badge = new Badge(
                Stream.of(Badge.Kind.values())
                        .filter(one -> one.name().equals(kind))
                        .findFirst()
                        .orElse(Badge.Kind.MICRO_CREDENTIAL),
                form.name(),
                level.matches("[1-8]") ? Integer.valueOf(level) : null,
                form.id(),
                design);
        var svg = badge.picture().svg().getBytes(StandardCharsets.UTF_8);
        return new Preview(
                "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg),
                badge.title(),
                contrasts(badge),
                "\"design\": " + DesignJson.write(design).toPrettyString());
    }

    private static List<Contrast> contrasts(Badge badge) {
        var contrasts = new ArrayList<Contrast>();
        contrasts.add(new Contrast("Ink on ground", number(badge.ink().contrast(badge.ground())), "4.5"));
        if (badge.kind() != Badge.Kind.RECOGNITION) {
            contrasts.add(new Contrast("Ribbon on ground", number(badge.ribbon().contrast(badge.ground())), "3.0"));
        }
        return contrasts;
    }

    private static <T> List<Option> options(
            Stream<T> all, Function<T, String> value, Function<T, String> word, String chosen) {
        return all.map(one -> new Option(
                        value.apply(one), word.apply(one), value.apply(one).equals(chosen)))
                .toList();
    }

    private static String level(String value) {
        return value.isEmpty() ? "None" : "EQF " + value;
    }

    private static String icon(String word) {
        return word.isEmpty() ? "By its id" : word;
    }

    private static String number(double contrast) {
        return String.format(Locale.ROOT, "%.1f", Math.floor(contrast * 10) / 10);
    }
}

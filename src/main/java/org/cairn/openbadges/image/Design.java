package org.cairn.openbadges.image;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about a picture; what is null follows from the achievement.
 *
 * @param ground the colour of the shape
 * @param ink the colour of the name and the icon on it
 * @param ribbon the colour of the ribbon across it
 * @param motif the artwork that stands in place of an icon
 */
public record Design(
        @Nullable Colour ground,
        @Nullable Colour ink,
        @Nullable Colour ribbon,
        @Nullable Icon icon,
        @Nullable Motif motif) {

    public static final Design NONE = new Design(null, null, null, null, null);

    /** For text (WCAG 2.2, 1.4.3), and for shapes that are to be told apart (1.4.11). */
    private static final double READABLE = 4.5;

    private static final double VISIBLE = 3;

    /** Throws IllegalArgumentException with a sentence where people could not read it. */
    public Design {
        if (ground == null && (ink != null || ribbon != null)) {
            throw new IllegalArgumentException(
                    "The design says an ink or a ribbon and no ground; say the ground, too.");
        }
        if (icon != null && motif != null) {
            throw new IllegalArgumentException("The design says an icon and a picture; say one of them.");
        }
        if (ground != null && ink != null) {
            check("ink", ink, ground, READABLE);
        }
        if (ground != null && ribbon != null) {
            check("ribbon", ribbon, ground, VISIBLE);
        }
    }

    /** With what another one decides where this one does not. Throws IllegalArgumentException as the constructor does. */
    public Design orElse(Design other) {
        // Colours were chosen for each other, so they are taken together; and there is one place for an icon or a
        // picture.
        boolean isOpen = icon == null && motif == null;
        return new Design(
                ground == null ? other.ground : ground,
                ground == null ? other.ink : ink,
                ground == null ? other.ribbon : ribbon,
                isOpen ? other.icon : icon,
                isOpen ? other.motif : motif);
    }

    private static void check(String what, Colour colour, Colour ground, double least) {
        double contrast = colour.contrast(ground);
        if (contrast < least) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the %s %s is hard to tell from the ground %s: their contrast is %.1f to 1 and has to be %.1f to 1"
                            + " (WCAG 2.2); make one of them darker or lighter.",
                    what,
                    colour.hex(),
                    ground.hex(),
                    Math.floor(contrast * 10) / 10,
                    least));
        }
    }
}

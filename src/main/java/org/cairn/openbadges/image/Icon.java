package org.cairn.openbadges.image;

import java.awt.geom.Path2D;
import java.util.Locale;

/** The small drawings that a picture may carry: lines in a square of 100. */
public enum Icon {
    STONES("E50 82 34 11 E48 58 25 10 E53 36 17 9 E50 17 10 7"),
    BOOK("M50 26 C40 16 24 16 10 20 L10 76 C24 72 40 72 50 82 C60 72 76 72 90 76 L90 20 C76 16 60 16 50 26 Z"
            + " M50 26 L50 82"),
    CHART("M12 10 L12 88 L92 88 M28 68 L46 46 L60 58 L88 24 M70 24 L88 24 L88 42"),
    CHAT("M10 18 L90 18 L90 68 L48 68 L28 88 L28 68 L10 68 Z M28 36 L72 36 M28 51 L58 51"),
    CODE("M32 26 L8 50 L32 74 M68 26 L92 50 L68 74 M58 16 L42 84"),
    COMPASS("E50 50 40 40 M68 32 L57 57 L32 68 L43 43 Z"),
    DATA("E50 22 36 13 M14 22 L14 78 C14 96 86 96 86 78 L86 22 M14 50 C14 68 86 68 86 50"),
    FLASK("M36 12 L64 12 M42 12 L42 40 L18 78 C14 85 17 90 25 90 L75 90 C83 90 86 85 82 78 L58 40 L58 12"
            + " M31 62 L69 62"),
    GLOBE("E50 50 40 40 E50 50 17 40 M10 50 L90 50 M16 29 L84 29 M16 71 L84 71"),
    HEART("M50 86 C20 64 10 50 10 34 C10 10 42 8 50 30 C58 8 90 10 90 34 C90 50 80 64 50 86 Z"),
    LAMP(
            "M36 70 C36 60 21 54 21 37 C21 20 35 9 50 9 C65 9 79 20 79 37 C79 54 64 60 64 70 Z M38 81 L62 81 M44 91 L56 91"),
    LEAF("M18 82 C12 40 44 14 88 12 C90 58 62 86 26 76 M12 92 C26 68 42 52 62 38"),
    MUSIC("M36 74 L36 24 L82 13 L82 64 E24 75 12 10 E70 65 12 10 M36 42 L82 31"),
    NETWORK("E50 19 11 11 E19 76 11 11 E81 76 11 11 M45 29 L25 66 M55 29 L75 66 M30 76 L70 76"),
    PEN("M14 86 L21 62 L66 17 C70 13 76 13 80 17 L83 20 C87 24 87 30 83 34 L38 79 Z M57 26 L74 43"),
    PEOPLE("E36 32 15 15 M9 85 C9 62 22 57 36 57 C50 57 63 62 63 85 M63 18 C74 18 80 25 80 33 C80 41 74 48 64 47"
            + " M72 58 C85 61 92 68 92 85"),
    SCALES(
            "M50 10 L50 88 M30 88 L70 88 M16 24 L84 24 M18 24 L5 58 C5 73 31 73 31 58 Z M82 24 L69 58 C69 73 95 73 95 58 Z"),
    SHIELD("M50 8 L86 20 L86 48 C86 70 70 84 50 93 C30 84 14 70 14 48 L14 20 Z M33 50 L46 63 L68 37"),
    TOOL("M85 24 L71 38 L60 38 L60 27 L74 13 C60 7 42 19 46 40 L14 72 C7 81 19 93 28 86 L60 54 C80 58 93 40 85 24 Z");

    private final String drawing;

    Icon(String drawing) {
        this.drawing = drawing;
    }

    /** As catalogues write it ("stones"). Throws IllegalArgumentException with a sentence. */
    public static Icon of(String word) {
        for (var icon : values()) {
            if (icon.word().equals(word)) {
                return icon;
            }
        }
        throw new IllegalArgumentException("There is no icon \"%s\".".formatted(word));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path2D outline() {
        return Outlines.read(drawing);
    }
}

package org.cairn.openbadges.artwork;

import java.util.regex.Pattern;
import org.cairn.Problem;

/** What part of an SVG is shown: its view box, or else its size. In its own units. */
record SvgBox(double x, double y, double width, double height) {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{0,20})?) *(px|pt|pc|mm|cm|in)?");
    private static final double LARGEST = 1e6;

    /** Throws Problem UNPROCESSABLE where it says neither. */
    static SvgBox of(SvgElement root) {
        var stated = root.attributes().get("viewBox");
        var box = stated == null ? new SvgBox(0, 0, size(root, "width"), size(root, "height")) : of(stated);
        if (!(box.width > 0 && box.height > 0 && box.width <= LARGEST && box.height <= LARGEST)) {
            throw unsized();
        }
        return box;
    }

    private static SvgBox of(String stated) {
        if (SvgGrammar.numbers(stated) != 4) {
            throw unsized();
        }
        var parts = stated.strip().split("[\\s,]+");
        if (parts.length != 4) {
            throw unsized();
        }
        return new SvgBox(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }

    private static double size(SvgElement root, String side) {
        var size = SIZE.matcher(root.attributes().getOrDefault(side, "").strip());
        if (!size.matches()) {
            throw unsized();
        }
        double unit = switch (String.valueOf(size.group(2))) {
            case "pt" -> 96 / 72.0;
            case "pc" -> 16;
            case "mm" -> 96 / 25.4;
            case "cm" -> 96 / 2.54;
            case "in" -> 96;
            default -> 1;
        };
        return Double.parseDouble(size.group(1)) * unit;
    }

    private static Problem unsized() {
        return ArtworkFile.refused("The SVG does not say how large it is; give it a viewBox, and save it again.");
    }
}

package org.cairn.openbadges.image;

import static org.cairn.openbadges.image.Picture.Layer.drawn;
import static org.cairn.openbadges.image.Picture.Layer.filled;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ribbon across a badge of what was assessed: it says the level, and below it are eight dots, as many filled. */
final class Ribbon {

    private static final double X = 200;

    private Ribbon() {}

    static List<Picture.Layer> layers(Badge badge, double y) {
        var colour = badge.ribbon();
        var layers = new ArrayList<Picture.Layer>();
        for (int side : new int[] {-1, 1}) {
            var end = shape(side, "M108 -10 L186 -10 L168 12 L186 34 L108 34 Z", y);
            layers.add(drawn(end, Colour.WHITE, 5));
            layers.add(filled(end, colour.mixed(Colour.INK, 0.18)));
            layers.add(filled(shape(side, "M108 22 L140 22 L108 34 Z", y), colour.mixed(Colour.INK, 0.55)));
        }
        var band = Outlines.read("M-140 -22 L140 -22 L140 22 L-140 22 Z");
        band.transform(AffineTransform.getTranslateInstance(X, y));
        layers.add(drawn(band, Colour.WHITE, 4));
        layers.add(filled(band, colour));
        int size = badge.level() == null ? 17 : 21;
        layers.add(filled(Lettering.BOLD.spaced(words(badge), size, 2, X, y + size * 0.36), colour.readable()));
        if (badge.level() != null) {
            dots(badge, badge.level(), y + 40, layers);
        }
        return layers;
    }

    private static String words(Badge badge) {
        return badge.level() == null ? badge.kind().word().toUpperCase(Locale.ROOT) : "EQF LEVEL " + badge.level();
    }

    private static void dots(Badge badge, int level, double y, List<Picture.Layer> layers) {
        for (int i = 1; i <= 8; i++) {
            var dot = Outlines.ellipse(X + (i - 4.5) * 12.5, y, 3.6, 3.6);
            layers.add(i <= level ? filled(dot, badge.ribbon()) : drawn(dot, badge.ribbon(), 1.2));
        }
    }

    /** A drawing right of the middle, on either side. */
    private static Path2D shape(int side, String drawing, double y) {
        return new Path2D.Double(Outlines.read(drawing), new AffineTransform(side, 0, 0, 1, X, y));
    }
}

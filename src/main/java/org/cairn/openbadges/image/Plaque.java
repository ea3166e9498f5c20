package org.cairn.openbadges.image;

import static org.cairn.openbadges.image.Picture.Layer.drawn;
import static org.cairn.openbadges.image.Picture.Layer.filled;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recognition badge: a pale plaque with a broken line, no ribbon and no level, so that nobody takes it for what was assessed. */
final class Plaque {

    private static final double X = 200;

    private Plaque() {}

    static List<Picture.Layer> layers(Badge badge, @Nullable Artwork artwork) {
        var ground = badge.ground();
        // On paper instead of on the ground, so the ground's colour is made as dark as its own paper asks for.
        var paper = paper(ground);
        var ink = ground.contrast(paper) >= 4.5 ? ground : Colour.INK;
        var layers = new ArrayList<Picture.Layer>();
        layers.add(filled(square(24, 60), Colour.WHITE));
        layers.add(filled(square(30, 56), paper));
        layers.add(drawn(broken(), ink, 5));
        boolean isNamed = !badge.lettered(ink, 0, 270, 110).isEmpty();
        layers.add(badge.emblem(artwork, ink, X, isNamed ? 120 : 178, isNamed ? 92 : 150));
        layers.addAll(badge.lettered(ink, 238, 276, 112));
        layers.add(filled(Lettering.BOLD.spaced("RECOGNITION", 19, 3, X, 336), ink));
        return layers;
    }

    static Colour paper(Colour ground) {
        return ground.mixed(Colour.WHITE, 0.92);
    }

    private static Shape square(double inset, double corner) {
        double side = Picture.SIZE - 2 * inset;
        return new RoundRectangle2D.Double(inset, inset, side, side, 2 * corner, 2 * corner);
    }

    /** Short lines along the four sides; drawn as such, since each of SVG, PNG and PDF breaks lines in its own way. */
    private static Path2D broken() {
        var path = new Path2D.Double();
        for (int i = 0; i < 12; i++) {
            double from = 92 + i * 18.6;
            for (double side : new double[] {44, 356}) {
                path.moveTo(from, side);
                path.lineTo(from + 9, side);
                path.moveTo(side, from);
                path.lineTo(side, from + 9);
            }
        }
        return path;
    }
}

package org.cairn.openbadges.image;

import static org.cairn.openbadges.image.Picture.Layer.drawn;
import static org.cairn.openbadges.image.Picture.Layer.filled;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate: a round seal with a scalloped rim, on two tails of ribbon. */
final class Seal {

    private static final double X = 200;
    private static final double Y = 176;
    private static final int LOBES = 32;

    private Seal() {}

    static List<Picture.Layer> layers(Badge badge, @Nullable Artwork artwork) {
        var ground = badge.ground();
        var layers = new ArrayList<Picture.Layer>();
        tails(badge, layers);
        layers.add(filled(scallop(170, 176), Colour.WHITE));
        layers.add(filled(scallop(163, 169), ground.mixed(Colour.INK, 0.35)));
        layers.add(filled(Outlines.ellipse(X, Y, 154, 154), badge.ribbon()));
        layers.add(filled(Outlines.ellipse(X, Y, 149, 149), ground));
        rays(badge, layers);
        layers.add(drawn(Outlines.ellipse(X, Y, 141, 141), badge.ribbon(), 2));
        boolean isNamed = !badge.lettered(badge.ink(), 0, 232, 90).isEmpty();
        layers.add(badge.emblem(artwork, badge.ink(), X, isNamed ? 94 : 150, isNamed ? 78 : 140));
        layers.addAll(badge.lettered(badge.ink(), 192, 240, 92));
        layers.addAll(Ribbon.layers(badge, 272));
        return layers;
    }

    private static void tails(Badge badge, List<Picture.Layer> layers) {
        for (int side : new int[] {-1, 1}) {
            var tail = Outlines.polygon(
                    new Point2D.Double(X + side * 30, 280),
                    new Point2D.Double(X + side * 110, 250),
                    new Point2D.Double(X + side * 142, 386),
                    new Point2D.Double(X + side * 106, 366),
                    new Point2D.Double(X + side * 82, 396));
            layers.add(drawn(tail, Colour.WHITE, 8));
            layers.add(filled(tail, badge.ribbon().mixed(Colour.INK, 0.25)));
        }
    }

    private static Path2D scallop(double inner, double outer) {
        var path = new Path2D.Double();
        for (int i = 0; i <= LOBES; i++) {
            var at = Outlines.at(X, Y, inner, 2 * Math.PI * i / LOBES);
            if (i == 0) {
                path.moveTo(at.getX(), at.getY());
            } else {
                var bulge = Outlines.at(X, Y, 2 * outer - inner, 2 * Math.PI * (i - 0.5) / LOBES);
                path.quadTo(bulge.getX(), bulge.getY(), at.getX(), at.getY());
            }
        }
        path.closePath();
        return path;
    }

    private static void rays(Badge badge, List<Picture.Layer> layers) {
        int rays = 18 + 2 * badge.choice(6, 2);
        var centre = new Point2D.Double(X, Y);
        var path = new Path2D.Double();
        for (int i = 0; i < rays; i++) {
            double from = 2 * Math.PI * (i - 0.25) / rays;
            path.append(
                    Outlines.polygon(
                            centre, Outlines.at(X, Y, 140, from), Outlines.at(X, Y, 140, from + Math.PI / rays)),
                    false);
        }
        layers.add(filled(path, badge.shaded(0.09)));
    }
}

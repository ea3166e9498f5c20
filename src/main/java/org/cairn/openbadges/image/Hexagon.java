package org.cairn.openbadges.image;

import static org.cairn.openbadges.image.Picture.Layer.drawn;
import static org.cairn.openbadges.image.Picture.Layer.filled;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A micro-credential: six sides, like the cells that a whole is built of. */
final class Hexagon {

    private static final double X = 200;
    private static final double Y = 194;

    private Hexagon() {}

    static List<Picture.Layer> layers(Badge badge, @Nullable Artwork artwork) {
        var ground = badge.ground();
        var layers = new ArrayList<Picture.Layer>();
        layers.add(filled(Outlines.rounded(Outlines.around(X, Y, 192, 6), 30), Colour.WHITE));
        layers.add(filled(Outlines.rounded(Outlines.around(X, Y, 186, 6), 28), ground.mixed(Colour.INK, 0.35)));
        layers.add(filled(Outlines.rounded(Outlines.around(X, Y, 172, 6), 24), ground));
        facets(badge, layers);
        layers.add(drawn(Outlines.rounded(Outlines.around(X, Y, 158, 6), 20), badge.ribbon(), 3));
        boolean isNamed = !badge.lettered(badge.ink(), 0, 236, 96).isEmpty();
        layers.add(badge.emblem(artwork, badge.ink(), X, isNamed ? 108 : 168, isNamed ? 84 : 150));
        layers.addAll(badge.lettered(badge.ink(), 214, 244, 100));
        layers.addAll(Ribbon.layers(badge, 296));
        return layers;
    }

    /** Light from one side, which differs from badge to badge. Only so much that the name is read as well on each. */
    private static void facets(Badge badge, List<Picture.Layer> layers) {
        var corners = Outlines.around(X, Y, 156, 6);
        int turn = badge.choice(6, 2);
        var centre = new Point2D.Double(X, Y);
        for (int i = 0; i < 6; i++) {
            double shade = new double[] {0, 0.05, 0.11, 0.14, 0.11, 0.05}[(i + turn) % 6];
            var facet = Outlines.polygon(centre, corners.get(i), corners.get((i + 1) % 6));
            layers.add(filled(facet, badge.shaded(shade)));
        }
    }
}

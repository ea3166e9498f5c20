package org.cairn.openbadges.image;

import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** Shapes, by their corners and by a short notation. */
final class Outlines {

    private Outlines() {}

    /** Reads SVG's path commands M, L, C and Z with absolute numbers, and E for an ellipse: centre and two radii. */
    static Path2D read(String drawing) {
        var path = new Path2D.Double();
        var parts = new ArrayDeque<>(
                List.of(drawing.replaceAll("([MLCZE])", " $1 ").strip().split("\\s+")));
        while (!parts.isEmpty()) {
            switch (parts.pop()) {
                case "M" -> path.moveTo(number(parts), number(parts));
                case "L" -> path.lineTo(number(parts), number(parts));
                case "C" ->
                    path.curveTo(
                            number(parts), number(parts), number(parts), number(parts), number(parts), number(parts));
                case "E" -> path.append(ellipse(number(parts), number(parts), number(parts), number(parts)), false);
                default -> path.closePath();
            }
        }
        return path;
    }

    static Ellipse2D ellipse(double x, double y, double width, double height) {
        return new Ellipse2D.Double(x - width, y - height, 2 * width, 2 * height);
    }

    /** A polygon whose corners are rounded off from that distance before each. */
    static Path2D rounded(List<Point2D> corners, double distance) {
        var path = new Path2D.Double();
        int count = corners.size();
        for (int i = 0; i < count; i++) {
            var corner = corners.get(i);
            var before = towards(corner, corners.get((i + count - 1) % count), distance);
            var after = towards(corner, corners.get((i + 1) % count), distance);
            if (i == 0) {
                path.moveTo(before.getX(), before.getY());
            } else {
                path.lineTo(before.getX(), before.getY());
            }
            path.quadTo(corner.getX(), corner.getY(), after.getX(), after.getY());
        }
        path.closePath();
        return path;
    }

    /** So many points around a centre, the first above it. */
    static List<Point2D> around(double x, double y, double radius, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> at(x, y, radius, 2 * Math.PI * i / count))
                .toList();
    }

    /** The point at an angle from straight up, clockwise. */
    static Point2D at(double x, double y, double radius, double angle) {
        return new Point2D.Double(x + radius * StrictMath.sin(angle), y - radius * StrictMath.cos(angle));
    }

    static Path2D polygon(Point2D... corners) {
        var path = new Path2D.Double();
        path.moveTo(corners[0].getX(), corners[0].getY());
        for (int i = 1; i < corners.length; i++) {
            path.lineTo(corners[i].getX(), corners[i].getY());
        }
        path.closePath();
        return path;
    }

    /** A drawing of a square of 100, so wide, around a centre. */
    static Path2D placed(Path2D drawing, double x, double y, double width) {
        var placed = new AffineTransform();
        placed.translate(x - width / 2, y - width / 2);
        placed.scale(width / 100, width / 100);
        return new Path2D.Double(drawing, placed);
    }

    private static double number(Deque<String> parts) {
        return Double.parseDouble(parts.pop());
    }

    private static Point2D towards(Point2D from, Point2D to, double distance) {
        double share = distance / from.distance(to);
        return new Point2D.Double(
                from.getX() + (to.getX() - from.getX()) * share, from.getY() + (to.getY() - from.getY()) * share);
    }
}

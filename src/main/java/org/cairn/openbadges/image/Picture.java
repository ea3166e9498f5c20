package org.cairn.openbadges.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Shapes in a square of {@value #SIZE}, and perhaps the artwork of an institution, drawn one over the other. The same picture gives the same bytes.
 *
 * @param title what somebody reads who does not see it
 */
public record Picture(String title, List<Layer> layers) {

    public static final int SIZE = 400;

    public sealed interface Layer {

        static Layer filled(Shape shape, Colour colour) {
            return new Outline(shape, colour, 0);
        }

        static Layer drawn(Shape shape, Colour colour, double width) {
            return new Outline(shape, colour, width);
        }
    }

    /**
     * One shape in one colour.
     *
     * @param width of the line along it; 0: it is filled
     */
    public record Outline(Shape shape, Colour colour, double width) implements Layer {}

    /** What an institution brought, in an area of its proportions. */
    public record Pixels(Artwork artwork, Rectangle2D area) implements Layer {}

    public Picture {
        layers = List.copyOf(layers);
    }

    /** Letters are outlines, so that it looks the same wherever it is shown. */
    public String svg() {
        var svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" width=\"%1$d\" height=\"%1$d\""
                .formatted(SIZE));
        svg.append(" role=\"img\"><title>").append(escaped(title)).append("</title>");
        for (var layer : layers) {
            switch (layer) {
                case Outline one -> append(one, svg);
                case Pixels one -> append(one, svg);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /** As a PNG of so many pixels each way. */
    public byte[] png(int pixels) {
        var image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.transform(AffineTransform.getScaleInstance((double) pixels / SIZE, (double) pixels / SIZE));
        for (var layer : layers) {
            switch (layer) {
                case Outline one -> draw(one, graphics);
                case Pixels one -> draw(one, graphics);
            }
        }
        graphics.dispose();
        return png(image);
    }

    /** The pixels as they are, as a PNG. */
    static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        // In memory: left to itself, ImageIO writes by way of a temporary file.
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void draw(Outline outline, Graphics2D graphics) {
        graphics.setColor(new Color(outline.colour().rgb()));
        if (outline.width() == 0) {
            graphics.fill(outline.shape());
        } else {
            graphics.setStroke(new BasicStroke((float) outline.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(outline.shape());
        }
    }

    private static void draw(Pixels pixels, Graphics2D graphics) {
        var image = pixels.artwork().image();
        var area = pixels.area();
        var place = AffineTransform.getTranslateInstance(area.getX(), area.getY());
        place.scale(area.getWidth() / image.getWidth(), area.getHeight() / image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, place, null);
    }

    private static void append(Outline outline, StringBuilder svg) {
        svg.append("<path ").append(paint(outline)).append(" d=\"");
        append(outline.shape(), svg);
        svg.append("\"/>");
    }

    /** In the picture itself: it refers to nothing outside of it. */
    private static void append(Pixels pixels, StringBuilder svg) {
        var area = pixels.area();
        svg.append("<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" href=\"data:image/png;base64,"
                        .formatted(
                                number(area.getX()),
                                number(area.getY()),
                                number(area.getWidth()),
                                number(area.getHeight())))
                .append(Base64.getEncoder().encodeToString(pixels.artwork().png()))
                .append("\"/>");
    }

    private static String paint(Outline layer) {
        var hex = layer.colour().hex();
        return layer.width() == 0
                ? "fill=\"" + hex + "\""
                : "fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
                        .formatted(hex, number(layer.width()));
    }

    private static void append(Shape shape, StringBuilder path) {
        var points = new double[6];
        // Java fills by the rule that each outline carries; SVG's usual one is non-zero, and so is that of letters.
        for (var each = shape.getPathIterator(null); !each.isDone(); each.next()) {
            int count = switch (each.currentSegment(points)) {
                case PathIterator.SEG_MOVETO -> command(path, 'M', 2);
                case PathIterator.SEG_LINETO -> command(path, 'L', 2);
                case PathIterator.SEG_QUADTO -> command(path, 'Q', 4);
                case PathIterator.SEG_CUBICTO -> command(path, 'C', 6);
                default -> command(path, 'Z', 0);
            };
            for (int i = 0; i < count; i++) {
                path.append(i == 0 ? "" : " ").append(number(points[i]));
            }
        }
    }

    private static int command(StringBuilder path, char command, int numbers) {
        path.append(command);
        return numbers;
    }

    private static String number(double value) {
        var rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String escaped(String text) {
        return text.codePoints()
                .filter(Picture::isXml)
                .mapToObj(Character::toString)
                .collect(java.util.stream.Collectors.joining())
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** XML 1.0 §2.2: nothing else may stand in a document, not even escaped. */
    private static boolean isXml(int one) {
        return one == '\t'
                || one == '\n'
                || (one >= 0x20 && one < 0xd800)
                || (one >= 0xe000 && one < 0xfffe)
                || one > 0xffff;
    }
}

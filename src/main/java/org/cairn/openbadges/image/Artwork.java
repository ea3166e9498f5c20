package org.cairn.openbadges.image;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.cairn.Sha256;

/** What an institution puts into its badges in place of an icon: pixels that were made here, of whatever came, and never larger than that. */
public final class Artwork {

    /** Pixels of its longer side. */
    public static final int LONGEST = 320;

    public static final String STRIP =
            "The picture is more than four times as long as it is wide, and would be a thin strip; choose another part of it.";

    private static final int SHORTEST = 32;
    private static final int MOST_TO_ONE = 4;

    /** From this opacity on, of 255, a pixel is seen. */
    private static final int SEEN = 32;

    private final byte[] png;
    private final BufferedImage image;

    private Artwork(byte[] png, BufferedImage image) {
        this.png = png;
        this.image = image;
    }

    /** Throws IllegalArgumentException with a sentence where a badge could not show it: it is tiny, a strip, or empty. */
    public static Artwork of(BufferedImage drawn) {
        int longer = Math.max(drawn.getWidth(), drawn.getHeight());
        if (longer < SHORTEST) {
            throw new IllegalArgumentException(
                    "The picture is smaller than %d pixels, and would be a blur; choose a larger one."
                            .formatted(SHORTEST));
        }
        if (isStrip(drawn.getWidth(), drawn.getHeight())) {
            throw new IllegalArgumentException(STRIP);
        }
        var image = scaled(drawn, Math.min(1, (double) LONGEST / longer));
        if (share(image, colour -> true) < 0.01) {
            throw new IllegalArgumentException("Nothing is to be seen in the picture: it is all but transparent.");
        }
        return new Artwork(encoded(image), image);
    }

    /** Whether a badge has no place for something of these sides. */
    public static boolean isStrip(double width, double height) {
        return Math.max(width, height) > MOST_TO_ONE * Math.min(width, height);
    }

    /** As {@link #png} gave it. */
    public static Artwork kept(byte[] png) {
        try {
            return new Artwork(
                    png.clone(), ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its name: the SHA-256 digest of its PNG, as 64 hexadecimal digits. */
    public String digest() {
        return Sha256.hex(png);
    }

    public byte[] png() {
        return png.clone();
    }

    /** Not to be drawn on. */
    public BufferedImage image() {
        return image;
    }

    /** How much of what is seen of it is told from a ground (contrast 3 to 1, WCAG 2.2, 1.4.11): 0 to 1. */
    public double standsOut(Colour ground) {
        double seen = share(image, colour -> true);
        return share(image, pixel -> shown(pixel, ground).contrast(ground) >= 3) / seen;
    }

    private static Colour shown(int pixel, Colour ground) {
        return ground.mixed(new Colour(pixel & 0xffffff), (pixel >>> 24) / 255.0);
    }

    /** Of all pixels those that are seen and of that kind. */
    private static double share(BufferedImage image, IntPredicate kind) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                count += pixel >>> 24 >= SEEN && kind.test(pixel) ? 1 : 0;
            }
        }
        return (double) count / image.getWidth() / image.getHeight();
    }

    /** By halves at most: at once, most of the pixels would have no say. */
    private static BufferedImage scaled(BufferedImage drawn, double scale) {
        int width = Math.max(1, (int) Math.round(drawn.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(drawn.getHeight() * scale));
        var image = drawn;
        do {
            int stepWidth = Math.max(width, image.getWidth() / 2);
            int stepHeight = Math.max(height, image.getHeight() / 2);
            // With the colours of what is transparent left out, which would make a rim.
            var step = new BufferedImage(stepWidth, stepHeight, BufferedImage.TYPE_INT_ARGB_PRE);
            var graphics = step.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, stepWidth, stepHeight, null);
            graphics.dispose();
            image = step;
        } while (image.getWidth() > width || image.getHeight() > height);
        return image;
    }

    private static byte[] encoded(BufferedImage image) {
        var plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        plain.createGraphics().drawImage(image, 0, 0, null);
        return Picture.png(plain);
    }
}

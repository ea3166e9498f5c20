package org.cairn.openbadges;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.cairn.openbadges.artwork.ArtworkFile;
import org.cairn.openbadges.image.Artwork;

/** Pictures such as institutions upload. */
public final class Artworks {

    /** As a drawing program writes it, with what belongs to the program. */
    public static final String LIGHTHOUSE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- Drawn by hand -->
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
                 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" viewBox="0 0 100 100" width="100mm" height="100mm" version="1.1">
              <title>Lighthouse</title><metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
              <sodipodi:namedview pagecolor="#ffffff" inkscape:zoom="2"/>
              <defs>
                <linearGradient id="stops"><stop offset="0" style="stop-color:#ffd54a;stop-opacity:1"/><stop offset="100%" stop-color="#ff7a1a" stop-opacity=".9"/></linearGradient>
                <linearGradient id="sky" xlink:href="#stops" x1="0" y1="0" x2="0" y2="100" gradientUnits="userSpaceOnUse" gradientTransform="rotate(10 50,50)"/>
                <clipPath id="round"><circle cx="50" cy="50" r="48"/></clipPath>
              </defs>
              <g inkscape:label="All" clip-path="url(#round)" font-family="Nothing">
                <rect width="100" height="100" fill="url(#sky)"/>
                <path d="M40,90 L45 30h10l5,60z M43 28a7 7 0 0114 0z" style="fill:#ffffff;stroke:none;-inkscape-stroke:none" data-name="tower"/>
                <polygon points="0,80 50,70 100,80 100,100 0,100" fill="rgb(10, 80, 120)" opacity=".8"/>
                <g transform="translate(50 20) scale(.5)"><circle r="6" fill="tomato" stroke="#fff" stroke-width="2px" stroke-linecap="round"/></g>
              </g>
            </svg>
            """;

    private Artworks() {}

    public static Artwork lighthouse() {
        return ArtworkFile.read(LIGHTHOUSE.getBytes(StandardCharsets.UTF_8));
    }

    /** An SVG of 100 by 100 with that inside. */
    public static byte[] svg(String inside) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect width=\"100\" height=\"100\" fill=\"#c00\"/>%s</svg>"
                .formatted(inside)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A disc in one colour, on nothing. */
    public static byte[] png(int width, int height, Color colour) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillOval(0, 0, width, height);
        return png(image);
    }

    public static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A PNG of such a head, with rows of so many zeros. */
    public static byte[] png(int width, int height, int bits, int type, long zeros, byte[]... before) {
        var head = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) type);
        var chunks = new byte[before.length + 2][];
        chunks[0] = Pictures.chunk("IHDR", head.array());
        System.arraycopy(before, 0, chunks, 1, before.length);
        chunks[before.length + 1] = Pictures.chunk("IDAT", deflated(zeros));
        var png = new ByteArrayOutputStream();
        png.writeBytes(Baked.PNG);
        for (var chunk : chunks) {
            png.writeBytes(chunk);
        }
        png.writeBytes(Pictures.chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] deflated(long zeros) {
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            var block = new byte[8192];
            for (long left = zeros; left > 0; left -= block.length) {
                output.write(block, 0, (int) Math.min(left, block.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

package org.cairn.openbadges.image;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** A bundled font as outlines. Java's own fonts would need what small machines lack, and differ between them. Safe for many threads. */
final class Lettering {

    static final Lettering BOLD = new Lettering(Face.SANS_BOLD);

    private final TrueTypeFont font;

    private Lettering(Face face) {
        try (var stream = face.stream()) {
            font = new TTFParser().parse(new RandomAccessReadBuffer(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the font has every letter of it. */
    boolean hasAll(String text) {
        return Writing.visual(text).codePoints().allMatch(one -> glyph(one) != 0);
    }

    double width(String text, double size) {
        return Writing.visual(text).codePoints().mapToDouble(this::advance).sum() * size;
    }

    /** The text in one line, its middle at x and its base line at y. */
    Path2D centred(String text, double size, double x, double y) {
        return placed(text, size, 0, x - width(text, size) / 2, y);
    }

    /** The same with so much more between its letters. */
    Path2D spaced(String text, double size, double gap, double x, double y) {
        double width = width(text, size) + gap * (text.codePointCount(0, text.length()) - 1);
        return placed(text, size, gap, x - width / 2, y);
    }

    private synchronized Path2D placed(String text, double size, double gap, double left, double y) {
        var path = new Path2D.Double();
        double x = left;
        try {
            double unit = size / font.getUnitsPerEm();
            for (int one : Writing.visual(text).codePoints().toArray()) {
                var outline = Optional.ofNullable(font.getGlyph().getGlyph(glyph(one)));
                var at = new AffineTransform(unit, 0, 0, -unit, x, y);
                outline.ifPresent(found -> path.append(found.getPath().getPathIterator(at), false));
                x += advance(one) * size + gap;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    private synchronized double advance(int one) {
        try {
            return (double) font.getAdvanceWidth(glyph(one)) / font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized int glyph(int one) {
        try {
            return font.getUnicodeCmapLookup().getGlyphId(one);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

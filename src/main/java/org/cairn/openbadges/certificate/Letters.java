package org.cairn.openbadges.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.cairn.openbadges.image.Face;
import org.cairn.openbadges.image.Writing;
import org.jspecify.annotations.Nullable;

/** The fonts of one document. A letter that a face lacks is taken from another, or else from a font that was added. */
final class Letters {

    /** Letters of one font. */
    record Run(PDFont font, String text) {}

    private record Font(TrueTypeFont outlines, PDFont font) {

        boolean has(int letter) {
            try {
                return outlines.getUnicodeCmapLookup().getGlyphId(letter) != 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final Map<Face, List<Face>> INSTEAD = Map.of(
            Face.SANS, List.of(Face.SANS, Face.SERIF),
            Face.SANS_BOLD, List.of(Face.SANS_BOLD, Face.SANS),
            Face.SERIF, List.of(Face.SERIF, Face.SANS),
            Face.SERIF_BOLD, List.of(Face.SERIF_BOLD, Face.SANS_BOLD, Face.SANS));

    // To read and unpack them was a third of what a document takes. What is parsed belongs to one document.
    private static final Map<Face, byte[]> FILES = new ConcurrentHashMap<>();

    private final PDDocument pdf;
    private final Fonts added;
    private final Map<Face, Font> fonts = new EnumMap<>(Face.class);
    private final Map<byte[], Font> addedFonts = new IdentityHashMap<>();

    Letters(PDDocument pdf, Fonts added) {
        this.pdf = pdf;
        this.added = added;
    }

    /** Which of its letters cannot be set. */
    Set<Integer> missing(String text, Face face) {
        return Writing.visual(Writing.plain(text))
                .codePoints()
                .filter(one -> font(one, face) == null)
                .boxed()
                .collect(Collectors.toSet());
    }

    /** In points, of a line in reading order. */
    double width(String line, Face face, double size) {
        try {
            double width = 0;
            for (var run : runs(line, face)) {
                width += run.font().getStringWidth(run.text());
            }
            return width * size / 1000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From left to right. What no face has is left out. */
    List<Run> runs(String line, Face face) {
        var runs = new ArrayList<Run>();
        var text = new StringBuilder();
        PDFont last = null;
        for (int letter : Writing.visual(line).codePoints().toArray()) {
            var font = font(letter, face);
            if (font == null) {
                continue;
            }
            if (last != null && font != last) {
                runs.add(new Run(last, text.toString()));
                text.setLength(0);
            }
            last = font;
            text.appendCodePoint(letter);
        }
        if (last != null) {
            runs.add(new Run(last, text.toString()));
        }
        return runs;
    }

    private @Nullable PDFont font(int letter, Face face) {
        for (var one : INSTEAD.getOrDefault(face, List.of(face))) {
            var font = fonts.computeIfAbsent(one, it -> load(FILES.computeIfAbsent(it, Letters::file)));
            if (font.has(letter)) {
                return font.font();
            }
        }
        return added.with(letter)
                .map(file -> addedFonts.computeIfAbsent(file, this::load).font())
                .orElse(null);
    }

    private Font load(byte[] file) {
        try {
            var outlines = Fonts.outlines(file);
            return new Font(outlines, PDType0Font.load(pdf, outlines, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] file(Face face) {
        try (var stream = face.stream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

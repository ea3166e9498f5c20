package org.cairn.openbadges.certificate;

import static java.lang.Character.UnicodeScript.ARMENIAN;
import static java.lang.Character.UnicodeScript.BOPOMOFO;
import static java.lang.Character.UnicodeScript.CHEROKEE;
import static java.lang.Character.UnicodeScript.COMMON;
import static java.lang.Character.UnicodeScript.CYRILLIC;
import static java.lang.Character.UnicodeScript.ETHIOPIC;
import static java.lang.Character.UnicodeScript.GEORGIAN;
import static java.lang.Character.UnicodeScript.GREEK;
import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.LATIN;
import static java.lang.Character.UnicodeScript.TIFINAGH;
import static java.lang.Character.UnicodeScript.YI;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.cairn.Problem;

/** TrueType fonts that an institution adds, for letters that the bundled ones lack. Safe for many threads. */
public final class Fonts {

    public static final Fonts NONE = new Fonts(List.of());

    /** Written one letter beside the other. What has to be joined, turned or stacked would be set wrongly, which is worse than not at all. */
    private static final Set<UnicodeScript> PLAIN = EnumSet.of(
            ARMENIAN, BOPOMOFO, CHEROKEE, COMMON, CYRILLIC, ETHIOPIC, GEORGIAN, GREEK, HAN, HANGUL, HIRAGANA, KATAKANA,
            LATIN, TIFINAGH, YI);

    private final List<byte[]> files;

    private Fonts(List<byte[]> files) {
        this.files = files;
    }

    /**
     * The {@code .ttf} files of a folder, in the order of their names; none where there is no folder. Throws Problem UNPROCESSABLE with
     * the name of the first that cannot be set in a certificate.
     */
    public static Fonts in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return NONE;
        }
        try (var files = Files.list(folder)) {
            return new Fonts(files.filter(file -> file.getFileName().toString().endsWith(".ttf"))
                    .sorted()
                    .map(Fonts::checked)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isPlain(int letter) {
        return PLAIN.contains(UnicodeScript.of(letter));
    }

    List<byte[]> files() {
        return files;
    }

    static TrueTypeFont outlines(byte[] file) throws IOException {
        var outlines = new TTFParser().parse(new RandomAccessReadBuffer(file));
        // Writing has joined what has to be joined, and a ligature would be no letter for who copies the text.
        outlines.setEnableGsub(false);
        return outlines;
    }

    /** By doing what every certificate will do with it. */
    private static byte[] checked(Path path) {
        try (var pdf = new PDDocument()) {
            byte[] file = Files.readAllBytes(path);
            var outlines = outlines(file);
            outlines.getUnicodeCmapLookup();
            PDType0Font.load(pdf, outlines, true);
            return file;
        } catch (IOException | RuntimeException e) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "font_unusable",
                    "The font %s cannot be set in certificates (%s); take it out of the folder, or put a TrueType font there that may be embedded."
                            .formatted(path, e.getMessage()));
        }
    }
}

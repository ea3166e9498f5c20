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

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.cairn.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TrueType fonts that an institution adds, for letters that the bundled ones lack. Safe for many threads. */
public final class Fonts {

    public static final Fonts NONE = new Fonts(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);

    /** Written one letter beside the other. What has to be joined, turned or stacked would be set wrongly, which is worse than not at all. */
    private static final Set<UnicodeScript> PLAIN = EnumSet.of(
            ARMENIAN, BOPOMOFO, CHEROKEE, COMMON, CYRILLIC, ETHIOPIC, GEORGIAN, GREEK, HAN, HANGUL, HIRAGANA, KATAKANA,
            LATIN, TIFINAGH, YI);

    /** How many letters of a font are tried at the start. */
    private static final int TRIED = 100;

    private final List<Added> added;

    private Fonts(List<Added> added) {
        this.added = added;
    }

    /**
     * The {@code .ttf} files of a folder, in the order of their names; none where there is no folder. Throws Problem UNPROCESSABLE with
     * the name of the first that cannot be set in a certificate.
     */
    public static Fonts in(Path folder) {
        if (Files.notExists(folder)) {
            return NONE;
        }
        try (var files = Files.list(folder)) {
            var fonts = files.filter(Fonts::isTrueType).sorted().toList();
            LOG.info(
                    "fonts added for certificates: {}",
                    fonts.stream().map(Path::getFileName).toList());
            return new Fonts(fonts.stream().map(Added::new).toList());
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Whether a letter can be set without regard to those beside it. */
    static boolean isPlain(int letter) {
        return PLAIN.contains(UnicodeScript.of(letter)) && !isMark(letter) && !isPartOfSyllable(letter);
    }

    /** The first font that has this letter, if it {@linkplain #isPlain can be set}. */
    Optional<byte[]> with(int letter) {
        return added.stream()
                .filter(font -> font.letters.get(letter))
                .map(font -> font.file)
                .findFirst();
    }

    static TrueTypeFont outlines(byte[] file) throws IOException {
        var outlines = new TTFParser().parse(new RandomAccessReadBuffer(file));
        // Writing has joined what has to be joined, and a ligature would be no letter for who copies the text.
        outlines.setEnableGsub(false);
        return outlines;
    }

    private static boolean isTrueType(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".ttf");
    }

    private static boolean isMark(int letter) {
        int type = Character.getType(letter);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Of Korean, whose parts have become whole syllables before, but for those of old that are no syllable by themselves. */
    private static boolean isPartOfSyllable(int letter) {
        int type = UCharacter.getIntPropertyValue(letter, UProperty.HANGUL_SYLLABLE_TYPE);
        return type == UCharacter.HangulSyllableType.LEADING_JAMO
                || type == UCharacter.HangulSyllableType.VOWEL_JAMO
                || type == UCharacter.HangulSyllableType.TRAILING_JAMO;
    }

    private static Problem unusable(Path path, Exception e) {
        return new Problem(
                Problem.Kind.UNPROCESSABLE,
                "font_unusable",
                "%s cannot be set in certificates (%s); take it out of the folder of fonts, or put a TrueType font there that may be embedded."
                        .formatted(path, e instanceof FileSystemException ? "it cannot be read" : e.getMessage()));
    }

    /** A font with the letters that are taken from it: to look for one parses nothing. */
    private static final class Added {

        private final byte[] file;
        private final BitSet letters;

        private Added(Path path) {
            try (var pdf = new PDDocument()) {
                file = Files.readAllBytes(path);
                var outlines = outlines(file);
                var glyphs = outlines.getUnicodeCmapLookup();
                letters = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(letter -> glyphs.getGlyphId(letter) != 0 && isPlain(letter))
                        .collect(BitSet::new, BitSet::set, BitSet::or);
                // As every certificate does it.
                var font = PDType0Font.load(pdf, outlines, true);
                letters.stream().limit(TRIED).forEach(font::addToSubset);
                font.subset();
            } catch (IOException | RuntimeException e) {
                throw unusable(path, e);
            }
        }
    }
}

package org.cairn.openbadges.image;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.ArabicShaping;
import com.ibm.icu.text.ArabicShapingException;
import com.ibm.icu.text.Bidi;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How text becomes letters in the order in which they stand on the line, from the left. */
public final class Writing {

    private static final ArabicShaping JOINED =
            new ArabicShaping(ArabicShaping.LETTERS_SHAPE | ArabicShaping.TEXT_DIRECTION_LOGICAL);

    private Writing() {}

    /** Without what nobody sees, and with single spaces. */
    public static String plain(String text) {
        var plain = new StringBuilder();
        Normalizer2.getNFCInstance()
                .normalize(text)
                .codePoints()
                .map(one -> UCharacter.isUWhiteSpace(one) ? ' ' : one)
                .filter(one -> !UCharacter.hasBinaryProperty(one, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                .filter(one -> !Character.isISOControl(one) && Character.getType(one) != Character.SURROGATE)
                .forEach(plain::appendCodePoint);
        return plain.toString().replaceAll(" +", " ").strip();
    }

    /** The letters of one line from left to right: Arabic joined, Hebrew and Arabic turned round, their brackets mirrored. */
    public static String visual(String line) {
        try {
            var bidi = new Bidi(JOINED.shape(line), Bidi.LEVEL_DEFAULT_LTR);
            return bidi.writeReordered(Bidi.DO_MIRRORING | Bidi.KEEP_BASE_COMBINING);
        } catch (ArabicShapingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is read from the right, by its first letter that says so. */
    public static boolean isFromTheRight(String text) {
        return Bidi.getBaseDirection(text) == Bidi.RTL;
    }

    /** Lines no wider than {@code most}, broken where its script breaks; a word that is wider alone is broken anywhere. */
    public static List<String> lines(String text, double most, ToDoubleFunction<String> width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var piece : pieces(text)) {
            if (!line.isEmpty() && width.applyAsDouble((line + piece).strip()) > most) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(piece);
            while (width.applyAsDouble(line.toString().strip()) > most && line.length() > 1) {
                int cut = fitting(line.toString(), most, width);
                lines.add(line.substring(0, cut));
                line.delete(0, cut);
            }
        }
        if (!line.toString().isBlank()) {
            lines.add(line.toString().strip());
        }
        return lines;
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        var breaks = BreakIterator.getLineInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    /** How many characters fit, and one letter at least. */
    private static int fitting(String word, double most, ToDoubleFunction<String> width) {
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(word);
        int fits = letters.following(0);
        for (int end = fits;
                end != BreakIterator.DONE && width.applyAsDouble(word.substring(0, end)) <= most;
                end = letters.next()) {
            fits = end;
        }
        return fits;
    }
}

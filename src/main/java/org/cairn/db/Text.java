package org.cairn.db;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.Problem;

/** Text of other systems, as far as both databases keep it as it is. */
public final class Text {

    private Text() {}

    /** False where it holds a NUL, which PostgreSQL refuses, or half of a surrogate pair, which it would keep as a question mark. */
    public static boolean isKept(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    /**
     * What somebody wrote into a field, without the space around it.
     *
     * @throws Problem MALFORMED, with the code and the sentence, where it is empty, longer or not {@link #isKept kept}
     */
    public static String written(String text, int most, String code, String sentence) {
        var plain = text.replace("\r\n", "\n").strip();
        if (plain.isEmpty() || plain.length() > most || !isKept(plain)) {
            throw new Problem(Problem.Kind.MALFORMED, code, sentence);
        }
        return plain;
    }

    /** The words of a text that are divided by spaces, each once. */
    public static Set<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /** Its first characters, at most so many, and no half of one. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}

package org.cairn.openbadges.artwork;

import java.util.List;
import java.util.regex.Pattern;

/** How numbers, lengths and colours are written in an SVG that is taken. Reads in one pass whatever is shown to it. */
final class SvgGrammar {

    /** Of a number; what is larger is beyond any picture, and a curve through it fails in Java's drawing. */
    private static final double LARGEST = 1e7;

    private static final String NUMBER = "[+-]?(?:\\d{1,9}(?:\\.\\d{0,20})?|\\.\\d{1,20})(?:[eE][+-]?\\d{1,2})?";
    static final Pattern NUMBERS = Pattern.compile(NUMBER);
    private static final Pattern LENGTH = Pattern.compile("(" + NUMBER + ")(?:px|pt|pc|mm|cm|in|%)?");
    private static final Pattern COLOUR = Pattern.compile(
            "#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]{3,24}|rgba?\\([0-9., %]{5,60}\\)");
    private static final Pattern REFERENCE = Pattern.compile("url\\( ?(['\"]?)#([^'\"()\\s]{1,200})\\1 ?\\)");
    private static final Pattern TRANSFORM =
            Pattern.compile("\\s*(?:translate|scale|rotate|skewX|skewY|matrix)\\s*\\(([^()]{1,300})\\)[\\s,]*");
    private static final int MOST_TRANSFORMS = 20;
    private static final double MOST_PERCENT = 1000;

    /** The letters of a path. */
    static final String COMMANDS = "MmZzLlHhVvCcSsQqTtAa";

    private SvgGrammar() {}

    static boolean isLength(String text) {
        var length = LENGTH.matcher(text.strip());
        return length.matches()
                && isBounded(length.group(1))
                && !(text.contains("%") && Math.abs(Double.parseDouble(length.group(1))) > MOST_PERCENT);
    }

    static boolean isColour(String text) {
        return COLOUR.matcher(text.strip()).matches();
    }

    /** The id that is referred to, inside the same file; empty where the text is no such reference. */
    static String reference(String text) {
        var reference = REFERENCE.matcher(text.strip());
        return reference.matches() ? reference.group(2) : "";
    }

    /** How many numbers stand in it, with nothing between them but blanks, commas and those letters; -1 where anything else does. */
    static int numbers(String text, String letters) {
        var number = NUMBERS.matcher(text);
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            char one = text.charAt(at);
            if (one == ' ' || one == ',' || one == '\n' || one == '\t' || one == '\r' || letters.indexOf(one) >= 0) {
                at++;
            } else if (number.region(at, text.length()).lookingAt() && isBounded(number.group())) {
                count++;
                at = number.end();
            } else {
                return -1;
            }
        }
        return count;
    }

    static boolean isTransform(String text) {
        var function = TRANSFORM.matcher(text);
        int at = 0;
        for (int i = 0; at < text.length(); i++) {
            if (i == MOST_TRANSFORMS || !function.region(at, text.length()).lookingAt()) {
                return false;
            }
            int count = numbers(function.group(1), "");
            if (count < 1 || count > 6) {
                return false;
            }
            at = function.end();
        }
        return true;
    }

    /** The numbers of a list that {@link #numbers} has accepted. */
    static List<Double> list(String text) {
        return NUMBERS.matcher(text)
                .results()
                .map(number -> Double.valueOf(number.group()))
                .toList();
    }

    private static boolean isBounded(String number) {
        return Math.abs(Double.parseDouble(number)) <= LARGEST;
    }
}

package org.cairn.openbadges.artwork;

import java.util.List;
import java.util.regex.Matcher;
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

    /** The letters of a path, in the order of {@link #TAKEN}. */
    private static final String COMMANDS = "MmZzLlHhVvCcSsQqTtAa";
    /** How many numbers they take. */
    private static final int[] TAKEN = {2, 0, 2, 1, 1, 6, 4, 4, 2, 7};

    private static final int ARC = 9;
    private static final int NONE = -1;

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

    /** How many numbers stand in it, with nothing between them but blanks and commas; -1 where anything else does. */
    static int numbers(String text) {
        var number = NUMBERS.matcher(text);
        int count = 0;
        for (int at = next(text, 0); at < text.length(); at = next(text, number.end())) {
            if (!isNumber(number, at)) {
                return -1;
            }
            count++;
        }
        return count;
    }

    /**
     * How many numbers stand in a path: nothing, or a move and then commands with as many numbers as they take (SVG 2 §9.3.9); -1 where it is
     * anything else. The library that draws it would read numbers after a close for ever.
     */
    static int numbersOfPath(String text) {
        var number = NUMBERS.matcher(text);
        int count = 0;
        int command = NONE;
        int given = 0;
        for (int at = next(text, 0); at < text.length(); ) {
            char one = text.charAt(at);
            int letter = COMMANDS.indexOf(one);
            if (letter >= 0) {
                if (command == NONE ? letter > 1 : !isWhole(command, given)) {
                    return -1;
                }
                command = letter / 2;
                given = 0;
                at = next(text, at + 1);
                continue;
            }
            // What says which way an arc goes is 0 or 1, and needs nothing to part it from the next number.
            boolean isFlag = command == ARC && (given % 7 == 3 || given % 7 == 4);
            if (command == NONE || (isFlag ? one != '0' && one != '1' : !isNumber(number, at))) {
                return -1;
            }
            at = next(text, isFlag ? at + 1 : number.end());
            given++;
            count++;
        }
        return command == NONE || isWhole(command, given) ? count : -1;
    }

    static boolean isTransform(String text) {
        var function = TRANSFORM.matcher(text);
        int at = 0;
        for (int i = 0; at < text.length(); i++) {
            if (i == MOST_TRANSFORMS || !function.region(at, text.length()).lookingAt()) {
                return false;
            }
            int count = numbers(function.group(1));
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

    private static boolean isWhole(int command, int given) {
        int taken = TAKEN[command];
        return taken == 0 ? given == 0 : given > 0 && given % taken == 0;
    }

    private static boolean isNumber(Matcher number, int at) {
        return number.region(at, number.regionEnd()).lookingAt() && isBounded(number.group());
    }

    /** Where the next one begins: blanks and commas part them. */
    private static int next(String text, int at) {
        int next = at;
        while (next < text.length() && " ,\n\t\r".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }

    private static boolean isBounded(String number) {
        return Math.abs(Double.parseDouble(number)) <= LARGEST;
    }
}

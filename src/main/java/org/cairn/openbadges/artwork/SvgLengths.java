package org.cairn.openbadges.artwork;

import java.util.Map;

/** How long what is written may become, in units of the drawing: never less than it does. Reads only what {@link SvgGrammar} has accepted. */
final class SvgLengths {

    /** An inch; percents are few. */
    private static final double LONGEST_UNIT = 96;

    private SvgLengths() {}

    /** Of a shape. {@code drawing} is its path or its points, if it has any. */
    static double of(Map<String, String> attributes, String drawing) {
        double length = along(drawing);
        for (var name : SvgWords.MEASURES) {
            // Of a circle, and of a corner, all around.
            length += attributes.containsKey(name) ? 8 * of(attributes.getOrDefault(name, "0")) : 0;
        }
        return length;
    }

    static double of(String text) {
        var number = SvgGrammar.NUMBERS.matcher(text);
        if (!number.find()) {
            return 0;
        }
        double value = Math.abs(Double.parseDouble(number.group()));
        return number.end() == text.stripTrailing().length() ? value : value * LONGEST_UNIT;
    }

    /** There and back for each number; an arc all around; and T mirrors what all those before it mirrored. */
    private static double along(String drawing) {
        var number = SvgGrammar.NUMBERS.matcher(drawing);
        double sum = 0;
        int mirrored = 1;
        int at = 0;
        while (at < drawing.length()) {
            char one = drawing.charAt(at);
            if (number.region(at, drawing.length()).lookingAt()) {
                sum += Math.abs(Double.parseDouble(number.group())) * mirrored;
                at = number.end();
            } else {
                mirrored += one == 'T' || one == 't' ? 1 : 0;
                at++;
            }
        }
        return 2 * sum * (drawing.indexOf('A') >= 0 || drawing.indexOf('a') >= 0 ? 4 : 1);
    }

    /** By how much a list of transforms lengthens at most; moving and turning lengthen nothing. */
    static double stretch(String transforms) {
        double stretch = 1;
        for (var function : transforms.strip().split("\\)[\\s,]*")) {
            var parts = function.split("\\(", 2);
            var numbers = SvgGrammar.list(parts[1]);
            stretch *= switch (parts[0].strip()) {
                case "scale" -> numbers.stream().mapToDouble(Math::abs).max().orElse(1);
                case "skewX", "skewY" -> 1 + Math.abs(Math.tan(Math.toRadians(numbers.getFirst())));
                case "matrix" ->
                    numbers.stream().limit(4).mapToDouble(Math::abs).sum();
                default -> 1;
            };
        }
        return stretch;
    }
}

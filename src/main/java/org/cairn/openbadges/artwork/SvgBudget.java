package org.cairn.openbadges.artwork;

import java.util.Map;

/**
 * How much there is to draw: some seconds of one processor at most. Filling is cheap; lines with a stroke, clips made of many lines and
 * gradients of many stops are not. And Java breaks a curve into lines as far as it reaches, even where nobody sees it.
 */
final class SvgBudget {

    private static final int MOST = 30_000;
    private static final int MOST_OF_LINES = 4_000;
    private static final int MOST_OF_CLIPS = 100;
    private static final int MOST_CLIPPED = 16;
    private static final int MOST_STOPS = 100;

    /** In pixels of the drawing. */
    private static final double FARTHEST = 2e7;

    private int numbers;
    private int ofLines;
    private int ofClips;
    private int clipped;
    private int stops;
    private double reach;

    /** Throws Problem UNPROCESSABLE where it is too much. */
    void count(String element, Map<String, String> attributes, SvgState state) {
        var path = attributes.getOrDefault("d", "");
        var points = attributes.getOrDefault("points", "");
        boolean isShape = SvgWords.isShape(element);
        int count = isShape ? 4 + SvgGrammar.numbersOfPath(path) + SvgGrammar.numbers(points) : 0;
        numbers += count;
        ofLines += state.isStroked() ? count : 0;
        ofClips += state.isInClip() ? count : 0;
        clipped += attributes.containsKey("clip-path") ? 1 : 0;
        stops += element.equals("stop") ? 1 : 0;
        reach += isShape ? state.pixels(SvgLengths.of(attributes, path + points), count) : 0;
        // What is not a number is too far, too.
        boolean isNear = reach <= FARTHEST;
        if (!isNear
                || numbers > MOST
                || ofLines > MOST_OF_LINES
                || ofClips > MOST_OF_CLIPS
                || clipped > MOST_CLIPPED
                || stops > MOST_STOPS) {
            throw ArtworkFile.refused(
                    "The SVG draws more lines, clips or stops of gradients than a badge can show, or reaches too far beyond it; simplify its paths, or save it as a PNG.");
        }
    }
}

package org.cairn.openbadges.artwork;

import java.util.Map;

/**
 * What an element has from those around it.
 *
 * @param lineWidth of a stroke, in units of its own
 * @param scale how many pixels a unit has at most, after all transforms
 */
record SvgState(boolean isStroked, boolean isInClip, double lineWidth, double scale) {

    static SvgState of(double pixelsPerUnit) {
        return new SvgState(false, false, 1, pixelsPerUnit);
    }

    SvgState within(String element, Map<String, String> attributes) {
        var stroke = attributes.getOrDefault("stroke", "inherit").strip();
        var width = attributes.get("stroke-width");
        var transform = attributes.get("transform");
        return new SvgState(
                stroke.equals("inherit") ? isStroked : !stroke.equals("none"),
                isInClip || element.equals("clipPath"),
                width == null ? lineWidth : SvgLengths.of(width),
                transform == null ? scale : scale * SvgLengths.stretch(transform));
    }

    /** How long a shape of so many numbers is at most, with the line along it. */
    double pixels(double length, int numbers) {
        return scale * (length + (isStroked ? 4 * lineWidth * numbers : 0));
    }
}

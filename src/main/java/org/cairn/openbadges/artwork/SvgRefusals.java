package org.cairn.openbadges.artwork;

import org.cairn.Problem;

/** Why an SVG was not taken, and what its author can do about it. */
final class SvgRefusals {

    private SvgRefusals() {}

    static Problem element(String name) {
        return ArtworkFile.refused(
                switch (name) {
                    case "text", "tspan", "textPath" ->
                        "The SVG has text, whose letters other machines lack; turn it into paths and save it again.";
                    case "style" ->
                        "The SVG has a style sheet; save it with presentation attributes instead (as programs call them).";
                    case "image" -> "The SVG holds another picture; upload that one, or save all of it as a PNG.";
                    case "use", "symbol" ->
                        "The SVG repeats parts of itself (%s); turn these clones into paths, or save it as a PNG."
                                .formatted(name);
                    default ->
                        "The SVG has an element %s, which is not taken there: only shapes, groups, gradients and clips are; leave it out, or save the picture as a PNG."
                                .formatted(SvgPicture.quoted(name));
                });
    }

    static Problem attribute(String name) {
        return ArtworkFile.refused(
                "The SVG has an attribute or property %s, which is not taken; leave it out, or save the picture as a PNG."
                        .formatted(SvgPicture.quoted(name)));
    }

    static Problem value(String name, String value) {
        return ArtworkFile.refused(
                "In the SVG, %s is %s, which is not taken; write it as plain SVG does, or save the picture as a PNG."
                        .formatted(SvgPicture.quoted(name), SvgPicture.quoted(value)));
    }
}

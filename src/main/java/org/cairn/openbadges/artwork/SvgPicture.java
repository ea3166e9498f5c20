package org.cairn.openbadges.artwork;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairn.openbadges.image.Artwork;

/**
 * An SVG that was written anew from what is known of it: only shapes, groups and gradients, every value by its grammar, every reference to
 * something in it and by names of our own.
 *
 * @param x the left of its view box, and so on; width and height are greater than 0
 */
record SvgPicture(double x, double y, double width, double height, SvgElement content) {

    private static final int MOST_REFERENCES = 4;

    /** Throws Problem UNPROCESSABLE where something in it is not taken, with a sentence that names it. */
    static SvgPicture of(SvgElement root) {
        var box = SvgBox.of(root);
        var names = new HashMap<String, String>();
        var kinds = new HashMap<String, SvgElement>();
        collect(root, names, kinds);
        var rewriting = new Rewriting(names, kinds, new SvgBudget());
        double pixels = Artwork.LONGEST / Math.max(box.width(), box.height());
        var group = new SvgElement("g", root.attributes(), root.children());
        return new SvgPicture(
                box.x(), box.y(), box.width(), box.height(), rewriting.element(group, SvgState.of(pixels)));
    }

    /** As a document of so many pixels. */
    String document(int pixelsWide, int pixelsHigh) {
        var xml = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%s %s %s %s\" width=\"%d\" height=\"%d\">"
                        .formatted(x, y, width, height, pixelsWide, pixelsHigh));
        content.write(xml);
        return xml.append("</svg>").toString();
    }

    /** What can be referred to, by its id, and its new name. */
    private static void collect(SvgElement element, Map<String, String> names, Map<String, SvgElement> kinds) {
        var id = element.attributes().get("id");
        if (id != null
                && (SvgWords.GRADIENTS.contains(element.name())
                        || element.name().equals("clipPath"))) {
            if (kinds.put(id, element) != null) {
                throw ArtworkFile.refused(
                        "Two elements of the SVG have the id %s; save it again.".formatted(quoted(id)));
            }
            names.put(id, "n" + names.size());
        }
        element.children().forEach(child -> collect(child, names, kinds));
    }

    private record Rewriting(Map<String, String> names, Map<String, SvgElement> kinds, SvgBudget budget) {

        SvgElement element(SvgElement element, SvgState around) {
            boolean isInClip = around.isInClip() || element.name().equals("clipPath");
            var attributes = attributes(element, isInClip);
            var state = around.within(element.name(), attributes);
            budget.count(element.name(), attributes, state);
            return new SvgElement(element.name(), attributes, children(element, state));
        }

        private List<SvgElement> children(SvgElement element, SvgState state) {
            return element.children().stream()
                    .map(child -> {
                        if (!SvgWords.isChild(element.name(), child.name())) {
                            throw SvgRefusals.element(child.name());
                        }
                        return element(child, state);
                    })
                    .toList();
        }

        private Map<String, String> attributes(SvgElement element, boolean isInClip) {
            var taken = new HashMap<String, String>();
            stated(element).forEach((name, value) -> {
                if (SvgWords.isDrawn(element.name(), name)) {
                    if (!SvgWords.isWritten(element.name(), name, value) || (isInClip && name.equals("clip-path"))) {
                        throw SvgRefusals.value(name, value);
                    }
                    taken.put(name, referring(name, value));
                } else if (!SvgWords.isIdle(name, value)) {
                    throw SvgRefusals.attribute(name);
                }
            });
            var id = element.attributes().get("id");
            if (id != null && kinds.get(id) == element) {
                taken.put("id", names.getOrDefault(id, ""));
            }
            return taken;
        }

        /** Its attributes, with what its style says put over them. */
        private static Map<String, String> stated(SvgElement element) {
            var stated = new HashMap<>(element.attributes());
            for (var declaration :
                    element.attributes().getOrDefault("style", "").split(";")) {
                var parts = declaration.split(":", 2);
                if (declaration.isBlank()) {
                    continue;
                }
                if (parts.length < 2) {
                    throw SvgRefusals.value("style", declaration);
                }
                var property = parts[0].strip();
                if (SvgWords.isLook(property)) {
                    stated.put(property, parts[1].strip());
                } else if (!SvgWords.isIdle(property, parts[1])) {
                    throw SvgRefusals.attribute(property);
                }
            }
            return stated;
        }

        /** The value, with our own name of what it refers to. */
        private String referring(String attribute, String value) {
            boolean isLink = attribute.equals("href");
            var id = isLink ? value.substring(1) : SvgGrammar.reference(value);
            if (id.isEmpty()) {
                return value;
            }
            var target = kinds.get(id);
            boolean isClip = attribute.equals("clip-path");
            if (target == null || isClip != target.name().equals("clipPath") || (isLink && isTooLong(id))) {
                throw SvgRefusals.value(attribute, value);
            }
            var name = "#" + names.get(id);
            return isLink ? name : "url(" + name + ")";
        }

        /** Whether gradients refer to each other in a ring, or nearly without end. */
        private boolean isTooLong(String first) {
            var id = first;
            for (int i = 0; i < MOST_REFERENCES; i++) {
                var target = kinds.get(id);
                var next = target == null ? null : target.attributes().get("href");
                if (next == null) {
                    return false;
                }
                id = next.isEmpty() ? next : next.substring(1);
            }
            return true;
        }
    }

    static String quoted(String text) {
        var start = text.strip();
        return "“" + (start.length() > 40 ? start.substring(0, 40) + "…" : start) + "”";
    }
}

package org.cairn.openbadges.artwork;

import java.util.List;
import java.util.Map;

/** An element of an SVG, without its text. */
record SvgElement(String name, Map<String, String> attributes, List<SvgElement> children) {

    SvgElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** As XML. Throws nothing: what stands in names and values was allowed before. */
    void write(StringBuilder xml) {
        xml.append('<').append(name);
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> xml.append(' ')
                        .append(one.getKey())
                        .append("=\"")
                        .append(escaped(one.getValue()))
                        .append('"'));
        xml.append('>');
        children.forEach(child -> child.write(xml));
        xml.append("</").append(name).append('>');
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}

package org.cairn.openbadges.artwork;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.cairn.Problem;
import org.cairn.openbadges.PlainXml;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an SVG as they stand in its file: no document type, no entities, and only so many, so deep and so long. What belongs to
 * drawing programs (their own namespaces, metadata, titles) is left out; nothing else is judged here.
 */
final class SvgFile {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String LINKS = "http://www.w3.org/1999/xlink";
    private static final Set<String> WORDS = Set.of("title", "desc", "metadata");

    private static final int MOST_ELEMENTS = 2000;
    private static final int DEEPEST = 32;

    private record Open(String name, Map<String, String> attributes, List<SvgElement> children) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;
    private int depth;
    /** The depth of the element that is left out with all that is in it; 0: none is. */
    private int leftOut;

    private SvgFile() {}

    /** The picture that it draws. Throws Problem UNPROCESSABLE, with a sentence. */
    static SvgPicture read(String text) {
        return SvgPicture.of(new SvgFile().tree(text));
    }

    private SvgElement tree(String text) {
        try {
            var reader = PlainXml.factory().createXMLStreamReader(new StringReader(text));
            SvgElement root = null;
            while (reader.hasNext()) {
                root = next(reader, root);
            }
            if (root != null) {
                return root;
            }
        } catch (Problem refused) {
            throw refused;
            // The JDK's reader fails in other ways too: of some faults it lacks the words.
        } catch (XMLStreamException | RuntimeException e) {
            throw ArtworkFile.refused("The SVG is not whole XML; save the picture again.");
        }
        throw noSvg();
    }

    private @Nullable SvgElement next(XMLStreamReader reader, @Nullable SvgElement root) throws XMLStreamException {
        switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                return end(root);
            }
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION ->
                throw ArtworkFile.refused(
                        "The SVG has a document type (DOCTYPE) or entities; save it as plain SVG, without them.");
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                throw ArtworkFile.refused(
                        "The SVG asks for a style sheet or another program (<?…?>); save it as plain SVG, without it.");
            default -> {
                // Text and comments draw nothing.
            }
        }
        return root;
    }

    private void begin(XMLStreamReader reader) {
        depth++;
        elements++;
        if (depth > DEEPEST || elements > MOST_ELEMENTS) {
            throw ArtworkFile.refused(
                    "The SVG has more than %d elements, or they are nested more than %d deep; simplify it, or save it as a PNG."
                            .formatted(MOST_ELEMENTS, DEEPEST));
        }
        boolean isForeign = !NAMESPACE.equals(reader.getNamespaceURI());
        if (depth == 1 && (isForeign || !reader.getLocalName().equals("svg"))) {
            throw noSvg();
        }
        if (leftOut == 0 && (isForeign || WORDS.contains(reader.getLocalName()))) {
            leftOut = depth;
        }
        if (leftOut == 0) {
            open.push(new Open(reader.getLocalName(), attributes(reader), new ArrayList<>()));
        }
    }

    private @Nullable SvgElement end(@Nullable SvgElement root) {
        depth--;
        if (leftOut > 0) {
            leftOut = depth < leftOut ? 0 : leftOut;
            return root;
        }
        var ended = open.pop();
        var element = new SvgElement(ended.name(), ended.attributes(), ended.children());
        if (open.isEmpty()) {
            return element;
        }
        open.peek().children().add(element);
        return root;
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            var namespace = String.valueOf(reader.getAttributeNamespace(i));
            var name = reader.getAttributeLocalName(i);
            if (namespace.isEmpty() || namespace.equals("null")) {
                attributes.put(name, reader.getAttributeValue(i));
            } else if (namespace.equals(LINKS) && name.equals("href")) {
                attributes.putIfAbsent(name, reader.getAttributeValue(i));
            }
        }
        return attributes;
    }

    private static Problem noSvg() {
        return ArtworkFile.refused(
                "The file is XML and no SVG: it does not begin with an svg element of SVG's namespace.");
    }
}

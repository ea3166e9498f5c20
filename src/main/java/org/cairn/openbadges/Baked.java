package org.cairn.openbadges;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The credential that a picture carries (Open Badges 3.0 §5.3): in a PNG as a chunk iTXt that is not compressed, in an SVG as an element of
 * its namespace. Pictures come from anybody: what is damaged, ambiguous or asks for something from elsewhere is refused.
 */
public final class Baked {

    /** The largest picture that is read. */
    public static final int LARGEST = 2 * 1024 * 1024;

    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static final String KEYWORD = "openbadgecredential";
    static final String NAMESPACE = "https://purl.imsglobal.org/ob/v3p0";

    // Comprehensive Learner Record 2.0 has names of its own.
    private static final Set<String> KEYWORDS = Set.of(KEYWORD, "clrcredential");
    private static final Set<String> NAMESPACES = Set.of(NAMESPACE, "https://purl.imsglobal.org/clr/v2p0");

    private Baked() {}

    /** Whether a file is a PNG, or may be an SVG. */
    public static boolean isPicture(byte[] file) {
        return isPng(file) || isMarkup(file);
    }

    /**
     * The text of the credential in a PNG or SVG: JSON or a compact JWS; empty where it carries none. Throws IllegalArgumentException, whose
     * message is for people, where the picture cannot be read or carries it in a way that it must not.
     */
    public static Optional<String> find(byte[] file) {
        if (file.length > LARGEST) {
            throw new IllegalArgumentException("The picture is larger than 2 MB.");
        }
        var found = isPng(file) ? inPng(file) : inSvg(file);
        if (found.size() > 1) {
            // Two readers could each take another one.
            throw new IllegalArgumentException("The picture carries more than one credential.");
        }
        return found.stream().findFirst();
    }

    private static boolean isPng(byte[] file) {
        return Arrays.equals(file, 0, Math.min(PNG.length, file.length), PNG, 0, PNG.length);
    }

    private static boolean isMarkup(byte[] file) {
        var start = new String(file, 0, Math.min(file.length, 200), StandardCharsets.UTF_8);
        return start.replace("\ufeff", "").stripLeading().startsWith("<");
    }

    private static List<String> inPng(byte[] file) {
        var found = new ArrayList<String>();
        var bytes = ByteBuffer.wrap(file).position(PNG.length);
        while (bytes.remaining() >= 12) {
            int size = bytes.getInt();
            byte[] type = new byte[4];
            bytes.get(type);
            if (size < 0 || size > bytes.remaining() - 4) {
                throw new IllegalArgumentException("The picture is damaged: a part of it is cut off.");
            }
            var name = new String(type, StandardCharsets.ISO_8859_1);
            if (name.equals("IEND")) {
                return found;
            }
            if (name.equals("iTXt")) {
                text(bytes.slice(bytes.position(), size)).ifPresent(found::add);
            }
            bytes.position(bytes.position() + size + 4);
        }
        throw new IllegalArgumentException("The picture is damaged: its end is missing.");
    }

    // PNG 1.2 §4.2.3.3: keyword 0, compression flag, compression method, language 0, translated keyword 0, text.
    private static Optional<String> text(ByteBuffer chunk) {
        if (!KEYWORDS.contains(
                StandardCharsets.ISO_8859_1.decode(untilZero(chunk)).toString())) {
            return Optional.empty();
        }
        if (chunk.remaining() < 4) {
            throw new IllegalArgumentException("The picture is damaged: its credential is cut off.");
        }
        if (chunk.get() != 0) {
            throw new IllegalArgumentException(
                    "The credential in the picture is compressed, which Open Badges forbids.");
        }
        chunk.get();
        untilZero(chunk);
        untilZero(chunk);
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(chunk).toString().strip());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The credential in the picture is not text.", e);
        }
    }

    private static ByteBuffer untilZero(ByteBuffer bytes) {
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            if (bytes.get() == 0) {
                return bytes.slice(start, bytes.position() - 1 - start);
            }
        }
        throw new IllegalArgumentException("The picture is damaged: a text in it has no end.");
    }

    private static List<String> inSvg(byte[] file) {
        try {
            var reader = PlainXml.factory().createXMLStreamReader(new ByteArrayInputStream(file));
            var found = new ArrayList<String>();
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("credential")
                        && NAMESPACES.contains(String.valueOf(reader.getNamespaceURI()))) {
                    found.add(inElement(reader));
                }
            }
            return found;
            // The JDK's reader fails in other ways too: of some faults it lacks the words, which is a
            // MissingResourceException.
        } catch (XMLStreamException | RuntimeException e) {
            throw new IllegalArgumentException("The file is no picture that can be read: it is not whole XML.", e);
        }
    }

    /** A compact JWS is in the attribute, JSON is the element's text. */
    private static String inElement(XMLStreamReader reader) throws XMLStreamException {
        var verify = reader.getAttributeValue(null, "verify");
        var text = reader.getElementText().strip();
        return text.isEmpty() && verify != null ? verify.strip() : text;
    }
}

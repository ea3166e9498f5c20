package org.cairn.openbadges;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/**
 * The texts that are attached to a PDF: the files embedded in it, and those associated with it as a whole (ISO 32000-2 §7.11.4, §14.13). A PDF
 * comes from anybody: what is damaged, encrypted or too much is refused.
 */
public final class Attached {

    /** The most files that a PDF may carry to be read here. */
    private static final int MOST = 20;
    /** The most nodes of the tree that names them. */
    private static final int NODES = 500;

    // Of 4 MB of the smallest objects that there are become 150 in memory: not for everybody at once.
    private static final Semaphore TURNS = new Semaphore(2);

    private static final COSName ASSOCIATED = COSName.getPDFName("AF");
    private static final byte[] START = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final Set<COSBase> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<COSStream> files = Collections.newSetFromMap(new IdentityHashMap<>());

    private Attached() {}

    /** Whether a file says that it is a PDF. */
    public static boolean isPdf(byte[] file) {
        return file.length >= START.length
                && ByteBuffer.wrap(file, 0, START.length).equals(ByteBuffer.wrap(START));
    }

    /**
     * What its files say, of those that are text. Throws IllegalArgumentException, whose message is for people, where the PDF is damaged,
     * or would take more than a stranger is given.
     */
    public static List<String> texts(byte[] file) {
        if (file.length > Baked.LARGEST) {
            throw new IllegalArgumentException("The PDF is larger than 2 MB.");
        }
        TURNS.acquireUninterruptibly();
        try (var pdf = BoundedPdf.read(file)) {
            var attached = new Attached();
            attached.collect(pdf.getTrailer().getCOSDictionary(COSName.ROOT));
            var texts = new ArrayList<String>();
            for (var one : attached.files) {
                text(BoundedPdf.content(one)).ifPresent(texts::add);
            }
            return texts;
        } catch (BoundedPdf.Refused refused) {
            throw refused;
            // PDFBox fails in many ways at what is no PDF.
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("The PDF is damaged: what it carries cannot be read.", e);
        } finally {
            TURNS.release();
        }
    }

    private void collect(COSDictionary catalog) {
        var names = catalog.getCOSDictionary(COSName.NAMES);
        if (names != null) {
            node(names.getCOSDictionary(COSName.EMBEDDED_FILES));
        }
        var associated = catalog.getCOSArray(ASSOCIATED);
        for (int i = 0; associated != null && i < associated.size(); i++) {
            specification(associated.getObject(i));
        }
    }

    /** A node of a name tree (ISO 32000-2 §7.9.6). Of a tree that bites its tail each node is looked at once. */
    private void node(@Nullable COSBase one) {
        if (!(one instanceof COSDictionary node) || !nodes.add(node)) {
            return;
        }
        requireFew(nodes, NODES);
        var kids = node.getCOSArray(COSName.KIDS);
        for (int i = 0; kids != null && i < kids.size(); i++) {
            node(kids.getObject(i));
        }
        var names = node.getCOSArray(COSName.NAMES);
        for (int i = 1; names != null && i < names.size(); i += 2) {
            specification(names.getObject(i));
        }
    }

    private void specification(@Nullable COSBase specification) {
        var embedded = specification instanceof COSDictionary one ? one.getCOSDictionary(COSName.EF) : null;
        if (embedded != null && embedded.getDictionaryObject(COSName.UF, COSName.F) instanceof COSStream file) {
            files.add(file);
            requireFew(files, MOST);
        }
    }

    private static void requireFew(Set<?> things, int most) {
        if (things.size() > most) {
            throw new BoundedPdf.Refused("The PDF carries more files than are looked at here.");
        }
    }

    private static Optional<String> text(byte[] content) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

package org.cairn.openbadges;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** PDFs that carry what a test says, well made or not. */
public final class Pdfs {

    private static final int MEGABYTE = 1024 * 1024;

    private Pdfs() {}

    /** A page, and these files attached to it: their names and what they hold. */
    public static byte[] carrying(Map<String, String> files) {
        return saved(files, false);
    }

    static byte[] encrypted(Map<String, String> files) {
        return saved(files, true);
    }

    private static byte[] saved(Map<String, String> files, boolean isEncrypted) {
        try (var pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            var attached = new HashMap<String, PDComplexFileSpecification>();
            for (var file : files.entrySet()) {
                attached.put(file.getKey(), specification(pdf, file.getKey(), file.getValue()));
            }
            var tree = new PDEmbeddedFilesNameTreeNode();
            tree.setNames(attached);
            var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
            names.setEmbeddedFiles(tree);
            pdf.getDocumentCatalog().setNames(names);
            if (isEncrypted) {
                pdf.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
            }
            var bytes = new ByteArrayOutputStream();
            pdf.save(bytes, isEncrypted ? CompressParameters.NO_COMPRESSION : CompressParameters.DEFAULT_COMPRESSION);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PDComplexFileSpecification specification(PDDocument pdf, String name, String text)
            throws IOException {
        var content = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var file = new PDEmbeddedFile(pdf, content, COSName.FLATE_DECODE);
        var specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setEmbeddedFile(file);
        return specification;
    }

    /** A catalogue, and these objects from the second on, each as it stands between obj and endobj. */
    static byte[] written(String catalogue, byte[]... objects) {
        var bytes = new ByteArrayOutputStream();
        var offsets = new int[objects.length + 1];
        bytes.writeBytes(ascii("%PDF-1.7\n"));
        for (int i = 0; i <= objects.length; i++) {
            offsets[i] = bytes.size();
            bytes.writeBytes(ascii((i + 1) + " 0 obj\n"));
            bytes.writeBytes(i == 0 ? ascii("<</Type/Catalog/Pages 2 0 R" + catalogue + ">>") : objects[i - 1]);
            bytes.writeBytes(ascii("\nendobj\n"));
        }
        int xref = bytes.size();
        bytes.writeBytes(ascii("xref\n0 %d\n0000000000 65535 f \n".formatted(offsets.length + 1)));
        for (int offset : offsets) {
            bytes.writeBytes(ascii(String.format(java.util.Locale.ROOT, "%010d 00000 n \n", offset)));
        }
        bytes.writeBytes(
                ascii("trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n".formatted(offsets.length + 1, xref)));
        return bytes.toByteArray();
    }

    /** A PDF whose list of objects is a stream, which is told by {@code entries} and packed as given. */
    static byte[] listed(String dictionary, byte[] packed, byte[]... objects) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("%PDF-1.7\n"));
        for (var object : objects) {
            bytes.writeBytes(object);
        }
        int xref = bytes.size();
        bytes.writeBytes(ascii("9 0 obj\n"));
        bytes.writeBytes(stream("/Type/XRef/Root 1 0 R" + dictionary, packed));
        bytes.writeBytes(ascii("\nendobj\nstartxref\n%d\n%%%%EOF\n".formatted(xref)));
        return bytes.toByteArray();
    }

    static byte[] pages() {
        return ascii("<</Type/Pages/Kids[]/Count 0>>");
    }

    static byte[] stream(String dictionary, byte[] content) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("<<%s/Length %d>>\nstream\n".formatted(dictionary, content.length)));
        bytes.writeBytes(content);
        bytes.writeBytes(ascii("\nendstream"));
        return bytes.toByteArray();
    }

    /** So many megabytes of one byte, packed. */
    static byte[] bomb(int megabytes, char of) {
        var bytes = new ByteArrayOutputStream();
        var block = String.valueOf(of).repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (var deflater = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED))) {
            for (int i = 0; i < megabytes; i++) {
                deflater.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] packed(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflater.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package org.cairn.openbadges;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.ICOSParser;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.jspecify.annotations.Nullable;

/**
 * A PDF of a stranger, read by PDFBox within bounds that PDFBox does not have: it inflates whatever a stream holds, into memory, as soon as one
 * object in it is wanted. Here all streams of a file together may become so long and no longer, and the file is looked at so often and no
 * more; counted, not timed, so that what is refused once always is. Nothing is decrypted.
 */
final class BoundedPdf extends PDFParser {

    /** It asks for more than is given to a stranger. The message is for people. */
    static final class Refused extends IllegalArgumentException {
        Refused(String sentence) {
            super(sentence);
        }
    }

    /** What all streams together may become. Those that describe a document of 2 MB seldom become 1 MB. */
    private static final int LONGEST = 4 * 1024 * 1024;
    /** How often each byte of the file may be read, on average. */
    private static final int LOOKS = 50;
    /** The widest row that a predictor works on: it sets aside as much memory as a file tells it to. */
    private static final int WIDEST = 4_096;

    /** Throws Refused at whatever is too much; so does reading what its objects hold. PDFBox throws what it likes. */
    static COSDocument read(byte[] file) throws IOException {
        var parser = new BoundedPdf(new Counted(file));
        parser.parse();
        return parser.document;
    }

    private BoundedPdf(RandomAccessRead source) throws IOException {
        super(source);
        document = new Document(this);
    }

    /** What a stream becomes when it is unpacked. */
    static byte[] content(COSStream stream) throws IOException {
        return ((Packed) stream).unpacked();
    }

    /** Where PDFBox gets each stream of a file, also while it repairs one. */
    private static final class Document extends COSDocument {

        private final ICOSParser parser;
        private int left = LONGEST;

        Document(ICOSParser parser) {
            super(parser);
            this.parser = parser;
        }

        @Override
        public COSStream createCOSStream(COSDictionary dictionary, long start, long length) throws IOException {
            var stream = new Packed(this, parser.createRandomAccessReadView(start, length));
            dictionary.forEach(stream::setItem);
            return stream;
        }

        @Override
        public @Nullable COSDictionary getEncryptionDictionary() {
            if (super.getEncryptionDictionary() != null) {
                throw new Refused("The PDF is encrypted; show one that opens without a password.");
            }
            return null;
        }

        void take(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new Refused("The PDF is packed so tightly that it is not unpacked here.");
            }
        }
    }

    private static final class Packed extends COSStream {

        private final Document document;

        Packed(Document document, RandomAccessReadView packed) throws IOException {
            super(IOUtils.createMemoryOnlyStreamCache().create(), packed);
            this.document = document;
        }

        @Override
        public RandomAccessRead createView() throws IOException {
            return new Counted(unpacked());
        }

        @Override
        public COSInputStream createInputStream(DecodeOptions options) {
            throw new IllegalStateException("It would be unpacked without a bound.");
        }

        byte[] unpacked() throws IOException {
            var filters = filters();
            requireNarrow();
            try (var raw = createRawInputStream()) {
                if (filters.isEmpty()) {
                    return copied(raw);
                }
                var bytes = new Bounded(document);
                FilterFactory.INSTANCE.getFilter(filters.getFirst()).decode(raw, bytes, this, 0);
                return bytes.toByteArray();
            }
        }

        private byte[] copied(InputStream raw) throws IOException {
            var bytes = new Bounded(document);
            raw.transferTo(bytes);
            return bytes.toByteArray();
        }

        /** None or FlateDecode, as all programs of this century write what is no picture. */
        private List<COSName> filters() {
            var filters = new ArrayList<COSName>();
            var named = getFilters();
            for (var filter :
                    named instanceof COSArray array ? array : named == null ? List.<COSBase>of() : List.of(named)) {
                filters.add(COSName.FLATE_DECODE.equals(filter) ? COSName.FLATE_DECODE : unknown());
            }
            return filters.size() > 1 ? List.of(unknown()) : filters;
        }

        private static COSName unknown() {
            throw new Refused("The PDF is packed in a way that is not read here.");
        }

        private void requireNarrow() {
            var parameters = getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
            for (var one : parameters instanceof COSArray array
                    ? array
                    : parameters == null ? List.<COSBase>of() : List.of(parameters)) {
                if (!(one instanceof COSDictionary dictionary)
                        || dictionary.getInt(COSName.COLUMNS, 1) > WIDEST
                        || dictionary.getInt(COSName.BITS_PER_COMPONENT, 8) > 16) {
                    unknown();
                }
            }
        }
    }

    /** Takes no more bytes than are left to its document. */
    private static final class Bounded extends ByteArrayOutputStream {

        private final Document document;

        Bounded(Document document) {
            this.document = document;
        }

        @Override
        public synchronized void write(int b) {
            document.take(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            document.take(length);
            super.write(bytes, from, length);
        }
    }

    /**
     * A file, or what a stream became, that lets itself be read only so often: looking for what is missing can take for ever, and a list of
     * things of no length never ends (a cross-reference stream of {@code /W [0 0 0]} fills the memory).
     */
    private static final class Counted extends RandomAccessReadBuffer {

        private long left;

        Counted(byte[] file) {
            super(file);
            this.left = (long) LOOKS * file.length + 100_000;
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            count(length);
            return super.read(bytes, from, length);
        }

        @Override
        public boolean isEOF() throws IOException {
            count(1);
            return super.isEOF();
        }

        @Override
        public void seek(long position) throws IOException {
            count(1);
            super.seek(position);
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new Refused("The PDF is made so that reading it takes too long.");
            }
        }
    }
}

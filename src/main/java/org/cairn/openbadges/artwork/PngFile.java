package org.cairn.openbadges.artwork;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.cairn.Problem;

/** A PNG of a stranger's making (PNG, third edition). The decoder is given only what makes up the pixels, and only after their number is known. */
final class PngFile {

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Pixels each way. */
    static final int LONGEST = 2048;

    private static final Set<String> PIXELS = Set.of("PLTE", "tRNS", "IDAT");

    private PngFile() {}

    /** The picture in 8 bits for each colour. Throws Problem UNPROCESSABLE, with a sentence. */
    static BufferedImage pixels(byte[] file) {
        var bare = bare(file);
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bare))) {
            var reader = ImageIO.getImageReadersByFormatName("png").next();
            try {
                // Without metadata, of which bare has none: nothing else is ever unpacked.
                reader.setInput(input, true, true);
                return eightBit(reader.read(0));
            } finally {
                reader.dispose();
            }
            // Of damaged pixels the JDK's decoder says so in several ways.
        } catch (IOException | RuntimeException e) {
            throw ArtworkFile.refused("The PNG is damaged; save the picture again.");
        }
    }

    /** The file with the chunks that make up its pixels, and no other. */
    private static byte[] bare(byte[] file) {
        var bytes = ByteBuffer.wrap(file).position(SIGNATURE.length);
        var bare = new ByteArrayOutputStream(file.length);
        bare.writeBytes(SIGNATURE);
        boolean isFirst = true;
        while (bytes.remaining() >= 12) {
            int start = bytes.position();
            int size = bytes.getInt();
            if (size < 0 || size > bytes.remaining() - 8) {
                throw cutOff();
            }
            var type = type(bytes);
            var data = bytes.slice(bytes.position(), size);
            bytes.position(bytes.position() + size);
            requireWhole(file, start + 4, size + 4, bytes.getInt());
            if (isFirst != type.equals("IHDR")) {
                throw ArtworkFile.refused(
                        "The PNG is damaged: its head is not where it has to be; save the picture again.");
            }
            isFirst = false;
            if (type.equals("IHDR")) {
                requireBounded(data);
            }
            boolean isEnd = type.equals("IEND");
            if (isEnd || type.equals("IHDR") || PIXELS.contains(type)) {
                bare.write(file, start, bytes.position() - start);
            } else if (Character.isUpperCase(type.charAt(0))) {
                throw ArtworkFile.refused("The PNG has a part that no reader knows; save the picture again.");
            }
            if (isEnd) {
                return bare.toByteArray();
            }
        }
        throw cutOff();
    }

    private static String type(ByteBuffer bytes) {
        var type = new byte[4];
        bytes.get(type);
        var name = new String(type, StandardCharsets.ISO_8859_1);
        if (!name.matches("[A-Za-z]{4}")) {
            throw ArtworkFile.refused("The PNG is damaged: a part of it has no name; save the picture again.");
        }
        return name;
    }

    private static void requireWhole(byte[] file, int from, int length, int checksum) {
        var counted = new CRC32();
        counted.update(file, from, length);
        if ((int) counted.getValue() != checksum) {
            throw ArtworkFile.refused("The PNG is damaged: a checksum is wrong; save the picture again.");
        }
    }

    /** Before a pixel is unpacked: some hundred bytes may say that they are a thousand million pixels. */
    private static void requireBounded(ByteBuffer head) {
        if (head.remaining() != 13) {
            throw ArtworkFile.refused("The PNG is damaged: its head has the wrong length; save the picture again.");
        }
        int width = head.getInt();
        int height = head.getInt();
        if (width < 1 || height < 1 || width > LONGEST || height > LONGEST) {
            throw ArtworkFile.refused("The PNG is larger than %d pixels each way; make it smaller and choose it again."
                    .formatted(LONGEST));
        }
    }

    private static BufferedImage eightBit(BufferedImage read) {
        var image = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_ARGB);
        var row = new int[read.getWidth() * read.getRaster().getNumBands()];
        boolean isPalette = read.getColorModel() instanceof java.awt.image.IndexColorModel;
        for (int y = 0; y < read.getHeight(); y++) {
            if (!isPalette) {
                read.getRaster().getPixels(0, y, read.getWidth(), 1, row);
            }
            for (int x = 0; x < read.getWidth(); x++) {
                image.setRGB(x, y, isPalette ? read.getRGB(x, y) : colour(read, row, x));
            }
        }
        return image;
    }

    /** From the samples themselves: Java takes PNG's greys for linear ones, and would make them lighter. */
    private static int colour(BufferedImage read, int[] row, int x) {
        int bands = read.getRaster().getNumBands();
        int shift = read.getSampleModel().getSampleSize(0) - 8;
        boolean isGrey = bands < 3;
        int first = row[x * bands] >> shift;
        int green = isGrey ? first : row[x * bands + 1] >> shift;
        int blue = isGrey ? first : row[x * bands + 2] >> shift;
        int alpha = bands % 2 == 0 ? row[x * bands + bands - 1] >> shift : 255;
        return alpha << 24 | first << 16 | green << 8 | blue;
    }

    private static Problem cutOff() {
        return ArtworkFile.refused("The PNG is damaged: a part of it is cut off; save the picture again.");
    }
}

package org.cairn.openbadges.artwork;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cairn.Problem;
import org.cairn.openbadges.image.Artwork;

/** A picture as somebody uploads it: a PNG or an SVG, which its content says and not its name. */
public final class ArtworkFile {

    /** In bytes. */
    public static final int LARGEST = 512 * 1024;

    /** One file at a time: the dearest that is taken keeps a processor busy for seconds, and fills some 50 MB. */
    private static final Object TURN = new Object();

    private ArtworkFile() {}

    /**
     * Its pixels, in their own proportions.
     *
     * @throws Problem TOO_LARGE or UNPROCESSABLE with what is wrong with it, and nothing was drawn that the bounds do not allow
     */
    public static Artwork read(byte[] file) {
        if (file.length > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "picture_too_large",
                    "A picture may have 512 KB; make it smaller and choose it again.");
        }
        synchronized (TURN) {
            return drawn(file);
        }
    }

    private static Artwork drawn(byte[] file) {
        var drawn = isPng(file) ? PngFile.pixels(file) : SvgDrawing.pixels(SvgFile.read(text(file)));
        try {
            return Artwork.of(drawn);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    static Problem refused(String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, "picture_refused", sentence);
    }

    private static boolean isPng(byte[] file) {
        return Arrays.equals(
                file,
                0,
                Math.min(PngFile.SIGNATURE.length, file.length),
                PngFile.SIGNATURE,
                0,
                PngFile.SIGNATURE.length);
    }

    /** One encoding only, so that no two readers see two documents. */
    private static String text(byte[] file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            var whole = text.startsWith("\ufeff") ? text.substring(1) : text;
            if (whole.stripLeading().startsWith("<")) {
                return whole.stripLeading();
            }
        } catch (CharacterCodingException e) {
            // Said below: what is not UTF-8 is no SVG of ours, whatever else it is.
        }
        throw refused("The file is neither a PNG nor an SVG in UTF-8; save the picture as one of these.");
    }
}

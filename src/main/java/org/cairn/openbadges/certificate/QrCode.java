package org.cairn.openbadges.certificate;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** An address as a QR code (ISO/IEC 18004). */
public final class QrCode {

    /** What has to stay empty around it, in modules. */
    private static final int QUIET = 4;

    private QrCode() {}

    /**
     * For a screen, as SVG: the dark modules as the data of one path.
     *
     * @param width of the whole in modules, with what has to stay empty
     */
    public record Drawing(int width, String path) {}

    /** Throws IllegalArgumentException where the address is too long. */
    public static Drawing drawing(String address) {
        // A screen is clean; fewer modules are read from further away.
        var modules = modules(address, ErrorCorrectionLevel.L);
        var path = new StringBuilder();
        for (int row = 0; row < modules.getHeight(); row++) {
            for (int column = 0; column < modules.getWidth(); column++) {
                if (modules.get(column, row) == 1) {
                    path.append('M')
                            .append(column + QUIET)
                            .append(' ')
                            .append(row + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return new Drawing(modules.getWidth() + 2 * QUIET, path.toString());
    }

    /** The dark modules, in a square of such a width with what has to stay empty around them. */
    static Path2D of(String address, double x, double y, double width) {
        // Paper gets dirty and folded: a quarter of it may be lost.
        var modules = modules(address, ErrorCorrectionLevel.Q);
        double one = width / (modules.getWidth() + 2 * QUIET);
        var path = new Path2D.Double();
        for (int row = 0; row < modules.getHeight(); row++) {
            for (int column = 0; column < modules.getWidth(); column++) {
                if (modules.get(column, row) == 1) {
                    path.append(
                            new Rectangle2D.Double(x + (column + QUIET) * one, y + (row + QUIET) * one, one, one),
                            false);
                }
            }
        }
        return path;
    }

    private static ByteMatrix modules(String address, ErrorCorrectionLevel level) {
        try {
            return Encoder.encode(address, level).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("The address is too long for a QR code.", e);
        }
    }
}

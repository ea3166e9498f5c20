package org.cairn.openbadges.certificate;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** An address as a QR code (ISO/IEC 18004). */
final class QrCode {

    /** What has to stay empty around it, in modules. */
    private static final int QUIET = 4;

    private QrCode() {}

    /** The dark modules, in a square of such a width with what has to stay empty around them. */
    static Path2D of(String address, double x, double y, double width) {
        try {
            // Paper gets dirty and folded: a quarter of it may be lost.
            var modules = Encoder.encode(address, ErrorCorrectionLevel.Q).getMatrix();
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
        } catch (WriterException e) {
            throw new IllegalArgumentException("The address is too long for a QR code.", e);
        }
    }
}

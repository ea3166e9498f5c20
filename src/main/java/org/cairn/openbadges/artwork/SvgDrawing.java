package org.cairn.openbadges.artwork;

import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Component;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cairn.Problem;
import org.cairn.openbadges.image.Artwork;

/** Draws what was written anew; the drawing library never sees what somebody uploaded. */
final class SvgDrawing {

    private static final LoaderContext NOTHING_ELSE = LoaderContext.builder()
            .externalResourcePolicy(ResourcePolicy.DENY_ALL)
            .documentLimits(new DocumentLimits(40, 0, 100_000))
            .build();

    // It writes parts of what it reads into the log, and what somebody uploads is nobody's news.
    private static final Logger LIBRARY = Logger.getLogger("com.github.weisj.jsvg");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private SvgDrawing() {}

    /** As large as artwork may be. Throws Problem UNPROCESSABLE where it cannot be drawn. */
    static BufferedImage pixels(SvgPicture picture) {
        if (Artwork.isStrip(picture.width(), picture.height())) {
            throw ArtworkFile.refused(Artwork.STRIP);
        }
        double scale = Artwork.LONGEST / Math.max(picture.width(), picture.height());
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        var document = picture.document(width, height).getBytes(StandardCharsets.UTF_8);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        try {
            var drawing = new SVGLoader().load(new ByteArrayInputStream(document), null, NOTHING_ELSE);
            if (drawing != null) {
                drawing.render((Component) null, graphics, new ViewBox(0, 0, width, height));
                return image;
            }
            // Java's own drawing fails on some curves that go far beyond the picture.
        } catch (RuntimeException e) {
            throw undrawn();
        } finally {
            graphics.dispose();
        }
        throw undrawn();
    }

    private static Problem undrawn() {
        return ArtworkFile.refused("The SVG cannot be drawn; simplify it, or save the picture as a PNG.");
    }
}

package org.cairn.openbadges.image;

import java.io.InputStream;

/** The bundled fonts: DejaVu, whose licence lets them be embedded and passed on. */
public enum Face {
    SANS("DejaVuSans"),
    SANS_BOLD("DejaVuSans-Bold"),
    SERIF("DejaVuSerif"),
    SERIF_BOLD("DejaVuSerif-Bold");

    private final String file;

    Face(String file) {
        this.file = file;
    }

    public InputStream stream() {
        var stream = Face.class.getResourceAsStream("/net/sf/jasperreports/fonts/dejavu/" + file + ".ttf");
        if (stream == null) {
            throw new IllegalStateException("The jar lacks the font " + file);
        }
        return stream;
    }
}

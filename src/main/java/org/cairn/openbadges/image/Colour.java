package org.cairn.openbadges.image;

import java.util.Locale;
import java.util.regex.Pattern;

/** A colour of the screen, without transparency; 0x000000 to 0xffffff. */
public record Colour(int rgb) {

    public static final Colour WHITE = new Colour(0xffffff);
    public static final Colour INK = new Colour(0x1b1f23);

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    public Colour {
        if (rgb < 0 || rgb > 0xffffff) {
            throw new IllegalArgumentException("A colour has three bytes.");
        }
    }

    /** Reads {@code #1d5c63}. Throws IllegalArgumentException with a sentence. */
    public static Colour of(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("\"%s\" is no colour; write one like #1d5c63.".formatted(hex));
        }
        return new Colour(Integer.parseInt(hex.substring(1), 16));
    }

    public String hex() {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    /** How well one is told from the other: 1 (not at all) to 21 (WCAG 2.2, contrast ratio). */
    public double contrast(Colour other) {
        double light = Math.max(luminance(), other.luminance());
        double dark = Math.min(luminance(), other.luminance());
        return (light + 0.05) / (dark + 0.05);
    }

    /** Of white and nearly black the one that is read better on it; its contrast is 4 at least. */
    public Colour readable() {
        return contrast(WHITE) >= contrast(INK) ? WHITE : INK;
    }

    /** So much of the other in it, 0 to 1. */
    public Colour mixed(Colour other, double share) {
        return new Colour(mixed(other, share, 16) << 16 | mixed(other, share, 8) << 8 | mixed(other, share, 0));
    }

    private int mixed(Colour other, double share, int shift) {
        return (int) Math.round(channel(shift) * (1 - share) + other.channel(shift) * share);
    }

    private int channel(int shift) {
        return rgb >> shift & 0xff;
    }

    /** WCAG 2.2, relative luminance. */
    private double luminance() {
        return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
    }

    private double linear(int shift) {
        double value = channel(shift) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}

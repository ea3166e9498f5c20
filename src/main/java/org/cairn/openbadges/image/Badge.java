package org.cairn.openbadges.image;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The badge of an achievement: its shape says the kind, its ribbon the level, and what nobody decided follows from its id, so that
 * neighbours differ.
 *
 * @param level of the European Qualifications Framework, 1 to 8
 * @param id tells it from the institution's others
 */
public record Badge(Kind kind, String name, @Nullable Integer level, String id, Design design) {

    /** The shapes. A recognition badge is for what nobody assessed, and must not be taken for one of the others. */
    public enum Kind {
        MICRO_CREDENTIAL("Micro-credential"),
        CERTIFICATE("Certificate"),
        RECOGNITION("Recognition");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private static final List<Colour> GROUNDS = colours(
            0x17545b, 0x1f3a6e, 0x5b2a5e, 0x7a2e2e, 0x2f5d34, 0x4f3b22, 0x24506e, 0x6b2148, 0x3d3a78, 0x0f5c4d,
            0x6a3d12, 0x3a4a52);

    private static final Colour COPPER = new Colour(0xe0a47c);
    private static final Colour SILVER = new Colour(0xd5dbe0);
    private static final Colour GOLD = new Colour(0xe7c27a);

    private static final int MIDDLE = Picture.SIZE / 2;

    /** Of a design without artwork. Throws IllegalStateException where the design names some. */
    public Picture picture() {
        return picture(null);
    }

    /** {@code artwork} is what its design names; null where it names none. Throws IllegalStateException where it is another. */
    public Picture picture(@Nullable Artwork artwork) {
        var named = design.motif() == null ? null : design.motif().digest();
        if (!Objects.equals(named, artwork == null ? null : artwork.digest())) {
            throw new IllegalStateException("The design asks for other artwork.");
        }
        var layers = switch (kind) {
            case MICRO_CREDENTIAL -> Hexagon.layers(this, artwork);
            case CERTIFICATE -> Seal.layers(this, artwork);
            case RECOGNITION -> Plaque.layers(this, artwork);
        };
        return new Picture(title(), layers);
    }

    /** What it shows, in words. */
    public String title() {
        var title = level == null || kind == Kind.RECOGNITION
                ? "%s: %s".formatted(kind.word(), name)
                : "%s, EQF level %d: %s".formatted(kind.word(), level, name);
        return design.motif() == null
                ? title
                : "%s (%s)".formatted(title, design.motif().alternative());
    }

    /** The colour on which its icon or artwork stands. */
    public Colour face() {
        return kind == Kind.RECOGNITION ? Plaque.paper(ground()) : ground();
    }

    public Colour ground() {
        return design.ground() == null ? GROUNDS.get(choice(GROUNDS.size(), 0)) : design.ground();
    }

    public Colour ink() {
        return design.ink() == null ? ground().readable() : design.ink();
    }

    /** Copper, silver and gold for the levels 1 to 3, 4 and 5, and from 6. */
    public Colour ribbon() {
        if (design.ribbon() != null) {
            return design.ribbon();
        }
        var metal = level == null ? SILVER : level < 4 ? COPPER : level < 6 ? SILVER : GOLD;
        return metal.contrast(ground()) >= 3 ? metal : ground().readable();
    }

    Icon icon() {
        return design.icon() == null ? Icon.values()[choice(Icon.values().length, 1)] : design.icon();
    }

    /** The ground with so much shade, or light, that its ink is read on it as well as without. */
    Colour shaded(double share) {
        return ground().mixed(ink().readable(), share);
    }

    /** One of so many by its id; another {@code salt} chooses independently. */
    int choice(int count, int salt) {
        int hash = 17 + salt;
        for (int i = 0; i < id.length(); i++) {
            hash = hash * 31 + id.charAt(i);
        }
        // The low bits of such a hash say little more than the last letter.
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >>> 12;
        return Math.floorMod(hash + salt * 0x9e3779b9, count);
    }

    /** Its icon around a point, or artwork that takes as much room there. */
    Picture.Layer emblem(@Nullable Artwork artwork, Colour colour, double x, double y, double width) {
        return artwork == null
                ? Picture.Layer.drawn(Outlines.placed(icon().outline(), x, y, width), colour, width * 0.066)
                : new Picture.Pixels(artwork, area(artwork, x, y, width));
    }

    /** With the diagonal of a square of that width, so that neither a wide nor a tall one leaves its place in the frame. */
    private static Rectangle2D area(Artwork artwork, double x, double y, double width) {
        double across = artwork.image().getWidth();
        double down = artwork.image().getHeight();
        double scale = Math.min(width * Math.sqrt(2) / Math.hypot(across, down), width * 1.1 / down);
        return new Rectangle2D.Double(x - across * scale / 2, y - down * scale / 2, across * scale, down * scale);
    }

    /** The name in the largest letters with which it has room; nothing where the font lacks one of them. */
    List<Picture.Layer> lettered(Colour colour, double middle, double width, double height) {
        var text = Writing.plain(name);
        if (text.isEmpty() || !Lettering.BOLD.hasAll(text)) {
            return List.of();
        }
        for (int size = 40; size >= 15; size--) {
            var lines = lines(text, width, size);
            if (lines.size() * size * 1.18 <= height && isWhole(text, width, size)) {
                return lettered(lines, colour, middle, size);
            }
        }
        return lettered(shortened(text, width, 15, (int) (height / 15 / 1.18)), colour, middle, 15);
    }

    /** Whether no word of it has to be broken; small letters may break one. */
    private static boolean isWhole(String text, double width, int size) {
        return size <= 20 || Stream.of(text.split(" ")).allMatch(word -> Lettering.BOLD.width(word, size) <= width);
    }

    private static List<String> lines(String text, double width, double size) {
        return Writing.lines(text, width, line -> Lettering.BOLD.width(line, size));
    }

    private static List<String> shortened(String text, double width, int size, int most) {
        for (int end = text.length(); end > 0; end = text.offsetByCodePoints(end, -1)) {
            var lines = lines(text.substring(0, end).strip() + "…", width, size);
            if (lines.size() <= most) {
                return lines;
            }
        }
        return List.of();
    }

    private static List<Picture.Layer> lettered(List<String> lines, Colour colour, double middle, double size) {
        var layers = new ArrayList<Picture.Layer>();
        double first = middle - (lines.size() - 1) * size * 1.18 / 2 + size * 0.36;
        for (int i = 0; i < lines.size(); i++) {
            Path2D line = Lettering.BOLD.centred(lines.get(i), size, MIDDLE, first + i * size * 1.18);
            layers.add(Picture.Layer.filled(line, colour));
        }
        return layers;
    }

    private static List<Colour> colours(int... colours) {
        return IntStream.of(colours).mapToObj(Colour::new).toList();
    }
}

package org.cairn.openbadges.certificate;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.cairn.openbadges.certificate.Sheet.Type;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Face;
import org.cairn.openbadges.image.Writing;

/** The page that hangs on the wall: on the left the badge and where to check it, on the right who earned what. */
final class Front implements AutoCloseable {

    private static final double EDGE = 26;
    private static final double PANEL = 232;
    private static final double LEFT = EDGE + PANEL + 44;
    private static final double QR = 96;

    private final Certificate certificate;
    private final Words words;
    private final Letters letters;
    private final Sheet sheet;
    private final PDStructureElement document;
    private final Colour ground;
    private final Colour accent;
    private final Colour panel;
    private final Colour onPanel;
    private final Colour muted = new Colour(0x565d63);

    Front(Certificate certificate, PDDocument pdf, Letters letters, Tags tags) throws IOException {
        this.certificate = certificate;
        this.words = certificate.words();
        this.letters = letters;
        this.document = tags.document();
        var a4 = PDRectangle.A4;
        this.sheet = new Sheet(pdf, new PDRectangle(a4.getHeight(), a4.getWidth()), letters, tags);
        var badge = certificate.badge();
        this.ground = badge.ground();
        this.accent = badge.ribbon();
        this.panel = badge.kind() == Badge.Kind.RECOGNITION ? ground.mixed(Colour.WHITE, 0.9) : ground;
        this.onPanel = panel.readable();
    }

    void write() throws IOException {
        frame();
        double y = 108;
        y = written(said("P"), kicker(), new Type(Face.SANS_BOLD, 10.5, muted), y, 15, 2);
        y = award(y + 8);
        outcomes(y);
        foot();
        side();
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }

    private void frame() throws IOException {
        double width = sheet.width() - 2 * EDGE;
        double height = sheet.height() - 2 * EDGE;
        sheet.decorate(new Rectangle2D.Double(EDGE, EDGE, width, height), ground, 1.4);
        sheet.decorate(new Rectangle2D.Double(EDGE + 5, EDGE + 5, width - 10, height - 10), accent, 0.8);
        sheet.decorate(new Rectangle2D.Double(EDGE, EDGE, PANEL, height), panel, 0);
        sheet.decorate(new Rectangle2D.Double(EDGE + PANEL, EDGE, 3.5, height), accent, 0);
    }

    private String kicker() {
        return (certificate.issuer() + "  ·  " + certificate.kind()).toUpperCase(words.language());
    }

    /** Who earned what. */
    private double award(double start) throws IOException {
        double y = start;
        var small = new Type(Face.SERIF, 12.5, muted);
        if (certificate.holder() == null) {
            y = written(said("P"), words.say("certifies.holder"), small, y + 18, 16, 2);
        } else {
            y = written(said("P"), words.say("certifies"), small, y + 18, 16, 1);
            y = shrunk(said("P"), certificate.holder(), Colour.INK, y + 12, 34);
            y = written(said("P"), words.say("earned"), small, y + 16, 16, 1);
        }
        y = shrunk(
                signed("H1"),
                certificate.name(),
                ground.contrast(Colour.WHITE) >= 4.5 ? ground : Colour.INK,
                y + 10,
                30);
        sheet.decorate(new Rectangle2D.Double(LEFT, y - 4, 64, 2.4), accent, 0);
        return written(signed("P"), certificate.description(), new Type(Face.SERIF, 11.5, Colour.INK), y + 20, 16.5, 4);
    }

    private void outcomes(double start) throws IOException {
        double room = sheet.height() - EDGE - 92;
        var type = new Type(Face.SANS, 9.8, Colour.INK);
        if (certificate.outcomes().isEmpty() || start + 40 > room) {
            return;
        }
        double y = start + 16;
        y = line(said("P"), words.say("outcomes"), new Type(Face.SANS_BOLD, 9.8, muted), y) + 17;
        var list = signed("L");
        for (var outcome : certificate.outcomes()) {
            var lines = lines(outcome, type, width() - 14);
            if (y + (lines.size() - 1) * 14 > room) {
                // The supplement has all of them.
                return;
            }
            var item = Tags.add(list, "LI");
            sheet.write(Tags.add(item, "Lbl"), "•", type, LEFT, y);
            var body = Tags.add(item, "LBody");
            for (var one : lines) {
                sheet.write(body, one, type, LEFT + 14, y);
                y += 14;
            }
            y += 2;
        }
    }

    private void foot() throws IOException {
        double y = sheet.height() - EDGE - 58;
        sheet.decorate(new Rectangle2D.Double(LEFT, y, width(), 0.7), accent, 0);
        double x = LEFT;
        for (var fact : certificate.facts()) {
            var paragraph = said("P");
            var value = new Type(Face.SANS_BOLD, 10.5, Colour.INK);
            var name = new Type(Face.SANS, 8.2, muted);
            sheet.write(paragraph, fact.name() + " ", name, x, y + 18);
            sheet.write(paragraph, fact.value(), value, x, y + 33);
            x += Math.max(
                            letters.width(fact.value(), value.face(), value.size()),
                            letters.width(fact.name(), name.face(), name.size()))
                    + 30;
        }
    }

    private void side() throws IOException {
        double middle = EDGE + PANEL / 2;
        var badge = said("Figure");
        badge.setAlternateDescription(alternative());
        sheet.draw(badge, certificate.picture(), middle - 98, EDGE + 40, 196);
        double top = sheet.height() - EDGE - 62 - QR;
        sheet.decorate(new Rectangle2D.Double(middle - QR / 2, top, QR, QR), Colour.WHITE, 0);
        var code = said("Figure");
        code.setAlternateDescription(words.say("check.code"));
        sheet.draw(code, QrCode.of(certificate.verification(), middle - QR / 2, top, QR), Colour.INK);
        var type = new Type(Face.SANS_BOLD, 8.6, onPanel);
        centred(said("P"), words.say("check.at"), type, middle, top + QR + 18);
        address(middle, top + QR + 31);
    }

    /** What is read to who does not see the badge. */
    private String alternative() {
        var said = words.say("badge", "kind", certificate.kind(), "name", Writing.plain(certificate.name()));
        var motif = certificate.badge().design().motif();
        return motif == null ? said : "%s (%s)".formatted(said, Writing.plain(motif.alternative()));
    }

    private void address(double middle, double start) throws IOException {
        var type = new Type(Face.SANS, 7, onPanel);
        var link = Tags.add(said("P"), "Link");
        double y = start;
        double width = PANEL - 28;
        var lines = lines(certificate.verification(), type, width);
        for (var one : lines) {
            centred(link, one, type, middle, y);
            y += 10;
        }
        var area = new Rectangle2D.Double(middle - width / 2, start - 9, width, lines.size() * 10 + 4);
        sheet.link(link, area, certificate.verification(), words.say("check.link"));
    }

    private PDStructureElement said(String tag) {
        return Tags.add(document, tag);
    }

    /** For what the institution wrote, which may be in a language that the certificate does not speak. */
    private PDStructureElement signed(String tag) {
        var element = said(tag);
        element.setLanguage(certificate.language().toLanguageTag());
        return element;
    }

    /** A paragraph of so many lines at most; returns the base line of the next one. */
    private double written(PDStructureElement paragraph, String text, Type type, double start, double leading, int most)
            throws IOException {
        var lines = lines(text, type, width());
        double y = start;
        for (int i = 0; i < Math.min(most, lines.size()); i++) {
            boolean isCut = i == most - 1 && lines.size() > most;
            line(paragraph, isCut ? lines.get(i) + "…" : lines.get(i) + " ", type, y);
            y += leading;
        }
        return y;
    }

    /** In letters as large as fit into two lines, and then in as many lines as it takes. */
    private double shrunk(PDStructureElement element, String text, Colour colour, double start, double largest)
            throws IOException {
        double size = largest;
        var lines = lines(text, new Type(Face.SERIF_BOLD, size, colour), width());
        while (size > 16 && lines.size() > (size > largest * 0.75 ? 1 : 2)) {
            size -= 1;
            lines = lines(text, new Type(Face.SERIF_BOLD, size, colour), width());
        }
        double y = start;
        for (var one : lines) {
            y += size * 1.12;
            line(element, one, new Type(Face.SERIF_BOLD, size, colour), y);
        }
        return y + size * 0.55;
    }

    private double line(PDStructureElement element, String line, Type type, double y) throws IOException {
        sheet.write(element, line, type, LEFT, y);
        return y;
    }

    private void centred(PDStructureElement element, String line, Type type, double middle, double y)
            throws IOException {
        sheet.write(element, line, type, middle - letters.width(line, type.face(), type.size()) / 2, y);
    }

    private List<String> lines(String text, Type type, double width) {
        return Writing.lines(Writing.plain(text), width, line -> letters.width(line, type.face(), type.size()));
    }

    private double width() {
        return sheet.width() - LEFT - EDGE - 40;
    }
}

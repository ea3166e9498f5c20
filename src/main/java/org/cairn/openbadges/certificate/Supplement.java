package org.cairn.openbadges.certificate;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.cairn.openbadges.certificate.Sheet.Type;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Face;
import org.cairn.openbadges.image.Writing;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The pages behind the certificate: what had to be shown, grades where they are shared, and how to check it. As many as it takes. */
final class Supplement implements AutoCloseable {

    private static final double EDGE = 62;
    private static final Type HEADING = new Type(Face.SERIF_BOLD, 15, Colour.INK);
    private static final Type BODY = new Type(Face.SANS, 10, Colour.INK);
    private static final Type NOTE = new Type(Face.SANS, 8, new Colour(0x565d63));
    private static final double LEADING = 15.5;

    private final Certificate certificate;
    private final Words words;
    private final PDDocument pdf;
    private final Letters letters;
    private final Tags tags;
    private Sheet sheet;
    private double y;
    private int pages = 1;

    Supplement(Certificate certificate, PDDocument pdf, Letters letters, Tags tags) throws IOException {
        this.certificate = certificate;
        this.words = certificate.words();
        this.pdf = pdf;
        this.letters = letters;
        this.tags = tags;
        this.sheet = new Sheet(pdf, PDRectangle.A4, letters, tags);
        begin();
    }

    void write() throws IOException {
        heading(words.say("criteria"));
        blocks(Parser.builder().build().parse(certificate.criteria()), tags.document(), 0);
        var grades = certificate.grades();
        if (!grades.isEmpty()) {
            heading(words.say("grades"));
            var list = Tags.add(tags.document(), "L");
            for (var grade : grades) {
                item(list, "•", grade, 0);
            }
        }
        if (!certificate.evidence().isEmpty()) {
            heading(words.say("evidence"));
            for (var one : certificate.evidence()) {
                paragraph(tags.document(), one, 0);
            }
        }
        heading(words.say("check"));
        paragraph(tags.document(), words.say("check.how"), 0);
        address();
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }

    private void begin() throws IOException {
        pages++;
        var ground = certificate.badge().ground();
        sheet.decorate(new Rectangle2D.Double(0, 0, sheet.width(), 12), ground, 0);
        sheet.decorate(
                new Rectangle2D.Double(0, 12, sheet.width(), 2.5),
                certificate.badge().ribbon(),
                0);
        var head = shortened(certificate.name() + "  ·  " + certificate.issuer());
        sheet.decorate(head, NOTE, EDGE, 44);
        var number = String.valueOf(pages);
        sheet.decorate(
                number,
                NOTE,
                sheet.width() - EDGE - letters.width(number, NOTE.face(), NOTE.size()),
                sheet.height() - 34);
        y = 74;
    }

    private String shortened(String line) {
        return Writing.lines(Writing.plain(line), width(), part -> letters.width(part, NOTE.face(), NOTE.size()))
                .getFirst();
    }

    private void heading(String text) throws IOException {
        room(60);
        y += 26;
        sheet.write(Tags.add(tags.document(), "H2"), text, HEADING, EDGE, y);
        y += 8;
        sheet.decorate(
                new Rectangle2D.Double(EDGE, y, 40, 2), certificate.badge().ribbon(), 0);
        y += 20;
    }

    /** Paragraphs and lists, and within items more of them. */
    private void blocks(Node parent, PDStructureElement element, double indent) throws IOException {
        for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof ListBlock list) {
                list(list, Tags.add(element, "L"), indent);
            } else {
                paragraph(element, text(node), indent);
            }
        }
    }

    private void list(ListBlock list, PDStructureElement element, double indent) throws IOException {
        int number = list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                ? ordered.getMarkerStartNumber()
                : 1;
        for (var node = list.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof ListItem item) {
                item(element, list instanceof OrderedList ? number++ + "." : "•", item, indent);
            }
        }
        y += indent == 0 ? 6 : 0;
    }

    private void item(PDStructureElement list, String label, ListItem item, double indent) throws IOException {
        var first = item.getFirstChild();
        boolean isText = first != null && !(first instanceof ListBlock);
        var body = item(list, label, isText ? text(first) : "", indent);
        for (var node = isText ? first.getNext() : first; node != null; node = node.getNext()) {
            if (node instanceof ListBlock inner) {
                list(inner, Tags.add(body, "L"), indent + 16);
            } else {
                paragraph(body, text(node), indent + 16);
            }
        }
    }

    private PDStructureElement item(PDStructureElement list, String label, String text, double indent)
            throws IOException {
        room(LEADING);
        var item = Tags.add(list, "LI");
        sheet.write(Tags.add(item, "Lbl"), label, BODY, EDGE + indent, y);
        var body = Tags.add(item, "LBody");
        lines(body, text, indent + 16);
        y += 2;
        return body;
    }

    private void paragraph(PDStructureElement parent, String text, double indent) throws IOException {
        if (!text.isBlank()) {
            lines(Tags.add(parent, "P"), text, indent);
            y += 5;
        }
    }

    private void lines(PDStructureElement element, String text, double indent) throws IOException {
        var lines = lines(text, width() - indent);
        for (var line : lines) {
            room(LEADING);
            double x = Writing.isFromTheRight(text)
                    ? EDGE + width() - letters.width(line, BODY.face(), BODY.size())
                    : EDGE + indent;
            sheet.write(element, line + " ", BODY, x, y);
            y += LEADING;
        }
    }

    private List<String> lines(String text, double width) {
        return Writing.lines(Writing.plain(text), width, line -> letters.width(line, BODY.face(), BODY.size()));
    }

    private void address() throws IOException {
        var lines = lines(certificate.verification(), width());
        room(lines.size() * LEADING);
        var link = Tags.add(Tags.add(tags.document(), "P"), "Link");
        double top = y - 11;
        lines(link, certificate.verification(), 0);
        sheet.link(
                link,
                new Rectangle2D.Double(EDGE, top, width(), y - top),
                certificate.verification(),
                words.say("check.link"));
    }

    /** Goes on with another page where so much does not fit on this one. */
    private void room(double needed) throws IOException {
        if (y + needed > sheet.height() - EDGE) {
            sheet.close();
            sheet = new Sheet(pdf, PDRectangle.A4, letters, tags);
            begin();
        }
    }

    private double width() {
        return sheet.width() - 2 * EDGE;
    }

    /** The words of a paragraph; emphasis is left to the eye. */
    private static String text(Node node) {
        var text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text one) {
                text.append(one.getLiteral());
            }

            @Override
            public void visit(Code one) {
                text.append(one.getLiteral());
            }

            // Markup in a text is shown as text, here as on our pages.
            @Override
            public void visit(HtmlInline one) {
                text.append(one.getLiteral());
            }

            @Override
            public void visit(HtmlBlock one) {
                text.append(one.getLiteral());
            }

            @Override
            public void visit(FencedCodeBlock one) {
                text.append(one.getLiteral());
            }

            @Override
            public void visit(IndentedCodeBlock one) {
                text.append(one.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak one) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak one) {
                text.append(' ');
            }
        });
        return text.toString();
    }
}

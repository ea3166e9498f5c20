package org.cairn.openbadges.certificate;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDObjectReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDLayoutAttributeObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Face;
import org.cairn.openbadges.image.Picture;
import org.cairn.openbadges.image.Writing;
import org.jspecify.annotations.Nullable;

/** One page. Places are points from its upper left corner; everything on it is either part of an element or decoration. */
final class Sheet implements AutoCloseable {

    /** How a line of text looks. */
    record Type(Face face, double size, Colour colour) {}

    private final PDDocument pdf;
    private final PDPage page;
    private final PDPageContentStream content;
    private final Letters letters;
    private final Tags tags;
    private final COSArray marks = new COSArray();

    Sheet(PDDocument pdf, PDRectangle size, Letters letters, Tags tags) throws IOException {
        this.pdf = pdf;
        this.page = new PDPage(size);
        this.letters = letters;
        this.tags = tags;
        pdf.addPage(page);
        this.content = new PDPageContentStream(pdf, page);
        page.setStructParents(tags.page(marks));
        // ISO 14289-1 §7.18.3: who goes through the links by keyboard meets them in reading order.
        page.getCOSObject().setName(COSName.getPDFName("Tabs"), "S");
    }

    double width() {
        return page.getMediaBox().getWidth();
    }

    double height() {
        return page.getMediaBox().getHeight();
    }

    /** Decoration, which nobody is told of. */
    void decorate(Shape shape, Colour colour, double line) throws IOException {
        content.beginMarkedContent(COSName.ARTIFACT);
        paint(shape, colour, line, new AffineTransform());
        content.endMarkedContent();
    }

    /** A line that only repeats what is said elsewhere. */
    void decorate(String line, Type type, double x, double y) throws IOException {
        content.beginMarkedContent(COSName.ARTIFACT);
        show(line, type, x, y);
        content.endMarkedContent();
    }

    /** A line of an element, its base line at y. */
    void write(PDStructureElement element, String line, Type type, double x, double y) throws IOException {
        mark(element, line);
        show(line, type, x, y);
        content.endMarkedContent();
    }

    /** A picture of such a width; its element says what it shows. */
    void draw(PDStructureElement figure, Picture picture, double x, double y, double width) throws IOException {
        double scale = width / Picture.SIZE;
        mark(figure, null);
        for (var layer : picture.layers()) {
            switch (layer) {
                case Picture.Outline one ->
                    paint(
                            one.shape(),
                            one.colour(),
                            one.width() * scale,
                            new AffineTransform(scale, 0, 0, scale, x, y));
                case Picture.Pixels one -> paint(one, x, y, scale);
            }
        }
        content.endMarkedContent();
        box(figure, new Rectangle2D.Double(x, y, width, width));
    }

    /** A shape that means something. */
    void draw(PDStructureElement figure, Shape shape, Colour colour) throws IOException {
        mark(figure, null);
        paint(shape, colour, 0, new AffineTransform());
        content.endMarkedContent();
        box(figure, shape.getBounds2D());
    }

    /** Makes an area of an element lead to an address. */
    void link(PDStructureElement element, Rectangle2D area, String address, String words) throws IOException {
        var action = new PDActionURI();
        action.setURI(address);
        var border = new PDBorderStyleDictionary();
        border.setWidth(0);
        var link = new PDAnnotationLink();
        link.setAction(action);
        link.setBorderStyle(border);
        link.setContents(words);
        link.setPrinted(true);
        link.setRectangle(rectangle(area));
        link.setPage(page);
        link.setStructParent(tags.annotation(element));
        page.getAnnotations().add(link);
        var reference = new PDObjectReference();
        reference.setReferencedObject(link);
        reference.getCOSObject().setItem(COSName.PG, page);
        element.appendKid(reference);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private void mark(PDStructureElement element, @Nullable String line) throws IOException {
        var properties = new COSDictionary();
        properties.setInt(COSName.MCID, marks.size());
        if (line != null && !Writing.visual(line).equals(line)) {
            // What is drawn is in the order of the eye and in joined letters.
            properties.setString(COSName.ACTUAL_TEXT, line);
        }
        content.beginMarkedContent(COSName.getPDFName(element.getStructureType()), PDPropertyList.create(properties));
        var reference = new PDMarkedContentReference();
        reference.setPage(page);
        reference.setMCID(marks.size());
        element.appendKid(reference);
        marks.add(element);
    }

    private void box(PDStructureElement figure, Rectangle2D area) {
        var layout = new PDLayoutAttributeObject();
        layout.setPlacement(PDLayoutAttributeObject.PLACEMENT_BLOCK);
        layout.setBBox(rectangle(area));
        figure.addAttribute(layout);
    }

    private void show(String line, Type type, double x, double y) throws IOException {
        content.beginText();
        content.newLineAtOffset((float) x, (float) (height() - y));
        fill(type.colour());
        for (var run : letters.runs(line, type.face())) {
            content.setFont(run.font(), (float) type.size());
            content.showText(run.text());
        }
        content.endText();
    }

    private void paint(Shape shape, Colour colour, double line, AffineTransform place) throws IOException {
        append(shape, place);
        if (line == 0) {
            fill(colour);
            content.fill();
        } else {
            content.setStrokingColor(part(colour, 16), part(colour, 8), part(colour, 0));
            content.setLineWidth((float) line);
            content.setLineCapStyle(1);
            content.setLineJoinStyle(1);
            content.stroke();
        }
    }

    private void paint(Picture.Pixels pixels, double x, double y, double scale) throws IOException {
        var area = pixels.area();
        content.drawImage(
                LosslessFactory.createFromImage(pdf, pixels.artwork().image()),
                (float) (x + area.getX() * scale),
                (float) (height() - y - area.getMaxY() * scale),
                (float) (area.getWidth() * scale),
                (float) (area.getHeight() * scale));
    }

    private void append(Shape shape, AffineTransform place) throws IOException {
        var turned = new AffineTransform(1, 0, 0, -1, 0, height());
        turned.concatenate(place);
        var at = new float[6];
        float x = 0;
        float y = 0;
        for (var each = shape.getPathIterator(turned); !each.isDone(); each.next()) {
            switch (each.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> content.moveTo(at[0], at[1]);
                case PathIterator.SEG_LINETO -> content.lineTo(at[0], at[1]);
                case PathIterator.SEG_QUADTO -> {
                    // PDF has only cubic curves.
                    content.curveTo(
                            x + (at[0] - x) * 2 / 3,
                            y + (at[1] - y) * 2 / 3,
                            at[2] + (at[0] - at[2]) * 2 / 3,
                            at[3] + (at[1] - at[3]) * 2 / 3,
                            at[2],
                            at[3]);
                    at[0] = at[2];
                    at[1] = at[3];
                }
                case PathIterator.SEG_CUBICTO -> {
                    content.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
                    at[0] = at[4];
                    at[1] = at[5];
                }
                default -> content.closePath();
            }
            x = at[0];
            y = at[1];
        }
    }

    private void fill(Colour colour) throws IOException {
        content.setNonStrokingColor(part(colour, 16), part(colour, 8), part(colour, 0));
    }

    private static float part(Colour colour, int shift) {
        return (colour.rgb() >> shift & 0xff) / 255f;
    }

    private PDRectangle rectangle(Rectangle2D area) {
        return new PDRectangle(
                (float) area.getX(), (float) (height() - area.getMaxY()), (float) area.getWidth(), (float)
                        area.getHeight());
    }
}

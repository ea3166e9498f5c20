package org.cairn.openbadges.certificate;

import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/** What a document consists of for who hears it read (ISO 32000-1 §14.7): its elements, and from the marks on pages back to them. */
final class Tags {

    private final PDStructureTreeRoot root = new PDStructureTreeRoot();
    private final PDStructureElement document = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
    private final TreeMap<Integer, PDParentTreeValue> parents = new TreeMap<>();

    Tags(PDDocument pdf) {
        root.appendKid(document);
        pdf.getDocumentCatalog().setStructureTreeRoot(root);
    }

    PDStructureElement document() {
        return document;
    }

    /** A new last part of another. */
    static PDStructureElement add(PDStructureElement parent, String type) {
        var element = new PDStructureElement(type, parent);
        parent.appendKid(element);
        return element;
    }

    /** What the marks of a page belong to, one after the other; returns its key. */
    int page(COSArray marks) {
        parents.put(parents.size(), new PDParentTreeValue(marks));
        return parents.size() - 1;
    }

    /** What an annotation belongs to; returns its key. */
    int annotation(PDStructureElement element) {
        parents.put(parents.size(), new PDParentTreeValue((COSDictionary) element.getCOSObject()));
        return parents.size() - 1;
    }

    /** To be called when every page is written. */
    void close() {
        var tree = new PDNumberTreeNode(PDParentTreeValue.class);
        tree.setNumbers(parents);
        root.setParentTree(tree);
        root.setParentTreeNextKey(parents.size());
        root.getCOSObject().setItem(COSName.TYPE, COSName.STRUCT_TREE_ROOT);
    }
}

package org.cairn.openbadges.certificate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.cairn.Problem;
import org.cairn.openbadges.image.Face;
import org.cairn.openbadges.image.Writing;

/** Writes certificates: PDF/UA-1 (ISO 14289-1), so that who does not see one hears all of it, with the signed credential attached. */
public final class CertificatePdf {

    private static final String ATTACHED = "credential.jwt";

    private CertificatePdf() {}

    /** Throws Problem UNPROCESSABLE where the holder's name has letters that no font has: a name is printed whole or not at all. */
    public static byte[] of(Certificate certificate, Fonts added) {
        try (var pdf = new PDDocument()) {
            var letters = new Letters(pdf, added);
            var name = certificate.holder() == null ? "" : certificate.holder();
            var missing = letters.missing(name, Face.SERIF_BOLD);
            if (!missing.isEmpty()) {
                throw unprintable(missing);
            }
            var tags = new Tags(pdf);
            try (var front = new Front(certificate, pdf, letters, tags)) {
                front.write();
            }
            try (var supplement = new Supplement(certificate, pdf, letters, tags)) {
                supplement.write();
            }
            tags.close();
            describe(pdf, certificate);
            attach(pdf, certificate);
            var bytes = new ByteArrayOutputStream();
            pdf.save(bytes, CompressParameters.DEFAULT_COMPRESSION);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem unprintable(Set<Integer> missing) {
        boolean isPlain = missing.stream().allMatch(Fonts::isPlain);
        return new Problem(
                Problem.Kind.UNPROCESSABLE,
                "certificate_letters",
                "The name on this credential is written in letters that "
                        + (isPlain
                                ? "no font here has; whoever runs Cairn here can add one that has them. Or take"
                                : "Cairn cannot print yet. Take")
                        + " the name off its public page to get the certificate without it, or use another form of the credential.");
    }

    private static void describe(PDDocument pdf, Certificate certificate) throws IOException {
        pdf.setVersion(1.7f);
        // Whoever makes it twice from the same credential gets the same file.
        pdf.setDocumentId(certificate.signedAt().toEpochMilli());
        var catalog = pdf.getDocumentCatalog();
        catalog.setLanguage(certificate.words().language().toLanguageTag());
        var marked = new PDMarkInfo();
        marked.setMarked(true);
        catalog.setMarkInfo(marked);
        var preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
        var information = pdf.getDocumentInformation();
        information.setTitle(Writing.plain(certificate.title()));
        information.setAuthor(Writing.plain(certificate.issuer()));
        information.setCreationDate(calendar(certificate.signedAt()));
        catalog.setMetadata(new PDMetadata(
                pdf, new ByteArrayInputStream(metadata(certificate).getBytes(StandardCharsets.UTF_8))));
    }

    private static String metadata(Certificate certificate) {
        return """
                <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
                 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
                <pdfuaid:part>1</pdfuaid:part>
                <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
                <dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
                <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
                <xmp:CreateDate>%s</xmp:CreateDate>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>""".formatted(
                        escaped(certificate.title()),
                        escaped(certificate.issuer()),
                        certificate.words().language().toLanguageTag(),
                        certificate.signedAt());
    }

    private static String escaped(String text) {
        return Writing.plain(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\uffff", "")
                .replace("\ufffe", "");
    }

    private static void attach(PDDocument pdf, Certificate certificate) throws IOException {
        byte[] text = certificate.jwt().getBytes(StandardCharsets.UTF_8);
        var file = new PDEmbeddedFile(pdf, new ByteArrayInputStream(text), COSName.FLATE_DECODE);
        file.setSubtype("application/vc+jwt");
        file.setSize(text.length);
        file.setCreationDate(calendar(certificate.signedAt()));
        var attachment = new PDComplexFileSpecification();
        attachment.setFile(ATTACHED);
        attachment.setFileUnicode(ATTACHED);
        attachment.setFileDescription(certificate.words().say("attachment"));
        attachment.setEmbeddedFile(file);
        attachment.setEmbeddedFileUnicode(file);
        attachment.getCOSObject().setName(COSName.getPDFName("AFRelationship"), "Data");
        var files = new PDEmbeddedFilesNameTreeNode();
        files.setNames(Map.of(ATTACHED, attachment));
        var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
        names.setEmbeddedFiles(files);
        pdf.getDocumentCatalog().setNames(names);
        var associated = new COSArray();
        associated.add(attachment);
        pdf.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    }

    private static Calendar calendar(Instant instant) {
        var calendar = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC), Locale.ROOT);
        calendar.setTimeInMillis(instant.toEpochMilli());
        return calendar;
    }
}

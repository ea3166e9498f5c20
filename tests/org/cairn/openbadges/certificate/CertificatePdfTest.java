package org.cairn.openbadges.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.ibm.icu.text.MessageFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.cairn.Problem;
import org.cairn.openbadges.Artworks;
import org.cairn.openbadges.image.Artwork;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Motif;
import org.cairn.openbadges.image.Writing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** What a certificate says, to who sees it and to who hears it. */
class CertificatePdfTest {

    private static final String ADDRESS = "https://credentials.example.edu/verify/0190f5f0-1c4b-7db3-a6dd-5895d56c3900";

    private static final String CREDENTIAL = """
            {
              "issuer": { "name": "Example University" },
              "awardedDate": "2026-11-19T23:30:00Z",
              "validUntil": "2029-11-20T10:00:00Z",
              "evidence": [ { "narrative": "The rule was met by grades that the learning platform reported." } ],
              "credentialSubject": {
                "result": [ { "resultDescription": "urn:one", "value": "83" } ],
                "achievement": {
                  "name": "Responsible AI – an introduction",
                  "description": "Builds and judges systems that decide about people.",
                  "creditsAvailable": 2.5,
                  "alignment": [
                    { "targetName": "data ethics", "targetUrl": "http://data.europa.eu/esco/skill/1" },
                    { "targetName": "EQF level 6", "targetUrl": "http://data.europa.eu/snb/eqf/6" }
                  ],
                  "resultDescription": [ { "id": "urn:one", "name": "Quiz on bias", "valueMax": "100", "requiredValue": "70" } ],
                  "criteria": { "narrative": "All of these:\\n\\n- *Bias in models*\\n- two of:\\n  1. `first`\\n  2. second\\n\\nand <b>this</b>" }
                }
              }
            }
            """;

    // Of Debian's fonts-droid-fallback, fonts-nanum and fonts-lohit-deva.
    private static final String DROID = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf";
    private static final String NANUM = "/usr/share/fonts/truetype/nanum/NanumMyeongjo.ttf";
    private static final Path LOHIT = Path.of("/usr/share/fonts/truetype/lohit-devanagari/Lohit-Devanagari.ttf");

    private static final Artwork ARTWORK = Artworks.lighthouse();

    @ParameterizedTest
    @EnumSource(Badge.Kind.class)
    void every_kind_conforms_to_pdf_ua_1_as_verapdf_says(Badge.Kind kind) throws Exception {
        conforms(pdf("Ada Lovelace", kind, Design.NONE));
        conforms(pdf(null, kind, new Design(new Colour(0xffe066), null, null, null, null)));
        conforms(pdf(null, kind, new Design(null, null, null, null, new Motif(ARTWORK.digest(), "A lighthouse"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Łukasz Żółć-Őry",
                "Ελένη Παπαδοπούλου",
                "Юлия Щербак",
                "ליאת כהן",
                "ليلى بنت عبد الله",
                "Nguyễn Thị Ánh"
            })
    void a_name_of_another_script_is_in_the_text_and_conforms(String name) throws Exception {
        byte[] pdf = pdf(name, Badge.Kind.CERTIFICATE, Design.NONE);
        assertThat(text(pdf)).contains("This certifies that", name, "has earned");
        conforms(pdf);
    }

    @Test
    void who_does_not_want_to_be_named_is_not() throws Exception {
        var text = text(pdf(null, Badge.Kind.CERTIFICATE, Design.NONE));
        assertThat(text).contains("the holder of this credential has earned").doesNotContain("null");
    }

    @ParameterizedTest
    @CsvSource({
        "李小龙, no font here has; whoever runs Cairn here can add one that has them. Or take the name off its public page",
        "ליאת 李, no font here has; whoever runs Cairn",
        "अनिता शर्मा, Cairn cannot print yet. Take the name off its public page",
        "李小龙 अनिता, Cairn cannot print yet. Take the name off"
    })
    void a_name_that_cannot_be_printed_whole_is_refused_with_a_sentence(String name, String sentence) {
        assertThatThrownBy(() -> pdf(name, Badge.Kind.CERTIFICATE, Design.NONE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "李小龙, " + DROID,
        "ゆき 山田, " + DROID,
        "Ada 李 Lovelace, " + DROID,
        "김연아, " + NANUM,
        "\u1100\u1175\u11b7\u110b\u1167\u11ab\u110b\u1161, " + NANUM
    })
    void a_name_is_printed_with_a_font_that_was_added_and_conforms(String name, Path font, @TempDir Path folder)
            throws Exception {
        var fonts = added(folder, font);
        byte[] pdf = CertificatePdf.of(certificate(json(CREDENTIAL), name, Badge.Kind.CERTIFICATE, Design.NONE), fonts);
        assertThat(text(pdf)).contains("This certifies that", Writing.plain(name), "has earned");
        conforms(pdf);
    }

    @Test
    void a_script_that_is_joined_is_not_set_letter_by_letter_by_any_font(@TempDir Path folder) throws Exception {
        var fonts = added(folder, LOHIT);
        assertThatThrownBy(() -> CertificatePdf.of(
                        certificate(json(CREDENTIAL), "अनिता", Badge.Kind.CERTIFICATE, Design.NONE), fonts))
                .hasMessageContaining("Cairn cannot print yet");
    }

    @Test
    void it_says_what_was_signed() throws Exception {
        assertThat(text(pdf("Ada", Badge.Kind.MICRO_CREDENTIAL, Design.NONE)).replaceAll("\\s+", " "))
                .contains(
                        "EXAMPLE UNIVERSITY · MICRO-CREDENTIAL",
                        "Responsible AI – an introduction",
                        "Builds and judges systems that decide about people.",
                        "Who holds it can • take responsibility",
                        "Level EQF level 6",
                        "Credits 2.5",
                        // By the institution's calendar.
                        "Awarded 20 November 2026",
                        "Valid until 20 November 2029",
                        "All of these: • Bias in models • two of: 1. first 2. second and <b>this</b>",
                        "Quiz on bias: 83 of 100, required: 70",
                        "The rule was met by grades",
                        ADDRESS)
                .doesNotContain("data ethics");
    }

    @Test
    void the_attachment_is_the_signed_credential_byte_for_byte() throws Exception {
        try (var pdf = Loader.loadPDF(pdf("Ada", Badge.Kind.CERTIFICATE, Design.NONE))) {
            var files = pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            assertThat(files).containsOnlyKeys("credential.jwt");
            var file = files.get("credential.jwt");
            assertThat(file.getEmbeddedFile().toByteArray()).isEqualTo("eyJ.ü.sig".getBytes(StandardCharsets.UTF_8));
            assertThat(file.getEmbeddedFile().getSubtype()).isEqualTo("application/vc+jwt");
            assertThat(file.getCOSObject().getNameAsString("AFRelationship")).isEqualTo("Data");
            var associated = pdf.getDocumentCatalog().getCOSObject().getCOSArray(COSName.getPDFName("AF"));
            assertThat(associated.getObject(0)).isSameAs(file.getCOSObject());
        }
    }

    @Test
    void the_qr_code_leads_to_where_it_is_checked() throws Exception {
        try (var pdf = Loader.loadPDF(pdf("Ada", Badge.Kind.CERTIFICATE, Design.NONE))) {
            var image = new PDFRenderer(pdf).renderImageWithDPI(0, 200);
            int width = image.getWidth();
            var pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
            var bitmap =
                    new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, image.getHeight(), pixels)));
            assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(ADDRESS);
        }
    }

    @Test
    void its_title_language_and_pictures_are_said_in_words() throws Exception {
        try (var pdf = Loader.loadPDF(pdf("Ada", Badge.Kind.CERTIFICATE, Design.NONE))) {
            var catalog = pdf.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("en");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Responsible AI – an introduction – Ada");
            assertThat(catalog.getMetadata().toByteArray())
                    .asString(StandardCharsets.UTF_8)
                    .contains("Responsible AI – an introduction – Ada", "<pdfuaid:part>1</pdfuaid:part>");
            assertThat(catalog.getStructureTreeRoot().getCOSObject().toString()).isNotEmpty();
            assertThat(alternatives(pdf))
                    .containsExactly(
                            "Badge: Certificate, Responsible AI – an introduction",
                            "QR code of the address at which this credential can be checked");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "de-AT, de, Niveau EQR-Niveau 6, 20. November 2026, Zertifikat",
        "fr, fr, Niveau niveau 6 du CEC, 20 novembre 2026, Certificat",
        "es, es, Nivel nivel 6 del MEC, 20 de noviembre de 2026, Certificado",
        "nl, nl, Niveau EQF-niveau 6, 20 november 2026, Certificaat",
        "ar, ar, من الإطار الأوروبي, نوفمبر, شهادة",
        "pl, en, Level EQF level 6, 20 November 2026, Certificate"
    })
    void it_speaks_the_achievement_s_language_or_english_and_says_which_is_which(
            String language, String spoken, String level, String day, String kind) throws Exception {
        var json = (ObjectNode) json(CREDENTIAL);
        ((ObjectNode) json.at("/credentialSubject/achievement")).put("inLanguage", language);
        byte[] file = CertificatePdf.of(certificate(json, "Ada", Badge.Kind.CERTIFICATE, Design.NONE), Fonts.NONE);
        assertThat(text(file).replaceAll("\\s+", " ")).contains(level, day);
        conforms(file);
        try (var pdf = Loader.loadPDF(file)) {
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo(spoken);
            assertThat(alternatives(pdf)).first().asString().contains(kind, "Responsible AI – an introduction");
            assertThat(elements(pdf))
                    .filteredOn(one -> one.getStructureType().equals("H1"))
                    .extracting(PDStructureElement::getLanguage)
                    .containsExactly(language);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "nl", "ar"})
    void every_language_has_each_message_with_what_it_names(String language) throws Exception {
        var english = messages("");
        var messages = messages("_" + language);
        assertThat(messages.keySet()).isEqualTo(english.keySet());
        messages.remove("day");
        messages.forEach((key, message) -> {
            assertThat(message.toString())
                    .as(key.toString())
                    .doesNotContain("'")
                    .isNotBlank();
            assertThat(new MessageFormat(message.toString()).getArgumentNames())
                    .as(key.toString())
                    .isEqualTo(new MessageFormat(english.getProperty(key.toString())).getArgumentNames());
        });
    }

    private static Properties messages(String suffix) throws IOException {
        var messages = new Properties();
        var name = "/messages/certificate%s.properties".formatted(suffix);
        try (var file = Objects.requireNonNull(CertificatePdfTest.class.getResourceAsStream(name));
                var text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            messages.load(text);
        }
        return messages;
    }

    @Test
    void the_same_credential_gives_the_same_file() throws Exception {
        assertThat(pdf("Ada", Badge.Kind.CERTIFICATE, Design.NONE))
                .isEqualTo(pdf("Ada", Badge.Kind.CERTIFICATE, Design.NONE));
    }

    @Test
    void long_criteria_take_as_many_pages_as_they_need_and_conform() throws Exception {
        var json = (ObjectNode) json(CREDENTIAL);
        var criteria = IntStream.rangeClosed(1, 150)
                .mapToObj(i -> "- requirement number " + i + " with words enough for a line and a half ".repeat(2))
                .collect(Collectors.joining("\n"));
        ((ObjectNode) json.at("/credentialSubject/achievement/criteria")).put("narrative", criteria);
        ((ObjectNode) json.at("/credentialSubject/achievement"))
                .put("name", "Name ".repeat(40).strip());
        ((ObjectNode) json.at("/credentialSubject/achievement"))
                .put("description", "Description ".repeat(300).strip());
        byte[] pdf = CertificatePdf.of(certificate(json, "Ada", Badge.Kind.CERTIFICATE, Design.NONE), Fonts.NONE);
        assertThat(text(pdf)).contains("requirement number 1 ", "requirement number 150 ");
        conforms(pdf);
    }

    @ParameterizedTest
    @CsvSource({"{}, ''", "'{\"credentialSubject\":{\"achievement\":{\"name\":\"\\u0000<x>&\\uffff\"}}}', <x>&"})
    void what_lacks_most_or_is_odd_makes_a_certificate_still(String credential, String said) throws Exception {
        byte[] pdf =
                CertificatePdf.of(certificate(json(credential), "A", Badge.Kind.CERTIFICATE, Design.NONE), Fonts.NONE);
        assertThat(text(pdf)).contains(said);
    }

    private static List<PDStructureElement> elements(PDDocument pdf) {
        var found = new ArrayList<PDStructureElement>();
        collect(pdf.getDocumentCatalog().getStructureTreeRoot().getKids(), found);
        return found;
    }

    private static List<String> alternatives(PDDocument pdf) {
        return elements(pdf).stream()
                .map(PDStructureElement::getAlternateDescription)
                .filter(Objects::nonNull)
                .toList();
    }

    private static void collect(List<Object> kids, List<PDStructureElement> found) {
        for (var kid : kids) {
            if (kid instanceof PDStructureElement one) {
                found.add(one);
                collect(one.getKids(), found);
            }
        }
    }

    private static Fonts added(Path folder, Path font) throws IOException {
        Assumptions.assumeTrue(Files.exists(font), "Skipped: there is no " + font.getFileName() + " here.");
        Files.copy(font, folder.resolve(font.getFileName().toString()));
        return Fonts.in(folder);
    }

    private static byte[] pdf(@Nullable String holder, Badge.Kind kind, Design design) throws IOException {
        return CertificatePdf.of(certificate(json(CREDENTIAL), holder, kind, design), Fonts.NONE);
    }

    private static Certificate certificate(
            com.fasterxml.jackson.databind.JsonNode json, @Nullable String holder, Badge.Kind kind, Design design) {
        var badge = new Badge(kind, "Responsible AI", 6, "responsible-ai", design);
        return new Certificate(
                json,
                "eyJ.ü.sig",
                holder,
                badge,
                badge.picture(design.motif() == null ? null : ARTWORK),
                List.of(
                        "take responsibility for a system",
                        "explain a model's decision ".repeat(8).strip()),
                ADDRESS,
                Instant.parse("2026-11-20T10:00:00Z"),
                ZoneId.of("Europe/Vienna"));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static String text(byte[] file) throws IOException {
        try (var pdf = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    private static void conforms(byte[] pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (var parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
                var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            var result = validator.validate(parser);
            assertThat(result.getTestAssertions().stream()
                            .map(TestAssertion::getMessage)
                            .distinct()
                            .toList())
                    .isEqualTo(Collections.emptyList());
            assertThat(result.isCompliant()).isTrue();
        }
    }
}

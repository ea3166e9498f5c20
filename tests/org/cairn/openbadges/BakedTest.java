package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.openbadges.Pictures.chunk;
import static org.cairn.openbadges.Pictures.itxt;
import static org.cairn.openbadges.Pictures.png;
import static org.cairn.openbadges.Pictures.svg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a picture carries is found, and a hostile picture is refused. */
class BakedTest {

    @Test
    void a_credential_in_a_png_is_found_whatever_else_the_png_says() {
        var png =
                png(itxt("Comment", 0, "openbadgecredential"), itxt("openbadgecredential", 0, "{\"name\":\"电路 ü\"}\n"));
        assertThat(Baked.find(png)).contains("{\"name\":\"电路 ü\"}");
        assertThat(Baked.find(png(itxt("clrcredential", 0, "a.b.c")))).contains("a.b.c");
    }

    @Test
    void a_png_without_a_credential_has_none() {
        assertThat(Baked.find(png(itxt("Comment", 0, "nothing")))).isEmpty();
        assertThat(Baked.find(png(chunk("tEXt", "openbadgecredential\0{}".getBytes(StandardCharsets.UTF_8)))))
                .isEmpty();
    }

    @Test
    void what_lies_behind_the_end_of_a_png_is_not_read() {
        var whole = png();
        var behind = itxt("openbadgecredential", 0, "{}");
        var both = Arrays.copyOf(whole, whole.length + behind.length);
        System.arraycopy(behind, 0, both, whole.length, behind.length);
        assertThat(Baked.find(both)).isEmpty();
    }

    @Test
    void a_compressed_text_and_two_credentials_are_refused() {
        refused(png(itxt("openbadgecredential", 1, "{}")), "compressed");
        refused(png(itxt("openbadgecredential", 0, "{}"), itxt("openbadgecredential", 0, "{}")), "more than one");
        refused(png(itxt("openbadgecredential", 0, "{}"), itxt("clrcredential", 0, "{}")), "more than one");
    }

    @Test
    void a_png_that_is_cut_anywhere_is_refused_or_has_nothing() {
        var png = png(itxt("openbadgecredential", 0, "{}"));
        for (int length = 8; length < png.length - 4; length++) {
            refused(Arrays.copyOf(png, length), "damaged");
        }
    }

    @Tag("slow")
    @Test
    void a_png_with_any_byte_changed_is_read_or_refused_and_nothing_else() {
        var png = png(itxt("openbadgecredential", 0, "{}"));
        var random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            var damaged = png.clone();
            damaged[8 + random.nextInt(png.length - 8)] = (byte) random.nextInt();
            try {
                assertThat(Baked.find(damaged)).isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageEndingWith(".");
            }
        }
    }

    @Test
    void a_credential_in_an_svg_is_found_as_text_and_as_attribute() {
        assertThat(Baked.find(
                        svg("<openbadges:credential><![CDATA[ {\"name\":\"a < b ü\"} ]]></openbadges:credential><g/>")))
                .contains("{\"name\":\"a < b ü\"}");
        assertThat(Baked.find(svg("<openbadges:credential verify=\"a.b.c\"></openbadges:credential>")))
                .contains("a.b.c");
        assertThat(Baked.find(svg("<openbadges:credential verify=\"a.b.c\"/>"))).contains("a.b.c");
    }

    @Test
    void an_svg_without_a_credential_of_the_namespace_has_none() {
        assertThat(Baked.find(svg("<credential verify=\"a.b.c\"/>"))).isEmpty();
        assertThat(Baked.find(svg("<!-- <openbadges:credential verify=\"a.b.c\"/> -->")))
                .isEmpty();
    }

    @Test
    void two_credentials_in_an_svg_are_refused() {
        refused(
                svg("<openbadges:credential verify=\"a.b.c\"/><openbadges:credential verify=\"a.b.c\"/>"),
                "more than one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>%s",
                "<!DOCTYPE svg [<!ENTITY x \"{}\">]>%s",
                "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY x \"&b;&b;&b;&b;\">]>%s",
            })
    void an_svg_with_an_entity_is_refused_and_nothing_is_fetched(String document) {
        var svg = document.formatted(
                new String(svg("<openbadges:credential>&x;</openbadges:credential>"), StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Baked.find(svg.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_document_type_that_drawing_programs_write_is_not_fetched() {
        var svg =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://127.0.0.1:1/svg11.dtd\">"
                        + new String(svg("<openbadges:credential verify=\"a.b.c\"/>"), StandardCharsets.UTF_8);
        assertThat(Baked.find(svg.getBytes(StandardCharsets.UTF_8))).contains("a.b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><p>Not<br>XML",
                "<",
                "<svg",
                "",
                "plain",
                "<svg><a></svg>",
                "<!DOCTYPE svg [<!ENTtnam\0n><svg>&x;</svg>"
            })
    void what_is_no_picture_is_refused(String text) {
        assertThatThrownBy(() -> Baked.find(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_deep_and_a_large_picture_are_refused() {
        assertThatThrownBy(() -> Baked.find("<a>".repeat(200_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        refused(new byte[Baked.LARGEST + 1], "2 MB");
    }

    @Test
    void a_picture_is_known_by_how_it_begins() {
        assertThat(Baked.isPicture(png())).isTrue();
        assertThat(Baked.isPicture(Baked.PNG)).isTrue();
        assertThat(Baked.isPicture(Arrays.copyOf(Baked.PNG, 7))).isFalse();
        assertThat(Baked.isPicture(text("\ufeff \n<svg/>"))).isTrue();
        assertThat(Baked.isPicture(text("<"))).isTrue();
        assertThat(Baked.isPicture(text("{\"a\":\"<\"}"))).isFalse();
        assertThat(Baked.isPicture(text(" ".repeat(199) + "<"))).isTrue();
        assertThat(Baked.isPicture(text(" ".repeat(200) + "<"))).isFalse();
        assertThat(Baked.isPicture(new byte[0])).isFalse();
    }

    @Test
    void a_picture_has_at_most_two_megabytes() {
        var png = png(itxt("openbadgecredential", 0, "{}"));
        assertThat(Baked.find(Arrays.copyOf(png, Baked.LARGEST))).contains("{}");
        refused(Arrays.copyOf(png, Baked.LARGEST + 1), "larger than 2 MB");
    }

    @Test
    void a_text_in_a_png_has_a_keyword_a_language_and_what_that_calls_it_before_it() {
        assertThat(Baked.find(png(chunk("iTXt", text("openbadgecredential\0\0\0de\0Auszeichnung\0 {} ")))))
                .contains("{}");
        assertThat(Baked.find(png(chunk("iTXt", text("openbadgecredential\0\0\0\0\0")))))
                .contains("");
        refused(png(chunk("iTXt", text("openbadgecredential\0\0\0\0"))), "its credential is cut off");
        refused(png(chunk("iTXt", text("openbadgecredential\0\0\0de\0{}"))), "a text in it has no end");
        refused(png(chunk("iTXt", text("openbadgecredential"))), "a text in it has no end");
        refused(
                png(chunk("iTXt", "openbadgecredential\0\0\0\0\0\u00ff".getBytes(StandardCharsets.ISO_8859_1))),
                "is not text");
    }

    @Test
    void a_png_whose_parts_say_that_they_are_longer_than_it_is_damaged() {
        var png = png(itxt("openbadgecredential", 0, "{}"));
        for (int size : new int[] {-1, Integer.MIN_VALUE, png.length, Integer.MAX_VALUE}) {
            var longer = png.clone();
            ByteBuffer.wrap(longer).putInt(8, size);
            refused(longer, "a part of it is cut off");
        }
        // Exactly as much as is there, with nothing behind it that could be the end.
        var all = png.clone();
        ByteBuffer.wrap(all).putInt(8, png.length - 8 - 12).putInt(12, 0);
        refused(all, "its end is missing");
        ByteBuffer.wrap(all).putInt(8, png.length - 8 - 11);
        refused(all, "a part of it is cut off");
        refused(Baked.PNG, "its end is missing");
    }

    @Test
    void a_png_ends_with_its_last_part_to_the_byte() {
        assertThat(Baked.find(png())).isEmpty();
        refused(Arrays.copyOf(png(), png().length - 1), "its end is missing");
    }

    @Test
    void of_an_element_with_both_the_text_is_read_and_of_one_with_neither_nothing() {
        assertThat(Baked.find(svg("<openbadges:credential verify=\"a.b.c\"> {} </openbadges:credential>")))
                .contains("{}");
        assertThat(Baked.find(svg("<openbadges:credential verify=\" a.b.c \"> </openbadges:credential>")))
                .contains("a.b.c");
        assertThat(Baked.find(svg("<openbadges:credential/>"))).contains("");
    }

    @Test
    void a_record_in_an_svg_has_a_namespace_of_its_own_and_other_elements_are_none() {
        assertThat(
                        Baked.find(
                                text(
                                        "<svg xmlns:clr=\"https://purl.imsglobal.org/clr/v2p0\"><clr:credential>{}</clr:credential></svg>")))
                .contains("{}");
        assertThat(Baked.find(svg("<openbadges:assertion verify=\"a.b.c\"/>"))).isEmpty();
    }

    @Test
    void a_name_for_something_else_in_a_credential_is_refused_in_words() {
        refused(svg("&elsewhere;"), "The ");
        refused(text("<!DOCTYPE svg [<!ENTITY x \"{}\">]><svg>&x;</svg>"), "The ");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(byte[] file, String word) {
        assertThatThrownBy(() -> Baked.find(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(word);
    }
}

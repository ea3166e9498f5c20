package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.openbadges.Pictures.chunk;
import static org.cairn.openbadges.Pictures.itxt;
import static org.cairn.openbadges.Pictures.png;
import static org.cairn.openbadges.Pictures.svg;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
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

    private static void refused(byte[] file, String word) {
        assertThatThrownBy(() -> Baked.find(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(word);
    }
}

package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @Test
    void arabic_is_marked_as_arabic_and_as_written_from_the_right() {
        var output = new StringOutput();
        Language.of("ar-EG, en;q=0.5").prose("*a*").writeTo(output);
        assertThat(output.toString()).isEqualTo("<div lang=\"ar\" dir=\"rtl\"><p><em>a</em></p>\n</div>");
    }

    @Test
    void words_are_text_whatever_they_look_like() {
        var output = new StringOutput();
        var page = new OwaspHtmlTemplateOutput(output);
        page.setContext("div", null);
        Language.of("de").words("<b>&").writeTo(page);
        assertThat(output.toString()).isEqualTo("<span lang=\"de\" dir=\"ltr\">&lt;b&gt;&amp;</span>");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ";",
                ";q=1",
                "de;q=",
                "de;q=x",
                "de;q=-1",
                "de;q=1e9",
                "de;q=NaN",
                "-",
                "*-*",
                "ä",
                "\u0000",
                "de--AT",
                "<b>"
            })
    void a_header_that_cannot_be_read_means_english(String header) {
        assertThat(Language.of(header).locale()).isEqualTo(Locale.UK);
    }

    @Test
    void a_header_longer_than_any_browser_s_means_english() {
        assertThat(Language.of("de," + "x-a,".repeat(2000) + "de").locale()).isEqualTo(Locale.UK);
    }

    @Test
    void no_header_throws() {
        var random = new Random(4);
        var letters = "dearfrnl-*;q=,.01 \t\u0000éß\uD83D";
        for (int one = 0; one < 50_000; one++) {
            var header = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                header.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(Language.of(header.toString()).locale()).as("%s", header).isNotNull();
        }
    }
}

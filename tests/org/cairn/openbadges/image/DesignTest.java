package org.cairn.openbadges.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which colours go together, as WCAG 2.2 counts. */
class DesignTest {

    @ParameterizedTest
    @CsvSource({"#ffffff, #000000, 21.0", "#ffffff, #ffffff, 1.0", "#777777, #ffffff, 4.478", "#ff0000, #ffffff, 3.998"
    })
    void contrast_is_as_published_tools_count_it(String one, String other, double contrast) {
        assertThat(Colour.of(one).contrast(Colour.of(other))).isCloseTo(contrast, within(0.001));
        assertThat(Colour.of(other).contrast(Colour.of(one))).isCloseTo(contrast, within(0.001));
    }

    @Test
    void an_ink_that_is_hard_to_read_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> design("#ffffff", "#777777", null))
                .hasMessage(
                        "the ink #777777 is hard to tell from the ground #ffffff: their contrast is 4.4 to 1 and has to be"
                                + " 4.5 to 1 (WCAG 2.2); make one of them darker or lighter.");
        assertThat(design("#ffffff", "#767676", null).ink()).isEqualTo(Colour.of("#767676"));
    }

    @Test
    void a_ribbon_that_is_hard_to_see_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> design("#ffffff", null, "#959595"))
                .hasMessageContaining("the ribbon #959595")
                .hasMessageContaining("3.0 to 1");
        assertThat(design("#ffffff", null, "#949494").ribbon()).isEqualTo(Colour.of("#949494"));
    }

    @Test
    void an_ink_without_a_ground_is_refused() {
        assertThatThrownBy(() -> design(null, "#000000", null)).hasMessageContaining("say the ground, too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "teal", "#fff", "#12345g", "123456", "#1234567", "#-12345", "url(#a)"})
    void what_is_no_colour_is_refused(String text) {
        assertThatThrownBy(() -> Colour.of(text)).hasMessageContaining("write one like #1d5c63");
    }

    @Test
    void colours_are_taken_from_one_design_together_and_the_icon_from_either() {
        var institution = new Design(Colour.of("#000000"), Colour.of("#ffff00"), null, Icon.BOOK, null);
        var own = new Design(Colour.of("#ffffff"), null, null, null, null);
        assertThat(own.orElse(institution)).isEqualTo(new Design(Colour.of("#ffffff"), null, null, Icon.BOOK, null));
        assertThat(Design.NONE.orElse(institution)).isEqualTo(institution);
        assertThat(new Design(null, null, null, Icon.LEAF, null)
                        .orElse(institution)
                        .icon())
                .isEqualTo(Icon.LEAF);
    }

    @Test
    void an_icon_or_a_picture_is_taken_from_one_design_and_never_both() {
        var motif = new Motif("0".repeat(64), "A lighthouse");
        var pictured = new Design(null, null, null, null, motif);
        var drawn = new Design(null, null, null, Icon.LEAF, null);
        assertThat(drawn.orElse(pictured)).isEqualTo(drawn);
        assertThat(pictured.orElse(drawn)).isEqualTo(pictured);
        assertThat(Design.NONE.orElse(pictured)).isEqualTo(pictured);
        assertThatThrownBy(() -> new Design(null, null, null, Icon.LEAF, motif))
                .hasMessageContaining("say one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "bell \u0007", "half \ud83d"})
    void a_picture_without_words_for_who_does_not_see_it_is_refused(String words) {
        assertThatThrownBy(() -> new Motif("0".repeat(64), words)).hasMessageContaining("what the picture shows");
        assertThatThrownBy(() -> new Motif("0".repeat(64), "w".repeat(201))).hasMessageContaining("200");
        assertThatThrownBy(() -> new Motif("0".repeat(63) + "G", "A")).hasMessageContaining("64 digits");
    }

    private static Design design(String ground, String ink, String ribbon) {
        return new Design(colour(ground), colour(ink), colour(ribbon), null, null);
    }

    private static Colour colour(String hex) {
        return hex == null ? null : Colour.of(hex);
    }
}

package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.junit.jupiter.api.Test;

/** What a verification says to people. */
class VerificationTest {

    @Test
    void each_verdict_has_a_sentence_of_its_own() {
        assertThat(Stream.of(Verdict.values()).map(Verdict::sentence).distinct())
                .hasSize(Verdict.values().length)
                .allMatch(sentence -> sentence.matches("(This|By|Whether) .*\\."));
    }

    @Test
    void a_sentence_of_600_characters_is_whole_and_a_longer_one_is_cut() {
        assertThat(new Check("terms", null, "x".repeat(600)).sentence()).isEqualTo("x".repeat(600));
        assertThat(new Check("terms", null, "x".repeat(601)).sentence()).isEqualTo("x".repeat(600) + "…");
    }

    @Test
    void what_a_stranger_wrote_cannot_steer_a_terminal_or_turn_a_line_around() {
        assertThat(new Check("terms", null, "\u001b[2J\n\u2028\u202eevil\u2066\u009b").sentence())
                .isEqualTo(" [2J   evil  ");
        assertThat(new Check("terms", null, "Universität ميلاد 电路\u200c.").sentence())
                .isEqualTo("Universität ميلاد 电路\u200c.");
    }
}

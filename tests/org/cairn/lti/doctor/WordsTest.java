package org.cairn.lti.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.4S, 0 seconds",
        "PT1S, 1 second",
        "PT1M59S, 119 seconds",
        "PT2M, 2 minutes",
        "PT4M29S, 4 minutes",
        "PT4M59S, 5 minutes",
        "-PT4M59S, 5 minutes",
        "PT1H59M, 119 minutes",
        "PT2H29M, 2 hours",
        "PT47H31M, 48 hours",
        "P2D, 2 days",
        "P2DT13H, 3 days"
    })
    void a_length_of_time_is_the_nearest_whole_number_of_its_unit(Duration length, String words) {
        assertThat(Words.span(length)).isEqualTo(words);
    }
}

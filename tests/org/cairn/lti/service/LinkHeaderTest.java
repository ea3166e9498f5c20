package org.cairn.lti.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cairn.outbound.Answer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the next page is, as LMSs say it (RFC 8288, and their own ways). */
class LinkHeaderTest {

    private static final URI BASE = URI.create("https://lms.example.edu/members?limit=2");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<https://lms.example.edu/2>; rel=\"next\" | https://lms.example.edu/2",
                "<https://lms.example.edu/2>;rel=next | https://lms.example.edu/2",
                "<https://lms.example.edu/2>; Rel=\"Next\" | https://lms.example.edu/2",
                "<https://lms.example.edu/2>; rel=\"prev next\" | https://lms.example.edu/2",
                "<https://lms.example.edu/1>; rel=\"first\", <https://lms.example.edu/2>; rel=\"next\" | https://lms.example.edu/2",
                "<https://lms.example.edu/2?a=1&amp;b=2>; rel=“next” | https://lms.example.edu/2?a=1&b=2",
                "<?page=2>; rel=next | https://lms.example.edu/members?page=2",
                "<more?page=2>; rel=next | https://lms.example.edu/more?page=2",
                "</2?a,b>; title=\"x\"; rel='next' | https://lms.example.edu/2?a,b",
            })
    void the_next_page_is_found(String header, String address) {
        assertThat(next(header)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "next",
                "<https://lms.example.edu/1>; rel=\"prev\"",
                "<https://lms.example.edu/1>; rel=\"nextpage\"",
                "<https://lms.example.edu/1>; rel=\"no-next\"",
                "<https://lms.example.edu/1>; rev=\"next\"",
                "<https://lms.example.edu/1>",
            })
    void no_next_page_is_made_up(String header) {
        assertThat(next(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<not an address>; rel=next", "<javascript:alert(1)>; rel=next", "<mailto:x@y>; rel=next"})
    void an_address_that_cannot_be_called_is_at_no_lms_and_not_the_end(String header) {
        assertThat(next(header)).isEqualTo("about:blank");
    }

    @Test
    void a_header_of_a_megabyte_is_read_in_a_moment() {
        for (var part :
                List.of("<", "<a>;", "<a>;rel=", "<a>; rel ", "<a>;rel=\"next x", " ", "rel=next", "<a>;rel\t=\t")) {
            var header = part.repeat(1_000_000 / part.length());
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> next(header), part);
        }
    }

    private static String next(String header) {
        return Services.next(new Answer(200, Map.of("link", List.of(header)), new byte[0]), BASE)
                .map(URI::toString)
                .orElse(null);
    }
}

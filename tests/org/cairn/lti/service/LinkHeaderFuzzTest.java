package org.cairn.lti.service;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.outbound.Answer;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Link headers of any bytes. */
@Tag("fuzz")
class LinkHeaderFuzzTest {

    private static final URI BASE = URI.create("https://lms.example.edu/members?limit=2");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "<https://lms.example.edu/2>; rel=\"next\"",
                        "<https://lms.example.edu/2?a=1&amp;b=2>; rel=“next”, <x>; rel='prev'",
                        "<//x>;rel=next",
                        "<javascript:alert(1)>;rel=next",
                        "<>;rel=next",
                        "<a>;;;  ;rel = \"first next\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void a_next_page_is_a_web_address_or_none_and_is_found_in_linear_time(byte @NotNull [] bytes) {
        var header = new String(bytes, StandardCharsets.ISO_8859_1);
        for (var one : List.of(header, header.repeat(50))) {
            Hostile.read(() -> Services.next(new Answer(200, Map.of("link", List.of(one)), new byte[0]), BASE)
                    .ifPresent(next -> {
                        if (!next.toString().matches("(?i)https?://[^/].*|about:blank")) {
                            throw new AssertionError("No web address: " + next);
                        }
                    }));
        }
    }
}

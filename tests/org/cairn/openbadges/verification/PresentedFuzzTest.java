package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of any bytes, as JSON and as VC-JWT. */
@Tag("fuzz")
class PresentedFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"credentialSubject\":{\"n\":1.50}}",
                        "{\"@context\":1e999999999}",
                        "{\"@context\":1,\"@context\":2}",
                        "\ufeff {\"@context\":\"\\ud83d\"}",
                        "[{}]",
                        "eyJhbGciOiJFUzI1NiJ9.eyJAY29udGV4dCI6W119.AAAA",
                        "eyJhbGciOiJub25lIn0.eyJAY29udGV4dCI6W119.",
                        "..")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void a_text_of_any_bytes_is_read_in_one_way_or_refused_with_a_sentence(byte @NotNull [] bytes) {
        Hostile.read(() -> {
            try {
                var credential = Presented.read(bytes).credential();
                var again = Presented.read(credential.toString());
                assertThat(again.credential()).isEqualTo(credential);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).endsWith(".");
            }
        });
    }
}

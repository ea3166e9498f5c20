package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.cairn.openbadges.Pack;
import org.cairn.testing.Choices;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Packs of any bytes. */
@Tag("fuzz")
class PackFuzzTest {

    static Stream<byte[]> seeds() {
        var parts = List.of(
                new Pack.Part(Pack.JWT, null, "a.b.c"),
                new Pack.Part("issuer.json", "https://a.example.com/1", "{}"),
                new Pack.Part("published/a.json", "https://a.example.com/2", "{\"a\":\"ü\"}"));
        return Stream.concat(
                Stream.of(
                        new Pack(Instant.EPOCH, parts, List.of("https://a.example.com/3")).zip(),
                        new byte[] {'P', 'K', 3, 4, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                Choices.seeds().limit(20));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void a_pack_of_any_bytes_is_read_or_refused_with_a_sentence(byte @NotNull [] bytes) {
        Hostile.read(() -> {
            try {
                var pack = Pack.read(bytes);
                assertThat(pack.parts()).hasSizeLessThanOrEqualTo(40);
                assertThat(pack.parts().stream()
                                .mapToInt(part -> part.text().length())
                                .sum())
                        .isLessThanOrEqualTo(4 * 1024 * 1024);
                var again = new Pack(Instant.EPOCH, pack.parts(), List.of());
                assertThat(Pack.read(again.zip())).isEqualTo(again);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).startsWith("The ").endsWith(".");
            }
        });
    }
}

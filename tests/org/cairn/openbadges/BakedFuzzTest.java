package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of any bytes. */
@Tag("fuzz")
class BakedFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                Pictures.png(Pictures.itxt("openbadgecredential", 0, "{\"name\":\"ü\"}")),
                Pictures.png(Pictures.itxt("Comment", 0, "x"), Pictures.itxt("clrcredential", 1, "a.b.c")),
                Pictures.svg("<openbadges:credential><![CDATA[{}]]></openbadges:credential><g/>"),
                Pictures.svg("<openbadges:credential verify=\"a.b.c\"/>"),
                "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><svg>&x;</svg>"
                        .getBytes(StandardCharsets.UTF_8),
                "<!DOCTYPE svg [<!ENTtnam\0\0\0n><svg>&x;</svg>".getBytes(StandardCharsets.UTF_8),
                "<?xml version='1.0' encoding='UTF-16'?><svg/>".getBytes(StandardCharsets.UTF_16));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void a_picture_of_any_bytes_is_read_or_refused_with_a_sentence(byte @NotNull [] file) {
        Hostile.read(() -> {
            try {
                assertThat(Baked.find(file).orElse("").length()).isLessThanOrEqualTo(2 * file.length + 10);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).startsWith("The ").endsWith(".");
            }
        });
    }
}

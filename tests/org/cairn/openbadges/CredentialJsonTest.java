package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of strangers: what one reader would read in another way than the next is not read at all. */
class CredentialJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "5",
                "null",
                "{",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":9223372036854775808}",
                "{\"a\":[-9223372036854775809]}",
                "{\"a\":1e309}",
                "{\"a\":{\"b\":[1e999999999]}}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":[\"\\ude00\\ud83d\"]}",
                "{\"\\ud83d\":1}",
                "{\"a\":{\"\\udfff\":1}}",
                "{\"a\":\"\\udfff\"}",
                "{\"a\":\"\\ud800\"}"
            })
    void what_only_some_read_or_read_alike_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
                "{\"a\":1.7E308}",
                "{\"a\":\"\ud83d\ude00 \ud7ff \ue000\"}",
                "{\"\ud83d\ude00\":{\"b\":[true,null,0.5]}}"
            })
    void what_everybody_reads_alike_is_read_and_written_again(String text) {
        assertThat(CredentialJson.read(CredentialJson.write(read(text)))).isEqualTo(read(text));
    }

    @Test
    void sixty_four_levels_are_read_and_one_more_is_not() {
        assertThat(read(nested(64))).isNotEmpty();
        assertThatThrownBy(() -> read(nested(65))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static ObjectNode read(String text) {
        return CredentialJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}

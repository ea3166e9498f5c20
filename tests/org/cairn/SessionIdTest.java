package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {

    @Test
    void later_ones_are_greater_and_none_is_there_twice() {
        var ids = Stream.generate(SessionId::fresh)
                .limit(10_000)
                .map(SessionId::value)
                .toList();
        assertThat(ids)
                .isSorted()
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).isPositive());
    }

    @Test
    void it_is_read_as_it_was_written() {
        var id = SessionId.fresh();
        assertThat(id.toString()).matches("[0-9A-Z]{13}");
        assertThat(SessionId.of(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123456789AB", "0123456789ABCD", "0123456789AB|", "0123456789ABé"})
    void what_is_none_is_refused(String text) {
        assertThatThrownBy(() -> SessionId.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

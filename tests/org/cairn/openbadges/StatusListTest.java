package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.multibase.Multibase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of a list, from the first to the last, and what is no list. */
class StatusListTest {

    private static final int LAST = StatusEntries.SIZE - 1;

    @Test
    void a_bit_that_was_set_is_and_no_other() {
        var set = Set.of(0, 7, 8, 1000, LAST);
        var list = StatusList.encode(set);
        for (int index : List.of(0, 1, 6, 7, 8, 9, 15, 999, 1000, 1001, LAST - 1, LAST)) {
            assertThat(StatusList.isSet(list, index)).as("bit %d", index).isEqualTo(set.contains(index));
        }
    }

    /** Bitstring Status List 1.0 §3.3. */
    @Test
    void the_first_bit_is_the_highest_of_the_first_byte() {
        byte[] bits = new byte[StatusEntries.SIZE / 8];
        bits[0] = (byte) 0b1000_0001;
        assertThat(StatusList.encode(List.of(0, 7))).isEqualTo(encoded(bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, StatusEntries.SIZE, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void there_is_no_bit_before_the_first_or_after_the_last(int index) {
        var list = StatusList.encode(List.of());
        assertThatThrownBy(() -> StatusList.isSet(list, index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The status list has no such entry.");
    }

    @Test
    void a_list_of_fewer_bits_than_the_standard_has_hides_nobody_and_is_refused() {
        assertThatThrownBy(() -> StatusList.isSet(encoded(new byte[StatusEntries.SIZE / 8 - 1]), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StatusList.isSet(encoded(new byte[StatusEntries.SIZE / 8]), 0))
                .isFalse();
    }

    @Test
    void of_a_longer_list_a_megabyte_is_read() {
        byte[] bits = new byte[1024 * 1024 + 1];
        bits[1024 * 1024 - 1] = 1;
        var list = encoded(bits);
        assertThat(StatusList.isSet(list, 8 * 1024 * 1024 - 1)).isTrue();
        assertThatThrownBy(() -> StatusList.isSet(list, 8 * 1024 * 1024)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "uAAAA", "H4sIAAAAAAAA", "zH4sI", "u***"})
    void what_is_no_compressed_list_is_refused(String encoded) {
        assertThatThrownBy(() -> StatusList.isSet(encoded, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String encoded(byte[] bits) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(bits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Multibase.BASE_64_URL.encode(bytes.toByteArray());
    }
}

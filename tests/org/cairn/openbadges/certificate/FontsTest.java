package org.cairn.openbadges.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cairn.Problem;
import org.cairn.openbadges.image.Face;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fonts an institution can add. */
class FontsTest {

    /** LATIN LETTER AIN. */
    private static final char IN_SERIF_ONLY = '\u1d25';

    @TempDir
    Path folder;

    @Test
    void there_need_be_no_folder_and_nothing_in_it() {
        assertThat(Fonts.in(folder.resolve("none")).with('a')).isEmpty();
        assertThat(Fonts.in(folder).with('a')).isEmpty();
    }

    @Test
    void a_letter_is_taken_from_the_first_by_name_that_has_it_and_what_is_no_font_by_its_name_is_left_alone()
            throws IOException {
        Files.write(folder.resolve("a.TTF"), font(Face.SANS));
        Files.write(folder.resolve("b.ttf"), font(Face.SERIF));
        Files.writeString(folder.resolve("LICENSE"), "Of these fonts.");
        var fonts = Fonts.in(folder);
        assertThat(fonts.with('a')).hasValueSatisfying(file -> assertThat(file).isEqualTo(font(Face.SANS)));
        assertThat(fonts.with(IN_SERIF_ONLY))
                .hasValueSatisfying(file -> assertThat(file).isEqualTo(font(Face.SERIF)));
        assertThat(fonts.with('李')).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {'a', 'é', '李', 'ゆ', 'ｶ', '글', 'ㄅ', 'Ж', '·', 0x20BB7, 0x1F680})
    void letters_that_stand_alone_can_be_set(int letter) {
        assertThat(Fonts.isPlain(letter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {'अ', 'த', 'ก', 'ខ', 'မ', 'ب', 'א', 0x1112, 0x119E, 0x11AB, 0xA960, 0x0301, 0x302A, 0x135D, 0xE000})
    void letters_that_are_joined_stacked_or_marks_cannot(int letter) {
        assertThat(Fonts.isPlain(letter)).isFalse();
    }

    @Test
    void a_font_that_is_none_is_refused_by_its_name() throws IOException {
        refused("".getBytes(StandardCharsets.US_ASCII));
        refused("<html>Not found</html>".repeat(100).getBytes(StandardCharsets.US_ASCII));
        refused(Arrays.copyOf(font(Face.SANS), 5000));
        refused(Arrays.copyOf(font(Face.SANS), font(Face.SANS).length / 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"})
    void a_font_that_lacks_a_table_is_refused(String table) throws IOException {
        byte[] font = font(Face.SANS);
        ByteBuffer.wrap(font).put(entry(font, table), "gone".getBytes(StandardCharsets.US_ASCII));
        refused(font);
    }

    @ParameterizedTest
    @CsvSource({"glyf, -1", "head, 0", "hhea, 0"})
    void a_font_whose_table_is_overwritten_is_refused(String table, byte with) throws IOException {
        byte[] font = font(Face.SANS);
        int offset = ByteBuffer.wrap(font).getInt(entry(font, table) + 8);
        int length = ByteBuffer.wrap(font).getInt(entry(font, table) + 12);
        Arrays.fill(font, offset, offset + length, with);
        refused(font);
    }

    @ParameterizedTest
    @CsvSource({"2, restricted licence", "0x100, no subsets", "0x104, no subsets", "0x200, pictures only"})
    void a_font_that_its_maker_does_not_let_be_embedded_in_part_is_refused(String type) throws IOException {
        refused(licensed(Short.decode(type)));
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 4, 8})
    void a_font_that_may_be_embedded_is_taken(short type) throws IOException {
        Files.write(folder.resolve("licensed.ttf"), licensed(type));
        assertThat(Fonts.in(folder).with('a')).isPresent();
    }

    @Test
    void what_cannot_be_read_is_refused_with_a_sentence() throws IOException {
        Files.createSymbolicLink(folder.resolve("gone.ttf"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> Fonts.in(folder))
                .hasMessageContaining("gone.ttf cannot be set in certificates (it cannot be read)");
        var file = Files.writeString(folder.resolve("fonts"), "");
        assertThatThrownBy(() -> Fonts.in(file))
                .hasMessageContaining("fonts cannot be set in certificates (it cannot be read)");
    }

    private void refused(byte[] font) throws IOException {
        Files.write(folder.resolve("broken.ttf"), font);
        assertThatThrownBy(() -> Fonts.in(folder))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("font_unusable"))
                .hasMessageContaining("broken.ttf cannot be set in certificates");
    }

    /** With another OS/2 fsType (OpenType 1.9). */
    private static byte[] licensed(short type) throws IOException {
        byte[] font = font(Face.SANS);
        var bytes = ByteBuffer.wrap(font);
        bytes.putShort(bytes.getInt(entry(font, "OS/2") + 8) + 8, type);
        return font;
    }

    /** Where the table's entry begins in the directory: its tag, checksum, offset and length. */
    private static int entry(byte[] font, String table) {
        return new String(font, StandardCharsets.ISO_8859_1).indexOf(table);
    }

    private static byte[] font(Face face) {
        try (var stream = face.stream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

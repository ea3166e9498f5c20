package org.cairn.openbadges.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cairn.Problem;
import org.cairn.openbadges.image.Face;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which fonts an institution can add. */
class FontsTest {

    @TempDir
    Path folder;

    @Test
    void there_need_be_no_folder_and_nothing_in_it() {
        assertThat(Fonts.in(folder.resolve("none")).files()).isEmpty();
        assertThat(Fonts.in(folder).files()).isEmpty();
    }

    @Test
    void they_come_in_the_order_of_their_names_and_what_is_no_font_by_its_name_is_left_alone() throws IOException {
        Files.write(folder.resolve("b.ttf"), font(Face.SERIF));
        Files.write(folder.resolve("a.ttf"), font(Face.SANS));
        Files.writeString(folder.resolve("LICENSE"), "Of these fonts.");
        assertThat(Fonts.in(folder).files()).containsExactly(font(Face.SANS), font(Face.SERIF));
    }

    @Test
    void a_font_that_is_none_is_refused_by_its_name() throws IOException {
        refused("".getBytes(StandardCharsets.US_ASCII));
        refused("<html>Not found</html>".repeat(100).getBytes(StandardCharsets.US_ASCII));
        refused(Arrays.copyOf(font(Face.SANS), 5000));
        refused(font(Face.SANS).length / 2);
        refused(renamed("cmap", "xmap"));
        refused(renamed("glyf", "xlyf"));
    }

    @Test
    void a_font_that_its_maker_does_not_let_be_embedded_is_refused() throws IOException {
        byte[] font = font(Face.SANS);
        // OpenType, OS/2, fsType: 2 is a restricted licence.
        ByteBuffer.wrap(font).putShort(offset(font, "OS/2") + 8, (short) 2);
        refused(font);
    }

    private void refused(int length) throws IOException {
        refused(Arrays.copyOf(font(Face.SANS), length));
    }

    private void refused(byte[] font) throws IOException {
        Files.write(folder.resolve("broken.ttf"), font);
        assertThatThrownBy(() -> Fonts.in(folder))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("font_unusable"))
                .hasMessageContaining("broken.ttf cannot be set in certificates");
    }

    private static byte[] renamed(String table, String name) throws IOException {
        byte[] font = font(Face.SANS);
        ByteBuffer.wrap(font).put(entry(font, table), name.getBytes(StandardCharsets.US_ASCII));
        return font;
    }

    private static int offset(byte[] font, String table) {
        return ByteBuffer.wrap(font).getInt(entry(font, table) + 8);
    }

    /** Where the table's entry begins in the directory: its tag, checksum, offset and length. */
    private static int entry(byte[] font, String table) {
        return new String(font, StandardCharsets.ISO_8859_1).indexOf(table);
    }

    private static byte[] font(Face face) throws IOException {
        try (var stream = face.stream()) {
            return stream.readAllBytes();
        }
    }
}

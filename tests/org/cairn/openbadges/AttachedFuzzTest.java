package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.testing.Hostile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** PDFs of any bytes. */
@Tag("fuzz")
class AttachedFuzzTest {

    private static final int MOST = 4 * 1024 * 1024;

    static Stream<byte[]> seeds() {
        var leaf = Pdfs.ascii("<</Names[(a)<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]>>");
        var tree = "/Names<</EmbeddedFiles 3 0 R>>";
        return Stream.of(
                Pdfs.carrying(Map.of("a.jwt", "a.b.c")),
                Pdfs.encrypted(Map.of("a.jwt", "a.b.c")),
                Pdfs.written(tree, Pdfs.pages(), leaf, Pdfs.stream("", Pdfs.ascii("{}"))),
                Pdfs.written(
                        "/AF[5 0 R]" + tree,
                        Pdfs.pages(),
                        leaf,
                        Pdfs.stream("/Filter[/FlateDecode]", Pdfs.packed(Pdfs.ascii("{}"))),
                        Pdfs.ascii("<</EF<</UF 4 0 R>>>>")),
                Pdfs.listed("/W[1 2 1]/Index[0 3]/Size 10", new byte[] {0, 0, 0, 0, 1, 0, 9, 0, 2, 0, 8, 0}),
                Pdfs.listed("/W[0 0 0]/Index[0 2000000000]/Size 2000000000", new byte[10]),
                Pdfs.ascii("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/AF[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "25s")
    void a_pdf_of_any_bytes_is_read_or_refused_with_a_sentence(byte @NotNull [] file) {
        Hostile.read(() -> {
            try {
                assertThat(Attached.texts(file).stream()
                                .mapToInt(String::length)
                                .sum())
                        .isLessThanOrEqualTo(MOST);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).startsWith("The PDF ").endsWith(".");
            }
        });
    }
}

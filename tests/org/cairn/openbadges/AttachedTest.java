package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.openbadges.Pdfs.ascii;
import static org.cairn.openbadges.Pdfs.bomb;
import static org.cairn.openbadges.Pdfs.packed;
import static org.cairn.openbadges.Pdfs.pages;
import static org.cairn.openbadges.Pdfs.stream;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a PDF carries is found, and a hostile PDF is refused before it costs anything. */
class AttachedTest {

    private static final String NAMES = "/Names<</EmbeddedFiles 3 0 R>>";
    private static final byte[] LEAF = ascii("<</Names[(a)<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]>>");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void every_file_of_a_pdf_that_is_text_is_found() {
        assertThat(Attached.texts(Pdfs.carrying(Map.of("a.txt", "ä", "b.jwt", "a.b.c", "empty", ""))))
                .containsExactlyInAnyOrder("ä", "a.b.c", "");
        assertThat(Attached.texts(Pdfs.written("", pages()))).isEmpty();
    }

    @Test
    void a_file_that_is_named_twice_is_found_once_and_one_that_is_only_associated_too() {
        var specification = ascii("<</Type/Filespec/F(a)/EF<</UF 4 0 R/F 4 0 R>>>>");
        var file = stream("", ascii("{}"));
        assertThat(Attached.texts(Pdfs.written("/AF[5 0 R]" + NAMES, pages(), LEAF, file, specification)))
                .containsExactly("{}");
        assertThat(Attached.texts(Pdfs.written("/AF[5 0 R]", pages(), LEAF, file, specification)))
                .containsExactly("{}");
    }

    @Test
    void a_file_that_is_no_text_is_passed_over() {
        assertThat(Attached.texts(Pdfs.written(NAMES, pages(), LEAF, stream("", new byte[] {(byte) 0xff}))))
                .isEmpty();
    }

    @Test
    void a_pdf_whose_list_of_objects_is_lost_is_read_all_the_same() {
        var lost = new String(
                        Pdfs.written(NAMES, pages(), LEAF, stream("", ascii("a.b.c"))), StandardCharsets.ISO_8859_1)
                .replaceFirst("(?s)xref\n.*", "trailer<</Root 1 0 R>>");
        assertThat(Attached.texts(ascii(lost))).containsExactly("a.b.c");
    }

    static Stream<Arguments> hostile() {
        var made = new LinkedHashMap<String, byte[]>();
        var flate = "/Filter/FlateDecode";
        made.put(
                "embedded_file_that_becomes_100_MB", Pdfs.written(NAMES, pages(), LEAF, stream(flate, bomb(100, ' '))));
        made.put(
                "embedded_file_packed_twice",
                Pdfs.written(
                        NAMES, pages(), LEAF, stream("/Filter[/FlateDecode/FlateDecode]", packed(bomb(100, ' ')))));
        made.put(
                "embedded_file_packed_by_another_way",
                Pdfs.written(NAMES, pages(), LEAF, stream("/Filter/LZWDecode", bomb(1, ' '))));
        made.put(
                "predictor_as_wide_as_memory",
                Pdfs.written(
                        NAMES,
                        pages(),
                        LEAF,
                        stream(flate + "/DecodeParms<</Predictor 12/Columns 200000000>>", bomb(1, ' '))));
        made.put(
                "list_of_objects_that_becomes_100_MB",
                Pdfs.listed(flate + "/W[1 2 1]/Size 2000000000", bomb(100, '\1')));
        made.put(
                "list_of_two_thousand_million_objects_of_no_length",
                Pdfs.listed("/W[0 0 0]/Index[0 2000000000]/Size 2000000000", new byte[10]));
        made.put("stream_of_objects_that_becomes_100_MB", inStream(bomb(100, ' '), 1));
        made.put("stream_of_two_thousand_million_objects", inStream(packed(ascii("1 0 <<>>")), 2_000_000_000));
        made.put("stream_of_objects_that_are_all_small", inStream(packed(ascii("1 0 [" + "<<>>".repeat(900_000))), 1));
        made.put("encrypted", Pdfs.encrypted(Map.of("a.jwt", "a.b.c")));
        made.put("twenty_one_files", Pdfs.carrying(many(21)));
        made.put("tree_of_ten_thousand_nodes", Pdfs.written(NAMES, pages(), chain(), stream("", ascii("{}"))));
        made.put("cut", Arrays.copyOf(Pdfs.carrying(Map.of("a.jwt", "a.b.c")), 300));
        made.put("nothing_but_a_header", ascii("%PDF-1.7"));
        made.put("larger_than_2_MB", Arrays.copyOf(ascii("%PDF-1.7"), Baked.LARGEST + 1));
        return made.entrySet().stream().map(one -> Arguments.of(Named.of(one.getKey(), one.getValue())));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_pdf_is_refused_soon_and_in_little_memory(byte[] pdf) {
        long id = Thread.currentThread().threadId();
        long start = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getThreadAllocatedBytes(id);
        assertThatThrownBy(() -> Attached.texts(pdf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The PDF ")
                .hasMessageEndingWith(".");
        assertThat(THREADS.getThreadAllocatedBytes(id) - before).isLessThan(200L * 1024 * 1024);
        assertThat(THREADS.getCurrentThreadCpuTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void arrays_in_arrays_and_one_file_named_ten_thousand_times_are_harmless() {
        assertThat(Attached.texts(Pdfs.written(NAMES, pages(), ascii("[".repeat(1_000_000)))))
                .isEmpty();
        var often = ascii("<</Names[%s]>>".formatted("(a)<</EF<</F 4 0 R>>>>".repeat(10_000)));
        assertThat(Attached.texts(Pdfs.written(NAMES, pages(), often, stream("", ascii("{}")))))
                .containsExactly("{}");
    }

    @Test
    void a_ring_of_nodes_ends_where_it_began() {
        var ring = ascii("<</Kids[3 0 R 5 0 R]/Names[(a)<</EF<</F 4 0 R>>>>]>>");
        assertThat(Attached.texts(Pdfs.written(NAMES, pages(), ring, stream("", ascii("{}")), ring)))
                .containsExactly("{}");
    }

    @Test
    void a_pdf_is_known_by_its_first_five_bytes() {
        assertThat(Attached.isPdf(ascii("%PDF-"))).isTrue();
        assertThat(Attached.isPdf(ascii("%PDF-1.7\n"))).isTrue();
        assertThat(Attached.isPdf(ascii("%PDF"))).isFalse();
        assertThat(Attached.isPdf(ascii(" %PDF-1.7"))).isFalse();
    }

    @Test
    void twenty_files_and_five_hundred_nodes_are_looked_at_and_no_more() {
        assertThat(Attached.texts(Pdfs.carrying(many(20)))).hasSize(20);
        refused("The PDF carries more files than are looked at here.", Pdfs.carrying(many(21)));
        assertThat(Attached.texts(Pdfs.written(NAMES, pages(), kids(499)))).isEmpty();
        refused("The PDF carries more files than are looked at here.", Pdfs.written(NAMES, pages(), kids(500)));
    }

    /** A tree of which the root has so many leaves. */
    private static byte[] kids(int leaves) {
        return ascii("<</Kids[%s]>>".formatted("<</Names[]>>".repeat(leaves)));
    }

    @Test
    void what_is_no_file_among_the_names_is_passed_over() {
        for (var names : List.of(
                "(a)5", "(a)<<>>", "(a)<</EF 5>>", "(a)<</EF<<>>>>", "(a)<</EF<</F 5>>>>", "(a)", "4 0 R", "")) {
            assertThat(Attached.texts(
                            Pdfs.written(NAMES, pages(), ascii("<</Names[" + names + "]>>"), stream("", ascii("{}")))))
                    .as(names)
                    .isEmpty();
        }
        assertThat(Attached.texts(Pdfs.written("/Names 5/AF 5", pages()))).isEmpty();
        assertThat(Attached.texts(Pdfs.written("/Names<<>>/AF[5]", pages()))).isEmpty();
        assertThat(Attached.texts(Pdfs.written("/Names<</EmbeddedFiles 5>>/AF[]", pages())))
                .isEmpty();
    }

    @Test
    void a_pdf_has_at_most_two_megabytes() {
        var smaller = padded(1_000_000);
        var largest = padded(1_000_000 + Baked.LARGEST - smaller.length);
        assertThat(largest).hasSize(Baked.LARGEST);
        assertThat(Attached.texts(largest)).containsExactly("a.b.c");
        refused("The PDF is larger than 2 MB.", Arrays.copyOf(largest, Baked.LARGEST + 1));
    }

    /** With a stream that nobody asks for. */
    private static byte[] padded(int bytes) {
        return Pdfs.written(NAMES, pages(), LEAF, stream("", ascii("a.b.c")), stream("", new byte[bytes]));
    }

    @Test
    void all_its_files_together_become_four_megabytes_and_no_more() {
        int longest = 4 * 1024 * 1024;
        var half = " ".repeat(longest / 2);
        assertThat(Attached.texts(flated(half, half))).hasSize(2);
        refused("The PDF is packed so tightly that it is not unpacked here.", flated(half, half + " "));
        // As it is, in place of packed.
        var one = ascii(" ".repeat(1_500_000));
        assertThat(Attached.texts(Pdfs.written(NAMES, pages(), LEAF, stream("", one))))
                .hasSize(1);
    }

    private static byte[] flated(String one, String other) {
        var leaf = ascii("<</Names[(a)<</EF<</F 4 0 R>>>>(b)<</EF<</F 5 0 R>>>>]>>");
        return Pdfs.written(
                NAMES,
                pages(),
                leaf,
                stream("/Filter/FlateDecode", packed(ascii(one))),
                stream("/Filter[/FlateDecode]", packed(ascii(other))));
    }

    static Stream<Arguments> waysOfPacking() {
        var other = "The PDF is packed in a way that is not read here.";
        return Stream.of(
                Arguments.of("/Filter/FlateDecode/DecodeParms<</Columns 4096>>", null),
                Arguments.of("/Filter/FlateDecode/DecodeParms<</Columns 4097>>", other),
                Arguments.of("/Filter/FlateDecode/DecodeParms<</BitsPerComponent 16>>", null),
                Arguments.of("/Filter/FlateDecode/DecodeParms<</BitsPerComponent 17>>", other),
                Arguments.of("/Filter/FlateDecode/DecodeParms[<</Columns 4096>>]", null),
                Arguments.of("/Filter/FlateDecode/DecodeParms[<<>><</Columns 4097>>]", other),
                Arguments.of("/Filter/FlateDecode/DP<</Columns 4097>>", other),
                Arguments.of("/Filter/FlateDecode/DecodeParms 5", other),
                Arguments.of("/Filter/FlateDecode/DecodeParms[5]", other),
                Arguments.of("/Filter[/FlateDecode]", null),
                Arguments.of("/Filter[/FlateDecode/FlateDecode]", other),
                Arguments.of("/Filter[/FlateDecode/LZWDecode]", other),
                Arguments.of("/Filter/LZWDecode", other),
                Arguments.of("/Filter/ASCIIHexDecode", other));
    }

    @ParameterizedTest
    @MethodSource("waysOfPacking")
    void a_file_is_packed_in_the_one_way_that_all_programs_have(String way, @Nullable String sentence) {
        var pdf = Pdfs.written(NAMES, pages(), LEAF, stream(way, packed(ascii("a.b.c"))));
        if (sentence == null) {
            assertThat(Attached.texts(pdf)).containsExactly("a.b.c");
        } else {
            refused(sentence, pdf);
        }
    }

    @Test
    void what_is_wrong_with_a_pdf_is_said_in_words() {
        refused(
                "The PDF is encrypted; show one that opens without a password.",
                Pdfs.encrypted(Map.of("a.jwt", "a.b.c")));
        refused("The PDF is damaged: what it carries cannot be read.", ascii("%PDF-1.7"));
        refused(
                "The PDF is made so that reading it takes too long.",
                Pdfs.listed("/W[0 0 0]/Index[0 2000000000]/Size 2000000000", new byte[10]));
        refused(
                "The PDF is packed in a way that is not read here.",
                Pdfs.listed("/Filter/LZWDecode/W[1 2 1]/Size 10", new byte[10]));
    }

    private static void refused(String sentence, byte[] pdf) {
        assertThatThrownBy(() -> Attached.texts(pdf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Tag("slow")
    @Test
    void a_pdf_with_bytes_changed_or_cut_off_anywhere_is_read_or_refused_and_nothing_else() {
        var random = new Random(20261126);
        for (var whole : List.of(
                Pdfs.carrying(Map.of("a.jwt", "a.b.c")),
                Pdfs.written(NAMES, pages(), LEAF, stream("", ascii("a.b.c"))))) {
            for (int i = 0; i < 2_000; i++) {
                var damaged = Arrays.copyOf(whole, i % 10 == 0 ? random.nextInt(whole.length) : whole.length);
                for (int left = random.nextInt(4); left >= 0 && damaged.length > 0; left--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(Attached.texts(damaged)).hasSizeLessThan(3);
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageEndingWith(".");
                }
            }
        }
    }

    /** The catalogue in a stream of objects, as new programs write it. */
    private static byte[] inStream(byte[] objects, int number) {
        var list = new byte[] {0, 0, 0, 2, 0, 8};
        var head = ascii("8 0 obj\n");
        var stream = stream("/Type/ObjStm/N %d/First 4/Filter/FlateDecode".formatted(number), objects);
        var in = new byte[head.length + stream.length + 8];
        System.arraycopy(head, 0, in, 0, head.length);
        System.arraycopy(stream, 0, in, head.length, stream.length);
        System.arraycopy(ascii("\nendobj\n"), 0, in, head.length + stream.length, 8);
        var entries = new byte[] {2, 0, 8, 0, 1, 0, 9, 0};
        return Pdfs.listed("/W[1 2 1]/Index[1 1 8 1]/Size 10", entries, in);
    }

    private static Map<String, String> many(int number) {
        var files = new LinkedHashMap<String, String>();
        for (int i = 0; i < number; i++) {
            files.put("file" + i, "text");
        }
        return files;
    }

    private static byte[] chain() {
        return ascii("<</Kids[%s]>>".formatted("<</Kids[]>>".repeat(10_000)));
    }
}

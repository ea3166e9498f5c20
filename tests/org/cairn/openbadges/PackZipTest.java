package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.cairn.Sha256;
import org.cairn.openbadges.Pack.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pack is what it lists, whole, and within bounds; whatever else is in a ZIP makes it none. */
class PackZipTest {

    private static final Instant MADE = Instant.parse("2026-11-24T09:00:00Z");
    private static final String FOREIGN = "The ZIP is no verification pack: it holds what none of them does.";
    private static final String DAMAGED = "The pack is damaged: its files are not those that it lists.";
    private static final int LONGEST = 4 * 1024 * 1024;

    @Test
    void what_is_packed_is_read_again() {
        var pack = new Pack(
                MADE,
                List.of(
                        new Part("README.txt", null, "Löten"),
                        new Part("published/a-1.json", "https://a.example/1", "{}"),
                        new Part("issuer.json", "https://a.example/2", "[]")),
                List.of("https://a.example/missing"));
        var read = Pack.read(pack.zip());
        assertThat(read).isEqualTo(new Pack(MADE, pack.parts(), List.of()));
        assertThat(read.answers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("https://a.example/1", "{}", "https://a.example/2", "[]"));
        assertThat(read.text("README.txt")).contains("Löten");
        assertThat(read.text("README")).isEmpty();
    }

    @Test
    void it_says_in_a_list_what_it_holds_and_what_it_lacks() {
        var pack = new Pack(
                MADE,
                List.of(new Part("a.json", "https://a.example/1", "{}"), new Part("b.json", null, "{}")),
                List.of("https://b.example"));
        assertThat(PackZip.read(pack.zip()).get("manifest.json").replaceAll("\\s", ""))
                .isEqualTo(
                        ("{'made':'2026-11-24T09:00:00Z','files':[{'name':'a.json','address':'https://a.example/1','sha256':'%1$s'},{'name':'b.json','sha256':'%1$s'}],"
                                        + "'missing':['https://b.example']}")
                                .formatted(Sha256.hex("{}"))
                                .replace('\'', '"'));
    }

    @Test
    void its_files_have_the_date_on_which_it_was_made_wherever_that_is() throws Exception {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(PackZip.write(Map.of("a", "b"), MADE)))) {
            assertThat(zip.getNextEntry().getTimeLocal()).isEqualTo("2026-11-24T09:00:00");
        }
    }

    @Test
    void an_address_that_is_named_twice_answers_what_it_is_first_said_to() {
        var pack = new Pack(
                MADE,
                List.of(new Part("a.json", "https://a.example", "1"), new Part("b.json", "https://a.example", "2")),
                List.of());
        assertThat(pack.answers()).isEqualTo(Map.of("https://a.example", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'made':'2026-11-24T09:00:00Z','files':[]}",
                "{'made':'yesterday','files':[{'name':'a.json','sha256':'SUM'}]}",
                "{'files':[{'name':'a.json','sha256':'SUM'}]}",
                "{'made':'2026-11-24T09:00:00Z','files':[{'name':'a.json','sha256':'0'}]}",
                "{'made':'2026-11-24T09:00:00Z','files':[{'name':'b.json','sha256':'SUM'}]}",
                "{'made':'2026-11-24T09:00:00Z','files':[{'name':'a.json','sha256':'SUM'},{'name':'a.json','sha256':'SUM'}]}",
                "[]"
            })
    void what_is_not_as_its_list_says_is_damaged(String manifest) {
        var files = Map.of(
                "a.json", "{}", "manifest.json", manifest.replace('\'', '"').replace("SUM", Sha256.hex("{}")));
        assertThatThrownBy(() -> Pack.read(zip(files)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(DAMAGED);
    }

    @Test
    void without_a_list_it_is_none() {
        assertThatThrownBy(() -> Pack.read(zip(Map.of("a.json", "{}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The ZIP is no verification pack: it has no manifest.json.");
    }

    @Test
    void a_zip_is_known_by_its_first_four_bytes() {
        assertThat(Pack.isZip(new byte[] {'P', 'K', 3, 4})).isTrue();
        assertThat(Pack.isZip(zip(Map.of("a", "b")))).isTrue();
        assertThat(Pack.isZip(new byte[] {'P', 'K', 3})).isFalse();
        assertThat(Pack.isZip(new byte[] {'P', 'K', 5, 6, 0})).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.json",
                "/evil.json",
                "a/b/c.json",
                "A/c.json",
                "c:\\evil.json",
                ".hidden",
                "a/.hidden",
                "a/",
                "evil\0.json",
                "ä.json"
            })
    void no_name_leads_out_of_it(String name) {
        refused(FOREIGN, zip(Map.of(name, "{}")));
    }

    @Test
    void names_are_as_long_as_ours_may_be_and_no_longer() {
        var folder = "a".repeat(40) + "/";
        var name = "B" + "c".repeat(80);
        assertThat(PackZip.read(zip(Map.of(folder + name, "{}")))).containsKey(folder + name);
        refused(FOREIGN, zip(Map.of("a" + folder + name, "{}")));
        refused(FOREIGN, zip(Map.of(name + "d", "{}")));
    }

    @Test
    void it_holds_at_most_forty_files() {
        assertThat(PackZip.read(zip(many(40)))).hasSize(40);
        refused(FOREIGN, zip(many(41)));
    }

    @Test
    void all_of_it_becomes_at_most_four_megabytes() {
        var whole = zip(Map.of("a.json", " ".repeat(LONGEST)));
        assertThat(PackZip.read(whole).get("a.json")).hasSize(LONGEST);
        refused(FOREIGN, zip(Map.of("a.json", " ".repeat(LONGEST + 1))));
        var two = new LinkedHashMap<String, String>();
        two.put("a.json", " ".repeat(LONGEST - 1));
        two.put("b.json", "{}");
        refused(FOREIGN, zip(two));
        two.put("b.json", " ");
        assertThat(PackZip.read(zip(two))).hasSize(2);
    }

    @Test
    void it_has_itself_at_most_two_megabytes() {
        var zip = zip(Map.of("a.json", "{}"));
        assertThat(PackZip.read(Arrays.copyOf(zip, Baked.LARGEST))).hasSize(1);
        refused("The ZIP is larger than 2 MB.", Arrays.copyOf(zip, Baked.LARGEST + 1));
    }

    @Test
    void a_file_twice_or_one_that_is_no_text_is_of_no_pack() {
        var bytes = new String(zip(orderly("a.json", "b.json")), StandardCharsets.ISO_8859_1)
                .replace("b.json", "a.json")
                .getBytes(StandardCharsets.ISO_8859_1);
        refused(FOREIGN, bytes);
        refused(FOREIGN, binary());
    }

    @Test
    void a_zip_that_is_cut_off_is_damaged() {
        var zip = zip(Map.of("a.json", "{}"));
        refused("The ZIP is damaged.", Arrays.copyOf(zip, 38));
    }

    private static void refused(String sentence, byte[] zip) {
        assertThatThrownBy(() -> PackZip.read(zip))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private static Map<String, String> many(int number) {
        var files = new LinkedHashMap<String, String>();
        for (int i = 0; i < number; i++) {
            files.put(i + ".json", "{}");
        }
        return files;
    }

    private static Map<String, String> orderly(String... names) {
        var files = new LinkedHashMap<String, String>();
        for (var name : names) {
            files.put(name, "{}");
        }
        return files;
    }

    private static byte[] zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] binary() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.bin"));
            zip.write(0xff);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

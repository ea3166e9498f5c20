package org.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cairn.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The master key is made once, readable by its owner alone, and a wrong one is told in one sentence. */
class MasterKeyTest {

    private static final byte[] SECRET = text("a private key");

    @TempDir
    Path folder;

    @Test
    void it_is_made_when_missing_for_its_owner_only_and_is_the_same_the_next_time() throws IOException {
        var file = folder.resolve("not/yet/there/master.key");
        byte[] encrypted = MasterKey.open(file).encrypt(SECRET, "place");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKey.open(file).decrypt(encrypted, "place")).isEqualTo(SECRET);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void what_was_encrypted_for_one_place_is_read_at_no_other() {
        var key = MasterKey.open(folder.resolve("master.key"));
        byte[] encrypted = key.encrypt(SECRET, "issuer/1");
        assertThatThrownBy(() -> key.decrypt(encrypted, "issuer/2")).isInstanceOf(Problem.class);
    }

    @Test
    void another_master_key_is_told_in_one_sentence() {
        byte[] encrypted = MasterKey.open(folder.resolve("one.key")).encrypt(SECRET, "place");
        var another = MasterKey.open(folder.resolve("another.key"));
        assertThatThrownBy(() -> another.decrypt(encrypted, "place"))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo("master_key_wrong");
    }

    static Stream<byte[]> files() {
        return Stream.of(
                new byte[0],
                new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1},
                text("hello"),
                text("null"),
                text("[]"),
                text("{}"),
                text("{\"primaryKeyId\":1,\"key\":[]}"),
                text("{\"primaryKeyId\":\"x\",\"key\":7}"),
                text("[".repeat(100_000)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_that_is_no_master_key_is_told_in_one_sentence_and_kept(byte[] content) throws IOException {
        var file = Files.write(folder.resolve("master.key"), content);
        assertThatThrownBy(() -> MasterKey.open(file))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo("master_key_unreadable");
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void a_folder_in_its_place_is_told_in_one_sentence() {
        assertThatThrownBy(() -> MasterKey.open(folder)).isInstanceOf(Problem.class);
    }

    @Test
    void opened_at_once_by_many_it_is_one_key() throws Exception {
        for (int round = 0; round < 20; round++) {
            var file = folder.resolve(round + ".key");
            var together = new CyclicBarrier(4);
            Callable<MasterKey> open = () -> {
                together.await();
                return MasterKey.open(file);
            };
            try (var threads = Executors.newFixedThreadPool(4)) {
                var keys = threads.invokeAll(Collections.nCopies(4, open));
                byte[] encrypted = keys.getFirst().get().encrypt(SECRET, "place");
                for (var key : keys) {
                    assertThat(key.get().decrypt(encrypted, "place")).isEqualTo(SECRET);
                }
            }
        }
    }

    @Test
    void it_does_not_show_itself() {
        assertThat(MasterKey.open(folder.resolve("master.key"))).hasToString("MasterKey[…]");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

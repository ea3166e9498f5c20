package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.verification.Stranger;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a command line that is wrong, and of a start that cannot be: little, and what to do. */
@Isolated("What is printed meanwhile is read.")
class AppTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"key add", "key withdraw", "operator add", "lti invite", "lti withdraw", "doctor", "verify"})
    void what_is_missing_is_named_and_where_to_read_on(String command) {
        var typed = Typed.line(command.split(" "));
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getFirst()).startsWith("Missing required"))
                .endsWith("See: cairn " + command + " --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "operator", "lti"})
    void a_group_of_commands_lists_them(String group) {
        var typed = Typed.line(group);
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("Usage: cairn " + group + " ", "Commands:", "withdraw");
    }

    @Test
    void a_port_that_is_taken_is_one_sentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(refused("serve", "--bind", address)).contains(address, "choose another port");
            var demo = refused("demo", "--port", "0", "--lms-port", String.valueOf(taken.getLocalPort()));
            assertThat(demo).contains(address);
        }
    }

    @Test
    void a_database_that_is_not_there_is_one_sentence() throws IOException {
        var nobody = "jdbc:postgresql://127.0.0.1:" + TestApp.freePort() + "/cairn";
        assertThat(refused("serve", "--bind", "127.0.0.1:0", "--database-url", nobody))
                .contains("--database-url");
    }

    @Test
    void a_public_url_that_no_browser_opens_is_refused() {
        assertThat(refused("serve", "--bind", "127.0.0.1:0", "--public-url", "ftp://cairn.example.edu"))
                .contains("https");
    }

    @Test
    void a_pack_is_checked_without_anybody_to_ask(@TempDir Path folder) throws IOException {
        var file = folder.resolve("credential.pack.zip");
        try (var gone = new Stranger()) {
            var parts = List.of(
                    new Pack.Part(Pack.JSON, null, gone.proved(gone.credential())),
                    new Pack.Part("issuer.json", gone.issuer(), gone.published.get("/issuer")),
                    new Pack.Part("status.json", gone.issuer() + "/status", gone.published.get("/issuer/status")));
            Files.write(file, new Pack(Instant.EPOCH, parts, List.of()).zip());
        }
        var typed = Typed.line("verify", "--allow-loopback", file.toString());
        assertThat(typed.out())
                .startsWith("By what came with it, this was genuine")
                .contains("it stood on 2026-01-01");
        assertThat(typed.code()).isEqualTo(1);
    }

    private static String refused(String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", TestApp.folder().toString()));
        var typed = Typed.line(line.toArray(String[]::new));
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err().lines()).hasSize(1);
        return typed.err();
    }
}

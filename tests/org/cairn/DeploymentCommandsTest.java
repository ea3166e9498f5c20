package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.cairn.db.Database;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator types about one deployment: keys of those who send grades, and the doctor. */
@Isolated("What is printed meanwhile is read.")
class DeploymentCommandsTest {

    private static final String ISSUER = "https://lms.example.edu";

    private final Path folder = TestApp.folder();

    @BeforeEach
    void connect() throws IOException {
        // Nobody listens there.
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var there = "http://127.0.0.1:" + port;
        try (var database = Database.inFolder(folder)) {
            database.inTransaction(db -> {
                var now = App.clock().instant();
                var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), now);
                var platform = PlatformStore.save(
                        db,
                        new Platform(
                                PlatformId.fresh(),
                                ISSUER,
                                "client-of-ours",
                                "LMS",
                                "moodle",
                                URI.create(there + "/auth"),
                                URI.create(there + "/token"),
                                there + "/token",
                                URI.create(there + "/jwks"),
                                "RS256",
                                List.of(there),
                                false),
                        now);
                return PlatformStore.deploy(db, tenant.id(), platform.id(), "1", now);
            });
        }
    }

    @Test
    void a_key_for_grades_is_printed_once_and_withdrawn_by_its_label() {
        var added = about("1", "key", "add", "--label", "marks");
        assertThat(added.code()).isZero();
        assertThat(added.out().strip()).matches("\\S{20,}");
        assertThat(about("1", "key", "withdraw", "--label", "others").out()).startsWith("0 withdrawn");
        assertThat(about("1", "key", "withdraw", "--label", "marks").out()).startsWith("1 withdrawn");
        assertThat(about("1", "key", "withdraw", "--label", "marks").out()).startsWith("0 withdrawn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key add", "key withdraw", "doctor"})
    void a_deployment_that_is_not_there_or_not_named_is_said_so(String command) {
        var unknown = about("2", command.split(" "));
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("No such deployment");
        var unnamed = Typed.about(folder, command.split(" "));
        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--issuer");
    }

    @Test
    void the_doctor_says_what_is_broken_and_what_to_do_and_its_report_keeps_the_client_id_back() throws IOException {
        var report = folder.resolve("report.txt");
        var printed = about("1", "doctor", "--bind", "127.0.0.1:0", "--report", report.toString());
        assertThat(printed.code()).isEqualTo(1);
        assertThat(printed.out()).contains("→", "key set");
        assertThat(Files.readString(report)).contains("key set").doesNotContain("client-of-ours");
        var nowhere = about(
                "1",
                "doctor",
                "--bind",
                "127.0.0.1:0",
                "--report",
                folder.resolve("no/where").toString());
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).contains("cannot be written");
    }

    private Typed about(String deployment, String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--issuer", ISSUER, "--client-id", "client-of-ours", "--deployment", deployment));
        return Typed.about(folder, line.toArray(String[]::new));
    }
}

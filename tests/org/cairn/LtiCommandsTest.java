package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairn.db.Database;
import org.cairn.lti.registration.CanvasKey;
import org.cairn.lti.registration.Invitation;
import org.cairn.lti.registration.Invitations;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What an administrator types about LMSs, and what is printed. */
@Isolated("What is printed meanwhile is read.")
class LtiCommandsTest {

    private static final URI CAIRN = URI.create("https://cairn.example.edu");

    private final Path folder = TestApp.folder();

    @Test
    void an_invitation_makes_its_tenant_where_it_is_told_to_and_prints_the_link_and_nothing_else() {
        assertThat(run("lti", "invite", "--tenant", "nowhere", "--label", "Our Moodle")
                        .text())
                .isEqualTo("1:");
        var printed = run(
                "lti",
                "invite",
                "--tenant",
                "here",
                "--label",
                "Our Moodle",
                "--tenant-name",
                "Here",
                "--time-zone",
                "Europe/Vienna",
                "--expires",
                "12h");
        assertThat(printed.text()).matches("0:https://cairn\\.example\\.edu/lti/register/[A-Za-z0-9_-]{43}");
        assertThat(run("lti", "invite", "--tenant", "here", "--label", "Another")
                        .code())
                .isZero();
        try (var database = Database.inFolder(folder)) {
            var tenant =
                    database.inTransaction(db -> TenantStore.find(db, "here")).orElseThrow();
            assertThat(tenant.timeZone().getId()).isEqualTo("Europe/Vienna");
            assertThat(new Invitations(database, CAIRN, App.clock()).list(tenant.id()))
                    .extracting(Invitation::label)
                    .containsExactly("Another", "Our Moodle");
        }
    }

    @Test
    void a_time_that_is_none_or_too_long_is_refused() {
        for (var time : new String[] {"7", "d", "-1d", "0d", "1w", "91d", "999999d", "7 d"}) {
            assertThat(run(
                                    "lti",
                                    "invite",
                                    "--tenant",
                                    "here",
                                    "--label",
                                    "x",
                                    "--tenant-name",
                                    "Here",
                                    "--expires",
                                    time)
                            .code())
                    .as(time)
                    .isEqualTo(1);
        }
    }

    @Test
    void canvas_json_prints_the_key_for_this_cairn() {
        assertThat(run("lti", "canvas-json")).isEqualTo(new Printed(0, CanvasKey.json(CAIRN)));
    }

    @Test
    void changing_a_registration_that_is_not_there_says_so() {
        assertThat(run("lti", "update-registration", "--issuer", "https://x", "--client-id", "y"))
                .isEqualTo(new Printed(1, ""));
    }

    private record Printed(int code, String out) {

        String text() {
            return code + ":" + out.strip();
        }
    }

    private Printed run(String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", folder.toString(), "--public-url", CAIRN.toString()));
        var before = System.out;
        var out = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            return new Printed(App.run(line.toArray(String[]::new)), out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }
}

package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What an administrator types about Cairn's keys for LMSs, and what is printed. */
@Isolated("What is printed meanwhile is read.")
class KeyCommandsTest {

    private final Path folder = TestApp.folder();

    @Test
    void a_key_is_made_listed_and_withdrawn() {
        var rotated = Typed.about(folder, "lti", "rotate");
        assertThat(rotated.code()).isZero();
        assertThat(rotated.out()).matches("(?s)[A-Z]+ +[A-Za-z0-9_-]+ signs from \\S+\\R");
        var kid = rotated.out().strip().split(" +")[1];
        assertThat(Typed.about(folder, "lti", "keys").out()).contains(kid);
        var withdrawn = withdraw(kid);
        assertThat(withdrawn.code()).isZero();
        assertThat(withdrawn.out()).startsWith("Withdrawn.").doesNotContain(kid);
        var again = withdraw(kid);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isNotBlank();
        assertThat(again.out()).isEmpty();
    }

    @Test
    void a_key_that_is_not_there_or_not_named_is_said_so_and_nothing_is_withdrawn() {
        Typed.about(folder, "lti", "rotate");
        var before = Typed.about(folder, "lti", "keys").out();
        var unknown = Typed.about(folder, "lti", "withdraw", "nobody");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).isNotBlank();
        assertThat(unknown.out()).isEmpty();
        var unnamed = Typed.about(folder, "lti", "withdraw");
        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("KID");
        assertThat(Typed.about(folder, "lti", "keys", "--wrong").code()).isEqualTo(2);
        assertThat(Typed.about(folder, "lti", "keys").out()).isEqualTo(before);
    }

    @Test
    void who_lost_the_master_key_is_told_to_bring_it_back_or_goes_on_with_new_keys() throws IOException {
        Typed.about(folder, "lti", "rotate");
        assertThat(Typed.about(folder, "replace-keys").out()).contains("nothing was replaced");
        Files.delete(folder.resolve("master.key"));
        var lost = Typed.about(folder, "lti", "rotate");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err()).contains("another master key", "cairn replace-keys");
        var replaced = Typed.about(folder, "replace-keys");
        assertThat(replaced.code()).isZero();
        assertThat(replaced.out()).contains("replaced.");
        assertThat(Typed.about(folder, "lti", "rotate").code()).isZero();
    }

    /** As is said in its help: an id may begin with a hyphen. */
    private Typed withdraw(String kid) {
        return Typed.line(
                "lti", "withdraw", "--data", folder.toString(), "--public-url", "https://cairn.example.edu", "--", kid);
    }
}

package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of damage is called: the verdict, and which check says what. What is expected stands in damages.txt. */
class DamagedCheckTest {

    private static final Path EXPECTED = Path.of("tests/org/cairn/openbadges/verification/damages.txt");

    private static Map<String, String> expected = Map.of();

    @BeforeAll
    static void read() throws IOException {
        Shared.folder();
        expected = Stream.of(Files.readString(EXPECTED).split("\n\n"))
                .collect(Collectors.toMap(block -> block.substring(0, block.indexOf(':')), String::strip));
    }

    static Set<String> kinds() {
        return Damages.all().keySet();
    }

    @Test
    void more_than_sixty_kinds_of_damage_are_known_and_what_is_said_of_each() {
        assertThat(Damages.DAMAGED).hasSizeGreaterThan(60);
        assertThat(expected.keySet()).isEqualTo(kinds());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void what_is_wrong_is_found_by_the_check_that_looks_for_it_and_said_in_its_words(String kind) {
        try (var stranger = new Stranger()) {
            var shown = Damages.all().get(kind).apply(stranger);
            var verification = stranger.verifier(id -> Optional.empty()).verify(shown, Stranger.TODAY);
            assertThat(verification.isValid()).isEqualTo(Damages.WHOLE.containsKey(kind));
            assertThat(told(kind, verification).replace(stranger.url(), "https://stranger.example"))
                    .isEqualTo(expected.get(kind));
        }
    }

    /** What passed is only named where something else did not. */
    private static String told(String kind, Verification verification) {
        var lines = new ArrayList<String>();
        lines.add(kind + ": " + verification.verdict());
        var passed = verification.checks().stream().filter(Verification.Check::isPassed);
        if (verification.isValid()) {
            passed.forEach(check -> lines.add("+ %s: %s".formatted(check.name(), check.sentence())));
        } else {
            lines.add("+ " + passed.map(Verification.Check::name).collect(Collectors.joining(", ")));
        }
        verification.checks().stream()
                .filter(check -> !check.isPassed())
                .forEach(check ->
                        lines.add("%s %s: %s".formatted(check.isFailed() ? "-" : "?", check.name(), check.sentence())));
        return String.join("\n", lines);
    }
}

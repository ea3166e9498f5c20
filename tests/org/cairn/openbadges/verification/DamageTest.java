package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cairn.openbadges.Attached;
import org.cairn.openbadges.Judges;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.cairn.outbound.Outbound;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Credentials of a stranger: whole in every form they are valid, damaged in any way they are not; for us and for libraries that are not ours. */
class DamageTest {

    /** What the other libraries let pass, each for its reason. */
    private static final Map<String, String> OTHERS_TAKE = Map.of(
            "context_of_its_own", "its own term is not used; we read own terms only where they are plain",
            "key_revoked", "they do not look at a key's own dates",
            "member_twice", "their JSON reader takes the last one; another takes the first",
            "proof_over", "they do not look at the proof's end",
            "two_itxt", "their reader takes the first one; another may take the last");

    @BeforeAll
    static void published() {
        Shared.folder();
    }

    private final List<Stranger> strangers = new ArrayList<>();

    @AfterEach
    void close() {
        strangers.forEach(Stranger::close);
    }

    /** What is said of each that is damaged stands in damages.txt; this is the way through the network. */
    @Test
    void whole_in_every_form_it_is_valid_as_its_issuer_answers() {
        try (var outbound = new Outbound(true, "Test")) {
            var standards = new Standards(PublishedFiles::fetch, null, new SettableClock());
            var verifier = new Verifier(
                    address -> outbound.get(address, "application/json"), standards, id -> Optional.empty());
            made(Damages.WHOLE).forEach((name, bytes) -> {
                var verification = verifier.verify(bytes, Instant.now());
                assertThat(verification.verdict())
                        .as("%s: %s", name, verification.checks())
                        .isEqualTo(Verdict.VALID);
            });
        }
    }

    @Test
    void the_judges_say_the_same() {
        Judges.require();
        var files = new ArrayList<Path>();
        made(Damages.all()).forEach((name, bytes) -> files.add(written(name, unwrapped(bytes))));
        var others = new TreeMap<String, String>();
        for (var verdict : Judges.judged(files)) {
            var name = verdict.path("file").asText().replaceFirst("\\..*", "");
            if (verdict.path("valid").asBoolean() != Damages.WHOLE.containsKey(name)
                    && !OTHERS_TAKE.containsKey(name)) {
                others.put(name, verdict.toString());
            }
        }
        assertThat(others).isEmpty();
    }

    /** No judge reads a PDF: each is given the one credential in it, where there is one. */
    private static byte[] unwrapped(byte[] bytes) {
        if (!Attached.isPdf(bytes)) {
            return bytes;
        }
        try {
            var texts = Attached.texts(bytes).stream()
                    .filter(text -> text.startsWith("{") || text.startsWith("ey"))
                    .toList();
            return texts.size() == 1 ? Damages.bytes(texts.getFirst()) : bytes;
        } catch (IllegalArgumentException damaged) {
            return bytes;
        }
    }

    private Map<String, byte[]> made(Map<String, Damages.Kind> kinds) {
        var shown = new LinkedHashMap<String, byte[]>();
        kinds.forEach((name, kind) -> {
            var stranger = new Stranger();
            strangers.add(stranger);
            shown.put(name, kind.apply(stranger));
        });
        return shown;
    }

    private static Path written(String name, byte[] bytes) {
        try {
            var file = Path.of("target/judges/damage/" + name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

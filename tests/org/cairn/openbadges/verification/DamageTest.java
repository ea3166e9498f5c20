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
import java.util.TreeMap;
import java.util.TreeSet;
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

    @Test
    void whole_in_every_form_it_is_valid_and_damaged_in_any_way_it_is_not() {
        assertThat(Damages.DAMAGED).hasSizeGreaterThan(60);
        var shown = made();
        try (var outbound = new Outbound(true, "Test")) {
            var clock = new SettableClock();
            var standards = new Standards(PublishedFiles::fetch, null, clock);
            var verifier = new Verifier(
                    address -> outbound.get(address, "application/json"), standards, id -> java.util.Optional.empty());
            var verdicts = new TreeMap<String, Verification>();
            shown.forEach((name, bytes) -> verdicts.put(name, verifier.verify(bytes, Instant.now())));
            Damages.WHOLE
                    .keySet()
                    .forEach(name -> assertThat(verdicts.get(name).verdict())
                            .as("%s: %s", name, verdicts.get(name).checks())
                            .isEqualTo(Verdict.VALID));
            var valid = new TreeSet<>(Damages.DAMAGED.keySet());
            valid.removeIf(name -> !verdicts.get(name).isValid());
            assertThat(valid).isEmpty();
            expected()
                    .forEach((name, verdict) -> assertThat(verdicts.get(name).verdict())
                            .as("%s: %s", name, verdicts.get(name).checks())
                            .isEqualTo(verdict));
        }
    }

    @Test
    void the_judges_say_the_same() {
        Judges.require();
        var files = new ArrayList<Path>();
        made().forEach((name, bytes) -> files.add(written(name, unwrapped(bytes))));
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

    /** The verdicts that people must not mistake for each other. */
    private static Map<String, Verdict> expected() {
        var expected = new LinkedHashMap<String, Verdict>();
        expected.put("expired", Verdict.EXPIRED);
        expected.put("token_expired", Verdict.EXPIRED);
        expected.put("not_yet_valid", Verdict.NOT_YET_VALID);
        expected.put("revoked", Verdict.REVOKED);
        expected.put("suspended", Verdict.SUSPENDED);
        expected.put("criteria_missing", Verdict.NONCONFORMING);
        expected.put("token_term_undefined", Verdict.NONCONFORMING);
        List.of(
                        "list_of_another_issuer",
                        "list_not_signed",
                        "list_changed",
                        "list_too_short",
                        "list_over",
                        "list_missing")
                .forEach(name -> expected.put(name, Verdict.UNCHECKED));
        List.of(
                        "name_changed",
                        "grade_added",
                        "end_added",
                        "status_removed",
                        "proof_created_changed",
                        "term_undefined",
                        "type_undefined",
                        "address_not_whole",
                        "signed_with_another_key",
                        "key_of_another_issuer",
                        "alg_none",
                        "kid_elsewhere",
                        "kid_of_another_issuer",
                        "vc_claim",
                        "nbf_not_validFrom")
                .forEach(name -> expected.put(name, Verdict.NOT_GENUINE));
        expected.put("pdf_with_a_changed_credential", Verdict.NOT_GENUINE);
        List.of(
                        "two_credentials",
                        "member_twice",
                        "cut_off",
                        "question_mark_made_half_a_character",
                        "itxt_compressed",
                        "two_itxt",
                        "svg_with_external_entity",
                        "pdf_without_credential",
                        "pdf_with_two_credentials",
                        "pdf_cut")
                .forEach(name -> expected.put(name, Verdict.UNREADABLE));
        return expected;
    }

    private Map<String, byte[]> made() {
        var shown = new LinkedHashMap<String, byte[]>();
        var all = new LinkedHashMap<>(Damages.WHOLE);
        all.putAll(Damages.DAMAGED);
        all.forEach((name, kind) -> {
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

package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which verdict follows from the checks, at the very edge of each. */
class CheckingTest {

    private static final Instant TODAY = Stranger.TODAY;
    private static final Instant BEGIN = Instant.parse("2026-01-15T10:00:00Z");

    private final Stranger school = new Stranger();

    @BeforeAll
    static void published() {
        Shared.folder();
    }

    @AfterEach
    void close() {
        school.close();
    }

    @Test
    void it_begins_with_the_first_moment_of_its_dates_and_is_over_with_the_last() {
        var token = token(c -> c.put("validUntil", "2026-11-24T12:00:00Z"));
        assertThat(school.judged(token, BEGIN.minusNanos(1)).verdict()).isEqualTo(Verdict.NOT_YET_VALID);
        assertThat(school.judged(token, BEGIN).verdict()).isEqualTo(Verdict.VALID);
        assertThat(school.judged(token, TODAY.minusNanos(1)).verdict()).isEqualTo(Verdict.VALID);
        assertThat(school.judged(token, TODAY).verdict()).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void that_it_is_revoked_is_said_before_all_else_that_is_wrong_with_it() {
        revoke("revocation");
        assertThat(school.judged(token(c -> c.put("validUntil", "2026-02-01T00:00:00Z")))
                        .verdict())
                .isEqualTo(Verdict.REVOKED);
        assertThat(school.judged(token(c -> achievement(c).remove("criteria"))).verdict())
                .isEqualTo(Verdict.REVOKED);
    }

    @Test
    void what_is_not_written_as_it_must_be_says_so_before_its_dates_do() {
        assertThat(school.judged(token(c -> {
                            c.put("validUntil", "2026-02-01T00:00:00Z");
                            achievement(c).remove("criteria");
                        }))
                        .verdict())
                .isEqualTo(Verdict.NONCONFORMING);
        var unreadable = school.judged(school.proved(school.credential().put("validFrom", "2026-01-15T10:00:00")));
        assertThat(unreadable.verdict()).isEqualTo(Verdict.NONCONFORMING);
        assertThat(said(unreadable, "dates")).isEqualTo("- Its dates cannot be read.");
    }

    @Test
    void of_an_issuer_that_cannot_be_asked_nothing_else_is_said() {
        var over = token(c -> c.put("validUntil", "2026-02-01T00:00:00Z"));
        var lacking = token(c -> achievement(c).remove("criteria"));
        school.published.clear();
        assertThat(school.judged(over).verdict()).isEqualTo(Verdict.UNCHECKED);
        assertThat(school.judged(lacking).verdict()).isEqualTo(Verdict.UNCHECKED);
    }

    @Test
    void an_end_that_is_over_is_said_before_a_suspension_which_is_said_before_a_newer_form() {
        revoke("suspension");
        Consumer<ObjectNode> suspended =
                c -> ((ObjectNode) c.get("credentialStatus")).put("statusPurpose", "suspension");
        assertThat(school.judged(token(suspended.andThen(c -> c.put("validUntil", "2026-02-01T00:00:00Z"))))
                        .verdict())
                .isEqualTo(Verdict.EXPIRED);
        var newer = new Held(school.issuer(), BEGIN.plusSeconds(1), false);
        assertThat(known(token(suspended), newer).verdict()).isEqualTo(Verdict.SUSPENDED);
    }

    @Test
    void one_of_ours_is_the_newest_until_a_later_one_is_held() {
        var token = token(c -> {});
        var newest = known(token, new Held(school.issuer(), BEGIN, false));
        assertThat(newest.verdict()).isEqualTo(Verdict.VALID);
        assertThat(said(newest, "newest")).isEqualTo("+ Its issuer has not issued it anew.");
        assertThat(said(newest, "schema")).isEqualTo("+ It has the parts and forms that its standard requires.");
        var older = known(token, new Held(school.issuer(), BEGIN.plusNanos(1), false));
        assertThat(older.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(said(older, "newest")).isEqualTo("- Its issuer issued it anew on 2026-01-15.");
    }

    @Test
    void a_form_under_another_name_of_its_issuer_is_no_newer_one() {
        var renamed = known(token(c -> {}), new Held("https://new.example.edu", TODAY, false));
        assertThat(renamed.verdict()).isEqualTo(Verdict.VALID);
        assertThat(said(renamed, "newest"))
                .isEqualTo("+ Its issuer has since taken another name, and answers for this one still.");
    }

    @Test
    void whether_one_without_a_date_is_the_newest_cannot_be_said() {
        var undated = known(
                school.proved(school.credential().put("validFrom", "yesterday")),
                new Held(school.issuer(), TODAY, false));
        assertThat(said(undated, "newest")).isEqualTo("? Its dates cannot be read.");
    }

    @Test
    void one_of_ours_that_is_held_for_review_is_suspended_unless_it_is_revoked() {
        var held = known(token(c -> {}), new Held(school.issuer(), BEGIN, true));
        assertThat(held.verdict()).isEqualTo(Verdict.SUSPENDED);
        assertThat(said(held, "status")).isEqualTo("- Its issuer holds it for review.");
        // Which was issued anew to end with that.
        var ended = token(c -> c.put("validUntil", "2026-02-01T00:00:00Z"));
        assertThat(known(ended, new Held(school.issuer(), BEGIN, true)).verdict())
                .isEqualTo(Verdict.SUSPENDED);
        assertThat(known(ended, new Held(school.issuer(), BEGIN, false)).verdict())
                .isEqualTo(Verdict.EXPIRED);
        // Within the second in which it was issued, it begins with the next one.
        var ahead = token(c -> c.put("validFrom", "2027-01-01T00:00:00Z").put("validUntil", "2027-01-01T00:00:00Z"));
        assertThat(known(ahead, new Held(school.issuer(), BEGIN, true)).verdict())
                .isEqualTo(Verdict.SUSPENDED);
        assertThat(known(ahead, new Held(school.issuer(), BEGIN, false)).verdict())
                .isEqualTo(Verdict.NOT_YET_VALID);
        var undated = school.proved(school.credential().put("validFrom", "yesterday"));
        assertThat(known(undated, new Held(school.issuer(), BEGIN, true)).verdict())
                .isEqualTo(Verdict.NONCONFORMING);
        revoke("revocation");
        var revoked = known(token(c -> {}), new Held(school.issuer(), BEGIN, true));
        assertThat(revoked.verdict()).isEqualTo(Verdict.REVOKED);
        assertThat(said(revoked, "status")).isEqualTo("- Its issuer has revoked it.");
    }

    @Test
    void no_list_is_asked_of_who_did_not_sign() {
        var asked = new ArrayList<String>();
        var verifier = new Verifier(
                address -> {
                    asked.add(address.getPath());
                    return school.answer(address);
                },
                Stranger.STANDARDS,
                id -> Optional.empty());
        verifier.verify(token(c -> {}).replaceFirst("\\.[^.]*$", ".AAAA"), TODAY);
        assertThat(asked).containsExactly("/issuer");
    }

    @Test
    void a_record_stands_with_every_credential_in_it() {
        var record = judgedRecord(whole(), whole());
        assertThat(record.verdict()).isEqualTo(Verdict.VALID);
        assertThat(record.parts()).extracting(Verification::verdict).containsExactly(Verdict.VALID, Verdict.VALID);
        assertThat(said(record, "parts")).isEqualTo("+ Every credential in it is genuine and stands.");
    }

    @Test
    void a_record_of_one_credential_that_is_not_in_a_list_is_read_too() {
        var record = school.record(List.of());
        ((ObjectNode) record.get("credentialSubject")).set("verifiableCredential", whole());
        assertThat(school.judged(school.proved(record)).parts()).hasSize(1);
    }

    @Test
    void a_record_with_one_that_does_not_stand_says_so_and_says_which() {
        var expired = Stranger.json(school.proved(school.credential().put("validUntil", "2026-02-01T00:00:00Z")));
        var record = judgedRecord(whole(), expired);
        assertThat(record.verdict()).isEqualTo(Verdict.PARTS_FAIL);
        assertThat(record.parts()).extracting(Verification::verdict).containsExactly(Verdict.VALID, Verdict.EXPIRED);
        assertThat(said(record, "parts")).isEqualTo("- Not every credential in it is genuine and stands.");
    }

    @Test
    void a_record_may_hold_tokens_and_what_cannot_be_read_is_said_to_be_so() {
        assertThat(judgedRecord(new TextNode(token(c -> {})), new TextNode("nonsense"))
                        .parts())
                .extracting(Verification::verdict)
                .containsExactly(Verdict.VALID, Verdict.UNREADABLE);
    }

    @Test
    void a_record_with_one_that_could_not_be_checked_is_not_known_to_stand() {
        var elsewhere = school.credential();
        ((ObjectNode) elsewhere.get("credentialStatus")).put("statusListCredential", school.url() + "/gone");
        var record = judgedRecord(whole(), Stranger.json(school.proved(elsewhere)));
        assertThat(record.verdict()).isEqualTo(Verdict.UNCHECKED);
        assertThat(said(record, "parts")).isEqualTo("? Not every credential in it could be checked.");
    }

    @Test
    void what_a_record_in_a_record_holds_is_not_followed() {
        var inner = school.record(List.of(whole()));
        inner.putArray("endorsement").add(Stranger.json(school.proved(school.endorsement("urn:uuid:1"))));
        var record = judgedRecord(Stranger.json(school.proved(inner)));
        assertThat(record.parts().getFirst().parts()).isEmpty();
        assertThat(record.parts().getFirst().endorsements()).isEmpty();
    }

    @Test
    void of_a_record_a_hundred_credentials_are_checked_and_one_more_makes_it_fail() {
        var hundred = judgedRecord(Collections.nCopies(100, new TextNode("x")).toArray(JsonNode[]::new));
        assertThat(hundred.parts())
                .hasSize(100)
                .allSatisfy(part ->
                        assertThat(part.checks().getFirst().sentence()).isEqualTo("It is neither a VC-JWT nor JSON."));
        var more = judgedRecord(Collections.nCopies(150, new TextNode("x")).toArray(JsonNode[]::new));
        assertThat(more.parts()).hasSize(101);
        assertThat(more.parts().getLast().checks())
                .containsExactly(new Check("readable", false, "It is one of too many."));
    }

    @Test
    void what_could_only_be_asked_of_what_came_with_it_stood_and_is_not_known_to_stand() {
        var stood = packed(school.proved(school.credential()), true, true);
        assertThat(stood.verdict()).isEqualTo(Verdict.STOOD);
        assertThat(said(stood, "pack"))
                .isEqualTo(
                        "? By what came with it, it stood on 2026-01-01; what its issuer has said since is not known."
                                + " Whoever made this file could have put in keys of their own.");
        var listless = school.credential();
        listless.remove("credentialStatus");
        assertThat(said(packed(school.proved(listless), true, false), "pack"))
                .startsWith("? By what came with it, it stood on 2026-01-15;");
    }

    @Test
    void with_keys_of_its_issuer_and_a_list_that_came_with_it_what_failed_failed() {
        var expired = school.proved(school.credential().put("validUntil", "2026-02-01T00:00:00Z"));
        assertThat(packed(school.proved(school.credential()), false, true).verdict())
                .isEqualTo(Verdict.STOOD);
        assertThat(said(packed(school.proved(school.credential()), false, true), "pack"))
                .endsWith("what its issuer has said since is not known.");
        var judged = packed(expired, false, true);
        assertThat(judged.verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(said(judged, "pack"))
                .isEqualTo("? Its issuer could not be asked, so what came with it was looked at.");
        assertThat(packed(expired, true, true).verdict()).isEqualTo(Verdict.UNCHECKED);
        assertThat(packed(expired.replace("Löten 电路", "Schmieden"), true, true).verdict())
                .isEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void where_its_issuer_answers_nothing_is_said_of_what_came_with_it() {
        var asked = packed(school.proved(school.credential()), false, false);
        assertThat(asked.verdict()).isEqualTo(Verdict.VALID);
        assertThat(asked.checks()).extracting(Check::name).doesNotContain("pack");
    }

    @Test
    void a_record_of_credentials_that_stood_stood() {
        var part = school.credential();
        var record = school.record(List.of(Stranger.json(school.proved(part))));
        record.remove("credentialStatus");
        var judged = packed(school.proved(record), false, true);
        assertThat(judged.parts()).extracting(Verification::verdict).containsExactly(Verdict.STOOD);
        assertThat(said(judged, "parts"))
                .isEqualTo("+ Every credential in it is genuine and stands, or stood by what came with it.");
        assertThat(judged.verdict()).isEqualTo(Verdict.STOOD);
    }

    @Test
    void in_a_record_one_that_needs_nobody_is_valid_beside_one_that_stood() {
        var key = school.credential();
        key.remove("credentialStatus");
        ((ObjectNode) key.get("issuer")).put("id", school.didKey());
        var alone = school.proved(key, school.proof(school.didKey() + "#" + school.multibase()), school.edwards);
        var record = school.record(List.of(Stranger.json(alone), whole()));
        record.remove("credentialStatus");
        var judged = packed(school.proved(record), false, true);
        assertThat(judged.parts()).extracting(Verification::verdict).containsExactly(Verdict.VALID, Verdict.STOOD);
        assertThat(judged.verdict()).isEqualTo(Verdict.STOOD);
    }

    @Test
    void a_record_with_one_that_stood_and_one_that_failed_fails() {
        var changed = (ObjectNode) whole();
        achievement(changed).put("name", "Schmieden");
        var record = school.record(List.of(whole(), changed));
        record.remove("credentialStatus");
        assertThat(said(packed(school.proved(record), false, true), "parts"))
                .isEqualTo("- Not every credential in it is genuine and stands.");
    }

    @Test
    void a_published_schema_that_a_pack_brings_is_used_where_its_publisher_does_not_answer() {
        var schema = new Pack.Part(
                "schema.json",
                Standards.BADGE_SCHEMA,
                new String(PublishedFiles.fetch(URI.create(Standards.BADGE_SCHEMA)), StandardCharsets.UTF_8));
        var credential = new Pack.Part(Pack.JSON, null, school.proved(school.credential()));
        assertThat(said(alone(new Pack(BEGIN, List.of(credential, schema), List.of())), "schema"))
                .isEqualTo("+ It is as the published JSON Schema of its standard asks.");
        var without = alone(new Pack(BEGIN, List.of(credential), List.of()));
        assertThat(said(without, "schema")).startsWith("? ");
        assertThat(without.verdict()).isEqualTo(Verdict.VALID);
    }

    private Verification alone(Pack pack) {
        var nobody = new Standards(school::answer, null, new SettableClock());
        return new Verifier(school::answer, nobody, id -> Optional.empty()).verify(pack.zip(), TODAY);
    }

    @Test
    void the_rule_of_a_credential_of_a_cairn_is_worked_out_again_where_it_is_signed() {
        var credential = school.credential();
        credential
                .withArray("@context")
                .addObject()
                .putObject("evaluation")
                .put("@id", "https://cairn.example/vocabulary#evaluation")
                .put("@type", "@json");
        var token = school.token(Stranger.payload(credential));
        assertThat(said(school.judged(token), "rule")).startsWith("? This form does not tell how it was earned");
        assertThat(school.judged(token.replaceFirst("\\.[^.]*$", ".AAAA")).checks())
                .extracting(Check::name)
                .doesNotContain("rule");
        ArithmeticTest.earn(credential, false);
        var unearned = school.judged(school.token(Stranger.payload(credential)));
        assertThat(unearned.verdict()).as("%s", unearned.checks()).isEqualTo(Verdict.RULE_NOT_MET);
        var over = school.judged(school.token(Stranger.payload(credential.put("validUntil", "2026-02-01T00:00:00Z"))));
        assertThat(over.verdict()).isEqualTo(Verdict.RULE_NOT_MET);
    }

    @Test
    void several_share_what_is_fetched_and_one_asks_at_most_twelve_addresses() {
        var asked = new ArrayList<URI>();
        var verifier = new Verifier(
                address -> {
                    asked.add(address);
                    return school.answer(address);
                },
                Stranger.STANDARDS,
                id -> Optional.empty());
        var token = token(c -> {});
        assertThat(verifier.verifyAll(List.of(token, "x", token), TODAY))
                .extracting(Verification::verdict)
                .containsExactly(Verdict.VALID, Verdict.UNREADABLE, Verdict.VALID);
        assertThat(asked).hasSize(2);
        asked.clear();
        var many = token(c -> c.set("credentialStatus", elsewhere(40)));
        verifier.verify(many, TODAY);
        assertThat(asked).hasSize(12);
        asked.clear();
        verifier.verifyAll(List.of(many, "x"), TODAY);
        assertThat(asked).hasSize(24);
        asked.clear();
        verifier.verifyAll(Collections.nCopies(50, token(c -> c.set("credentialStatus", elsewhere(200)))), TODAY);
        assertThat(asked).hasSize(120);
    }

    private JsonNode elsewhere(int lists) {
        var entries = Stranger.JSON.createArrayNode();
        for (int i = 0; i < lists; i++) {
            var entry = (ObjectNode) school.credential().get("credentialStatus");
            entries.add(entry.put("statusListCredential", school.url() + "/lists/" + i));
        }
        return entries;
    }

    /** Verified as a pack, while its keys or its list are nowhere else to be had. */
    private Verification packed(String credential, boolean withKeys, boolean withList) {
        var parts = List.of(
                new Pack.Part(Pack.JSON, null, credential),
                new Pack.Part(
                        "issuer.json", school.issuer(), school.controller().toString()),
                new Pack.Part("status.json", school.issuer() + "/status", school.published.get("/issuer/status")));
        var controller = school.published.get("/issuer");
        var list = school.published.get("/issuer/status");
        if (withKeys) {
            school.published.remove("/issuer");
        }
        if (withList) {
            school.published.remove("/issuer/status");
        }
        try {
            return school.verifier(id -> Optional.empty()).verify(new Pack(BEGIN, parts, List.of()).zip(), TODAY);
        } finally {
            school.published.put("/issuer", controller);
            school.published.put("/issuer/status", list);
        }
    }

    private Verification known(String shown, Held held) {
        return school.verifier(id -> id.startsWith("urn:uuid:1111") ? Optional.of(held) : Optional.empty())
                .verify(shown, TODAY);
    }

    private Verification judgedRecord(JsonNode... credentials) {
        return school.judged(school.proved(school.record(List.of(credentials))));
    }

    private JsonNode whole() {
        return Stranger.json(school.proved(school.credential()));
    }

    private void revoke(String purpose) {
        school.published.put("/issuer/status", school.proved(school.list(List.of(7), purpose)));
    }

    private String token(Consumer<ObjectNode> change) {
        var credential = school.credential();
        change.accept(credential);
        return school.token(Stranger.payload(credential));
    }

    private static ObjectNode achievement(ObjectNode credential) {
        return (ObjectNode) credential.at("/credentialSubject/achievement");
    }

    /** The outcome and the sentence of a check. */
    private static String said(Verification verification, String name) {
        var check = verification.checks().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return (check.passed() == null ? "? " : check.isPassed() ? "+ " : "- ") + check.sentence();
    }
}

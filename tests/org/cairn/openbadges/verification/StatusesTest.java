package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cairn.openbadges.verification.Statuses.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer's lists say of a credential, and when they say nothing. */
class StatusesTest {

    private static final Instant TODAY = Stranger.TODAY;

    private final Stranger school = new Stranger();

    @AfterEach
    void close() {
        school.close();
    }

    @Test
    void one_that_names_no_list_stands_and_says_why() {
        var credential = school.credential();
        credential.remove("credentialStatus");
        assertThat(outcome(credential).state()).isEqualTo(State.STANDS);
        assertThat(outcome(credential).check().sentence()).isEqualTo("It names no list in which it could be revoked.");
    }

    @Test
    void its_own_bit_says_that_it_is_revoked_and_its_neighbours_do_not() {
        publish(school.list(List.of(6, 8, 7 + 8, 7 + 64), "revocation"));
        assertThat(outcome(entry(e -> {})).state()).isEqualTo(State.STANDS);
        publish(school.list(List.of(7), "revocation"));
        assertThat(outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
    }

    @Test
    void of_several_entries_the_gravest_counts_in_whatever_order() {
        publish(school.list(List.of(7), "revocation"));
        var revoked = entry(e -> {}).get("credentialStatus");
        var stands = entry(e -> e.put("statusListIndex", "8")).get("credentialStatus");
        var unknown = entry(e -> e.put("statusListIndex", "none")).get("credentialStatus");
        publishAt("/issuer/suspended", List.of(7));
        var suspended = entry(e -> e.put("statusPurpose", "suspension")
                        .put("statusListCredential", school.issuer() + "/suspended"))
                .get("credentialStatus");
        assertThat(of(stands, unknown)).isEqualTo(State.UNKNOWN);
        assertThat(of(unknown, stands)).isEqualTo(State.UNKNOWN);
        assertThat(of(unknown, suspended, stands)).isEqualTo(State.SUSPENDED);
        assertThat(of(suspended, unknown)).isEqualTo(State.SUSPENDED);
        assertThat(of(suspended, revoked, unknown)).isEqualTo(State.REVOKED);
        assertThat(of(revoked, suspended, stands)).isEqualTo(State.REVOKED);
        assertThat(of(stands, stands)).isEqualTo(State.STANDS);
        assertThat(of()).isEqualTo(State.STANDS);
    }

    @Test
    void a_message_takes_nothing_back_and_its_list_is_not_read() {
        publish(school.list(List.of(7), "message"));
        assertThat(outcome(entry(e -> e.put("statusPurpose", "message"))).state())
                .isEqualTo(State.STANDS);
        assertThat(outcome(entry(e -> e.put("statusPurpose", "message").put("statusListCredential", "nowhere")))
                        .state())
                .isEqualTo(State.STANDS);
    }

    @Test
    void an_entry_of_another_type_or_of_more_than_one_bit_says_nothing() {
        assertThat(outcome(entry(e -> e.put("type", "StatusList2021Entry"))).state())
                .isEqualTo(State.UNKNOWN);
        assertThat(outcome(entry(e -> e.put("statusSize", 2))).state()).isEqualTo(State.UNKNOWN);
        assertThat(outcome(entry(e -> e.put("statusSize", 1))).state()).isEqualTo(State.STANDS);
        assertThat(outcome(entry(e -> e.put("statusSize", 2).put("statusPurpose", "message")))
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seven", "-1", "131072", "99999999999"})
    void an_index_that_is_in_no_list_says_nothing(String index) {
        assertThat(outcome(entry(e -> e.put("statusListIndex", index))).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_list_is_one_of_its_address_its_issuer_its_type_and_its_purpose() {
        assertThat(published(list -> {})).isEqualTo(State.REVOKED);
        assertThat(published(list -> list.put("id", school.issuer() + "/other")))
                .isEqualTo(State.UNKNOWN);
        assertThat(published(list -> list.put("issuer", school.url() + "/other")))
                .isEqualTo(State.UNKNOWN);
        assertThat(published(list -> list.putArray("type").add("VerifiableCredential")))
                .isEqualTo(State.UNKNOWN);
        assertThat(published(list -> subject(list).put("statusPurpose", "suspension")))
                .isEqualTo(State.UNKNOWN);
        assertThat(published(list -> subject(list).remove("statusPurpose"))).isEqualTo(State.UNKNOWN);
        assertThat(published(list -> subject(list).put("encodedList", "u"))).isEqualTo(State.UNKNOWN);
        assertThat(published(list -> subject(list)
                        .putArray("statusPurpose")
                        .add("suspension")
                        .add("revocation")))
                .isEqualTo(State.REVOKED);
    }

    @Test
    void a_list_that_says_the_type_alone_and_not_in_a_list_is_one_all_the_same() {
        var list = school.list(List.of(7), "revocation").put("type", "BitstringStatusListCredential");
        school.published.put("/issuer/status", school.token(Stranger.payload(list)));
        assertThat(outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
    }

    @Test
    void a_list_stands_from_five_minutes_before_it_begins_until_it_is_over() {
        var now = TODAY.plus(Duration.ofMinutes(5));
        assertThat(published(list -> list.put("validFrom", now.toString()))).isEqualTo(State.REVOKED);
        assertThat(published(list -> list.put("validFrom", now.plusNanos(1).toString())))
                .isEqualTo(State.UNKNOWN);
        assertThat(published(list -> list.put("validUntil", TODAY.plusNanos(1).toString())))
                .isEqualTo(State.REVOKED);
        assertThat(published(list -> list.put("validUntil", TODAY.toString()))).isEqualTo(State.UNKNOWN);
        assertThat(published(list -> list.put("validUntil", "soon"))).isEqualTo(State.UNKNOWN);
        assertThat(published(list -> list.remove("validFrom"))).isEqualTo(State.REVOKED);
    }

    @Test
    void a_list_as_a_token_is_read_like_one_with_a_proof() {
        var list = school.list(List.of(7), "revocation");
        school.published.put("/issuer/status", school.token(Stranger.payload(list)));
        assertThat(outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
        school.published.put(
                "/issuer/status", school.token(Stranger.payload(list).put("jti", "urn:uuid:2")));
        assertThat(outcome(entry(e -> {})).state()).isEqualTo(State.UNKNOWN);
    }

    /** What it says beside what we read could be anything; its signature as a token covers it all the same. */
    @Test
    void words_in_a_list_that_nothing_defines_do_no_harm_in_a_token() {
        var list = school.list(List.of(7), "revocation").put("generator", "version 3");
        school.published.put("/issuer/status", school.token(Stranger.payload(list)));
        assertThat(outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
    }

    @Test
    void a_list_is_fetched_and_checked_once_for_all_that_ask_for_it() {
        var asked = new ArrayList<String>();
        var statuses = statuses(new Fetches(
                address -> {
                    asked.add(address.getPath());
                    return school.answer(address);
                },
                12,
                Duration.ofMinutes(1)));
        publish(school.list(List.of(7), "revocation"));
        assertThat(statuses.outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
        assertThat(statuses.outcome(entry(e -> e.put("statusListIndex", "8"))).state())
                .isEqualTo(State.STANDS);
        assertThat(asked).containsExactly("/issuer/status", "/issuer");
    }

    @Test
    void one_list_is_not_taken_for_another_issuer_or_another_purpose() {
        publish(school.list(List.of(7), "revocation"));
        var statuses = statuses(fetches(Map.of()));
        assertThat(statuses.outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
        var stranger = entry(e -> {});
        ((ObjectNode) stranger.get("issuer")).put("id", school.url() + "/other");
        assertThat(statuses.outcome(stranger).state()).isEqualTo(State.UNKNOWN);
        assertThat(statuses.outcome(entry(e -> e.put("statusPurpose", "suspension")))
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_list_that_was_brought_speaks_of_its_own_day_and_the_oldest_is_told() {
        var old = school.list(List.of(7), "revocation").put("validUntil", "2026-02-01T00:00:00Z");
        var older = school.list(List.of(), "suspension")
                .put("id", school.issuer() + "/older")
                .put("validFrom", "2025-12-31T00:00:00Z");
        var ahead = school.list(List.of(), "revocation")
                .put("id", school.issuer() + "/ahead")
                .put("validFrom", TODAY.plus(Duration.ofMinutes(5)).plusNanos(1).toString());
        var undated = school.list(List.of(), "revocation").put("id", school.issuer() + "/undated");
        undated.remove("validFrom");
        school.published.remove("/issuer/status");
        var statuses = statuses(fetches(Map.of(
                school.issuer() + "/status", school.proved(old),
                school.issuer() + "/older", school.proved(older),
                school.issuer() + "/ahead", school.proved(ahead),
                school.issuer() + "/undated", school.proved(undated))));
        assertThat(statuses.broughtFrom()).isEmpty();
        assertThat(statuses.outcome(at("/ahead", "revocation")).state()).isEqualTo(State.UNKNOWN);
        assertThat(statuses.outcome(at("/undated", "revocation")).state()).isEqualTo(State.UNKNOWN);
        assertThat(statuses.broughtFrom()).isEmpty();
        assertThat(statuses.outcome(entry(e -> {})).state()).isEqualTo(State.REVOKED);
        assertThat(statuses.broughtFrom()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(statuses.outcome(at("/older", "suspension")).state()).isEqualTo(State.STANDS);
        assertThat(statuses.broughtFrom()).contains(Instant.parse("2025-12-31T00:00:00Z"));
        var again = statuses(fetches(Map.of(
                school.issuer() + "/older", school.proved(older), school.issuer() + "/status", school.proved(old))));
        again.outcome(at("/older", "suspension"));
        again.outcome(entry(e -> {}));
        assertThat(again.broughtFrom()).contains(Instant.parse("2025-12-31T00:00:00Z"));
    }

    @Test
    void a_list_that_begins_in_five_minutes_is_taken_as_it_was_brought() {
        var ahead = school.list(List.of(7), "revocation")
                .put("validFrom", TODAY.plus(Duration.ofMinutes(5)).toString());
        school.published.remove("/issuer/status");
        assertThat(statuses(fetches(Map.of(school.issuer() + "/status", school.proved(ahead))))
                        .outcome(entry(e -> {}))
                        .state())
                .isEqualTo(State.REVOKED);
    }

    private ObjectNode at(String path, String purpose) {
        return entry(e -> e.put("statusPurpose", purpose).put("statusListCredential", school.issuer() + path));
    }

    private State of(JsonNode... entries) {
        var credential = school.credential();
        credential.putArray("credentialStatus").addAll(List.of(entries));
        return outcome(credential).state();
    }

    /** What a list says in which this credential is revoked, if it is changed like this and then signed. */
    private State published(Consumer<ObjectNode> change) {
        var list = school.list(List.of(7), "revocation");
        change.accept(list);
        publish(list);
        return outcome(entry(e -> {})).state();
    }

    private void publish(ObjectNode list) {
        school.published.put("/issuer/status", school.proved(list));
    }

    private void publishAt(String path, List<Integer> set) {
        school.published.put(path, school.proved(school.list(set, "suspension").put("id", school.url() + path)));
    }

    private ObjectNode entry(Consumer<ObjectNode> change) {
        var credential = school.credential();
        change.accept((ObjectNode) credential.get("credentialStatus"));
        return credential;
    }

    private static ObjectNode subject(ObjectNode list) {
        return (ObjectNode) list.get("credentialSubject");
    }

    private Statuses.Outcome outcome(ObjectNode credential) {
        return statuses(fetches(Map.of())).outcome(credential);
    }

    private Fetches fetches(Map<String, String> brought) {
        return new Fetches(school::answer, 12, Duration.ofMinutes(1), brought);
    }

    private static Statuses statuses(Fetches fetches) {
        var signatures = new Signatures(new IssuerKeys(fetches), new Canonical(Stranger.STANDARDS), TODAY);
        return new Statuses(fetches, signatures, TODAY);
    }
}

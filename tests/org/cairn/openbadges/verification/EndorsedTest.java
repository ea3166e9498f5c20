package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endorsements that come inside credentials: each has a verdict of its own, and changes nothing of the credential's. */
class EndorsedTest {

    private final Stranger school = new Stranger();
    private final Stranger partner = school.another();

    @AfterEach
    void stop() {
        school.close();
    }

    @Test
    void an_endorsement_of_the_credential_its_achievement_or_its_issuer_is_checked_as_its_own_credential() {
        var credential = school.credential();
        endorse(credential, credential.path("id").asText());
        endorse(achievement(credential), "https://badges.example.edu/a/1");
        endorse((ObjectNode) credential.get("issuer"), school.issuer());
        var verification = verify(school.proved(credential));
        assertThat(verification.verdict()).isEqualTo(Verdict.VALID);
        assertThat(verdicts(verification)).containsExactly(Verdict.VALID, Verdict.VALID, Verdict.VALID);
        assertThat(verification.endorsements().getFirst().checks())
                .extracting(Verification.Check::name)
                .contains("signature", "issuer", "status", "subject");
    }

    @Test
    void a_token_carries_endorsements_as_tokens() {
        var credential = school.credential();
        var endorsement = partner.endorsement("https://badges.example.edu/a/1");
        achievement(credential).putArray("endorsementJwt").add(partner.token(Stranger.payload(endorsement)));
        var verification = verify(school.token(Stranger.payload(credential)));
        assertThat(verification.verdict()).as("%s", verification.checks()).isEqualTo(Verdict.VALID);
        assertThat(verdicts(verification)).containsExactly(Verdict.VALID);
    }

    @Test
    void what_is_genuine_and_about_something_else_is_no_endorsement_of_this() {
        var credential = school.credential();
        endorse(achievement(credential), "https://badges.example.edu/a/2");
        achievement(credential).withArray("endorsement").add(Stranger.json(partner.proved(partner.credential())));
        var verification = verify(school.token(Stranger.payload(credential)));
        assertThat(verdicts(verification)).containsExactly(Verdict.ABOUT_ANOTHER, Verdict.ABOUT_ANOTHER);
    }

    @Test
    void what_the_partner_revoked_or_nobody_signed_says_so_and_the_credential_stands() {
        var credential = school.credential();
        endorse(achievement(credential), "https://badges.example.edu/a/1");
        partner.published.put("/issuer/status", partner.proved(partner.list(List.of(7), "revocation")));
        var changed = Stranger.json(partner.proved(partner.endorsement("https://badges.example.edu/a/1")));
        ((ObjectNode) changed.get("credentialSubject")).put("endorsementComment", "Even better.");
        achievement(credential).withArray("endorsement").add(changed).add("nonsense");
        var verification = verify(school.token(Stranger.payload(credential)));
        assertThat(verdicts(verification)).containsExactly(Verdict.REVOKED, Verdict.NOT_GENUINE, Verdict.UNREADABLE);
        assertThat(verification.verdict()).isNotEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void one_endorsement_that_is_not_in_a_list_is_read_too_and_both_outcomes_are_said() {
        var credential = school.credential();
        credential.set("endorsement", Stranger.json(partner.proved(partner.endorsement("urn:uuid:2"))));
        achievement(credential)
                .put(
                        "endorsementJwt",
                        partner.token(Stranger.payload(partner.endorsement("https://badges.example.edu/a/1"))));
        assertThat(verify(school.token(Stranger.payload(credential))).endorsements())
                .extracting(found -> found.checks().getLast())
                .containsExactly(
                        new Verification.Check("subject", false, "It is no endorsement, or one of something else."),
                        new Verification.Check("subject", true, "It endorses what carries it."));
    }

    @Test
    void what_endorses_it_and_is_over_is_over() {
        var credential = school.credential();
        var over = partner.endorsement("https://badges.example.edu/a/2").put("validUntil", "2026-02-01T00:00:00Z");
        achievement(credential).withArray("endorsement").add(Stranger.json(partner.proved(over)));
        assertThat(verdicts(verify(school.token(Stranger.payload(credential))))).containsExactly(Verdict.EXPIRED);
    }

    @Test
    void no_more_than_twenty_are_looked_at() {
        var credential = school.credential();
        for (int i = 0; i < 30; i++) {
            achievement(credential).withArray("endorsementJwt").add("a.b." + i);
        }
        assertThat(verify(school.token(Stranger.payload(credential))).endorsements())
                .hasSize(20);
    }

    private void endorse(ObjectNode carrier, String subject) {
        carrier.withArray("endorsement").add(Stranger.json(partner.proved(partner.endorsement(subject))));
    }

    private static ObjectNode achievement(ObjectNode credential) {
        return (ObjectNode) credential.at("/credentialSubject/achievement");
    }

    private static List<Verdict> verdicts(Verification verification) {
        return verification.endorsements().stream().map(Verification::verdict).toList();
    }

    private Verification verify(String text) {
        return school.judged(text);
    }
}

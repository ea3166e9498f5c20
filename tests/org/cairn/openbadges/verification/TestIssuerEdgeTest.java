package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.cairn.Problem;
import org.cairn.openbadges.verification.Verification.Check;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the test issuer says of what it signs, of what it refuses and of what it is shown, at the edge of each. */
class TestIssuerEdgeTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00.5Z");
    private static final Stranger SCHOOL = new Stranger();
    private static final TestIssuer ISSUER = new TestIssuer(SCHOOL::answer, Stranger.STANDARDS);

    private static final String WHOLE = """
            {'@context':['https://www.w3.org/ns/credentials/v2'],'type':['VerifiableCredential'],
             'issuer':'did:example:somebody','credentialSubject':{'name':'Ada'}}""";

    @AfterAll
    static void close() {
        SCHOOL.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'id':'no url'}      | Not signed: id is not one URL (§4.4).
            {'proof':{}}         | Not signed: it carries a proof already.
            {'surprise':1}       | Not signed: it has a term that its contexts do not define.
            {'@context':['https://www.w3.org/ns/credentials/v2','https://evil.example/v1']} | Not signed: It uses words of a vocabulary that is not known here: https://evil.example/v1.
            """)
    void what_it_does_not_sign_it_refuses_in_words(String change, String sentence) {
        for (boolean asToken : new boolean[] {false, true}) {
            assertThatThrownBy(() -> ISSUER.issue(changed(change), asToken, NOW))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.code()).isEqualTo("credential_refused");
                        assertThat(problem.sentence()).isEqualTo(sentence);
                    });
        }
    }

    @Test
    void a_token_repeats_what_there_is_and_begins_now_where_nothing_is_said() {
        var bare = payload(ISSUER.issue(changed("{}"), true, NOW));
        assertThat(bare.has("jti")).isFalse();
        assertThat(bare.has("sub")).isFalse();
        assertThat(bare.has("exp")).isFalse();
        assertThat(bare.path("nbf").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(bare.path("validFrom").asText()).isEqualTo("2026-11-24T09:00:00Z");
        var full = payload(ISSUER.issue(
                changed(
                        "{'id':'urn:uuid:1','validFrom':'2026-01-01T00:00:00Z','validUntil':'2027-01-01T00:00:00Z','credentialSubject':{'id':'urn:uuid:2'}}"),
                true,
                NOW));
        assertThat(full.path("iss").asText()).isEqualTo(ISSUER.did());
        assertThat(full.path("jti").asText()).isEqualTo("urn:uuid:1");
        assertThat(full.path("sub").asText()).isEqualTo("urn:uuid:2");
        assertThat(full.path("nbf").asLong()).isEqualTo(1_767_225_600);
        assertThat(full.path("exp").asLong()).isEqualTo(1_798_761_600);
        assertThat(ISSUER.issue(changed("{}"), false, NOW).has("validFrom")).isFalse();
    }

    @Test
    void it_signs_in_its_own_name_and_leaves_what_it_was_given_as_it_was() {
        var unsigned = changed("{'issuer':{'id':'did:example:1','name':'A'}}");
        var signed = ISSUER.issue(unsigned, false, NOW);
        assertThat(signed.at("/issuer/id").asText()).isEqualTo(ISSUER.did());
        assertThat(signed.at("/issuer/name").asText()).isEqualTo("A");
        assertThat(unsigned.at("/issuer/id").asText()).isEqualTo("did:example:1");
        assertThat(unsigned.has("proof")).isFalse();
    }

    @Test
    void each_check_says_what_it_found() {
        assertThat(ISSUER.verify(ISSUER.issue(changed("{}"), false, NOW), NOW))
                .contains(
                        new Check("data model", true, "It is as the data model requires."),
                        new Check("dates", true, "Today is within its dates."),
                        new Check("status", true, "It names no list in which it could be revoked."));
        var wrong = ISSUER.issue(changed("{}"), false, NOW).put("id", "no url");
        assertThat(ISSUER.verify(wrong, NOW))
                .contains(new Check("data model", false, "id is not one URL (§4.4)"))
                .extracting(Check::name)
                .doesNotContain("status");
        assertThat(ISSUER.verify(Stranger.JSON.createArrayNode(), NOW))
                .containsExactly(new Check("readable", false, "It is a list; show one credential at a time."));
    }

    @Test
    void it_is_within_its_dates_from_the_first_moment_to_before_the_last() {
        var signed = ISSUER.issue(
                changed("{'validFrom':'2026-01-01T00:00:00Z','validUntil':'2027-01-01T00:00:00Z'}"), false, NOW);
        var over = new Check("dates", false, "Today is not within its dates.");
        assertThat(dates(signed, "2025-12-31T23:59:59.999Z")).isEqualTo(over);
        assertThat(dates(signed, "2026-01-01T00:00:00Z").isPassed()).isTrue();
        assertThat(dates(signed, "2026-12-31T23:59:59.999Z").isPassed()).isTrue();
        assertThat(dates(signed, "2027-01-01T00:00:00Z")).isEqualTo(over);
        assertThat(dates(signed.put("validFrom", "once"), "2026-06-01T00:00:00Z"))
                .isEqualTo(new Check("dates", false, "Its dates cannot be read."));
    }

    @Test
    void a_token_is_read_in_its_envelope_and_alone_and_an_envelope_of_something_else_is_not() {
        var enveloped = ISSUER.issue(changed("{}"), true, NOW);
        var token = enveloped.path("id").asText().substring("data:application/vc+jwt,".length());
        assertThat(ISSUER.verify(enveloped, NOW)).allMatch(Check::isPassed);
        var listed = enveloped.deepCopy();
        listed.putArray("type").add("EnvelopedVerifiableCredential");
        assertThat(ISSUER.verify(listed, NOW)).allMatch(Check::isPassed);
        assertThat(ISSUER.verify(Stranger.JSON.getNodeFactory().textNode(token), NOW))
                .allMatch(Check::isPassed);
        assertThat(ISSUER.verify(enveloped.deepCopy().put("type", "VerifiableCredential"), NOW))
                .anyMatch(Check::isFailed);
        assertThat(ISSUER.verify(enveloped.deepCopy().put("id", "data:text/plain,        " + token), NOW))
                .anyMatch(Check::isFailed);
    }

    @Test
    void whether_it_was_revoked_is_asked_of_its_list() {
        SCHOOL.published.put("/issuer/status", SCHOOL.proved(SCHOOL.list(List.of(7), "revocation")));
        assertThat(ISSUER.verify(Stranger.json(SCHOOL.proved(SCHOOL.credential())), NOW))
                .contains(new Check("status", false, "Its issuer has revoked it."));
    }

    private static Check dates(ObjectNode signed, String at) {
        return ISSUER.verify(signed, Instant.parse(at)).stream()
                .filter(check -> check.name().equals("dates"))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode payload(ObjectNode enveloped) {
        var token = enveloped.path("id").asText();
        return Stranger.json(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private static ObjectNode changed(String change) {
        return TestIssuerTest.changed(WHOLE, change);
    }
}

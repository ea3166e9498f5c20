package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.cairn.Problem;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.testing.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the W3C's suites for the data model (vc-data-model-2.0-test-suite) and for proofs (vc-di-eddsa-test-suite), in our words. */
class TestIssuerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private static final TestIssuer ISSUER =
            new TestIssuer(PublishedFiles::fetch, new Standards(PublishedFiles::fetch, null, new SettableClock()));

    /** With single quotes for double ones. */
    private static final String WHOLE = """
            {'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:uuid:1','type':['VerifiableCredential'],
             'issuer':'did:example:somebody','credentialSubject':{'id':'did:example:subject'}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'@context':['https://www.w3.org/ns/credentials/v2','https://www.w3.org/ns/credentials/examples/v2'],"
                        + "'type':['VerifiableCredential','ExampleDegreeCredential'],'credentialSubject':{'id':'did:example:1','alumniOf':'Ü'}}",
                "{'@context':['https://www.w3.org/ns/credentials/v2',{'Own':'https://a.example/Own'}],'type':['VerifiableCredential','Own']}",
                "{'type':'VerifiableCredential'}",
                "{'issuer':{'id':'did:example:1','name':'A'}}",
                "{'name':'A name','description':'Words'}",
                "{'name':{'@value':'Ein Name','@language':'de'}}",
                "{'name':{'@value':'اسم','@language':'ar','@direction':'rtl'}}",
                "{'description':[{'@value':'One','@language':'en'},{'@value':'Eins','@language':'de'}]}",
                "{'validFrom':'2026-01-01T00:00:00Z','validUntil':'2027-01-01T00:00:00+02:00'}",
                "{'validFrom':'2026-01-01T00:00:00.123Z'}",
                "{'credentialSubject':[{'id':'did:example:1'},{'id':'did:example:2'}]}",
                "{'credentialSchema':{'id':'https://a.example/schema','type':'JsonSchema'}}",
                "{'termsOfUse':[{'id':'https://a.example/1','type':'https://a.example/Terms'}]}",
                "{'evidence':{'type':['https://a.example/Evidence']}}",
                "{'refreshService':{'type':'https://a.example/Refresh'}}",
                "{'relatedResource':[{'id':'https://a.example/r','digestSRI':'sha384-abc'}]}"
            })
    void what_the_data_model_allows_is_signed_in_both_forms_and_verified(String change) {
        var credential = changed(change);
        var proved = ISSUER.issue(credential, false, NOW);
        assertThat(issuer(proved)).isEqualTo(ISSUER.did());
        assertThat(proved.at("/proof/cryptosuite").asText()).isEqualTo("eddsa-rdfc-2022");
        assertThat(failed(ISSUER.verify(proved, NOW))).isEmpty();
        var enveloped = ISSUER.issue(credential, true, NOW);
        assertThat(enveloped.path("id").asText()).startsWith("data:application/vc+jwt,");
        assertThat(failed(ISSUER.verify(enveloped, NOW))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'@context':null}",
                "{'@context':'https://www.w3.org/ns/credentials/v2'}",
                "{'@context':[]}",
                "{'@context':['https://www.w3.org/ns/credentials/examples/v2']}",
                "{'@context':['https://www.w3.org/ns/credentials/examples/v2','https://www.w3.org/ns/credentials/v2']}",
                "{'@context':['https://www.w3.org/ns/credentials/v2','https ://not-a-url/contexts/example/v1']}",
                "{'@context':['https://www.w3.org/ns/credentials/v2',123192875]}",
                "{'@context':['https://www.w3.org/ns/credentials/v2','https://nobody.example/v1']}",
                "{'id':'not a url'}",
                "{'id':['urn:uuid:1','urn:uuid:2']}",
                "{'id':5}",
                "{'type':null}",
                "{'type':[]}",
                "{'type':['ExampleTestCredential']}",
                "{'type':['VerifiableCredential','Unmapped']}",
                "{'type':['VerifiableCredential',5]}",
                "{'issuer':null}",
                "{'issuer':'not a url'}",
                "{'issuer':{'name':'no id'}}",
                "{'issuer':{'id':7}}",
                "{'issuer':['did:example:1']}",
                "{'issuer':{'id':'did:example:1','name':{'@value':'A','@language':'en','url':'b'}}}",
                "{'credentialSubject':null}",
                "{'credentialSubject':{}}",
                "{'credentialSubject':[]}",
                "{'credentialSubject':[{'id':'did:example:1'},{}]}",
                "{'credentialSubject':'did:example:subject'}",
                "{'credentialSubject':{'id':'not a url'}}",
                "{'credentialSubject':{'id':['did:example:1','did:example:2']}}",
                "{'validFrom':'yesterday'}",
                "{'validFrom':'2026-01-01'}",
                "{'validFrom':'2026-01-01T00:00:00'}",
                "{'validFrom':'2026-13-41T00:00:00Z'}",
                "{'validFrom':1767225600}",
                "{'validUntil':'2026-01-01T00:00:00'}",
                "{'validFrom':'2026-01-02T00:00:00Z','validUntil':'2026-01-01T00:00:00Z'}",
                "{'credentialStatus':{'id':'https://a.example/1'}}",
                "{'credentialStatus':{'id':'not a url','type':'BitstringStatusListEntry'}}",
                "{'credentialSchema':{'id':'https://a.example/1'}}",
                "{'credentialSchema':{'type':'JsonSchema'}}",
                "{'credentialSchema':{'id':123,'type':'JsonSchema'}}",
                "{'termsOfUse':[{'id':'https://a.example/1'}]}",
                "{'evidence':{'id':'https://a.example/1'}}",
                "{'refreshService':{'id':'https://a.example/1'}}",
                "{'relatedResource':[{'digestSRI':'sha384-abc'}]}",
                "{'relatedResource':[{'id':'https://a.example/r'}]}",
                "{'relatedResource':[{'id':'https://a.example/r','digestSRI':'a'},{'id':'https://a.example/r','digestSRI':'a'}]}",
                "{'name':{'@value':'A','@language':'en','extra':'b'}}",
                "{'description':5}",
                "{'proof':{'type':'DataIntegrityProof'}}",
                "{'surprise':1}",
                "{'credentialSubject':{'id':'did:example:1','surprise':true}}"
            })
    void what_the_data_model_forbids_is_refused_and_not_signed(String change) {
        for (var asToken : List.of(false, true)) {
            assertThatThrownBy(() -> ISSUER.issue(changed(change), asToken, NOW))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.MALFORMED));
        }
    }

    @Test
    void a_refusal_says_what_is_wrong_and_where_the_specification_says_so() {
        assertThatThrownBy(() -> ISSUER.issue(changed("{'credentialSubject':{'id':'not a url'}}"), false, NOW))
                .hasMessageContaining("credentialSubject.id is not one URL (§4.4)");
    }

    @Test
    void whatever_is_altered_under_a_proof_is_found() {
        List<Consumer<ObjectNode>> changes = List.of(
                json -> json.put("id", "urn:uuid:2"),
                json -> json.put("issuer", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
                json -> json.put("validUntil", "2099-01-01T00:00:00Z"),
                json -> json.putObject("credentialSubject").put("id", "did:example:other"),
                json -> json.remove("proof"),
                json -> proof(json).remove("proofValue"),
                json -> proof(json)
                        .put(
                                "proofValue",
                                proof(json).path("proofValue").asText().substring(1)),
                json -> proof(json).put("proofValue", "z0"),
                json -> proof(json).put("type", "UnknownProof"),
                json -> proof(json).remove("type"),
                json -> proof(json).put("cryptosuite", "eddsa-jcs-2022"),
                json -> proof(json).remove("cryptosuite"),
                json -> proof(json).put("proofPurpose", "authentication"),
                json -> proof(json).remove("proofPurpose"),
                json -> proof(json).put("verificationMethod", ISSUER.did()),
                json -> proof(json).remove("verificationMethod"),
                json -> proof(json).put("created", "2020-01-01T00:00:00Z"),
                json -> proof(json).put("created", "yesterday"),
                json -> proof(json).put("expires", "2026-01-01T00:00:00Z"),
                json -> proof(json).put("domain", "a.example"));
        for (int i = 0; i < changes.size(); i++) {
            var signed = ISSUER.issue(changed("{}"), false, NOW);
            changes.get(i).accept(signed);
            assertThat(failed(ISSUER.verify(signed, NOW))).as("change %d", i).isNotEmpty();
        }
    }

    @Test
    void a_token_that_was_altered_or_is_none_is_refused() {
        var enveloped = ISSUER.issue(changed("{}"), true, NOW);
        var id = enveloped.path("id").asText();
        for (var other : List.of(id.substring(0, id.length() - 3) + "AAA", "data:text/plain,hello", "urn:uuid:1", "")) {
            assertThat(failed(ISSUER.verify(enveloped.deepCopy().put("id", other), NOW)))
                    .as(other)
                    .isNotEmpty();
        }
    }

    @Test
    void what_is_over_or_has_not_begun_is_signed_and_not_verified() {
        for (var dates : List.of("{'validUntil':'2026-01-01T00:00:00Z'}", "{'validFrom':'2027-01-01T00:00:00Z'}")) {
            assertThat(failed(ISSUER.verify(ISSUER.issue(changed(dates), false, NOW), NOW)))
                    .containsExactly("dates");
        }
    }

    private static List<String> failed(List<Check> checks) {
        return checks.stream()
                .filter(check -> !check.isPassed())
                .map(Check::name)
                .toList();
    }

    private static ObjectNode proof(ObjectNode credential) {
        return (ObjectNode) credential.get("proof");
    }

    private static String issuer(JsonNode credential) {
        var issuer = credential.path("issuer");
        return issuer.isTextual() ? issuer.asText() : issuer.path("id").asText();
    }

    /** The whole one with these members in place of its own; null takes one away. */
    private static ObjectNode changed(String change) {
        return changed(WHOLE, change);
    }

    static ObjectNode changed(String whole, String change) {
        var credential = Stranger.json(whole.replace('\'', '"'));
        Stranger.json(change.replace('\'', '"')).properties().forEach(member -> {
            if (member.getValue().isNull()) {
                credential.remove(member.getKey());
            } else {
                credential.set(member.getKey(), member.getValue());
            }
        });
        return credential;
    }
}

package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.cairn.openbadges.verification.Verification.Check;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature says, and what it says nothing of. */
class SignaturesTest {

    private static final Stranger SCHOOL = new Stranger();

    private static final Check SIGNED =
            new Check("signature", true, "It was signed with a key of its issuer and not changed since.");
    private static final Check CHANGED =
            new Check("signature", false, "The signature is not one of its issuer's, or the text was changed.");
    private static final Check OUT_OF_TIME =
            new Check("signature", false, "Its proof has no time that can be read, or its time is over.");

    @AfterAll
    static void close() {
        SCHOOL.close();
    }

    @Test
    void a_proof_stands_until_the_moment_at_which_it_expires() {
        assertThat(proved(p -> p.put("expires", Stranger.TODAY.plusNanos(1).toString())))
                .isEqualTo(SIGNED);
        assertThat(proved(p -> p.put("expires", Stranger.TODAY.toString()))).isEqualTo(OUT_OF_TIME);
        assertThat(proved(p -> p.put("expires", "never"))).isEqualTo(OUT_OF_TIME);
        assertThat(proved(p -> p.put("created", "once"))).isEqualTo(OUT_OF_TIME);
        assertThat(proved(p -> p.remove("created"))).isEqualTo(SIGNED);
    }

    @Test
    void a_proof_of_another_kind_is_not_read_and_not_called_wrong() {
        var another = new Check("signature", null, "It is signed in a way that is not read here; eddsa-rdfc-2022 is.");
        for (var change : List.<Consumer<ObjectNode>>of(
                p -> p.put("type", "Ed25519Signature2020"),
                p -> p.put("cryptosuite", "eddsa-jcs-2022"),
                p -> p.put("previousProof", "urn:uuid:1"))) {
            var credential = Stranger.json(SCHOOL.proved(SCHOOL.credential()));
            change.accept((ObjectNode) credential.get("proof"));
            assertThat(signature(credential)).isEqualTo(another);
        }
    }

    @Test
    void a_proof_that_names_vocabularies_names_those_of_its_document() {
        var context = SCHOOL.credential().get("@context");
        assertThat(proved(p -> p.set("@context", context))).isEqualTo(SIGNED);
        assertThat(proved(p -> p.set("@context", context.get(0))))
                .isEqualTo(new Check("signature", false, "Its proof was made for other vocabularies than it names."));
    }

    @Test
    void one_proof_in_a_list_is_one_and_two_or_none_are_not() {
        var none = new Check(
                "signature", false, "It carries no proof, or several: it is not signed in a way that can be checked.");
        var credential = Stranger.json(SCHOOL.proved(SCHOOL.credential()));
        var proof = credential.remove("proof");
        assertThat(signature(credential.deepCopy().set("proof", list(proof)))).isEqualTo(SIGNED);
        assertThat(signature(credential.deepCopy().set("proof", list(proof, proof))))
                .isEqualTo(none);
        assertThat(signature(credential.deepCopy().set("proof", list()))).isEqualTo(none);
        assertThat(signature(credential.deepCopy().put("proof", "z1"))).isEqualTo(none);
        assertThat(signature(credential)).isEqualTo(none);
    }

    @Test
    void a_proof_that_says_one_thing_is_a_proof() {
        var credential = SCHOOL.credential();
        credential.putObject("proof").put("type", "DataIntegrityProof");
        assertThat(signature(credential).sentence()).doesNotContain("no proof");
        credential.putObject("proof").put("verificationMethod", SCHOOL.issuer() + "#ed");
        assertThat(signature(credential).passed()).isNull();
    }

    @Test
    void a_proof_by_a_key_for_tokens_is_none() {
        assertThat(proved(p -> p.put("verificationMethod", SCHOOL.issuer() + "#ec")))
                .isEqualTo(CHANGED);
    }

    @Test
    void where_the_words_are_not_known_the_signature_is_not() {
        var credential = SCHOOL.credential();
        credential.withArray("@context").add("https://evil.example.com/context.json");
        var proof = SCHOOL.proof(SCHOOL.issuer() + "#ed").put("proofValue", "z1");
        assertThat(signature(credential.set("proof", proof)))
                .isEqualTo(new Check(
                        "signature",
                        null,
                        "The signature could not be checked. It uses words of a vocabulary that is not known here:"
                                + " https://evil.example.com/context.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "z", "z0OIl", "u" + "QUJD", "not a value"})
    void a_value_that_is_none_signs_nothing(String value) {
        var credential = Stranger.json(SCHOOL.proved(SCHOOL.credential()));
        ((ObjectNode) credential.get("proof")).put("proofValue", value);
        assertThat(signature(credential)).isEqualTo(CHANGED);
    }

    @Test
    void a_token_may_be_signed_with_an_edwards_key_under_its_own_algorithm() {
        var payload = Stranger.payload(SCHOOL.credential());
        var kid = SCHOOL.issuer() + "#ed";
        assertThat(signature(Stranger.token(payload, Stranger.header("EdDSA", kid), "Ed25519", SCHOOL.edwards)))
                .isEqualTo(SIGNED);
        assertThat(signature(Stranger.token(payload, Stranger.header("ES256", kid), "Ed25519", SCHOOL.edwards)))
                .isEqualTo(CHANGED);
        assertThat(signature(Stranger.token(
                        payload, Stranger.header("EdDSA", SCHOOL.issuer() + "#ec"), "Ed25519", SCHOOL.edwards)))
                .isEqualTo(CHANGED);
        try (var other = new Stranger()) {
            assertThat(signature(Stranger.token(payload, Stranger.header("EdDSA", kid), "Ed25519", other.edwards)))
                    .isEqualTo(CHANGED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u", "x5c", "jwk", "b64", "cty"})
    void a_header_with_more_than_it_needs_is_refused(String member) {
        var header = Stranger.header("ES256", SCHOOL.issuer() + "#ec").put(member, "x");
        assertThat(signature(Stranger.token(
                        Stranger.payload(SCHOOL.credential()), header, "SHA256withECDSAinP1363Format", SCHOOL.curve)))
                .isEqualTo(new Check(
                        "signature",
                        false,
                        "Its header asks for what the header of a credential must not (Open Badges 3.0 §8.2.4.1)."));
    }

    @Test
    void a_header_needs_no_type() {
        var header = Stranger.header("ES256", SCHOOL.issuer() + "#ec");
        header.remove("typ");
        assertThat(signature(Stranger.token(
                        Stranger.payload(SCHOOL.credential()), header, "SHA256withECDSAinP1363Format", SCHOOL.curve)))
                .isEqualTo(SIGNED);
    }

    @Test
    void an_issuer_is_called_by_its_name_or_else_by_its_address() {
        var credential = SCHOOL.credential().put("issuer", SCHOOL.issuer());
        assertThat(check(SCHOOL.proved(credential), "issuer").sentence())
                .isEqualTo("Its issuer, %s, names this key as its own.".formatted(SCHOOL.issuer()));
    }

    @Test
    void without_an_answer_of_the_issuer_neither_its_key_nor_the_signature_is_known() {
        try (var gone = new Stranger()) {
            var credential = gone.proved(gone.credential());
            gone.published.clear();
            var verification = gone.judged(credential);
            assertThat(verification.verdict()).isEqualTo(Verification.Verdict.UNCHECKED);
            assertThat(verification.checks())
                    .contains(
                            new Check(
                                    "signature", null, "The signature could not be checked without the issuer's key."),
                            new Check("issuer", null, "Its issuer's keys could not be fetched: Not there."));
        }
    }

    /** The check of a credential whose proof was made to say this, and signed like that. */
    private static Check proved(Consumer<ObjectNode> change) {
        var proof = SCHOOL.proof(SCHOOL.issuer() + "#ed");
        change.accept(proof);
        return signature(SCHOOL.proved(SCHOOL.credential(), proof, SCHOOL.edwards));
    }

    private static ArrayNode list(JsonNode... items) {
        return Stranger.JSON.createArrayNode().addAll(List.of(items));
    }

    private static Check signature(Object shown) {
        return check(shown.toString(), "signature");
    }

    private static Check check(String shown, String name) {
        return SCHOOL.judged(shown).checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

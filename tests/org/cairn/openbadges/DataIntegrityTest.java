package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import org.cairn.keys.SigningKey;
import org.junit.jupiter.api.Test;

/** A proof covers its document and its own options, byte for byte, and nothing that has no meaning is ever proved. */
class DataIntegrityTest {

    private static final SigningKey KEY = SigningKey.ofSeed("01".repeat(32));
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00.75Z");
    private static final String METHOD = "https://school.example/issuer#1";

    @Test
    void a_proof_says_how_it_was_made_and_is_the_same_each_time() {
        var document = document();
        DataIntegrity.prove(document, METHOD, KEY, NOW);
        var proof = document.get("proof");
        assertThat(proof.toString().replaceFirst("z[1-9A-Za-z]+", "z"))
                .isEqualTo(
                        ("{'type':'DataIntegrityProof','cryptosuite':'eddsa-rdfc-2022','created':'2026-11-24T09:00:00Z',"
                                        + "'verificationMethod':'" + METHOD
                                        + "','proofPurpose':'assertionMethod','proofValue':'z'}")
                                .replace('\'', '"'));
        assertThat(proof.get("proofValue").asText())
                .isEqualTo(DataIntegrity.proofValue(canonical(document()), canonical(options()), KEY));
    }

    @Test
    void it_is_of_this_document_under_these_options_by_this_key_and_of_no_other() {
        byte[] value = Multibase.BASE_58_BTC.decode(
                DataIntegrity.proofValue(canonical(document()), canonical(options()), KEY));
        var document = canonical(document());
        var options = canonical(options());
        assertThat(DataIntegrity.isSigned(document, options, value, raw(KEY))).isTrue();
        assertThat(DataIntegrity.isSigned(document + " ", options, value, raw(KEY)))
                .isFalse();
        assertThat(DataIntegrity.isSigned(document, options + " ", value, raw(KEY)))
                .isFalse();
        assertThat(DataIntegrity.isSigned(options, document, value, raw(KEY))).isFalse();
        assertThat(DataIntegrity.isSigned(document, options, value, raw(SigningKey.ofSeed("02".repeat(32)))))
                .isFalse();
        assertThat(DataIntegrity.isSigned(document, options, Arrays.copyOf(value, 63), raw(KEY)))
                .isFalse();
        assertThat(DataIntegrity.isSigned(document, options, Arrays.copyOf(value, 65), raw(KEY)))
                .isFalse();
        assertThat(DataIntegrity.isSigned(document, options, new byte[0], raw(KEY)))
                .isFalse();
    }

    /** Data Integrity EdDSA Cryptosuites 1.0 §3.2.4: the digest of the options, then that of the document. */
    @Test
    void what_is_signed_is_two_digests() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        byte[] both = new byte[64];
        System.arraycopy(digest.digest("options".getBytes(StandardCharsets.UTF_8)), 0, both, 0, 32);
        System.arraycopy(digest.digest("document ä".getBytes(StandardCharsets.UTF_8)), 0, both, 32, 32);
        assertThat(DataIntegrity.proofValue("document ä", "options", KEY))
                .isEqualTo(Multibase.BASE_58_BTC.encode(KEY.sign(both)));
    }

    @Test
    void our_straight_way_and_the_general_one_come_to_the_same_text() {
        assertThat(DataIntegrity.canonical(document()))
                .isEqualTo(DataIntegrity.canonical(document().toString(), new Contexts()))
                .isEqualTo("<urn:uuid:1> <https://schema.org/name> \"Löten\" .\n");
        var general = json(
                "{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:uuid:1','name':{'@value':'Löten','@language':'de'}}");
        assertThat(DataIntegrity.canonical(general))
                .isEqualTo("<urn:uuid:1> <https://schema.org/name> \"Löten\"@de .\n");
    }

    @Test
    void what_is_not_defined_has_no_canonical_text() {
        assertThatThrownBy(() -> DataIntegrity.canonical(document().put("surprise", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The document cannot be put into canonical form.");
        assertThatThrownBy(() -> DataIntegrity.prove(document().put("surprise", 1), METHOD, KEY, NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Counted and not timed, so a document that is refused once always is: this one of nine alike, by both ways. */
    @Test
    void a_document_that_was_made_to_take_for_ever_is_refused_and_a_small_one_of_the_kind_is_not() {
        assertThat(DataIntegrity.canonical(alike(3))).contains("_:c14n2");
        assertThatThrownBy(() -> DataIntegrity.canonical(alike(12)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The document was made to take very long.");
        assertThatThrownBy(() -> DataIntegrity.canonical(alike(12).toString(), new Contexts()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The document was made to take very long.");
    }

    /** So many nodes, each of which names all. */
    private static ObjectNode alike(int number) {
        var document = json(
                "{'@context':['https://www.w3.org/ns/credentials/v2',{'knows':{'@id':'https://a.example/knows','@type':'@id'}}],'id':'urn:uuid:1'}");
        var nodes = document.putArray("knows");
        for (int from = 0; from < number; from++) {
            var known = nodes.addObject().put("id", "_:n" + from).putArray("knows");
            for (int to = 0; to < number; to++) {
                known.addObject().put("id", "_:n" + to).put("name", "x");
            }
        }
        return document;
    }

    private static ObjectNode document() {
        return json("{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:uuid:1','name':'Löten'}");
    }

    private static ObjectNode options() {
        var options = DataIntegrity.options(METHOD, NOW);
        options.set("@context", document().get("@context"));
        return options;
    }

    private static String canonical(ObjectNode json) {
        return DataIntegrity.canonical(json);
    }

    private static byte[] raw(SigningKey key) {
        byte[] encoded = key.published().key().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static ObjectNode json(String text) {
        return CredentialJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

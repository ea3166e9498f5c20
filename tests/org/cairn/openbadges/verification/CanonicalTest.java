package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.cairn.Problem;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of a document is in its canonical form, or the document has none. */
class CanonicalTest {

    private static final String VC = "https://www.w3.org/ns/credentials/v2";

    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    static void published() {
        Shared.folder();
    }

    @Test
    void what_our_own_tables_know_is_put_into_canonical_form_and_nobody_is_asked() throws Exception {
        assertThat(of("{'@context':['%s'],'id':'urn:x:1','name':'Löten'}".formatted(VC)))
                .containsExactly("<urn:x:1> <https://schema.org/name> \"Löten\" .\n");
        assertThat(asked).isEmpty();
    }

    @Test
    void what_they_do_not_know_is_looked_up_in_the_published_vocabulary() throws Exception {
        assertThat(of("{'@context':['%s'],'id':'urn:x:1','mediaType':'text/plain'}".formatted(VC)))
                .containsExactly("<urn:x:1> <https://schema.org/encodingFormat> \"text/plain\" .\n");
        assertThat(asked).containsExactly(VC);
    }

    @Test
    void each_document_has_its_own_text_in_order() throws Exception {
        var first = Stranger.json(
                "{'@context':['%s'],'id':'urn:x:1','name':'A'}".formatted(VC).replace('\'', '"'));
        var second = first.deepCopy().put("name", "B");
        assertThat(canonical().of(List.of(first, second)))
                .containsExactly(
                        "<urn:x:1> <https://schema.org/name> \"A\" .\n",
                        "<urn:x:1> <https://schema.org/name> \"B\" .\n");
    }

    @Test
    void a_word_of_the_examples_is_one_of_their_vocabulary() throws Exception {
        assertThat(of(
                        "{'@context':['%s','https://www.w3.org/ns/credentials/examples/v2'],'id':'urn:x:1','alumniOf':'X'}"
                                .formatted(VC)))
                .containsExactly("<urn:x:1> <https://www.w3.org/ns/credentials/examples#alumniOf> \"X\" .\n");
    }

    @Test
    void a_vocabulary_that_is_not_known_or_not_to_be_had_leaves_it_unknown() {
        unavailable(
                "It uses words of a vocabulary that is not known here: https://evil.example/v1",
                "{'@context':['%s','https://evil.example/v1'],'id':'urn:x:1'}".formatted(VC));
        unavailable(
                "It uses words of a vocabulary that is not known here: https://evil.example/v1",
                "{'@context':['%s'],'id':'urn:x:1','credentialSubject':{'@context':'https://evil.example/v1'}}"
                        .formatted(VC));
        unavailable(
                "It uses words of a vocabulary that is not known here: https://evil.example/v1",
                "{'@context':['%s'],'credentialSubject':[{'id':'urn:x:1'},{'@context':'https://evil.example/v1'}]}"
                        .formatted(VC));
        var nobody = new Standards(
                address -> {
                    throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
                },
                null,
                new SettableClock());
        assertThatThrownBy(() -> new Canonical(nobody)
                        .of(List.of(json("{'@context':['%s'],'id':'urn:x:1','mediaType':'text/plain'}".formatted(VC)))))
                .isInstanceOf(Canonical.Unavailable.class)
                .hasMessage("The vocabulary " + VC + " could not be fetched as it was published.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'own':'https://a.example/own'}",
                "{'own':{'@id':'https://a.example/own'}}",
                "{'own':{'@id':'https://a.example/own','@type':'@json'}}",
                "{'own':{'@id':'https://a.example/own','@type':'@id'}}",
                "{'own':{'@id':'https://a.example/own','@type':'http://www.w3.org/2001/XMLSchema#string'}}"
            })
    void a_word_of_its_own_that_has_an_address_is_read(String own) throws Exception {
        var value = own.contains("@id'}}") && own.contains("@type") ? "urn:x:2" : "v";
        assertThat(of("{'@context':['%s',%s],'id':'urn:x:1','own':'%s'}".formatted(VC, own, value))
                        .getFirst())
                .startsWith("<urn:x:1> <https://a.example/own> ")
                .contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "{'own':'no address'}",
                "{'own':''}",
                "{'own':5}",
                "{'own':null}",
                "{'':'https://a.example/own'}",
                "{'@vocab':'https://a.example/'}",
                "{'a:b':'https://a.example/own'}",
                "{':b':'https://a.example/own'}",
                "{'a@b':'https://a.example/own'}",
                "{'a:b':{'@id':'https://a.example/own'}}",
                "{'':{'@id':'https://a.example/own'}}",
                "{'own':{'@id':'no address'}}",
                "{'own':{'@type':'@id'}}",
                "{'own':{'@id':'https://a.example/own','@container':'@list'}}",
                "{'own':{'@id':'https://a.example/own','@type':'@vocab'}}",
                "{'own':'https://a.example/own','other':{'@reverse':'https://a.example/own'}}"
            })
    void a_word_of_its_own_that_is_more_than_that_is_not(String own) {
        unavailable(
                "It defines words of its own in a way that is not read here.",
                "{'@context':['%s',%s],'id':'urn:x:1'}".formatted(VC, own));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a word that nothing defines                 | {'id':'urn:x:1','surprise':1}
            a type that nothing defines                 | {'id':'urn:x:1','type':['Doctorate']}
            a name of JSON-LD's own                     | {'@id':'urn:x:1'}
            a name of JSON-LD's own, further down       | {'id':'urn:x:1','credentialSubject':{'@graph':[]}}
            a name of JSON-LD's own, in a list          | {'id':'urn:x:1','credentialSubject':[{'id':'urn:x:2'},{'@reverse':{}}]}
            an id that is no address                    | {'id':'gold.png','name':'x'}
            an id with more behind it                   | {'id':'urn:x:1> <urn:p> <urn:o','name':'x'}
            an id that is empty                         | {'id':'','name':'x'}
            an id of the form of a keyword              | {'id':'@own','name':'x'}
            a word with a space in its address          | {'id':'urn:x:1','a:b c':'x'}
            a word of no address without a value        | {'id':'urn:x:1','a:b c':null}
            a word of no address without one, in a list | {'id':'urn:x:1','credentialSubject':[{'id':'urn:x:2','://x':null}]}
            a word that nothing defines without a value | {'id':'urn:x:1','surprise':null}
            a blank name without a value                | {'id':'urn:x:1','_:b':null}
            a word that is a blank name                 | {'id':'urn:x:1','_:b':'x'}
            a word in a proof                           | {'id':'urn:x:1','type':['VerifiableCredential'],'proof':{'id':'urn:x:2','a:b c':'x'}}
            a language that is none                     | {'id':'urn:x:1','name':{'@value':'x','@language':'no language'}}
            a language that is too long                 | {'id':'urn:x:1','name':{'@value':'x','@language':'abcdefghi'}}
            """)
    void what_a_reader_would_leave_out_is_an_error(String what, String members) {
        assertThatThrownBy(() -> of("{'@context':['%s'],%s".formatted(VC, members.substring(1))))
                .as(what)
                .isInstanceOf(Canonical.Undefined.class);
    }

    @Test
    void a_known_vocabulary_beside_our_own_is_read_and_so_is_what_a_graph_holds() throws Exception {
        assertThat(of(
                        "{'@context':['%s','https://purl.imsglobal.org/spec/ob/v3p0/context.json'],'id':'urn:x:1','name':'A'}"
                                .formatted(VC)))
                .containsExactly("<urn:x:1> <https://schema.org/name> \"A\" .\n");
        assertThat(
                        of("{'@context':['%s'],'id':'urn:x:1','type':['VerifiableCredential'],'proof':{'id':'urn:x:2','type':'DataIntegrityProof'}}"
                                        .formatted(VC))
                                .getFirst())
                .contains("<urn:x:1> <https://w3id.org/security#proof> _:c14n0 .")
                .contains("<urn:x:2>");
    }

    @Test
    void a_word_that_has_a_meaning_and_no_value_says_nothing() throws Exception {
        var without = of("{'@context':['%s'],'id':'urn:x:1','name':'x'}".formatted(VC));
        assertThat(of("{'@context':['%s'],'id':'urn:x:1','name':'x','description':null,'urn:own':null}".formatted(VC)))
                .isEqualTo(without);
    }

    @Test
    void inside_of_plain_json_names_are_whatever_they_are() throws Exception {
        var own = "{'own':{'@id':'https://a.example/own','@type':'@json'}}";
        assertThat(of("{'@context':['%s',%s],'id':'urn:x:1','own':{'a b:c':1}}".formatted(VC, own))
                        .getFirst())
                .contains("a b:c");
    }

    @Test
    void a_blank_name_and_a_language_are_whole() throws Exception {
        assertThat(of("{'@context':['%s'],'id':'_:a.b-1','name':{'@value':'x','@language':'de-AT'}}".formatted(VC)))
                .containsExactly("_:c14n0 <https://schema.org/name> \"x\"@de-at .\n");
    }

    private void unavailable(String sentence, String text) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(Canonical.Unavailable.class)
                .hasMessage(sentence);
    }

    private List<String> of(String text) throws Exception {
        return canonical().of(List.of(json(text)));
    }

    private Canonical canonical() {
        return new Canonical(new Standards(this::fetch, null, new SettableClock()));
    }

    private byte[] fetch(URI address) {
        asked.add(address.toString());
        return PublishedFiles.fetch(address);
    }

    private static ObjectNode json(String text) {
        return Stranger.json(text.replace('\'', '"'));
    }
}

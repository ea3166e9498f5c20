package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.rdf.api.RdfQuadConsumer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our straight way says of a document, statement by statement, and what it leaves to the library. */
class PlainQuadsTest {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema#";

    /** The value of a word of its own, and how it is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'https://a.example/own'                                  | 'x'               | x string
            'https://a.example/own'                                  | true              | true boolean
            'https://a.example/own'                                  | 5                 | 5 integer
            'https://a.example/own'                                  | 5.0               | 5 integer
            'https://a.example/own'                                  | 0.5               | 5.0E-1 double
            'https://a.example/own'                                  | 999999999999999   | 999999999999999 integer
            'https://a.example/own'                                  | -999999999999999  | -999999999999999 integer
            {'@id':'https://a.example/own'}                          | 'x'               | x string
            {'@id':'https://a.example/own','@type':'@id'}            | 'urn:y'           | urn:y null
            {'@id':'https://a.example/own','@type':'http://t.example/t'} | 'x'           | x http://t.example/t
            {'@id':'https://a.example/own','@type':'http://t.example/t'} | 5             | 5 http://t.example/t
            {'@id':'https://a.example/own','@type':'http://t.example/t'} | true          | true http://t.example/t
            {'@id':'https://a.example/own','@type':'@json'}          | {'b':1,'a':[2]}   | {"a":[2],"b":1} http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON
            {'@id':'https://a.example/own','@type':'@json'}          | [1]               | [1] http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON
            """)
    void a_value_is_said_as_its_word_has_it(String own, String value, String said) throws Exception {
        assertThat(said(document(own, value)))
                .containsExactly("urn:x:1 https://a.example/own "
                        + said.replaceFirst("(?<= )(string|boolean|integer|double)$", XSD + "$1"));
    }

    @Test
    void values_in_a_list_are_said_one_by_one_and_nodes_without_a_name_get_one() throws Exception {
        assertThat(said(document("'https://a.example/own'", "['x',{'own':'y'},{'id':'urn:x:2'},{'own':'z'}]")))
                .containsExactly(
                        "urn:x:1 https://a.example/own x " + XSD + "string",
                        "_:b0 https://a.example/own y " + XSD + "string",
                        "urn:x:1 https://a.example/own _:b0 null",
                        "urn:x:1 https://a.example/own urn:x:2 null",
                        "_:b1 https://a.example/own z " + XSD + "string",
                        "urn:x:1 https://a.example/own _:b1 null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'https://a.example/own'                                  | null
            'https://a.example/own'                                  | 1000000000000000
            'https://a.example/own'                                  | -1000000000000000
            {'@id':'https://a.example/own','@type':'@id'}            | 5
            {'@id':'https://a.example/own','@type':'@id'}            | true
            {'@id':'https://a.example/own','@type':'@id'}            | null
            {'@id':'https://a.example/own','@type':'@id'}            | 'no address'
            {'@id':'https://a.example/own','@type':'@vocab'}         | 'x'
            {'@id':'https://a.example/own','@type':'@vocab','@context':{'x':'urn:y'}} | 'x'
            {'@id':'https://a.example/own','@container':'@list'}     | 'x'
            {'@id':'https://a.example/own','@container':'@set'}      | 'x'
            {'@id':'https://a.example/own','@prefix':true}           | 'x'
            {'@prefix':true,'@id':'https://a.example/own'}           | 'x'
            {'@id':5}                                                | 'x'
            {}                                                       | 'x'
            5                                                        | 'x'
            'own'                                                    | 'x'
            'https://a.example/own'                                  | {'id':5}
            'https://a.example/own'                                  | {'@id':'urn:x:2'}
            'https://a.example/own'                                  | {'type':['id']}
            'https://a.example/own'                                  | {'type':['@protected']}
            'https://a.example/own'                                  | {'@protected':'x'}
            """)
    void what_needs_more_than_that_is_left_to_the_library(String own, String value) {
        notPlain(document(own, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'@context':['https://www.w3.org/ns/credentials/v2',5],'id':'urn:x:1','name':'x'}",
                "{'@context':['https://www.w3.org/ns/credentials/v2',{'@own':'https://a.example/own'}],'id':'urn:x:1','name':'x'}",
                "{'@context':['https://www.w3.org/ns/credentials/v2',{'a@b':'https://a.example/own'}],'id':'urn:x:1','name':'x'}",
                "{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:x:1','type':['VerifiableCredential'],'proof':{'id':'urn:x:2'}}",
                "{'@context':['https://www.w3.org/ns/credentials/v2','https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'],"
                        + "'id':'urn:x:1','type':['ClrCredential'],'credentialSubject':{'type':['ClrSubject'],'verifiableCredential':[{'id':'urn:x:2'}]}}"
            })
    void so_is_a_vocabulary_or_a_word_of_another_kind(String text) {
        notPlain(json(text));
    }

    @Test
    void a_word_has_the_meaning_that_its_type_gives_it_and_the_last_type_that_does() throws Exception {
        assertThat(
                        said(
                                json(
                                        "{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:x:1','type':'VerifiableCredential','issuer':'urn:x:2'}")))
                .containsExactly(
                        "urn:x:1 http://www.w3.org/1999/02/22-rdf-syntax-ns#type https://www.w3.org/2018/credentials#VerifiableCredential null",
                        "urn:x:1 https://www.w3.org/2018/credentials#issuer urn:x:2 null");
        notPlain(json("{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:x:1','issuer':'urn:x:2'}"));
    }

    private static void notPlain(ObjectNode document) {
        assertThatThrownBy(() -> said(document)).isInstanceOf(Quads.NotPlain.class);
    }

    private static List<String> said(ObjectNode document) throws Exception {
        var said = new ArrayList<String>();
        RdfQuadConsumer to = (subject, predicate, object, datatype, language, direction, graph) -> {
            assertThat(graph).isNull();
            assertThat(language).isNull();
            assertThat(direction).isNull();
            said.add("%s %s %s %s".formatted(subject, predicate, object, datatype));
            return null;
        };
        Quads.write(document, to);
        return said;
    }

    private static ObjectNode document(String own, String value) {
        return json("{'@context':['https://www.w3.org/ns/credentials/v2',{'own':%s}],'id':'urn:x:1','own':%s}"
                .formatted(own, value));
    }

    private static ObjectNode json(String text) {
        return CredentialJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

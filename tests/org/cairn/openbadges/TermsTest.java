package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The terms of a vocabulary, as far as we write them ourselves. */
class TermsTest {

    @Test
    void a_term_has_an_address_and_may_have_a_kind_of_value() {
        var terms = Terms.of(
                json("{'a':'urn:a','b':{'@id':'urn:b','@type':'@id'},'c':{'@id':'urn:c','@container':'@set'}}"));
        assertThat(terms.find("a")).isEqualTo(new Terms.Term("urn:a", null, true, null));
        assertThat(terms.find("b")).isEqualTo(new Terms.Term("urn:b", "@id", true, null));
        assertThat(terms.find("c")).isEqualTo(new Terms.Term("urn:c", null, true, null));
        assertThat(terms.find("d")).isNull();
    }

    @Test
    void what_is_said_of_a_vocabulary_and_other_names_for_keywords_are_no_terms() {
        var terms = Terms.of(json("{'@protected':true,'@vocab':'urn:v','id':'@id','type':'@type'}"));
        for (var name : new String[] {"@protected", "@vocab", "id", "type"}) {
            assertThat(terms.find(name)).as(name).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'@id':'urn:a','@container':'@graph'}",
                "{'@id':'urn:a','@container':['@set']}",
                "{'@id':'urn:a','@prefix':true}",
                "{'@prefix':true,'@id':'urn:a'}",
                "{'@reverse':'urn:a'}"
            })
    void a_term_that_says_more_is_not_plain(String definition) {
        var term = Terms.of(json("{'a':" + definition + "}")).find("a");
        assertThat(term).isNotNull();
        assertThat(term.isPlain()).isFalse();
    }

    @Test
    void a_term_may_bring_terms_that_hold_within_it() {
        var term =
                Terms.of(json("{'a':{'@id':'urn:a','@context':{'b':'urn:b'}}}")).find("a");
        assertThat(term).isNotNull();
        assertThat(term.isPlain()).isTrue();
        assertThat(term.scope()).isNotNull();
        assertThat(term.scope().find("b")).isEqualTo(new Terms.Term("urn:b", null, true, null));
    }

    private static JsonNode json(String text) {
        return CredentialJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

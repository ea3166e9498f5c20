package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the engine's reading take the same rules, as far as a schema can tell. */
class RuleSchemaTest {

    private static final JsonSchema SCHEMA = schema();

    @Test
    void whatever_the_engine_writes_the_schema_accepts() {
        var rules = new RandomRules(7);
        for (int i = 0; i < 2000; i++) {
            var json = RequirementJson.write(rules.rule(3, false));
            assertThat(SCHEMA.validate(json)).as("%s", json).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rule':1,'asks':{'holds':'a'}}",
                "{'rule':1,'asks':{'holds':'a'},'renewedBy':{'holds':'b'}}",
                "{'rule':1,'asks':{'holds':'a'},'mode':'approve','valid':'P3Y','renewedBy':{'completed':'bridge'}}",
                "{'rule':1,'asks':{'holds':'a'},'variants':[{'title':'with Merit','asks':{'score':'q','atLeast':'A','scale':'us'}}],"
                        + "'scales':{'us':{'name':'US','letters':[{'letter':'A','from':0,'points':4}]}}}",
                "{'rule':1,'asks':{'holds':'a','during':'autumn'},'earlier':[{'who':{'member':'cohort','name':'x'},'asks':{'holds':'b'}}],"
                        + "'appliesTo':{'member':'role','name':'y'},'terms':{'autumn':{'term':'Autumn','first':'2026-09-01','last':'2027-01-31'}}}"
            })
    void a_rule_that_both_accept_is_read_back_as_it_was_written(String text) {
        var json = json(text);
        assertThat(SCHEMA.validate(json)).isEmpty();
        var rule = RuleJson.read(json);
        var written = RuleJson.write(rule);
        assertThat(SCHEMA.validate(written)).as("%s", written).isEmpty();
        assertThat(RuleJson.read(written)).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'holds':'A b'}",
                "{'holds':'a','also':1}",
                "{'holds':'a','uses':0}",
                "{'holds':'a','scale':'us'}",
                "{'allOf':[]}",
                "{'atLeast':0,'of':[{'holds':'a'}]}",
                "{'score':'q'}",
                "{'score':'q','atLeast':1,'moreThan':2}",
                "{'score':'q','atLeast':-1}",
                "{'score':'q','atLeast':1,'choice':'worst'}",
                "{'oneBranch':[{'branch':'A'}]}",
                "{'separately':[{'completed':'q'}]}",
                "{'sum':'ects','atLeast':0}",
                "{'sum':'ects','atLeast':1,'limits':[{'groups':1,'by':'track'}]}",
                "{'sum':'ects','atLeast':1,'pool':{'labels':['robotics']}}",
                "{'mean':'median','atLeast':1}",
                "{'within':'2 years','asks':{'holds':'a'}}",
                "{'approved':'p','reviewers':11}",
                "{'member':'club','name':'x'}",
                "{'rule':2,'asks':{'holds':'a'}}",
                "{'rule':1}",
                "{'rule':1,'asks':{'holds':'a'},'mode':'manual'}",
                "{'rule':1,'asks':{'holds':'a'},'appliesTo':{'holds':'b'}}",
                "{'rule':1,'asks':{'holds':'a'},'valid':'P0'}"
            })
    void what_the_engine_refuses_the_schema_refuses(String text) {
        var json = json(text);
        assertThat(SCHEMA.validate(json)).isNotEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> RuleJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rule");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonSchema schema() {
        try (var stream = RuleSchemaTest.class.getResourceAsStream("/public/schema/rule-v1.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(stream);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

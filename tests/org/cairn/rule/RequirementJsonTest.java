package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void what_may_be_left_out_has_the_usual_meaning() throws JsonProcessingException {
        var read = (Score) RequirementJson.read(JSON.readTree("{\"score\":\"quiz\",\"atLeast\":70}"));
        assertThat(read.scale()).isEqualTo(Score.Scale.PERCENT);
        assertThat(read.choice()).isEqualTo(Score.Choice.BEST);
        assertThat(read.window()).isEqualTo(Window.ALWAYS);
        assertThat(read.attempts()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{} | rule.holds",
                "[] | rule: a requirement",
                "{'holds':'A b'} | rule.holds",
                "{'holds':'a','also':1} | rule.also: is not known",
                "{'allOf':[]} | rule.allOf: a group has parts",
                "{'allOf':{}} | rule.allOf: a group has parts",
                "{'anyOf':[{'holds':'a'},{'score':'q'}]} | rule.anyOf[1]: a score has either",
                "{'atLeast':3,'of':[{'holds':'a'}]} | rule.atLeast: the count",
                "{'atLeast':0,'of':[{'holds':'a'}]} | rule.atLeast: the count",
                "{'atLeast':1.5,'of':[{'holds':'a'}]} | rule.atLeast: is missing",
                "{'score':'q','atLeast':1,'moreThan':2} | rule: a score has either",
                "{'score':'q','atLeast':'70'} | rule: the value",
                "{'score':'q','atLeast':-1} | rule: A value",
                "{'score':'q','atLeast':1e9} | rule: A value",
                "{'score':'Q!','atLeast':1} | rule: A slot",
                "{'score':'q','atLeast':1,'scale':'PERCENT'} | rule.scale: ",
                "{'score':'q','atLeast':1,'choice':'worst'} | rule.choice: ",
                "{'score':'q','atLeast':1,'before':'tomorrow'} | rule.before: ",
                "{'score':'q','atLeast':1,'attempts':0} | rule: Attempts",
                "{'oneBranch':[]} | rule.oneBranch: a group has parts",
                "{'oneBranch':[{'branch':'A','asks':{'holds':'A b'}}]} | rule.oneBranch[0].asks.holds: ",
                "{'oneBranch':[{'branch':' ','asks':{'holds':'a'}}]} | rule.oneBranch[0].branch: A branch",
                "{'oneBranch':[{'branch':'A'}]} | rule.oneBranch[0].asks: a requirement",
                "{'oneBranch':[7]} | rule.oneBranch[0]: a branch is",
                "{'oneBranch':[{'branch':'A','asks':{'holds':'a'},'x':1}]} | rule.oneBranch[0].x: is not known",
                "{'oneBranch':[{'branch':'A','asks':{'holds':'a'}},{'branch':'A','asks':{'holds':'b'}}]} | rule.oneBranch: Branches",
                "{'completed':'Q!'} | rule.completed: A slot",
                "{'completed':'q','atLeast':1} | rule.atLeast: is not known",
                "{'holds':'a','after':'2026'} | rule.after: an instant",
                "{'holds':'a','notOlderThan':'5 years'} | rule.notOlderThan: an age",
                "{'holds':'a','notOlderThan':'P0D'} | rule: An age",
                "{'holds':'a','notOlderThan':'P1Y-1D'} | rule: An age",
                "{'holds':'a','notOlderThan':'P101Y'} | rule: An age",
                "{'allOf':[{'holds':'a','notOlderThan':'P36526D'}]} | rule.allOf[0]: An age",
                "{'holds':'a','after':'2027-01-01T00:00:00Z','before':'2027-01-01T00:00:00Z'} | rule: A window",
            })
    void what_is_unknown_missing_or_out_of_range_is_refused_with_its_place(String json, String place) {
        assertThatThrownBy(() -> RequirementJson.read(JSON.readTree(json.replace('\'', '"'))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(place.strip());
    }

    @Test
    void a_rule_that_is_too_deep_or_too_large_is_refused() {
        var deep = "{\"allOf\":[".repeat(40) + "{\"holds\":\"a\"}" + "]}".repeat(40);
        assertThatThrownBy(() -> RequirementJson.read(JSON.readTree(deep))).hasMessageContaining("32 levels");
        var large = "{\"allOf\":[" + "{\"holds\":\"a\"},".repeat(1_100) + "{\"holds\":\"a\"}]}";
        assertThatThrownBy(() -> RequirementJson.read(JSON.readTree(large))).hasMessageContaining("1,000");
    }
}

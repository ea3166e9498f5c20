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
                "{'score':'q','atLeast':'70'} | rule.atLeast: is missing or no number",
                "{'score':'q','atLeast':-1} | rule: A value",
                "{'score':'q','atLeast':1e9} | rule: A value",
                "{'score':'Q!','atLeast':1} | rule.score: A slot",
                "{'score':'q','atLeast':1,'scale':'PERCENT'} | rule.scale: ",
                "{'score':'q','atLeast':1,'choice':'worst'} | rule.choice: ",
                "{'score':'q','atLeast':1,'before':'tomorrow'} | rule.before: ",
                "{'score':'q','atLeast':1,'attempts':0} | rule: Attempts",
                "{'oneBranch':[]} | rule.oneBranch: a group has parts",
                "{'oneBranch':[{'branch':'A','asks':{'holds':'A b'}}]} | rule.oneBranch[0].asks.holds: ",
                "{'oneBranch':[{'branch':' ','asks':{'holds':'a'}}]} | rule.oneBranch[0].branch: A branch",
                "{'oneBranch':[{'branch':'A'}]} | rule.oneBranch[0].asks: a requirement",
                "{'oneBranch':[7]} | rule.oneBranch[0]: is no object",
                "{'oneBranch':[{'branch':'A','asks':{'holds':'a'},'x':1}]} | rule.oneBranch[0].x: is not known",
                "{'oneBranch':[{'branch':'A','asks':{'holds':'a'}},{'branch':'A','asks':{'holds':'b'}}]} | rule.oneBranch: Branches",
                "{'completed':'Q!'} | rule.completed: A slot",
                "{'completed':'q','atLeast':1} | rule.atLeast: is not known",
                "{'score':'q','atLeast':1,'x':1} | rule.x: is not known",
                "{'hours':'p','atLeast':1,'x':1} | rule.x: is not known",
                "{'member':'cohort','name':'a','x':1} | rule.x: is not known",
                "{'approved':'p','x':1} | rule.x: is not known",
                "{'sum':'ects','atLeast':1,'x':1} | rule.x: is not known",
                "{'mean':'credits','atLeast':1,'x':1} | rule.x: is not known",
                "{'within':'P1Y','asks':{'holds':'a'},'x':1} | rule.x: is not known",
                "{'allOf':[{'holds':'a'}],'x':1} | rule.x: is not known",
                "{'holds':'a','after':'2026'} | rule.after: an instant",
                "{'holds':'a','notOlderThan':'5 years'} | rule.notOlderThan: a period",
                "{'holds':'a','notOlderThan':'P0D'} | rule: A period",
                "{'holds':'a','notOlderThan':'P1Y-1D'} | rule: A period",
                "{'holds':'a','notOlderThan':'P101Y'} | rule: A period",
                "{'allOf':[{'holds':'a','notOlderThan':'P36526D'}]} | rule.allOf[0]: A period",
                "{'holds':'a','after':'2027-01-01T00:00:00Z','before':'2027-01-01T00:00:00Z'} | rule: A window",
                "{'holds':'a','during':'Autumn'} | rule.during: no term of this name",
                "{'holds':'a','during':{'term':'Autumn','first':'2026-09-01','last':'2026-08-31'}} | rule.during: A term",
                "{'holds':'a','during':{'term':'Autumn','first':'1 September','last':'2026-08-31'}} | rule.during.first: a day",
                "{'holds':'a','atLeast':'B'} | rule.scale: is no object",
                "{'holds':'a','atLeast':'B','scale':'US'} | rule.scale: no scale of this name",
                "{'holds':'a','atLeast':101} | rule: A result",
                "{'holds':'a','scale':'US'} | rule: a scale is for a result",
                "{'holds':'a','atLeast':70,'scale':'US'} | rule: a scale is for a letter",
                "{'holds':'a','version':0} | rule: Versions",
                "{'holds':'a','uses':0} | rule: Uses",
                "{'score':'q','atLeast':'B','scale':{'name':'S','letters':[{'letter':'A','from':0}]}} | rule.atLeast: The scale",
                "{'score':'q','moreThan':'A','scale':{'name':'S','letters':[{'letter':'A','from':0}]}} | rule: A letter is reached",
                "{'score':'q','atLeast':'A','scale':{'name':'S','letters':[{'letter':'A','from':5}]}} | rule.scale: A scale has",
                "{'score':'q','atLeast':'A','scale':{'name':'S','letters':[{'letter':'A','from':101}]}} | rule.scale.letters[0]: A letter",
                "{'score':'q','atLeast':'A','scale':{'name':'S','letters':[{'letter':'A','from':0},{'letter':'B','from':0}]}} | rule.scale: The letters",
                "{'score':'q','atLeast':'A','scale':{'name':'S','letters':[{'letter':'A','from':9},{'letter':'A','from':0}]}} | rule.scale: The letters",
                "{'score':'q','atLeast':'A','scale':{'name':'S','letters':[{'letter':'A','from':0,'x':1}]}} | rule.scale.letters[0].x: ",
                "{'hours':'practice','atLeast':0} | rule: Hours",
                "{'hours':'practice','atLeast':1.0005} | rule: An amount",
                "{'member':'club','name':'x'} | rule.member: ",
                "{'member':'cohort','name':' '} | rule: A group",
                "{'approved':'portfolio','reviewers':11} | rule: Reviewers",
                "{'approved':'portfolio','rubric':[' ']} | rule: A rubric",
                "{'approved':'portfolio','independent':'yes'} | rule.independent: is neither",
                "{'sum':'ects','atLeast':0} | rule: A sum",
                "{'sum':'ects','atLeast':10001} | rule: An amount",
                "{'sum':'ects','atLeast':30,'atMost':29} | rule: The most",
                "{'sum':'ects','atLeast':30,'pool':{'labels':['robotics']}} | rule.pool: A label",
                "{'sum':'ects','atLeast':30,'pool':{'labels':['a:b','a:b']}} | rule.pool.labels[1]: is there twice",
                "{'sum':'ects','atLeast':30,'pool':{'achievements':['A b']}} | rule.pool.achievements[0]: ",
                "{'sum':'ects','atLeast':30,'pool':{'level':9}} | rule.pool: A level",
                "{'sum':'ects','atLeast':30,'pool':{'track':'x'}} | rule.pool.track: is not known",
                "{'sum':'ects','atLeast':30,'limits':{}} | rule.limits: is no list",
                "{'sum':'ects','atLeast':30,'limits':[{'of':{}}]} | rule.limits[0].maxSum: is missing",
                "{'sum':'ects','atLeast':30,'limits':[{'minShare':75.005,'of':{}}]} | rule.limits[0]: A share",
                "{'sum':'ects','atLeast':30,'limits':[{'maxAwards':-1,'of':{}}]} | rule.limits[0]: A number",
                "{'sum':'ects','atLeast':30,'limits':[{'maxAwards':1,'of':{'uses':1}}]} | rule.limits[0].of.uses: ",
                "{'sum':'ects','atLeast':30,'limits':[{'groups':1,'by':'track'}]} | rule.limits[0]: A number of groups",
                "{'sum':'ects','atLeast':30,'limits':[{'groups':2,'by':'track:a'}]} | rule.limits[0]: Groups",
                "{'mean':'credits','atLeast':101} | rule: A mean is",
                "{'mean':'median','atLeast':1} | rule.mean: ",
                "{'mean':'equal','atLeast':2,'scale':{'name':'S','letters':[{'letter':'A','from':0}]}} | rule: A mean needs",
                "{'within':'P0D','asks':{'holds':'a'}} | rule: A period",
                "{'within':'2 years','asks':{'holds':'a'}} | rule.within: a period",
                "{'within':'P2Y','asks':{'holds':'A b'}} | rule.asks.holds: ",
                "{'within':'P2Y','since':'','asks':{'holds':'a'}} | rule: A cohort",
                "{'inOrder':[]} | rule.inOrder: a group has parts",
                "{'separately':[{'completed':'q'}]} | rule.separately: What counts separately",
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

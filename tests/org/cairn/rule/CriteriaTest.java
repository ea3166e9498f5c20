package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read of each kind of requirement, with all that it can have. */
class CriteriaTest {

    private static final Sentence SENTENCE = new Sentence(
            new Names(slot -> "Quiz " + slot.name(), id -> id.value().replace('-', ' ')), RuleFacts.ZONE);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'holds':'a','version':2,'issuer':'own','atLeast':70,'after':'2026-08-31T22:00:00Z','uses':1} | The credential *a* in version 2 or later, awarded by this institution, with at least 70 %, awarded from 1 September 2026 on, counting in no other stack.",
                "{'holds':'a','issuer':'Other University'} | The credential *a* awarded by *Other University*.",
                "{'holds':'a','uses':3} | The credential *a* counting in fewer than 3 other stacks.",
                "{'sum':'ects','atLeast':30} | At least 30 ECTS credits.",
                "{'sum':'ects','atLeast':30,'atMost':36} | 30 to 36 ECTS credits.",
                "{'sum':'awards','atLeast':2,'pool':{'achievements':['b','a']}} | At least 2 credentials of *a* or *b*.",
                "{'sum':'awards','atLeast':1,'pool':{'labels':['track:robotics','category:executive']}} | At least 1 credential of *executive* and *robotics*.",
                "{'sum':'units','atLeast':16,'pool':{'level':6,'issuer':'own','version':2,'uses':1,'atLeast':60,'notOlderThan':'P5Y'}} | At least 16 units at level 6 or above, awarded by this institution, in version 2 or later, with at least 60 %, awarded within the last 5 years, counting in no other stack.",
                "{'sum':'ects','atLeast':30,'limits':[{'minShare':75,'of':{'labels':['category:executive']}},{'maxShare':50,'of':{'issuer':'Other'}}]} | At least 30 ECTS credits, at least 75 % of them of *executive*, at most 50 % of them awarded by *Other*.",
                "{'sum':'ects','atLeast':30,'limits':[{'maxAwards':1,'of':{'level':5}},{'maxSum':4,'of':{'achievements':['a']}},{'groups':2,'by':'track'}]} | At least 30 ECTS credits, at most one of them at level 5 or above, at most 4 of them of *a*, from at least 2 different groups of *track*.",
                "{'sum':'ects','atLeast':30,'limits':[{'maxAwards':2,'of':{}}]} | At least 30 ECTS credits, at most 2 of them of any kind.",
                "{'mean':'credits','atLeast':70,'pool':{'labels':['programme:data']}} | A mean of at least 70 % of *data*, weighted by credits.",
                "{'mean':'equal','atLeast':70} | A mean of at least 70 %.",
                "{'hours':'practice','atLeast':20} | At least 20 hours of *Quiz practice*.",
                "{'hours':'practice','atLeast':20,'before':'2027-02-28T23:00:00Z'} | At least 20 hours of *Quiz practice* before 1 March 2027.",
                "{'approved':'portfolio','rubric':['Shows a seam','Says why'],'reviewers':2,'independent':true} | *Quiz portfolio* approved by 2 people who do not teach you: Shows a seam; Says why.",
                "{'approved':'portfolio','reviewers':1} | *Quiz portfolio* approved by a reviewer.",
                "{'member':'cohort','name':'2026'} | Being in the cohort *2026*.",
                "{'member':'term','name':'autumn','before':'2027-02-28T23:00:00Z'} | Being enrolled in the term *autumn* before 1 March 2027.",
                "{'member':'role','name':'tutor'} | Having the role *tutor*.",
                "{'within':'P2Y','asks':{'allOf':[{'completed':'1'},{'holds':'a'}]}} | This, all within 2 years:\\n\\n- Both of these:\\n  - *Quiz 1* completed\\n  - The credential *a*",
                "{'within':'P2Y','since':'2026','asks':{'completed':'1'}} | This, within 2 years of joining *2026*:\\n\\n- *Quiz 1* completed",
                "{'inOrder':[{'completed':'1'},{'holds':'a'}]} | These, one after the other:\\n\\n- *Quiz 1* completed\\n- The credential *a*",
                "{'oneBranch':[{'branch':'Robotics','asks':{'holds':'a'}},{'branch':'Ethics','asks':{'completed':'1'}}]} | All that one of these branches asks for:\\n\\n- *Robotics*: the credential *a*\\n- *Ethics*: *Quiz 1* completed",
                "{'separately':[{'sum':'ects','atLeast':16},{'holds':'a'}]} | All of these, no credential counting twice:\\n\\n- At least 16 ECTS credits\\n- The credential *a*",
                "{'atLeast':2,'of':[{'holds':'a'},{'holds':'b'},{'completed':'1'}]} | At least 2 of these 3:\\n\\n- The credential *a*\\n- The credential *b*\\n- *Quiz 1* completed",
                "{'score':'1','atLeast':30,'scale':'points','choice':'latest','attempts':2} | At least 30 points in *Quiz 1* in the last attempt within 2 attempts.",
                "{'score':'1','moreThan':70,'choice':'first'} | More than 70 % in *Quiz 1* in the first attempt."
            })
    void a_requirement_is_said_whole(String rule, String text) {
        assertThat(SENTENCE.criteria(RuleFacts.rule(rule)).replace("\n", "\\n")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'rule':1,'asks':{'completed':'1'}} | *Quiz 1* completed.",
                "{'rule':1,'asks':{'completed':'1'},'appliesTo':{'member':'role','name':'tutor'}} | *Quiz 1* completed.\\n\\nOnly for people to whom this applies: having the role *tutor*.",
                "{'rule':1,'asks':{'completed':'1'},'earlier':[{'who':{'member':'cohort','name':'2025'},'asks':{'completed':'2'}}]} | *Quiz 1* completed.\\n\\nThose to whom this applies need something else instead: being in the cohort *2025*:\\n\\n*Quiz 2* completed.",
                "{'rule':1,'asks':{'completed':'1'},'variants':[{'title':'with Merit','asks':{'score':'1','atLeast':90}}]} | *Quiz 1* completed.\\n\\nWith the title *with Merit* for those who show:\\n\\nAt least 90 % in *Quiz 1*.",
                "{'rule':1,'asks':{'completed':'1'},'mode':'apply'} | *Quiz 1* completed.\\n\\nIt is awarded when the learner applies for it.",
                "{'rule':1,'asks':{'completed':'1'},'mode':'approve'} | *Quiz 1* completed.\\n\\nIt is awarded when the institution approves it.",
                "{'rule':1,'asks':{'completed':'1'},'valid':'P3Y'} | *Quiz 1* completed.\\n\\nIt is valid for 3 years.",
                "{'rule':1,'asks':{'completed':'1'},'valid':'P1M7D','renewedBy':{'holds':'bridge'}} | *Quiz 1* completed.\\n\\nIt is valid for 1 month and 7 days.\\n\\nIt is renewed before it ends by:\\n\\nThe credential *bridge*."
            })
    void what_follows_from_a_rule_is_said_after_what_it_asks(String rule, String text) {
        assertThat(SENTENCE.criteria(RuleFacts.wholeRule(rule)).replace("\n", "\\n"))
                .isEqualTo(text);
    }
}

package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.rule.RuleFacts.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requirement follows from which other one: the first is what is met, the second what is met then, or not. */
class ImpliedTest {

    private static final String JANUARY = "2027-01-01T00:00:00Z";
    private static final String JULY = "2027-07-01T00:00:00Z";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'score':'q','atLeast':70} | {'score':'q','atLeast':70} | true",
                "{'score':'q','moreThan':70} | {'score':'q','atLeast':70} | true",
                "{'score':'q','moreThan':70} | {'score':'q','moreThan':70} | true",
                "{'score':'q','atLeast':70} | {'score':'q','moreThan':70} | false",
                "{'score':'q','atLeast':70.1} | {'score':'q','moreThan':70} | true",
                "{'score':'q','atLeast':69.9} | {'score':'q','atLeast':70} | false",
                "{'score':'q','atLeast':70,'attempts':2} | {'score':'q','atLeast':70,'attempts':2} | true",
                "{'score':'q','atLeast':70,'attempts':3} | {'score':'q','atLeast':70,'attempts':2} | false",
                "{'score':'q','atLeast':70} | {'score':'q','atLeast':70,'attempts':2} | false",
                "{'score':'q','atLeast':70,'attempts':2} | {'score':'q','atLeast':70} | true",
                "{'score':'q','atLeast':70,'choice':'latest','attempts':2} | {'score':'q','atLeast':70,'choice':'latest'} | false",
                "{'score':'q','atLeast':70,'choice':'latest','before':'JANUARY'} | {'score':'q','atLeast':70,'choice':'latest'} | false",
                "{'score':'q','atLeast':70,'choice':'latest'} | {'score':'q','atLeast':60,'choice':'latest'} | true",
                "{'score':'q','atLeast':70,'choice':'latest'} | {'score':'q','atLeast':60,'choice':'first'} | false",
                "{'score':'q','atLeast':70,'after':'JULY'} | {'score':'q','atLeast':70,'after':'JANUARY'} | true",
                "{'score':'q','atLeast':70,'after':'JANUARY'} | {'score':'q','atLeast':70,'after':'JULY'} | false",
                "{'score':'q','atLeast':70,'before':'JANUARY'} | {'score':'q','atLeast':70,'before':'JANUARY'} | true",
                "{'score':'q','atLeast':70,'before':'JULY'} | {'score':'q','atLeast':70,'before':'JANUARY'} | false",
                "{'completed':'q'} | {'completed':'q','before':'JANUARY'} | false",
                "{'completed':'q','before':'JANUARY'} | {'completed':'q'} | true",
                "{'completed':'q'} | {'completed':'p'} | false",
                "{'completed':'q'} | {'score':'q','atLeast':1} | false",
                "{'completed':'q','notOlderThan':'P1M'} | {'completed':'q','notOlderThan':'P1M'} | true",
                "{'completed':'q','notOlderThan':'P2M'} | {'completed':'q','notOlderThan':'P1M'} | false",
                "{'completed':'q','notOlderThan':'P1M2D'} | {'completed':'q','notOlderThan':'P1M1D'} | false",
                "{'holds':'a','version':2} | {'holds':'a','version':2} | true",
                "{'holds':'a','version':3} | {'holds':'a','version':2} | true",
                "{'holds':'a','version':1} | {'holds':'a','version':2} | false",
                "{'holds':'a'} | {'holds':'a','version':1} | false",
                "{'holds':'a','issuer':'own'} | {'holds':'a','issuer':'own'} | true",
                "{'holds':'a','issuer':'own'} | {'holds':'a','issuer':'Other'} | false",
                "{'holds':'a'} | {'holds':'a','issuer':'own'} | false",
                "{'holds':'a','atLeast':70} | {'holds':'a','atLeast':70} | true",
                "{'holds':'a','atLeast':69} | {'holds':'a','atLeast':70} | false",
                "{'holds':'a'} | {'holds':'a','atLeast':1} | false",
                "{'holds':'a','uses':1} | {'holds':'a','uses':1} | true",
                "{'holds':'a','uses':2} | {'holds':'a','uses':1} | false",
                "{'holds':'a','uses':1} | {'holds':'a','uses':2} | true",
                "{'holds':'a'} | {'holds':'b'} | false",
                "{'hours':'p','atLeast':20} | {'hours':'p','atLeast':20} | true",
                "{'hours':'p','atLeast':19} | {'hours':'p','atLeast':20} | false",
                "{'hours':'p','atLeast':20} | {'hours':'o','atLeast':20} | false",
                "{'hours':'p','atLeast':20} | {'hours':'p','atLeast':20,'before':'JANUARY'} | false",
                "{'sum':'ects','atLeast':30} | {'sum':'ects','atLeast':30} | true",
                "{'sum':'ects','atLeast':29} | {'sum':'ects','atLeast':30} | false",
                "{'sum':'ects','atLeast':30} | {'sum':'hours','atLeast':30} | false",
                "{'sum':'ects','atLeast':30} | {'sum':'ects','atLeast':30,'atMost':36} | false",
                "{'sum':'ects','atLeast':30} | {'sum':'ects','atLeast':30,'limits':[{'groups':2,'by':'track'}]} | false",
                "{'sum':'ects','atLeast':30} | {'sum':'ects','atLeast':30,'pool':{'labels':['track:ai']}} | false",
                "{'approved':'p','reviewers':2} | {'approved':'p','reviewers':2} | true",
                "{'approved':'p','reviewers':2} | {'approved':'p','reviewers':1} | true",
                "{'approved':'p','reviewers':1} | {'approved':'p','reviewers':2} | false",
                "{'approved':'p'} | {'approved':'o'} | false",
                "{'approved':'p'} | {'approved':'p','independent':true} | false",
                "{'approved':'p'} | {'approved':'p','before':'JANUARY'} | false",
                "{'member':'cohort','name':'x'} | {'member':'cohort','name':'x'} | true",
                "{'member':'cohort','name':'x'} | {'member':'cohort','name':'y'} | false",
                "{'member':'cohort','name':'x'} | {'member':'role','name':'x'} | false",
                "{'member':'cohort','name':'x'} | {'member':'cohort','name':'x','before':'JANUARY'} | false",
                "{'allOf':[{'completed':'q'}]} | {'completed':'q'} | false",
                "{'within':'P1Y','asks':{'completed':'q'}} | {'completed':'q'} | false"
            })
    void what_follows_from_what(String one, String other, boolean follows) {
        assertThat(Implied.implies(read(one), read(other))).isEqualTo(follows);
    }

    @ParameterizedTest
    @CsvSource({"JANUARY, JULY, true", "JANUARY, JANUARY, true", "JULY, JANUARY, false"})
    void windows_are_apart_where_one_ends_before_the_other_begins(String before, String after, boolean apart) {
        var ends = ((Completed) read("{'completed':'q','before':'%s'}".formatted(before))).window();
        var begins = ((Completed) read("{'completed':'q','after':'%s'}".formatted(after))).window();
        assertThat(Implied.areApart(ends, begins)).isEqualTo(apart);
        assertThat(Implied.areApart(begins, ends)).isEqualTo(apart);
        assertThat(Implied.areApart(ends, Window.ALWAYS)).isFalse();
        assertThat(Implied.areApart(Window.ALWAYS, begins)).isFalse();
    }

    private static Requirement read(String json) {
        return rule(json.replace("JANUARY", JANUARY).replace("JULY", JULY));
    }
}

package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After how long time alone can make something met. */
class AgeingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'rule':1,'asks':{'score':'q','atLeast':1,'notOlderThan':'P1Y'}} | ##",
                "{'rule':1,'asks':{'score':'q','atLeast':1,'choice':'latest','notOlderThan':'P1Y'}} | P1Y",
                "{'rule':1,'asks':{'score':'q','atLeast':1,'choice':'first','notOlderThan':'P1Y'}} | P1Y",
                "{'rule':1,'asks':{'score':'q','atLeast':1,'choice':'first'}} | ##",
                "{'rule':1,'asks':{'mean':'equal','atLeast':1,'pool':{'notOlderThan':'P2Y'}}} | P2Y",
                "{'rule':1,'asks':{'sum':'ects','atLeast':1,'pool':{'notOlderThan':'P2Y'}}} | ##",
                "{'rule':1,'asks':{'allOf':[{'holds':'a','notOlderThan':'P3Y'},{'anyOf':[{'score':'q','atLeast':1,'choice':'latest','notOlderThan':'P1M'}]}]}} | P1M",
                "{'rule':1,'asks':{'holds':'a'},'earlier':[{'who':{'member':'cohort','name':'x','notOlderThan':'P4Y'},'asks':{'holds':'b'}}]} | P4Y",
                "{'rule':1,'asks':{'holds':'a'},'valid':'P1Y','renewedBy':{'mean':'equal','atLeast':1,'pool':{'notOlderThan':'P5Y'}}} | P5Y",
                "{'rule':1,'asks':{'holds':'a'},'variants':[{'title':'t','asks':{'mean':'equal','atLeast':1,'pool':{'notOlderThan':'P6Y'}}}]} | P6Y"
            })
    void only_what_stood_in_the_way_gives_by_growing_old(String rule, String periods) {
        assertThat(Ageing.of(RuleFacts.wholeRule(rule)))
                .isEqualTo(Arrays.stream(periods.split(" "))
                        .filter(one -> !one.isEmpty())
                        .map(Period::parse)
                        .collect(Collectors.toSet()));
    }
}

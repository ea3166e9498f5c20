package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The outermost that each member of a rule may be is taken, and one more is refused. */
class BoundsTest {

    static Stream<Arguments> members() {
        var letter =
                "{'score':'q','atLeast':'A','scale':{'name':'S','letters':[{'letter':'A','from':100},{'letter':'B','from':%s}]}}";
        return Stream.of(
                bound("{'score':'q','atLeast':%s}", "1000000", "1000000.1"),
                bound("{'score':'q','atLeast':%s}", "0", "-0.1"),
                bound("{'score':'q','atLeast':%s}", "0.000000000001", "0.0000000000001"),
                bound("{'score':'q','atLeast':1,'attempts':%s}", "10000", "10001"),
                bound("{'score':'q','atLeast':1,'attempts':%s}", "1", "0"),
                bound(
                        letter.replace("'A','from'", "'%s','from'")
                                .replace("atLeast':'A'", "atLeast':'B'")
                                .replaceFirst("%s\\}\\]", "0}]"),
                        text(10),
                        text(11)),
                bound(letter.replace("100", "%s").replaceFirst("%s\\}\\]", "0}]"), "100", "100.1"),
                bound(letter, "0", "0.1"),
                bound(letter.replace("'S'", "'%s'").replaceFirst("%s\\}\\]", "0}]"), text(100), text(101)),
                bound("{'score':'q','atLeast':'L0','scale':{'name':'S','letters':[%s]}}", letters(100), letters(101)),
                bound("{'sum':'%s','atLeast':1}", text(40), text(41)),
                bound("{'sum':'ects','atLeast':%s}", "10000", "10000.1"),
                bound("{'sum':'ects','atLeast':%s}", "0.001", "0.0001"),
                bound("{'sum':'ects','atLeast':0.1,'atMost':%s}", "0.1", "0.09"),
                bound(
                        "{'sum':'ects','atLeast':1,'limits':[%s]}",
                        repeated("{'maxAwards':1,'of':{}}", 20), repeated("{'maxAwards':1,'of':{}}", 21)),
                bound("{'sum':'ects','atLeast':1,'limits':[{'maxSum':%s,'of':{}}]}", "0", "-0.1"),
                bound("{'sum':'ects','atLeast':1,'limits':[{'groups':%s,'by':'track'}]}", "100", "101"),
                bound("{'sum':'ects','atLeast':1,'limits':[{'groups':%s,'by':'track'}]}", "2", "1"),
                bound("{'sum':'ects','atLeast':1,'limits':[{'groups':2,'by':'%s'}]}", text(50), text(51)),
                bound("{'sum':'ects','atLeast':1,'pool':{'uses':%s}}", "100", "101"),
                bound("{'sum':'ects','atLeast':1,'pool':{'uses':%s}}", "1", "0"),
                bound("{'sum':'ects','atLeast':1,'pool':{'level':%s}}", "8", "9"),
                bound("{'sum':'ects','atLeast':1,'pool':{'level':%s}}", "1", "0"),
                bound("{'sum':'ects','atLeast':1,'pool':{'version':%s}}", "1", "0"),
                bound("{'sum':'ects','atLeast':1,'pool':{'issuer':'%s'}}", text(255), text(256)),
                bound("{'sum':'ects','atLeast':1,'pool':{'labels':['%s']}}", "a:b", "a:"),
                bound("{'sum':'ects','atLeast':1,'pool':{'labels':['%s']}}", "a:b", ":b"),
                bound("{'sum':'ects','atLeast':1,'pool':{'labels':['a:%s']}}", text(98), text(99)),
                bound("{'approved':'p','reviewers':%s}", "10", "11"),
                bound("{'approved':'p','reviewers':%s}", "1", "0"),
                bound("{'approved':'p','rubric':[%s]}", repeated("'x'", 20), repeated("'x'", 21)),
                bound("{'approved':'p','rubric':['%s']}", text(500), text(501)),
                bound("{'holds':'a','uses':%s}", "100", "101"),
                bound("{'holds':'a','uses':%s}", "1", "0"),
                bound("{'holds':'a','atLeast':%s}", "100", "100.1"),
                bound("{'mean':'equal','atLeast':%s}", "100", "100.1"),
                bound("{'within':'P1Y','since':'%s','asks':{'holds':'a'}}", text(100), text(101)),
                bound("{'within':'%s','asks':{'holds':'a'}}", "P100Y", "P101Y"),
                bound(
                        "%s",
                        "{'allOf':[".repeat(31) + "{'holds':'a'}" + "]}".repeat(31),
                        "{'allOf':[".repeat(32) + "{'holds':'a'}" + "]}".repeat(32)),
                bound("{'allOf':[%s]}", repeated("{'holds':'a'}", 999), repeated("{'holds':'a'}", 1000)));
    }

    @ParameterizedTest
    @MethodSource("members")
    void the_outermost_is_taken_and_what_is_beyond_refused(String rule, String outermost, String beyond) {
        assertThat(RuleFacts.rule(rule.formatted(outermost))).isNotNull();
        assertThatThrownBy(() -> RuleFacts.rule(rule.formatted(beyond))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credits_of_an_award_are_up_to_ten_thousand_with_three_decimals() {
        assertThat(RuleFacts.held("a", RuleFacts.NOW, "10000").credits()).isEqualByComparingTo("10000");
        assertThat(RuleFacts.held("a", RuleFacts.NOW, "0.001").credits()).isEqualByComparingTo("0.001");
        assertThat(RuleFacts.held("a", RuleFacts.NOW, "0").credits()).isZero();
        for (var beyond : new String[] {"10000.001", "0.0001", "-1"}) {
            assertThatThrownBy(() -> RuleFacts.held("a", RuleFacts.NOW, beyond))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        var held = RuleFacts.used(RuleFacts.held("a", RuleFacts.NOW, "1"), 1);
        assertThat(held.usedOnceMore().uses()).isEqualTo(2);
        assertThat(held.usedOnceLess().uses()).isZero();
        assertThat(held.usedOnceLess().usedOnceLess().uses()).isZero();
    }

    private static Arguments bound(String rule, String outermost, String beyond) {
        return Arguments.of(rule, outermost, beyond);
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static String repeated(String one, int times) {
        return String.join(",", Collections.nCopies(times, one));
    }

    private static String letters(int number) {
        var letters = new StringBuilder();
        for (int i = 0; i < number; i++) {
            letters.append("%s{'letter':'L%d','from':%s}"
                    .formatted(i == 0 ? "" : ",", i, i == number - 1 ? "0" : "" + (number - i) * 0.5));
        }
        return letters.toString();
    }
}

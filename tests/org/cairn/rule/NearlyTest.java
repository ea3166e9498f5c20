package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearlyTest {

    private static final BigDecimal MARGIN = BigDecimal.valueOf(5);
    private static final String QUIZ = "{'score':'quiz','atLeast':70}";
    private static final String ESSAY = "{'score':'essay','atLeast':30,'scale':'points'}";
    private static final String BOTH = "{'allOf':[" + QUIZ + "," + ESSAY + "]}";
    private static final String EITHER = "{'anyOf':[" + QUIZ + "," + ESSAY + "]}";
    private static final String LAB = "{'allOf':[{'completed':'lab'}," + QUIZ + "]}";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = ';',
            value = {
                // A grade that is short by the margin is near, and by a breath more it is not.
                QUIZ + "; quiz=65; rule",
                QUIZ + "; quiz=64.999999; ",
                QUIZ + "; quiz=70; ",
                QUIZ + "; ; ",
                // Points are measured by the maximum they are out of, which is 100 here.
                ESSAY + "; essay=25; rule",
                ESSAY + "; essay=24.9; ",
                // Of two things missing neither is near.
                BOTH + "; quiz=66 essay=29; ",
                BOTH + "; quiz=71 essay=29; rule.allOf[1]",
                BOTH + "; quiz=71 essay=12; ",
                // What has no grade is near where the rest is met.
                BOTH + "; quiz=71; rule.allOf[1]",
                LAB + "; quiz=71; rule.allOf[0]",
                LAB + "; quiz=69; ",
                // Of two ways the nearer one.
                EITHER + "; quiz=66 essay=28; rule.anyOf[1]",
                EITHER + "; quiz=68 essay=26; rule.anyOf[0]",
                EITHER + "; quiz=20 essay=26; rule.anyOf[1]"
            })
    void what_alone_is_missing_and_near(String rule, String grades, String path) {
        assertThat(nearly(rule, grades).map(Nearly::path)).isEqualTo(Optional.ofNullable(path));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true"})
    void of_several_ways_one_more_is_missing_or_two_are(int met, boolean isNear) {
        var rule = "{'atLeast':3,'of':[{'completed':'a'},{'completed':'b'},{'completed':'c'},{'completed':'quiz'}]}";
        var grades = List.of("a=1", "b=1", "c=1").subList(0, met);
        assertThat(nearly(rule, String.join(" ", grades)).isPresent()).isEqualTo(isNear && met < 3);
    }

    private static Optional<Nearly> nearly(String rule, String grades) {
        var attempts = new HashMap<Slot, List<Fact>>();
        for (var grade : grades == null ? new String[0] : grades.split(" ")) {
            var pair = grade.split("=");
            attempts.put(
                    new Slot(pair[0]),
                    List.of(new Fact(
                            1,
                            Fact.State.GRADED,
                            new BigDecimal(pair[1]),
                            BigDecimal.valueOf(100),
                            true,
                            RandomRules.NOW,
                            Strength.STRONG)));
        }
        var facts = RuleFacts.none().withAttempts(attempts);
        return Nearly.of(
                Evaluator.evaluate(World.definition("one", rule).rule().requirement(), facts, RandomRules.NOW), MARGIN);
    }
}

package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Sentence SENTENCE = new Sentence(
            new Names(slot -> "Quiz " + slot.name(), id -> id.value().replace('-', ' ')), ZONE);

    @Test
    void a_grade_below_the_line_is_told_with_its_numbers() {
        assertThat(missing("{'score':'1','atLeast':70}", graded("1", "64", "100")))
                .isEqualTo("You have 64 of 100 (64 %) in *Quiz 1* so far. You need at least 70 % in *Quiz 1*.");
    }

    @Test
    void a_teacher_reads_it_about_the_learner() {
        var about = Sentence.about(new Names(slot -> "Quiz", id -> "Other"), ZONE);
        var facts = graded("1", "64", "100");
        assertThat(about.missing(Evaluator.evaluate(rule("{'score':'1','atLeast':70}"), facts, NOW)))
                .isEqualTo("Has 64 of 100 (64 %) in *Quiz* so far. Needs at least 70 % in *Quiz*.");
        assertThat(about.missing(Evaluator.evaluate(rule("{'holds':'x'}"), facts, NOW)))
                .isEqualTo("Still needs *Other*.");
    }

    @Test
    void a_percentage_is_never_rounded_up_to_the_line() {
        assertThat(missing("{'score':'1','atLeast':70}", graded("1", "69.99", "100")))
                .contains("69.9 %");
    }

    @Test
    void of_a_choice_it_says_how_many_more_of_which() {
        var rule = "{'atLeast':3,'of':[{'holds':'a'},{'holds':'b'},{'holds':'bias-in-models'},{'holds':'capstone'}]}";
        var facts = RuleFacts.holding("a", "b");
        assertThat(missing(rule, facts)).isEqualTo("You have 2 of 3. One more of *bias in models* or *capstone*.");
    }

    @Test
    void a_deadline_is_named_in_the_institution_s_time_zone() {
        assertThat(missing("{'score':'1','atLeast':50,'before':'2027-02-28T23:00:00Z'}", facts()))
                .isEqualTo("You need at least 50 % in *Quiz 1* before 1 March 2027.");
    }

    @Test
    void waiting_and_closed_say_so() {
        var pending = RuleFacts.none()
                .withAttempts(Map.of(
                        new Slot("1"),
                        List.of(new Fact(1, Fact.State.PENDING, null, null, false, NOW, Strength.STRONG))));
        assertThat(missing("{'score':'1','atLeast':50}", pending))
                .isEqualTo("Nothing to do for you: your teacher has to grade *Quiz 1*.");
        assertThat(missing("{'score':'1','atLeast':50,'attempts':1}", graded("1", "4", "10")))
                .isEqualTo("This can no longer be reached: at least 50 % in *Quiz 1* within one attempt was needed,"
                        + " and there is 4 of 10 (40 %).");
    }

    @Test
    void what_has_to_be_done_and_when_is_said() {
        assertThat(missing("{'completed':'1'}", facts())).isEqualTo("You still need to complete *Quiz 1*.");
        assertThat(missing("{'completed':'1','before':'2026-03-01T00:00:00Z'}", facts()))
                .isEqualTo("This can no longer be reached: *Quiz 1* completed before 1 March 2026, 01:00 was needed.");
        assertThat(missing("{'completed':'1'}", graded("1", "0", "10"))).isEqualTo("Done.");
        assertThat(criteria("{'holds':'a','after':'2026-08-31T22:00:00Z'}"))
                .isEqualTo("The credential *a* awarded from 1 September 2026 on.");
        assertThat(criteria("{'completed':'1','notOlderThan':'P1Y'}"))
                .isEqualTo("*Quiz 1* completed within the last year.");
        assertThat(criteria("{'score':'1','atLeast':50,'notOlderThan':'P2Y6M'}"))
                .isEqualTo("At least 50 % in *Quiz 1* within the last 2 years and 6 months.");
    }

    @Test
    void of_branches_the_one_that_is_furthest_is_told() {
        var rule = "{'oneBranch':[{'branch':'Law','asks':{'allOf':[{'holds':'a'},{'holds':'b'}]}},"
                + "{'branch':'Robotics','asks':{'atLeast':3,'of':[{'holds':'c'},{'holds':'d'},{'holds':'e'}]}}]}";
        assertThat(missing(rule, facts())).isEqualTo("You need one of the branches *Law* or *Robotics*.");
        assertThat(missing(rule, RuleFacts.holding("a", "c", "d")))
                .isEqualTo("Furthest is *Robotics*: You have 2 of 3. You still need *e*.");
        assertThat(criteria(rule)).isEqualTo("""
                        All that one of these branches asks for:

                        - *Law*: both of these:
                          - The credential *a*
                          - The credential *b*
                        - *Robotics*: at least 3 of these 3:
                          - The credential *c*
                          - The credential *d*
                          - The credential *e*""");
    }

    @Test
    void criteria_are_a_line_or_a_list() {
        assertThat(criteria("{'score':'1','moreThan':10,'scale':'points'}"))
                .isEqualTo("More than 10 points in *Quiz 1*.");
        assertThat(criteria("{'allOf':[{'holds':'a'},{'anyOf':[{'holds':'b'},{'score':'1','atLeast':1}]}]}"))
                .isEqualTo("""
                        Both of these:

                        - The credential *a*
                        - Any one of these:
                          - The credential *b*
                          - At least 1 % in *Quiz 1*""");
    }

    @Test
    void a_name_is_never_read_as_markup() {
        var sentence = new Sentence(new Names(slot -> "[a](b) *c* <d>", id -> ""), ZONE);
        assertThat(sentence.criteria(rule("{'score':'1','atLeast':1}")))
                .isEqualTo("At least 1 % in *\\[a\\](b) \\*c\\* \\<d\\>*.");
    }

    private static String missing(String rule, Facts facts) {
        return SENTENCE.missing(Evaluator.evaluate(rule(rule), facts, NOW));
    }

    private static String criteria(String rule) {
        return SENTENCE.criteria(rule(rule));
    }

    private static Requirement rule(String json) {
        try {
            return RequirementJson.read(new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Facts facts() {
        return RuleFacts.none();
    }

    private static Facts graded(String slot, String score, String maximum) {
        var fact = new Fact(
                1, Fact.State.GRADED, new BigDecimal(score), new BigDecimal(maximum), true, NOW, Strength.STRONG);
        return RuleFacts.none().withAttempts(Map.of(new Slot(slot), List.of(fact)));
    }
}

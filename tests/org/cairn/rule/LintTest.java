package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.cairn.AchievementId;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each finding, beside a rule that is nearly the same and has none. Rules are in single quotes; {@code Q} is a score of 70 % in the quiz. */
class LintTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                // More than there is.
                "{'score':'quiz','atLeast':100} |",
                "{'score':'quiz','atLeast':100.5} | unsatisfiable@rule",
                "{'score':'quiz','moreThan':100} | unsatisfiable@rule",
                "{'score':'quiz','moreThan':99.9} |",
                // Quizzes are columns out of 20 and of 50 points here.
                "{'score':'quiz','atLeast':20,'scale':'points'} |",
                "{'score':'quiz','atLeast':21,'scale':'points'} | scale_mismatch@rule",
                "{'score':'quiz','moreThan':20,'scale':'points'} | scale_mismatch@rule",
                "{'score':'essay','atLeast':2000,'scale':'points'} |",
                "{'anyOf':[{'score':'quiz','atLeast':51,'scale':'points'}]} | scale_mismatch@rule.anyOf[0] unsatisfiable@rule",
                "{'anyOf':[{'score':'quiz','atLeast':50,'scale':'points'}]} | scale_mismatch@rule.anyOf[0]",
                // Terms, sums, means, and what is in order or within a time.
                "{'score':'quiz','atLeast':70,'during':{'term':'past','first':'2025-09-01','last':'2026-01-31'}} | window_over@rule",
                "{'score':'quiz','atLeast':70,'during':{'term':'now','first':'2026-09-01','last':'2026-11-24'}} |",
                "{'sum':'ects','atLeast':30,'pool':{'achievements':['nowhere']}} | achievement_unknown@rule",
                "{'sum':'ects','atLeast':30,'pool':{'before':'2026-11-24T09:00:00Z'}} | window_over@rule",
                "{'sum':'ects','atLeast':30,'limits':[{'minShare':75,'of':{'level':6}},{'maxShare':50,'of':{'level':6}}]} | unsatisfiable@rule",
                "{'sum':'ects','atLeast':30,'limits':[{'minShare':75,'of':{'level':6}},{'maxShare':75,'of':{'level':6}}]} |",
                "{'sum':'ects','atLeast':30,'limits':[{'minShare':75,'of':{'level':6}},{'maxShare':50,'of':{'level':5}}]} |",
                "{'mean':'credits','atLeast':100,'pool':{'achievements':['nowhere']}} | achievement_unknown@rule",
                "{'mean':'credits','atLeast':100} |",
                "{'inOrder':[Q,{'score':'essay','atLeast':101}]} | unsatisfiable@rule.inOrder[1] unsatisfiable@rule",
                "{'separately':[{'sum':'ects','atLeast':30,'limits':[{'minShare':75,'of':{}},{'maxShare':50,'of':{}}]},{'holds':'a'}]} | unsatisfiable@rule.separately[0] unsatisfiable@rule",
                "{'within':'P1Y','asks':{'score':'essay','atLeast':101}} | unsatisfiable@rule.asks",
                "{'allOf':[Q,{'hours':'practice','atLeast':2,'before':'2026-11-24T09:00:00Z'}]} | window_over@rule.allOf[1]",
                // A group whose parts cannot be met.
                "{'atLeast':2,'of':[Q,{'score':'essay','atLeast':101},{'holds':'a'}]} | unsatisfiable@rule.of[1]",
                "{'atLeast':2,'of':[Q,{'score':'essay','atLeast':101}]} | unsatisfiable@rule.of[1] unsatisfiable@rule",
                "{'oneBranch':[{'branch':'a','asks':{'score':'quiz','atLeast':101}}]} | unsatisfiable@rule.oneBranch[0].asks unsatisfiable@rule",
                // Windows.
                "{'score':'quiz','atLeast':70,'before':'2026-11-24T09:00:01Z'} |",
                "{'score':'quiz','atLeast':70,'before':'2026-11-24T09:00:00Z'} | window_over@rule",
                "{'score':'quiz','atLeast':70,'before':'2026-10-24T08:00:00Z','notOlderThan':'P31D'} | unsatisfiable@rule",
                "{'score':'quiz','atLeast':70,'before':'2026-10-24T08:00:01Z','notOlderThan':'P31D'} | window_over@rule",
                "{'allOf':[{'holds':'a','before':'2027-01-01T00:00:00Z'},{'allOf':[{'holds':'a','after':'2027-01-01T00:00:00Z'}]}]} | unsatisfiable@rule.allOf[1].allOf[0]",
                "{'allOf':[{'holds':'a','before':'2027-01-01T00:00:01Z'},{'allOf':[{'holds':'a','after':'2027-01-01T00:00:00Z'}]}]} |",
                "{'anyOf':[{'holds':'a','before':'2027-01-01T00:00:00Z'},{'holds':'a','after':'2027-01-01T00:00:00Z'}]} |",
                "{'allOf':[{'score':'quiz','atLeast':1,'before':'2027-01-01T00:00:00Z'},{'score':'quiz','atLeast':1,'after':'2027-01-01T00:00:00Z'}]} |",
                // What "late" asks for begins on 1 January 2027.
                "{'holds':'late','before':'2027-01-01T00:00:01Z'} |",
                "{'holds':'late','before':'2027-01-01T00:00:00Z'} | window_short@rule",
                // Other achievements.
                "{'holds':'a'} |",
                "{'holds':'draft'} | achievement_draft@rule",
                "{'anyOf':[{'holds':'retired'},Q]} | achievement_retired@rule.anyOf[0]",
                "{'holds':'nowhere'} | achievement_unknown@rule",
                "{'holds':'elsewhere'} | achievement_elsewhere@rule",
                // The same twice, or one that follows from another.
                "{'allOf':[Q,{'completed':'lab'},Q]} | duplicate@rule.allOf[2]",
                "{'allOf':[Q,{'allOf':[{'completed':'lab'},Q]}]} | duplicate@rule.allOf[1].allOf[1]",
                "{'atLeast':2,'of':[{'allOf':[Q,{'holds':'a'}]},{'holds':'b'},{'allOf':[{'holds':'a'},Q]}]} | duplicate@rule.of[2]",
                "{'allOf':[Q,{'score':'quiz','atLeast':71}]} | redundant@rule.allOf[0]",
                "{'allOf':[Q,{'score':'quiz','moreThan':70}]} | redundant@rule.allOf[0]",
                "{'anyOf':[Q,{'score':'quiz','atLeast':71}]} | redundant@rule.anyOf[1]",
                "{'allOf':[Q,{'score':'essay','atLeast':71}]} |",
                "{'allOf':[Q,{'score':'quiz','atLeast':15,'scale':'points'}]} |",
                "{'allOf':[Q,{'score':'quiz','atLeast':71,'choice':'first'}]} | redundant@rule.allOf[0]",
                "{'allOf':[{'score':'quiz','atLeast':71},{'score':'quiz','atLeast':70,'choice':'first'}]} |",
                "{'allOf':[{'score':'quiz','atLeast':71},{'score':'quiz','atLeast':70,'attempts':2}]} |",
                "{'allOf':[{'score':'quiz','atLeast':71,'attempts':1},{'score':'quiz','atLeast':70,'attempts':2}]} | redundant@rule.allOf[1]",
                "{'allOf':[Q,{'completed':'quiz'}]} |",
                "{'allOf':[Q,{'completed':'lab'},{'completed':'lab','after':'2027-01-01T00:00:00Z'}]} | redundant@rule.allOf[1]",
                "{'allOf':[{'holds':'a','notOlderThan':'P1Y'},{'holds':'a','notOlderThan':'P18M'}]} | redundant@rule.allOf[1]",
                "{'allOf':[{'holds':'a','notOlderThan':'P1Y'},{'holds':'a','notOlderThan':'P400D'}]} |",
                "{'atLeast':2,'of':[Q,{'score':'quiz','atLeast':71},{'holds':'a'}]} |",
                // Met by anything.
                "{'score':'quiz','atLeast':0} | always_met@rule",
                "{'score':'quiz','moreThan':0} |",
                "{'anyOf':[{'score':'quiz','atLeast':0},{'holds':'a'}]} | always_met@rule",
                "{'allOf':[{'score':'quiz','atLeast':0},{'holds':'a'}]} | always_met@rule.allOf[0]",
                // Nothing assessed.
                "{'completed':'lab'} | not_assessed@rule",
                "{'allOf':[{'completed':'lab'},Q]} |",
                "{'anyOf':[{'completed':'lab'},Q]} | not_assessed@rule",
                "{'atLeast':2,'of':[{'completed':'lab'},{'completed':'talk'},Q]} | not_assessed@rule",
                "{'atLeast':2,'of':[{'completed':'lab'},{'holds':'a'},Q]} |",
                // What "twin" asks for, in another order.
                "{'allOf':[{'holds':'b'},{'allOf':[{'holds':'c'},{'holds':'a'}]}]} | same_rule@rule",
                "{'allOf':[{'holds':'b'},{'holds':'a'}]} |"
            })
    void a_finding_has_its_code_and_its_place(String rule, String expected) {
        var found = Lint.of(rule(rule), around());
        assertThat(String.join(
                        " ",
                        found.stream().map(one -> one.code() + "@" + one.path()).toList()))
                .isEqualTo(expected == null ? "" : expected);
        assertThat(found).allSatisfy(one -> assertThat(one.sentence()).matches("[A-Z\"0-9].*\\."));
    }

    @Test
    void what_can_never_be_met_is_an_error_and_what_may_be_meant_so_is_none() {
        assertThat(severity("{'score':'quiz','atLeast':101}")).isEqualTo(Finding.Severity.ERROR);
        assertThat(severity("{'score':'quiz','atLeast':0}")).isEqualTo(Finding.Severity.ERROR);
        assertThat(severity("{'allOf':[{'score':'quiz','atLeast':0},{'holds':'a'}]}"))
                .isEqualTo(Finding.Severity.WARNING);
        assertThat(severity("{'allOf':[{'holds':'a'},{'holds':'b'},{'holds':'c'}]}"))
                .isEqualTo(Finding.Severity.WARNING);
        // Rules with slots are alike often.
        assertThat(severity("{'score':'same','atLeast':70}")).isEqualTo(Finding.Severity.NOTE);
    }

    @Test
    void an_empty_group_is_never_met() {
        for (var empty : List.of(new AllOf(List.of()), new AnyOf(List.of()), new OneBranch(List.of()))) {
            assertThat(Lint.of(new AllOf(List.of(rule("Q"), empty)), around()))
                    .extracting(one -> one.code() + "@" + one.path())
                    .startsWith("unsatisfiable@rule.allOf[1]");
        }
    }

    @Test
    void a_place_in_a_rule_with_more_than_a_requirement_is_said_as_its_json_has_it() {
        var rule = RuleFacts.wholeRule("""
                {'rule':1,'asks':{'allOf':[{'score':'quiz','atLeast':101},{'score':'exam','atLeast':70}]},
                 'variants':[{'title':'with Merit','asks':{'score':'exam','atLeast':102}}],
                 'earlier':[{'who':{'member':'cohort','name':'x'},'asks':{'score':'exam','atLeast':103}}],
                 'valid':'P1Y','renewedBy':{'anyOf':[{'score':'exam','atLeast':104}]}}""");
        assertThat(Lint.of(rule, Surroundings.none(ZONE, NOW)))
                .filteredOn(one -> one.code().equals("unsatisfiable"))
                .extracting(Finding::path)
                .contains(
                        "rule.asks.allOf[0]",
                        "rule.earlier[0].asks",
                        "rule.variants[0].asks",
                        "rule.renewedBy.anyOf[0]")
                .allMatch(path -> path.startsWith("rule."));
        assertThat(new Thresholds(rule).lines())
                .extracting(Thresholds.Line::path)
                .containsExactly("rule.asks.allOf[0]", "rule.asks.allOf[1]");
    }

    @Test
    void of_a_rule_alone_nothing_is_said_about_others() {
        assertThat(Lint.of(rule("{'allOf':[{'holds':'nowhere'},{'holds':'draft'}]}"), Surroundings.none(ZONE, NOW)))
                .isEmpty();
    }

    @Test
    void a_normal_rule_is_met_by_the_same_learners() {
        for (int seed = 0; seed < RandomRules.cases(3000); seed++) {
            var random = new RandomRules(seed);
            var rule = random.rule(4, true);
            var normal = Normal.of(rule);
            assertThat(Normal.of(normal)).as("%s", rule).isEqualTo(normal);
            for (int i = 0; i < 5; i++) {
                var facts = unexcused(random, rule);
                assertThat(Evaluator.met(normal, facts, RandomRules.NOW))
                        .as("%s as %s, seed %d", rule, normal, seed)
                        .isEqualTo(Evaluator.met(rule, facts, RandomRules.NOW));
            }
        }
    }

    @Test
    void order_and_nesting_make_no_other_rule_and_a_count_does() {
        var one = "{'allOf':[{'holds':'a'},{'allOf':[Q,{'anyOf':[{'holds':'c'}]}]}]}";
        var same = "{'atLeast':3,'of':[{'holds':'c'},Q,{'holds':'a'}]}";
        var other = "{'atLeast':2,'of':[{'holds':'c'},Q,{'holds':'a'}]}";
        assertThat(Normal.of(rule(one))).isEqualTo(Normal.of(rule(same))).isNotEqualTo(Normal.of(rule(other)));
    }

    @Test
    void what_follows_from_another_is_met_whenever_that_is() {
        int followed = 0;
        for (int seed = 0; seed < RandomRules.cases(60_000); seed++) {
            var random = new RandomRules(seed);
            var one = random.rule(0, false);
            var other = random.rule(0, false);
            if (Implied.implies(one, other)) {
                followed++;
                for (int i = 0; i < 5; i++) {
                    var facts = unexcused(random, one);
                    assertThat(!Evaluator.met(one, facts, RandomRules.NOW)
                                    || Evaluator.met(other, facts, RandomRules.NOW))
                            .as("%s and %s with %s", one, other, facts)
                            .isTrue();
                }
            }
        }
        assertThat(followed).isGreaterThanOrEqualTo(RandomRules.cases(300));
    }

    @Test
    void what_is_said_to_be_impossible_is_met_by_nobody() {
        int impossible = 0;
        for (int seed = 0; seed < RandomRules.cases(3000); seed++) {
            var random = new RandomRules(seed);
            var rule = random.rule(3, true);
            boolean isImpossible = Lint.of(rule, Surroundings.none(RandomRules.ZONE, RandomRules.NOW)).stream()
                    .anyMatch(one ->
                            one.code().equals("unsatisfiable") && one.path().equals("rule"));
            if (isImpossible) {
                impossible++;
                assertThat(IntStream.range(0, 5).mapToObj(i -> unexcused(random, rule)))
                        .noneMatch(facts -> Evaluator.met(rule, facts, RandomRules.NOW));
            }
        }
        assertThat(impossible).isGreaterThanOrEqualTo(RandomRules.cases(100));
    }

    @Test
    void a_rule_as_large_as_they_get_is_looked_at_soon() {
        var parts = IntStream.range(0, 999)
                .mapToObj(i -> (Requirement) new Score(
                        new Slot("quiz"),
                        Score.Comparison.AT_LEAST,
                        BigDecimal.valueOf(i, 1).add(BigDecimal.ONE),
                        Score.Scale.PERCENT,
                        null,
                        Score.Choice.BEST,
                        Window.ALWAYS,
                        null))
                .toList();
        assertThat(Lint.of(new AllOf(parts), Surroundings.none(ZONE, NOW))).hasSize(1006);
    }

    /** Somebody excused is met by what is impossible. */
    private static Facts unexcused(RandomRules random, Requirement rule) {
        return random.facts(rule).withWaived(Map.of());
    }

    private static Finding.Severity severity(String rule) {
        return Lint.of(rule(rule), around()).getFirst().severity();
    }

    private static Requirement rule(String text) {
        return World.definition("one", text.replace("Q", "{'score':'quiz','atLeast':70}"))
                .rule()
                .requirement();
    }

    private static Surroundings around() {
        var twin = Normal.of(rule("{'allOf':[{'holds':'a'},{'holds':'b'},{'holds':'c'}]}"));
        var slotted = rule("{'score':'same','atLeast':70}");
        return new Surroundings(
                id -> switch (id.value()) {
                    case "draft" -> Surroundings.Known.DRAFT;
                    case "retired" -> Surroundings.Known.RETIRED;
                    case "nowhere" -> Surroundings.Known.UNKNOWN;
                    case "elsewhere" -> Surroundings.Known.ELSEWHERE;
                    default -> Surroundings.Known.PUBLISHED;
                },
                id -> id.value().equals("late")
                        ? Optional.of(rule("{'allOf':[Q,{'completed':'lab','after':'2027-01-01T00:00:00Z'}]}"))
                        : Optional.empty(),
                rule -> rule.equals(twin) || rule.equals(slotted) ? Set.of(new AchievementId("twin")) : Set.of(),
                slot -> slot.name().equals("quiz") ? Set.of(50, 20) : Set.of(),
                ZONE,
                NOW);
    }
}

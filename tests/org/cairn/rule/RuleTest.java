package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.rule.RuleFacts.NOW;
import static org.cairn.rule.RuleFacts.ZONE;
import static org.cairn.rule.RuleFacts.graded;
import static org.cairn.rule.RuleFacts.none;
import static org.cairn.rule.RuleFacts.wholeRule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule has beside its requirement. */
class RuleTest {

    private static final Membership EARLY = new Membership(Member.Group.COHORT, "early");

    private static final Rule RULE = wholeRule("""
            {'rule':1,'mode':'apply','asks':{'score':'exam','atLeast':70},
             'variants':[{'title':'with Distinction','asks':{'score':'exam','atLeast':90}},
                         {'title':'with Merit','asks':{'score':'exam','atLeast':80}}],
             'earlier':[{'who':{'member':'cohort','name':'early'},'asks':{'allOf':[{'score':'exam','atLeast':50},{'holds':'basics'}]}}],
             'valid':'P1Y','renewedBy':{'allOf':[{'completed':'bridge'},{'hours':'practice','atLeast':2}]}}""");

    @Test
    void whoever_began_earlier_is_asked_for_what_was_asked_then() {
        var facts = graded("exam", 60);
        var early = facts.withMemberships(Map.of(EARLY, NOW.minus(Duration.ofDays(1))))
                .withHeld(List.of(RuleFacts.held("basics", NOW)));
        assertThat(Evaluator.met(RULE, facts, NOW)).isFalse();
        assertThat(Evaluator.met(RULE, early, NOW)).isTrue();
        assertThat(Evaluator.evaluate(RULE, early, NOW).isMet()).isTrue();
        assertThat(Evaluator.evaluate(RULE, facts, NOW).requirement()).isEqualTo(RULE.requirement());
        assertThat(RULE.requirement(early, NOW))
                .isEqualTo(RULE.earlier().getFirst().requirement());
    }

    @Test
    void a_title_is_the_first_that_is_met() {
        assertThat(RULE.title(graded("exam", 90), NOW)).contains("with Distinction");
        assertThat(RULE.title(graded("exam", 89.9), NOW)).contains("with Merit");
        assertThat(RULE.title(graded("exam", 79.9), NOW)).isEmpty();
    }

    @Test
    void whom_it_does_not_apply_to_never_meets_it() {
        var rule = wholeRule(
                "{'rule':1,'asks':{'score':'exam','atLeast':70},'appliesTo':{'member':'cohort','name':'early'}}");
        var facts = graded("exam", 80);
        assertThat(Evaluator.met(rule, facts, NOW)).isFalse();
        assertThat(Evaluator.met(rule, facts.withMemberships(Map.of(EARLY, NOW)), NOW))
                .isTrue();
        assertThat(rule.asksTheRegister()).isTrue();
    }

    @Test
    void only_what_was_shown_after_an_award_renews_it_or_earns_it_anew() {
        var later = NOW.plus(Duration.ofDays(1));
        assertThat(RULE.isMetAnew(NOW, graded("exam", 80), later)).isFalse();
        assertThat(RULE.isMetAnew(NOW.minusNanos(1), graded("exam", 80), later)).isTrue();
        var rule = wholeRule(
                "{'rule':1,'asks':{'score':'exam','atLeast':70},'valid':'P1Y','renewedBy':{'score':'bridge','atLeast':1}}");
        assertThat(rule.isRenewed(NOW, graded("bridge", 80), later)).isFalse();
        assertThat(rule.isRenewed(NOW.minusNanos(1), graded("bridge", 80), later))
                .isTrue();
        assertThat(Rule.of(rule.requirement()).isRenewed(NOW.minusNanos(1), graded("bridge", 80), later))
                .isFalse();
    }

    @Test
    void an_award_ends_by_the_calendar_of_the_institution() {
        var awarded = Instant.parse("2026-03-28T23:30:00Z");
        assertThat(RULE.end(awarded, ZONE))
                .isEqualTo(awarded.atZone(ZONE).plus(Period.ofYears(1)).toInstant());
        assertThat(Rule.of(RULE.requirement()).end(awarded, ZONE)).isNull();
    }

    @Test
    void a_rule_says_all_that_it_names_and_of_what_it_is_earned_by() {
        assertThat(RULE.slots()).containsExactlyInAnyOrder(new Slot("exam"), new Slot("bridge"));
        assertThat(RULE.hours()).containsExactly(new Slot("practice"));
        assertThat(RULE.achievements()).containsExactly(new AchievementId("basics"));
        assertThat(RULE.parts()).containsExactly(new AchievementId("basics"));
        assertThat(RULE.asksForAwards()).isTrue();
        assertThat(RULE.asksTheRegister()).isTrue();
        assertThat(RULE.handIns()).isEmpty();
        assertThat(RULE.traits()).isEmpty();
        assertThat(RULE.mode()).isEqualTo(Rule.Mode.APPLY);
        assertThat(RULE.scores(new Slot("exam")).map(Score::value).map(BigDecimal::intValue))
                .containsExactly(70, 50, 90, 80);
        var bare = Rule.of(new Approved(new Slot("p"), List.of(), 1, false, Window.ALWAYS));
        assertThat(bare.handIns()).containsExactly(new Slot("p"));
        assertThat(bare.asksForAwards()).isFalse();
        assertThat(bare.asksTheRegister()).isFalse();
        assertThat(bare.isBare()).isTrue();
        assertThat(RULE.isBare()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'holds':'a'}",
                "{'rule':1,'asks':{'holds':'a'},'mode':'apply'}",
                "{'rule':1,'asks':{'holds':'a'},'mode':'auto','appliesTo':{'member':'role','name':'tutor'},'valid':'P3Y','renewedBy':{'holds':'b'}}",
                "{'rule':1,'asks':{'holds':'a'},'mode':'auto','variants':[{'title':'with Merit','asks':{'holds':'b'}}],"
                        + "'earlier':[{'who':{'member':'cohort','name':'2025'},'asks':{'holds':'c'}}]}"
            })
    void a_rule_is_written_as_it_was_read(String json) {
        assertThat(RuleJson.write(RuleFacts.wholeRule(json)).toString().replace('"', '\''))
                .isEqualTo(json);
    }

    @Test
    void a_rule_asks_for_all_that_its_parts_ask_for() {
        var rule = RuleFacts.wholeRule(
                "{'rule':1,'asks':{'allOf':[{'approved':'portfolio'},{'within':'P1Y','asks':{'sum':'ects','atLeast':1,'pool':{'labels':['a:b']}}}]}}");
        assertThat(rule.handIns()).containsExactly(new Slot("portfolio"));
        assertThat(rule.traits()).hasSize(1);
        assertThat(rule.asksTheRegister()).isFalse();
        assertThat(RuleFacts.rule("{'sum':'ects','atLeast':1,'pool':{'achievements':['a']}}")
                        .traits())
                .isEmpty();
        assertThat(RuleFacts.rule("{'within':'P1Y','since':'2026','asks':{'holds':'a'}}")
                        .asksTheRegister())
                .isTrue();
        assertThat(RuleFacts.rule("{'within':'P1Y','asks':{'holds':'a'}}").asksTheRegister())
                .isFalse();
        assertThat(RuleFacts.rule("{'within':'P1Y','asks':{'member':'role','name':'x'}}")
                        .asksTheRegister())
                .isTrue();
        assertThat(RuleFacts.rule("{'anyOf':[{'holds':'a'},{'member':'role','name':'x'}]}")
                        .asksTheRegister())
                .isTrue();
    }

    @Test
    void a_title_has_words() {
        assertThatThrownBy(() -> new Rule.Variant(" ", RULE.requirement()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rule.Variant("x".repeat(201), RULE.requirement()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Rule.Variant("x".repeat(200), RULE.requirement()).title())
                .hasSize(200);
    }

    @Test
    void points_beyond_what_an_activity_is_graded_out_of_cannot_be_reached_and_percent_always_can() {
        var points = (Score) RuleFacts.rule("{'score':'exam','atLeast':30,'scale':'points'}");
        var more = (Score) RuleFacts.rule("{'score':'exam','moreThan':30,'scale':'points'}");
        var percent = (Score) RuleFacts.rule("{'score':'exam','atLeast':70}");
        assertThat(points.canBeReached(BigDecimal.valueOf(30))).isTrue();
        assertThat(points.canBeReached(new BigDecimal("29.9"))).isFalse();
        assertThat(more.canBeReached(BigDecimal.valueOf(30))).isFalse();
        assertThat(percent.canBeReached(BigDecimal.ONE)).isTrue();
        assertThat(none().zone()).isEqualTo(ZONE);
    }
}

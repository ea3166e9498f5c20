package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.rule.RuleFacts.NOW;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a learner reads of what is missing, of each kind of requirement: who has shown nothing, and who has shown some. */
class MissingTest {

    private static final Sentence SENTENCE = new Sentence(
            new Names(slot -> "Quiz " + slot.name(), id -> id.value().replace('-', ' ')), RuleFacts.ZONE);

    private static final Slot PORTFOLIO = new Slot("portfolio");

    private static final Facts SOME = RuleFacts.graded("1", 64)
            .withHeld(List.of(
                    RuleFacts.withResult(RuleFacts.held("a", NOW, "6", "track:ai"), "60"),
                    RuleFacts.withResult(RuleFacts.held("b", NOW, "4"), "80")))
            .withHours(Map.of(new Slot("practice"), List.of(new Worked(new BigDecimal("5.5"), NOW, Strength.REVIEWED))))
            .withApprovals(Map.of(
                    PORTFOLIO,
                    List.of(
                            new Approval(Approval.Step.ASKED, "ada", false, NOW),
                            new Approval(Approval.Step.APPROVED, "grace", false, NOW))));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "none | {'sum':'ects','atLeast':30} | You have 0 of 30 ECTS credits that can count. You need at least 30 ECTS credits.",
                "some | {'sum':'ects','atLeast':30} | You have 10 of 30 ECTS credits that can count (*a* and *b*). You need at least 30 ECTS credits.",
                "none | {'sum':'awards','atLeast':3} | You have 0 of 3 credentials that can count. You need at least 3 credentials.",
                "some | {'sum':'awards','atLeast':3} | You have 2 of 3 credentials that can count (*a* and *b*). You need at least 3 credentials.",
                "none | {'mean':'credits','atLeast':70} | You need a mean of at least 70 % weighted by credits, and there are no results yet.",
                "some | {'mean':'credits','atLeast':70} | You have a mean of 68 %. You need a mean of at least 70 % weighted by credits.",
                "none | {'hours':'practice','atLeast':20} | You have 0 of 20 hours of *Quiz practice*; the institution confirms them.",
                "some | {'hours':'practice','atLeast':20} | You have 5.5 of 20 hours of *Quiz practice*; the institution confirms them.",
                "none | {'hours':'practice','atLeast':20,'before':'2026-01-01T00:00:00Z'} | This can no longer be reached: at least 20 hours of *Quiz practice* before 1 January 2026, 01:00 was needed.",
                "some | {'hours':'practice','atLeast':20,'before':'2026-01-01T00:00:00Z'} | This can no longer be reached: at least 20 hours of *Quiz practice* before 1 January 2026, 01:00 was needed.",
                "none | {'approved':'portfolio','reviewers':2} | Hand in *Quiz portfolio* to be approved.",
                "some | {'approved':'portfolio','reviewers':2} | Nothing to do for you: a reviewer has to look at what you handed in: *Quiz portfolio*.",
                "none | {'approved':'portfolio','reviewers':2,'before':'2027-02-28T23:00:00Z'} | Hand in *Quiz portfolio* to be approved before 1 March 2027.",
                "some | {'approved':'portfolio','reviewers':2,'before':'2027-02-28T23:00:00Z'} | Nothing to do for you: a reviewer has to look at what you handed in: *Quiz portfolio*.",
                "none | {'approved':'essay'} | Hand in *Quiz essay* to be approved.",
                "some | {'approved':'essay'} | Hand in *Quiz essay* to be approved.",
                "none | {'member':'cohort','name':'2026'} | You need to be in the cohort *2026*; the institution enrols people.",
                "some | {'member':'cohort','name':'2026'} | You need to be in the cohort *2026*; the institution enrols people.",
                "none | {'member':'role','name':'tutor','before':'2027-02-28T23:00:00Z'} | You need to have the role *tutor* before 1 March 2027.",
                "some | {'member':'role','name':'tutor','before':'2027-02-28T23:00:00Z'} | You need to have the role *tutor* before 1 March 2027.",
                "none | {'allOf':[{'holds':'a'},{'hours':'practice','atLeast':20},{'score':'1','atLeast':70}]} | You have 0 of 3. Still needed: *a*, *Quiz practice* and *Quiz 1* (at least 70 %).",
                "some | {'allOf':[{'holds':'a'},{'hours':'practice','atLeast':20},{'score':'1','atLeast':70}]} | You have 1 of 3. Still needed: *Quiz practice* and *Quiz 1* (at least 70 %).",
                "none | {'anyOf':[{'holds':'c'},{'completed':'2'}]} | You have 0 of 1. One more of *c* or *Quiz 2*.",
                "some | {'anyOf':[{'holds':'c'},{'completed':'2'}]} | You have 0 of 1. One more of *c* or *Quiz 2*.",
                "none | {'atLeast':2,'of':[{'holds':'a'},{'holds':'c'},{'score':'1','atLeast':70,'attempts':1}]} | You have 0 of 2. Two more of *a*, *c* or *Quiz 1* (at least 70 %).",
                "some | {'atLeast':2,'of':[{'holds':'a'},{'holds':'c'},{'score':'1','atLeast':70,'attempts':1}]} | You have 1 of 2. You still need *c*.",
                "none | {'allOf':[{'approved':'portfolio','reviewers':2},{'holds':'a'}]} | You have 0 of 2. Still needed: *Quiz portfolio* and *a*.",
                "some | {'allOf':[{'approved':'portfolio','reviewers':2},{'holds':'a'}]} | Nothing to do for you: a reviewer has to look at what you handed in: *Quiz portfolio*.",
                "none | {'oneBranch':[{'branch':'Robotics','asks':{'allOf':[{'holds':'a'},{'holds':'c'}]}},{'branch':'Ethics','asks':{'holds':'d'}}]} | You need one of the branches *Robotics* or *Ethics*.",
                "some | {'oneBranch':[{'branch':'Robotics','asks':{'allOf':[{'holds':'a'},{'holds':'c'}]}},{'branch':'Ethics','asks':{'holds':'d'}}]} | Furthest is *Robotics*: You have 1 of 2. You still need *c*.",
                "none | {'inOrder':[{'holds':'a'},{'holds':'c'},{'completed':'2'}]} | You have 0 of 3. Still needed: *a*, *c* and *Quiz 2*.",
                "some | {'inOrder':[{'holds':'a'},{'holds':'c'},{'completed':'2'}]} | You have 1 of 3. Still needed: *c* and *Quiz 2*.",
                "none | {'within':'P2Y','asks':{'allOf':[{'holds':'a'},{'holds':'c'}]}} | This, all within 2 years: You have 0 of 2. Still needed: *a* and *c*.",
                "some | {'within':'P2Y','asks':{'allOf':[{'holds':'a'},{'holds':'c'}]}} | This, all within 2 years: You have 1 of 2. You still need *c*.",
                "none | {'separately':[{'sum':'ects','atLeast':6},{'sum':'ects','atLeast':5}]} | You have 0 of 2. Still needed: at least 6 ECTS credits and at least 5 ECTS credits.",
                "some | {'separately':[{'sum':'ects','atLeast':6},{'sum':'ects','atLeast':5}]} | You have 1 of 2. You have 4 of 5 ECTS credits that can count (*b*). You need at least 5 ECTS credits.",
                "none | {'score':'1','atLeast':70,'attempts':3} | You need at least 70 % in *Quiz 1* within 3 attempts.",
                "some | {'score':'1','atLeast':70,'attempts':3} | You have 64 of 100 (64 %) in *Quiz 1* so far. You need at least 70 % in *Quiz 1* within 3 attempts.",
                "none | {'score':'1','atLeast':70,'before':'2026-12-01T00:00:00Z'} | You need at least 70 % in *Quiz 1* before 1 December 2026, 01:00.",
                "some | {'score':'1','atLeast':70,'before':'2026-12-01T00:00:00Z'} | You have 64 of 100 (64 %) in *Quiz 1* so far. You need at least 70 % in *Quiz 1* before 1 December 2026, 01:00.",
                "none | {'allOf':[{'holds':'a','before':'2026-01-01T00:00:00Z'},{'holds':'b'}]} | This can no longer be reached: *a* cannot be earned any more.",
                "some | {'allOf':[{'holds':'a','before':'2026-01-01T00:00:00Z'},{'holds':'b'}]} | This can no longer be reached: *a* cannot be earned any more.",
                "none | {'anyOf':[{'holds':'c','before':'2026-01-01T00:00:00Z'},{'holds':'d','before':'2026-01-01T00:00:00Z'}]} | This can no longer be reached: *c* cannot be earned any more.",
                "some | {'anyOf':[{'holds':'c','before':'2026-01-01T00:00:00Z'},{'holds':'d','before':'2026-01-01T00:00:00Z'}]} | This can no longer be reached: *c* cannot be earned any more."
            })
    void what_is_missing_is_said_whole(String shown, String rule, String text) {
        var facts = shown.equals("some") ? SOME : RuleFacts.none();
        assertThat(SENTENCE.missing(Evaluator.evaluate(RuleFacts.rule(rule), facts, NOW)))
                .isEqualTo(text);
    }
}

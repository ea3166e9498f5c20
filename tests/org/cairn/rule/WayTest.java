package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.rule.RuleFacts.NOW;
import static org.cairn.rule.RuleFacts.ZONE;
import static org.cairn.rule.RuleFacts.attempts;
import static org.cairn.rule.RuleFacts.graded;
import static org.cairn.rule.RuleFacts.held;
import static org.cairn.rule.RuleFacts.holding;
import static org.cairn.rule.RuleFacts.none;
import static org.cairn.rule.RuleFacts.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.rule.Way.Who;
import org.junit.jupiter.api.Test;

/** The cheapest way, by hand; {@link RandomWaysTest} has it by force. */
class WayTest {

    private static final Instant MARCH = Instant.parse("2027-02-28T23:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(10));

    @Test
    void of_alternatives_the_one_with_the_fewest_steps_is_the_way() {
        var rule = "{'anyOf':[{'allOf':[{'holds':'a'},{'holds':'b'}]},{'holds':'c'}]}";
        assertThat(said(rule, none())).isEqualTo("c");
        assertThat(said(rule, holding("a"))).isEqualTo("b");
        assertThat(said(rule, holding("a", "b"))).isEmpty();
    }

    @Test
    void of_at_least_so_many_the_cheapest_are_the_way_in_the_rule_s_order() {
        var rule = """
                {'atLeast':3,'of':[{'allOf':[{'holds':'a'},{'holds':'b'},{'holds':'c'}]},{'holds':'d'},{'holds':'e'},
                 {'allOf':[{'holds':'f'},{'holds':'g'}]},{'holds':'h'}]}""";
        assertThat(said(rule, none())).isEqualTo("d, e, h");
        assertThat(said(rule, holding("d"))).isEqualTo("e, h");
        assertThat(said(rule, holding("d", "e", "f"))).isEqualTo("g");
    }

    @Test
    void what_only_waits_is_cheaper_than_anything_that_is_to_do() {
        var rule = "{'anyOf':[{'holds':'a'},{'allOf':[{'score':'quiz','atLeast':50},{'score':'exam','atLeast':50}]}]}";
        var facts = none().withAttempts(
                        Map.of(new Slot("quiz"), List.of(pending(NOW)), new Slot("exam"), List.of(pending(NOW))));
        var way = way(rule, facts);
        assertThat(way.steps()).extracting(Way.Step::who).containsExactly(Who.GRADER, Who.GRADER);
        assertThat(evaluation(rule, facts).state()).isEqualTo(Evaluation.State.WAITING);
    }

    @Test
    void of_as_many_steps_those_where_more_is_done_and_then_less_is_missing_go_first() {
        var branches = "{'oneBranch':[{'branch':'Law','asks':{'holds':'x'}},"
                + "{'branch':'Robotics','asks':{'allOf':[{'holds':'a'},{'holds':'b'}]}}]}";
        assertThat(said(branches, none())).isEqualTo("x");
        assertThat(said(branches, holding("a"))).isEqualTo("b");
        var scores = "{'anyOf':[{'score':'quiz','atLeast':50},{'score':'exam','atLeast':80}]}";
        assertThat(said(scores, none())).isEqualTo("quiz");
        assertThat(said(scores, graded("quiz", 40, "exam", 60))).isEqualTo("quiz");
        assertThat(said(scores, graded("quiz", 37, "exam", 60))).isEqualTo("exam");
        var points = "{'anyOf':[{'score':'quiz','atLeast':50,'scale':'points'},{'hours':'practice','atLeast':10}]}";
        assertThat(said(points, graded("quiz", 20))).isEqualTo("quiz");
        assertThat(said(points, graded("quiz", 20).withHours(hours("5")))).isEqualTo("practice");
    }

    @Test
    void what_is_closed_is_on_no_way_and_where_no_other_is_left_there_is_none() {
        var over = "{'score':'quiz','atLeast':50,'before':'2026-11-01T00:00:00Z'}";
        assertThat(said("{'anyOf':[" + over + ",{'allOf':[{'holds':'a'},{'holds':'b'}]}]}", none()))
                .isEqualTo("a, b");
        assertThat(Way.of(evaluation("{'allOf':[" + over + ",{'holds':'a'}]}", none()), ZONE))
                .isEmpty();
        assertThat(Way.of(evaluation("{'atLeast':2,'of':[" + over + ",{'holds':'a'}]}", none()), ZONE))
                .isEmpty();
        assertThat(Way.of(Evaluator.evaluate(new AllOf(List.of()), none(), NOW), ZONE))
                .isEmpty();
    }

    @Test
    void what_is_met_or_waived_needs_no_step() {
        assertThat(way("{'holds':'a'}", holding("a")).steps()).isEmpty();
        var waived = none().withWaived(Map.of(rule("{'holds':'a'}"), NOW));
        assertThat(said("{'allOf':[{'holds':'a'},{'holds':'b'}]}", waived)).isEqualTo("b");
    }

    @Test
    void a_step_has_to_be_taken_before_its_window_or_its_term_ends() {
        assertThat(way("{'holds':'a','before':'2027-02-28T23:00:00Z'}", none()).deadline())
                .isEqualTo(MARCH);
        var term = "{'completed':'quiz','during':{'term':'Winter','first':'2026-10-01','last':'2027-02-28'}}";
        assertThat(way(term, none()).deadline()).isEqualTo(MARCH);
        var both = "{'completed':'quiz','before':'2027-02-01T00:00:00Z',"
                + "'during':{'term':'Winter','first':'2026-10-01','last':'2027-02-28'}}";
        assertThat(way(both, none()).deadline()).isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
        assertThat(way("{'completed':'quiz','notOlderThan':'P1Y'}", none()).deadline())
                .isNull();
    }

    @Test
    void a_way_ends_with_the_first_of_its_deadlines_and_not_with_those_beside_it() {
        var rule = """
                {'atLeast':2,'of':[{'holds':'a','before':'2027-02-28T23:00:00Z'},{'holds':'b'},
                 {'allOf':[{'holds':'c','before':'2027-01-01T00:00:00Z'},{'holds':'d'}]}]}""";
        assertThat(way(rule, none()).deadline()).isEqualTo(MARCH);
        assertThat(way(rule, none()).isOnly()).isFalse();
        assertThat(way("{'allOf':[{'holds':'a'},{'holds':'b'}]}", none()).isOnly())
                .isTrue();
    }

    @Test
    void what_comes_first_has_to_be_done_before_what_comes_after_it_is_too_late() {
        var rule = """
                {'inOrder':[{'completed':'a'},{'completed':'b','before':'2027-02-28T23:00:00Z'},{'completed':'c'}]}""";
        assertThat(way(rule, none()).steps()).extracting(Way.Step::deadline).containsExactly(MARCH, MARCH, null);
    }

    @Test
    void in_order_what_was_done_too_early_is_a_step_again() {
        var rule = "{'inOrder':[{'score':'quiz','atLeast':50},{'score':'exam','atLeast':50}]}";
        assertThat(said(rule, graded("exam", 90))).isEqualTo("quiz, exam");
        assertThat(said(rule, graded("quiz", 90))).isEqualTo("exam");
    }

    @Test
    void in_order_what_was_handed_in_after_what_is_still_being_graded_waits_too() {
        var rule = "{'inOrder':[{'score':'quiz','atLeast':50},{'score':'exam','atLeast':50}]}";
        var facts = none().withAttempts(
                        Map.of(new Slot("quiz"), List.of(pending(BEFORE)), new Slot("exam"), List.of(pending(NOW))));
        assertThat(way(rule, facts).steps()).extracting(Way.Step::who).containsExactly(Who.GRADER, Who.GRADER);
        var early = none().withAttempts(
                        Map.of(new Slot("quiz"), List.of(pending(NOW)), new Slot("exam"), List.of(pending(BEFORE))));
        assertThat(way(rule, early).steps()).extracting(Way.Step::who).containsExactly(Who.GRADER, Who.LEARNER);
    }

    @Test
    void in_order_what_is_still_being_graded_is_a_step_again_where_what_came_after_it_can_only_count_then() {
        var rule = "{'inOrder':[{'completed':'reading'},{'score':'quiz','atLeast':50},"
                + "{'score':'exam','atLeast':50,'choice':'first'}]}";
        var facts = none().withAttempts(Map.of(
                new Slot("reading"),
                List.of(graded(1, BigDecimal.ONE, BEFORE)),
                new Slot("quiz"),
                List.of(pending(BEFORE)),
                new Slot("exam"),
                List.of(graded(1, BigDecimal.TEN, NOW))));
        assertThat(said(rule, facts)).isEqualTo("quiz, exam");
        assertThat(way(rule, facts).steps()).extracting(Way.Step::who).containsExactly(Who.LEARNER, Who.LEARNER);
    }

    @Test
    void in_order_what_is_met_waits_for_the_grade_of_an_earlier_attempt_where_more_counts_then() {
        var rule = "{'inOrder':[{'score':'quiz','atLeast':50},{'completed':'lab'},{'completed':'exam'}]}";
        var quiz = List.of(pending(BEFORE), graded(2, BigDecimal.valueOf(60), NOW));
        var lab = List.of(graded(1, BigDecimal.ONE, BEFORE.plusSeconds(60)));
        var facts = none().withAttempts(Map.of(new Slot("quiz"), quiz, new Slot("lab"), lab));
        assertThat(said(rule, facts)).isEqualTo("quiz, exam");
        assertThat(way(rule, facts).steps()).extracting(Way.Step::who).containsExactly(Who.GRADER, Who.LEARNER);
        var exam = List.of(graded(1, BigDecimal.ONE, NOW));
        var again = none().withAttempts(Map.of(new Slot("quiz"), quiz, new Slot("lab"), exam, new Slot("exam"), exam));
        assertThat(evaluation(rule, again).isMet()).isTrue();
    }

    @Test
    void in_order_what_is_still_being_graded_is_no_step_again_where_another_attempt_could_not_count() {
        var rule =
                "{'inOrder':[{'score':'quiz','atLeast':50,'choice':'first'},{'score':'exam','atLeast':50,'choice':'first'}]}";
        var exam = List.of(graded(1, BigDecimal.TEN, NOW));
        var facts = none().withAttempts(Map.of(
                new Slot("quiz"), List.of(pending(BEFORE), graded(2, BigDecimal.TEN, BEFORE)), new Slot("exam"), exam));
        assertThat(evaluation(rule, facts).state()).isEqualTo(Evaluation.State.CLOSED);
    }

    @Test
    void in_order_what_is_closed_stays_so_where_doing_all_anew_would_be_too_late() {
        var rule = "{'inOrder':[{'score':'quiz','atLeast':50,'before':'2026-11-24T09:00:00Z'},"
                + "{'score':'exam','atLeast':50,'choice':'first'}]}";
        var facts = none().withAttempts(Map.of(
                new Slot("quiz"), List.of(pending(BEFORE)), new Slot("exam"), List.of(graded(1, BigDecimal.TEN, NOW))));
        var evaluation = Evaluator.evaluate(rule(rule), facts, NOW);
        assertThat(evaluation.state()).isEqualTo(Evaluation.State.CLOSED);
        assertThat(evaluation.parts())
                .extracting(Evaluation::state)
                .containsExactly(Evaluation.State.WAITING, Evaluation.State.CLOSED);
    }

    @Test
    void in_order_what_was_met_once_comes_first_again_as_soon_as_it_is_met() {
        var rule = "{'inOrder':[{'score':'quiz','atLeast':50,'choice':'latest'},{'completed':'exam'}]}";
        var facts = none().withAttempts(Map.of(
                new Slot("quiz"),
                List.of(graded(1, BigDecimal.valueOf(60), BEFORE), graded(2, BigDecimal.TEN, NOW)),
                new Slot("exam"),
                List.of(graded(1, BigDecimal.ONE, BEFORE.plusSeconds(60)))));
        assertThat(said(rule, facts)).isEqualTo("quiz");
    }

    @Test
    void a_period_that_has_begun_ends_the_way_and_one_that_nothing_counts_in_does_not() {
        var rule = "{'within':'P30D','asks':{'allOf':[{'completed':'a'},{'completed':'b'}]}}";
        assertThat(way(rule, none()).deadline()).isNull();
        var begun = none().withAttempts(attempts("a", graded(1, BigDecimal.ONE, BEFORE)));
        assertThat(said(rule, begun)).isEqualTo("b");
        assertThat(way(rule, begun).deadline())
                .isEqualTo(BEFORE.atZone(ZONE).plusDays(30).toInstant());
        var beside = none().withAttempts(attempts("c", graded(1, BigDecimal.ONE, BEFORE)));
        assertThat(way(rule, beside).deadline()).isNull();
        var longAgo = none().withAttempts(attempts("a", graded(1, BigDecimal.ONE, NOW.minus(Duration.ofDays(31)))));
        assertThat(said(rule, longAgo)).isEqualTo("a, b");
        assertThat(way(rule, longAgo).deadline()).isNull();
    }

    @Test
    void what_nothing_has_to_happen_for_is_met_within_any_period() {
        var waived = none().withWaived(Map.of(rule("{'completed':'a'}"), NOW));
        var rule = "{'within':'P30D','asks':{'completed':'a'}}";
        assertThat(evaluation(rule, waived).isMet()).isTrue();
        assertThat(Evaluator.met(rule(rule), waived, NOW)).isTrue();
        var since = "{'within':'P30D','since':'2026','asks':{'completed':'a'}}";
        assertThat(way(since, waived).steps()).extracting(Way.Step::who).containsExactly(Who.INSTITUTION);
        assertThat(Evaluator.met(rule(since), waived, NOW)).isFalse();
    }

    @Test
    void a_period_from_a_cohort_begins_with_joining_it() {
        var rule = "{'within':'P30D','since':'2026','asks':{'completed':'a'}}";
        var way = way(rule, none());
        assertThat(way.steps()).extracting(Way.Step::who).containsExactly(Who.INSTITUTION, Who.LEARNER);
        assertThat(way.deadline()).isNull();
        var joined = none().withMemberships(Map.of(new Membership(Member.Group.COHORT, "2026"), BEFORE));
        assertThat(way(rule, joined).steps())
                .containsExactly(new Way.Step(
                        evaluation("{'completed':'a'}", none()),
                        Who.LEARNER,
                        BEFORE.atZone(ZONE).plusDays(30).toInstant(),
                        null));
    }

    @Test
    void a_cohort_is_joined_before_what_has_to_be_done_in_its_period_is_too_late() {
        var rule = "{'within':'P30D','since':'2026','asks':{'completed':'a','before':'2027-02-28T23:00:00Z'}}";
        assertThat(way(rule, none()).steps()).extracting(Way.Step::deadline).containsExactly(MARCH, MARCH);
    }

    @Test
    void a_group_is_joined_whenever_also_when_a_period_is_over_or_what_comes_after_it_is_due() {
        var over = none().withMemberships(Map.of(new Membership(Member.Group.COHORT, "2026"), BEFORE))
                .withAttempts(attempts("a", graded(1, BigDecimal.ONE, BEFORE)));
        var member = "{'member':'cohort','name':'2027'}";
        var rule = "{'within':'P5D','since':'2026','asks':{'allOf':[{'completed':'a'}," + member + "]}}";
        assertThat(way(rule, over).steps()).extracting(Way.Step::who).containsExactly(Who.INSTITUTION);
        assertThat(way(rule, over).deadline()).isNull();
        var order = "{'inOrder':[" + member + ",{'completed':'b','before':'2027-02-28T23:00:00Z'}]}";
        assertThat(way(order, none()).steps()).extracting(Way.Step::deadline).containsExactly(null, MARCH);
    }

    @Test
    void what_was_handed_in_within_a_period_waits_for_its_grade_when_that_is_over_and_not_for_an_approval() {
        var joined = Map.of(new Membership(Member.Group.COHORT, "2026"), BEFORE);
        var graded = "{'within':'P5D','since':'2026','asks':{'score':'a','atLeast':50}}";
        var facts = none().withMemberships(joined).withAttempts(attempts("a", pending(BEFORE)));
        assertThat(evaluation(graded, facts).state()).isEqualTo(Evaluation.State.WAITING);
        assertThat(way(graded, facts).deadline()).isNull();
        var approved = "{'within':'P5D','since':'2026','asks':{'approved':'a'}}";
        var asked = none().withMemberships(joined).withApprovals(asked(BEFORE));
        assertThat(evaluation(approved, asked).state()).isEqualTo(Evaluation.State.CLOSED);
    }

    @Test
    void who_has_to_act_is_said_of_each_kind() {
        assertThat(who("{'score':'a','atLeast':50}", none())).isEqualTo(Who.LEARNER);
        assertThat(who("{'completed':'a'}", none())).isEqualTo(Who.LEARNER);
        assertThat(who("{'holds':'a'}", none())).isEqualTo(Who.LEARNER);
        assertThat(who("{'approved':'a'}", none())).isEqualTo(Who.LEARNER);
        assertThat(who("{'sum':'ects','atLeast':3}", none())).isEqualTo(Who.LEARNER);
        assertThat(who("{'mean':'equal','atLeast':50}", none())).isEqualTo(Who.LEARNER);
        assertThat(who("{'score':'a','atLeast':50}", none().withAttempts(attempts("a", pending(NOW)))))
                .isEqualTo(Who.GRADER);
        assertThat(who("{'approved':'a'}", none().withApprovals(asked(NOW)))).isEqualTo(Who.REVIEWER);
        assertThat(who("{'member':'cohort','name':'2026'}", none())).isEqualTo(Who.INSTITUTION);
        assertThat(who("{'hours':'practice','atLeast':3}", none())).isEqualTo(Who.INSTITUTION);
    }

    @Test
    void a_reviewer_has_to_answer_before_the_window_ends() {
        var rule = "{'approved':'a','before':'2027-02-28T23:00:00Z'}";
        var facts = none().withApprovals(asked(NOW));
        assertThat(way(rule, facts).deadline()).isEqualTo(MARCH);
        assertThat(Evaluator.evaluate(rule(rule), facts, MARCH).state()).isEqualTo(Evaluation.State.CLOSED);
    }

    @Test
    void the_attempts_that_are_left_are_counted() {
        var three = "{'score':'a','atLeast':50,'attempts':3}";
        assertThat(left(three, none())).isEqualTo(3);
        assertThat(left(three, graded("a", 10))).isEqualTo(2);
        assertThat(left("{'score':'a','atLeast':50}", graded("a", 10))).isNull();
        assertThat(left("{'score':'a','atLeast':50,'choice':'first'}", none())).isEqualTo(1);
        var waits = none().withAttempts(attempts("a", graded(1, BigDecimal.ONE, BEFORE), pending(NOW)));
        assertThat(left(three, waits)).isNull();
    }

    @Test
    void a_grade_that_can_decide_nothing_is_not_waited_for() {
        var first = "{'score':'a','atLeast':50,'choice':'first'}";
        var facts = none().withAttempts(attempts("a", graded(1, BigDecimal.ONE, BEFORE), pending(2, NOW)));
        assertThat(evaluation(first, facts).state()).isEqualTo(Evaluation.State.CLOSED);
        var latest = "{'score':'a','atLeast':50,'choice':'latest'}";
        var late = none().withAttempts(attempts("a", pending(1, BEFORE), graded(2, BigDecimal.ONE, NOW)));
        assertThat(evaluation(latest, late).state()).isEqualTo(Evaluation.State.NOT_YET);
    }

    @Test
    void sums_that_count_separately_are_a_step_each_where_they_are_not_reached() {
        var rule = """
                {'separately':[{'sum':'ects','atLeast':5,'pool':{'labels':['track:a']}},
                 {'sum':'ects','atLeast':5,'pool':{'labels':['track:b']}}]}""";
        var way = way(rule, holding(held("x", NOW, "5", "track:a", "track:b")));
        assertThat(way.steps()).hasSize(1);
        assertThat(way(rule, none()).steps()).hasSize(2);
    }

    @Test
    void a_sum_is_one_step_with_what_there_is_of_it() {
        var step = way("{'sum':'ects','atLeast':30}", holding(held("x", NOW, "12")))
                .steps()
                .getFirst();
        assertThat(step.open().found().amount()).isEqualByComparingTo("12");
        var nearest = "{'anyOf':[{'sum':'ects','atLeast':30},{'sum':'ects','atLeast':20}]}";
        assertThat(way(nearest, holding(held("x", NOW, "12")))
                        .steps()
                        .getFirst()
                        .open()
                        .requirement())
                .isEqualTo(rule("{'sum':'ects','atLeast':20}"));
    }

    @Test
    void what_is_asked_for_twice_is_one_step() {
        assertThat(said(
                        "{'allOf':[{'holds':'a'},{'anyOf':[{'holds':'a'},{'allOf':[{'holds':'b'},{'holds':'c'}]}]}]}",
                        none()))
                .isEqualTo("a");
    }

    @Test
    void steps_are_said_with_their_deadline_and_who_has_to_act() {
        var rule = """
                {'allOf':[{'score':'quiz','atLeast':70,'attempts':3,'before':'2027-02-28T23:00:00Z'},{'score':'essay','atLeast':50},
                 {'approved':'portfolio'},{'hours':'practice','atLeast':10},{'holds':'a','before':'2027-02-28T23:00:00Z'}]}""";
        var facts = none().withAttempts(Map.of(
                        new Slot("quiz"),
                        List.of(graded(1, BigDecimal.valueOf(64), NOW)),
                        new Slot("essay"),
                        List.of(pending(NOW))))
                .withApprovals(
                        Map.of(new Slot("portfolio"), List.of(new Approval(Approval.Step.ASKED, "l", false, NOW))));
        assertThat(lines(Locale.UK, rule, facts))
                .containsExactly(
                        "Still to do:",
                        "You have 64 of 100 (64 %) in *quiz* so far. You need at least 70 % in *quiz* within 3 attempts. (Before 1 March 2027, 2 attempts left)",
                        "Your teacher has to grade *essay*.",
                        "A reviewer has to look at what you handed in: *portfolio*.",
                        "You have 0 of 10 hours of *practice*; the institution confirms them.",
                        "You still need *a*. (Before 1 March 2027)");
        assertThat(lines(Locale.GERMAN, rule, facts))
                .containsExactly(
                        "Noch zu tun:",
                        "Sie haben bisher 64 von 100 (64 %) in *quiz*. Sie brauchen mindestens 70 % in *quiz* mit höchstens 3 Versuchen. (Vor dem 1. März 2027, noch 2 Versuche)",
                        "Ihre Lehrperson muss *essay* noch bewerten.",
                        "Jemand muss noch begutachten, was Sie eingereicht haben: *portfolio*.",
                        "Sie haben 0 von 10 Stunden *practice*; bestätigt werden sie von der Einrichtung.",
                        "Sie brauchen noch *a*. (Vor dem 1. März 2027)");
    }

    @Test
    void a_way_says_whether_it_is_the_only_one_and_whether_others_have_to_act() {
        assertThat(lines(Locale.UK, "{'anyOf':[{'holds':'a'},{'holds':'b'}]}", none()))
                .containsExactly("The shortest way:", "You still need *a*.");
        assertThat(lines(Locale.UK, "{'score':'a','atLeast':50}", none().withAttempts(attempts("a", pending(NOW)))))
                .containsExactly("Others have to act:", "Your teacher has to grade *a*.");
        assertThat(lines(Locale.FRENCH, "{'member':'role','name':'tutor'}", none()))
                .containsExactly("C’est à d’autres d’agir :", "Il vous faut le rôle *tutor*.");
    }

    @Test
    void what_the_steps_say_is_not_said_twice() {
        assertThat(soFar("{'score':'quiz','atLeast':70}", none())).isEmpty();
        assertThat(soFar("{'allOf':[{'holds':'a'},{'holds':'b'}]}", holding("a")))
                .isEqualTo("You have 1 of 2.");
        assertThat(soFar("{'atLeast':2,'of':[{'holds':'a'},{'holds':'b'},{'holds':'c'}]}", holding("a")))
                .isEqualTo("You have 1 of 2. One more of *b* or *c*.");
        assertThat(soFar("{'score':'a','atLeast':50}", none().withAttempts(attempts("a", pending(NOW)))))
                .isEqualTo("Nothing to do for you for now.");
        assertThat(soFar("{'within':'P1Y','asks':{'holds':'a'}}", none())).isEqualTo("This, all within 1 year.");
    }

    private static List<String> lines(Locale language, String rule, Facts facts) {
        var sentence = new Sentence(new Names(Slot::name, id -> id.value()), ZONE, language);
        var way = way(rule, facts);
        return Stream.concat(
                        Stream.of(sentence.heading(way)),
                        sentence.next(way).stream().map(Sentence.Next::line))
                .map(line -> line.replace('\u00A0', ' '))
                .toList();
    }

    private static String soFar(String rule, Facts facts) {
        return new Sentence(new Names(Slot::name, id -> id.value()), ZONE).soFar(evaluation(rule, facts));
    }

    private static Evaluation evaluation(String rule, Facts facts) {
        return Evaluator.evaluate(rule(rule), facts, NOW);
    }

    private static Way way(String rule, Facts facts) {
        return Way.of(evaluation(rule, facts), ZONE).orElseThrow();
    }

    private static Who who(String rule, Facts facts) {
        return way(rule, facts).steps().getFirst().who();
    }

    private static Integer left(String rule, Facts facts) {
        return way(rule, facts).steps().getFirst().attemptsLeft();
    }

    /** The names in the steps. */
    private static String said(String rule, Facts facts) {
        return way(rule, facts).steps().stream()
                .map(step -> switch (step.open().requirement()) {
                    case Holds holds -> holds.achievement().value();
                    case Score score -> score.slot().name();
                    case Completed completed -> completed.slot().name();
                    case Hours hours -> hours.kind().name();
                    case Requirement other -> other.toString();
                })
                .collect(Collectors.joining(", "));
    }

    private static Fact pending(Instant at) {
        return pending(1, at);
    }

    private static Fact pending(int attempt, Instant at) {
        return new Fact(attempt, Fact.State.PENDING, null, null, false, at, Strength.STRONG);
    }

    private static Map<Slot, List<Worked>> hours(String hours) {
        return Map.of(new Slot("practice"), List.of(new Worked(new BigDecimal(hours), NOW, Strength.REVIEWED)));
    }

    private static Map<Slot, List<Approval>> asked(Instant at) {
        return Map.of(new Slot("a"), List.of(new Approval(Approval.Step.ASKED, "learner", false, at)));
    }
}

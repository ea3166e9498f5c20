package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.rule.RuleFacts.NOW;
import static org.cairn.rule.RuleFacts.atLevel;
import static org.cairn.rule.RuleFacts.from;
import static org.cairn.rule.RuleFacts.graded;
import static org.cairn.rule.RuleFacts.held;
import static org.cairn.rule.RuleFacts.holding;
import static org.cairn.rule.RuleFacts.in;
import static org.cairn.rule.RuleFacts.none;
import static org.cairn.rule.RuleFacts.used;
import static org.cairn.rule.RuleFacts.withResult;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that institutions have, each with learners just inside and just outside. */
class EighteenRulesTest {

    private static final String LETTERS = """
            {'name':'US','letters':[{'letter':'A','from':93,'points':4},{'letter':'B','from':83,'points':3},
             {'letter':'C+','from':77,'points':2.3},{'letter':'C','from':73,'points':2},{'letter':'F','from':0,'points':0}]}""";

    /** HKU SPACE: 30 credits, three quarters of them in the category and at the level, none over five years old or used elsewhere. */
    private static final String HKU = """
            {'rule':1,'mode':'apply',
             'asks':{'sum':'ects','atLeast':30,'pool':{'notOlderThan':'P5Y','uses':1},
                     'limits':[{'minShare':75,'of':{'labels':['category:executive']}},{'minShare':75,'of':{'level':6}}]},
             'variants':[{'title':'Artificial Intelligence',
                          'asks':{'sum':'ects','atLeast':30,'pool':{'notOlderThan':'P5Y','uses':1},
                                  'limits':[{'minShare':75,'of':{'labels':['category:executive']}},{'minShare':75,'of':{'level':6}},
                                            {'minShare':75,'of':{'labels':['theme:ai']}}]}},
                         {'title':'General Studies',
                          'asks':{'sum':'ects','atLeast':30,'pool':{'notOlderThan':'P5Y','uses':1}}}]}""";

    @Test
    void one_thirty_credits_most_in_the_category_and_at_the_level_young_and_unused() {
        var rule = rule(HKU);
        assertThat(rule.mode()).isEqualTo(Rule.Mode.APPLY);
        // 22.5 of 30 is three quarters exactly.
        assertThat(met(rule, hku("22.5", "7.5"))).isTrue();
        assertThat(met(rule, hku("22.4", "7.6"))).isFalse();
        assertThat(met(rule, hku("22.5", "7.4"))).isFalse();
        // More outside the category is no harm: the rest need not count.
        assertThat(met(rule, hku("22.5", "7.5", "40"))).isTrue();
        assertThat(met(rule, hku("22.5", "40"))).isFalse();
        var old = atLevel(held("old", years(5).minusSeconds(1), "22.5", "category:executive"), 6);
        var just = atLevel(held("just", years(5), "22.5", "category:executive"), 6);
        var rest = held("rest", NOW, "7.5");
        assertThat(met(rule, holding(old, rest))).isFalse();
        assertThat(met(rule, holding(just, rest))).isTrue();
        assertThat(met(rule, holding(used(just, 1), rest))).isFalse();
        assertThat(met(rule, holding(atLevel(just, 5), rest))).isFalse();
    }

    @Test
    void two_the_title_says_the_theme_that_most_credits_share() {
        var rule = rule(HKU);
        var ai = atLevel(held("ai", NOW, "22.5", "category:executive", "theme:ai"), 6);
        var law = atLevel(held("law", NOW, "22.5", "category:executive", "theme:law"), 6);
        var rest = held("rest", NOW, "7.5");
        assertThat(rule.title(holding(ai, rest), NOW)).contains("Artificial Intelligence");
        assertThat(rule.title(holding(law, rest), NOW)).contains("General Studies");
        assertThat(rule.title(holding(ai), NOW)).isEmpty();
    }

    @Test
    void three_up_to_twelve_units_are_transferred_that_are_good_young_and_unused() {
        var rule = rule("""
                {'sum':'units','atLeast':12,'atMost':12,'limits':[{'maxSum':6,'of':{'labels':['delivery:online']}}],
                 'pool':{'issuer':'NTU','atLeast':'C+','scale':%s,'notOlderThan':'P5Y','uses':1}}""".formatted(LETTERS));
        var units = IntStream.range(0, 4).mapToObj(i -> ntu("u" + i, "3")).toList();
        assertThat(met(rule, none().withHeld(units))).isTrue();
        assertThat(met(rule, none().withHeld(units.subList(0, 3)))).isFalse();
        assertThat(met(rule, none().withHeld(replaced(units, withResult(units.getFirst(), "76.9")))))
                .isFalse();
        assertThat(met(rule, none().withHeld(replaced(units, withResult(units.getFirst(), "77")))))
                .isTrue();
        assertThat(met(rule, none().withHeld(replaced(units, used(units.getFirst(), 1)))))
                .isFalse();
        assertThat(met(rule, none().withHeld(replaced(units, from(units.getFirst(), Held.OWN)))))
                .isFalse();
        // Only whole courses transfer: 5 + 5 is less than twelve and 5 + 5 + 5 is more.
        assertThat(met(rule, holding(ntu("a", "5"), ntu("b", "5"), ntu("c", "5"))))
                .isFalse();
    }

    @Test
    void four_sixteen_and_fourteen_units_and_one_compulsory_elective() {
        var rule = rule("""
                {'separately':[{'sum':'ects','atLeast':16,'pool':{'labels':['part:a']}},
                               {'sum':'ects','atLeast':14,'pool':{'labels':['part:b']}},
                               {'sum':'awards','atLeast':1,'pool':{'achievements':['ethics','law']}}]}""");
        var a = held("a", NOW, "16", "part:a");
        var b = held("b", NOW, "14", "part:b");
        assertThat(met(rule, holding(a, b, held("ethics", NOW, "2")))).isTrue();
        assertThat(met(rule, holding(a, b, held("other", NOW, "2")))).isFalse();
        assertThat(met(rule, holding(a, held("b", NOW, "13.9", "part:b"), held("ethics", NOW, "2"))))
                .isFalse();
        // An award that would do for two parts does for one.
        var both = held("ethics", NOW, "14", "part:b");
        assertThat(met(rule, holding(a, both))).isFalse();
        assertThat(met(rule, holding(a, both, held("law", NOW, "2")))).isTrue();
    }

    @Test
    void five_seventy_two_credits_in_two_years_and_sixty_for_those_who_began_before() {
        var rule = rule("""
                {'rule':1,'asks':{'within':'P2Y','asks':{'sum':'ects','atLeast':72}},
                 'earlier':[{'who':{'member':'cohort','name':'modular','before':'2020-07-31T16:00:00Z'},
                             'asks':{'within':'P2Y','asks':{'sum':'ects','atLeast':60}}}]}""");
        var first = Instant.parse("2024-03-01T00:00:00Z");
        var last = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(met(rule, holding(held("a", first, "36"), held("b", last, "36"))))
                .isTrue();
        assertThat(met(rule, holding(held("a", first, "36"), held("b", last.plusSeconds(1), "36"))))
                .isFalse();
        assertThat(met(rule, holding(held("a", first, "36"), held("b", last, "35.5"))))
                .isFalse();
        var sixty = holding(held("a", first, "30"), held("b", last, "30"));
        var cohort = new Membership(Member.Group.COHORT, "modular");
        assertThat(met(rule, sixty)).isFalse();
        assertThat(met(rule, sixty.withMemberships(Map.of(cohort, Instant.parse("2020-07-31T15:59:59Z")))))
                .isTrue();
        assertThat(met(rule, sixty.withMemberships(Map.of(cohort, Instant.parse("2020-07-31T16:00:00Z")))))
                .isFalse();
    }

    @Test
    void six_three_courses_with_a_mean_of_two_and_a_half_within_three_years_of_admission() {
        var rule = rule("""
                {'within':'P36M','since':'certificate','asks':{'allOf':[
                  {'sum':'awards','atLeast':3,'pool':{'labels':['programme:data']}},
                  {'mean':'credits','atLeast':2.5,'scale':%s,'pool':{'labels':['programme:data']}}]}}""".formatted(LETTERS));
        var admitted = Instant.parse("2023-01-10T00:00:00Z");
        var last = Instant.parse("2026-01-10T00:00:00Z");
        var member = Map.of(new Membership(Member.Group.COHORT, "certificate"), admitted);
        // 4, 2 and 2 points of 4, 4 and 8 credits are 2.5.
        var courses = List.of(
                withResult(held("a", admitted, "4", "programme:data"), "93"),
                withResult(held("b", admitted, "4", "programme:data"), "73"),
                withResult(held("c", last, "8", "programme:data"), "74"));
        assertThat(met(rule, none().withHeld(courses).withMemberships(member))).isTrue();
        assertThat(met(rule, none().withHeld(courses))).isFalse();
        assertThat(met(rule, none().withHeld(courses.subList(0, 2)).withMemberships(member)))
                .isFalse();
        var worse = replaced(courses, withResult(courses.getFirst(), "92.9"));
        assertThat(met(rule, none().withHeld(worse).withMemberships(member))).isFalse();
        var late = withResult(held("c", last.plusSeconds(1), "8", "programme:data"), "74");
        assertThat(met(rule, none().withHeld(replaced(courses, late)).withMemberships(member)))
                .isFalse();
    }

    @Test
    void seven_five_core_courses_five_electives_of_two_tracks_and_a_mean_of_three() {
        var rule = rule("""
                {'allOf':[{'separately':[{'sum':'awards','atLeast':5,'pool':{'labels':['kind:core']}},
                                         {'sum':'awards','atLeast':5,'pool':{'labels':['kind:elective']},'limits':[{'groups':2,'by':'track'}]}]},
                          {'mean':'equal','atLeast':3,'scale':%s,'pool':{'labels':['programme:msc']}}]}""".formatted(LETTERS));
        var core = msc("core", 5, "83");
        var one = msc("elective", 4, "83", "track:ai");
        var other = msc("elective-b", 1, "83", "track:systems");
        assertThat(met(rule, none().withHeld(joined(core, one, other)))).isTrue();
        assertThat(met(rule, none().withHeld(joined(core, one, msc("elective-b", 1, "83", "track:ai")))))
                .isFalse();
        assertThat(met(rule, none().withHeld(joined(core.subList(1, 5), one, other))))
                .isFalse();
        assertThat(met(rule, none().withHeld(joined(core, one, msc("elective-b", 1, "82.9", "track:systems")))))
                .isFalse();
    }

    @Test
    void eight_both_cores_two_courses_of_a_track_then_the_capstone_in_two_attempts() {
        var rule = rule("""
                {'inOrder':[{'allOf':[{'holds':'core-1'},{'holds':'core-2'},
                                      {'oneBranch':[{'branch':'Methods','asks':{'atLeast':2,'of':[{'holds':'m1'},{'holds':'m2'},{'holds':'m3'}]}},
                                                    {'branch':'Social Science','asks':{'allOf':[{'holds':'s1'},{'holds':'s2'}]}}]}]},
                            {'score':'capstone','atLeast':60,'attempts':2}]}""");
        var before = NOW.minusSeconds(3600);
        var courses = holding(held("core-1", before), held("core-2", before), held("m1", before), held("m3", before));
        assertThat(met(rule, courses.withAttempts(capstone(NOW, 59, 60)))).isTrue();
        assertThat(met(rule, courses.withAttempts(capstone(NOW, 59, 59, 60)))).isFalse();
        assertThat(met(rule, courses.withAttempts(capstone(before.minusSeconds(1), 90))))
                .isFalse();
        var mixed = holding(held("core-1", before), held("core-2", before), held("m1", before), held("s1", before));
        assertThat(met(rule, mixed.withAttempts(capstone(NOW, 90)))).isFalse();
    }

    @Test
    void nine_either_pathway_of_three_courses_with_a_b_in_all() {
        var course = "{'holds':'%s','atLeast':'B','scale':" + LETTERS + "}";
        var rule = rule(
                "{'oneBranch':[{'branch':'One','asks':{'allOf':[%s,%s,%s]}},{'branch':'Two','asks':{'allOf':[%s,%s,%s]}}]}"
                        .formatted(Stream.of("a", "b", "c", "d", "e", "f")
                                .map(course::formatted)
                                .toArray()));
        assertThat(met(rule, holding(b("a"), b("b"), b("c")))).isTrue();
        assertThat(met(rule, holding(b("d"), b("e"), b("f")))).isTrue();
        assertThat(met(rule, holding(b("a"), b("b"), b("f"), b("e")))).isFalse();
        assertThat(met(rule, holding(b("a"), b("b"), withResult(held("c", NOW), "82.99"))))
                .isFalse();
        assertThat(met(rule, holding(b("a"), b("b"), held("c", NOW)))).isFalse();
    }

    @Test
    void ten_three_levels_of_one_pathway_the_first_a_reflection_and_a_quiz_the_last_reviewed() {
        var first = rule("{'allOf':[{'completed':'reflection'},{'score':'quiz','atLeast':80}]}");
        var reflected = new Fact(1, Fact.State.CLEARED, null, null, true, NOW, Strength.STRONG);
        var quiz = RuleFacts.graded(1, BigDecimal.valueOf(80), NOW);
        assertThat(met(
                        first,
                        none().withAttempts(Map.of(
                                new Slot("reflection"), List.of(reflected), new Slot("quiz"), List.of(quiz)))))
                .isTrue();
        assertThat(met(first, graded("quiz", 80))).isFalse();
        assertThat(met(first, graded("quiz", 79.99, "reflection", 0))).isFalse();
        var third = rule("{'approved':'project','rubric':['It was used by others'],'independent':true}");
        var project = new Slot("project");
        assertThat(met(third, none().withApprovals(Map.of(project, List.of(approval(Approval.Step.APPROVED, true))))))
                .isTrue();
        assertThat(met(third, none().withApprovals(Map.of(project, List.of(approval(Approval.Step.APPROVED, false))))))
                .isFalse();
        assertThat(met(third, none().withApprovals(Map.of(project, List.of(approval(Approval.Step.ASKED, true))))))
                .isFalse();
        var whole = rule("""
                {'oneBranch':[{'branch':'Research','asks':{'inOrder':[{'holds':'research-1'},{'holds':'research-2'},{'holds':'research-3'}]}},
                              {'branch':'Practice','asks':{'inOrder':[{'holds':'practice-1'},{'holds':'practice-2'},{'holds':'practice-3'}]}}]}""");
        assertThat(met(whole, holding("research-1", "research-2", "research-3")))
                .isTrue();
        assertThat(met(whole, holding("research-1", "research-2", "practice-3")))
                .isFalse();
    }

    @Test
    void eleven_a_pass_mark_and_all_of_a_series_for_credit_points() {
        var rule = rule(
                "{'allOf':[{'holds':'s1','atLeast':70},{'holds':'s2','atLeast':70},{'holds':'s3','atLeast':70},{'holds':'s4','atLeast':70}]}");
        var series = Stream.of("s1", "s2", "s3")
                .map(id -> withResult(held(id, NOW, "3.125"), "70"))
                .toList();
        assertThat(met(rule, none().withHeld(joined(series, List.of(withResult(held("s4", NOW), "70"))))))
                .isTrue();
        assertThat(met(rule, none().withHeld(joined(series, List.of(withResult(held("s4", NOW), "69.995"))))))
                .isFalse();
        var credit = rule("{'sum':'ects','atLeast':3.125,'atMost':3.125,'pool':{'achievements':['s1','s2']}}");
        assertThat(met(credit, none().withHeld(series))).isTrue();
        assertThat(met(credit, holding(held("s1", NOW, "3.124")))).isFalse();
    }

    @Test
    void twelve_valid_for_three_years_and_renewed_by_units_a_higher_one_or_the_newest_exam() {
        var rule = rule("""
                {'rule':1,'asks':{'score':'exam','atLeast':750,'scale':'points'},'valid':'P3Y',
                 'renewedBy':{'anyOf':[{'hours':'education','atLeast':20},{'holds':'security-plus'},{'score':'newest-exam','atLeast':750,'scale':'points'}]}}""");
        assertThat(rule.validity()).isEqualTo(Period.ofYears(3));
        assertThat(rule.end(Instant.parse("2026-11-24T09:00:00Z"), RuleFacts.ZONE))
                .isEqualTo(Instant.parse("2029-11-24T09:00:00Z"));
        var education = new Slot("education");
        var some = new Worked(BigDecimal.valueOf(12), NOW, Strength.REVIEWED);
        var more = new Worked(BigDecimal.valueOf(8), NOW, Strength.REVIEWED);
        var fewer = new Worked(new BigDecimal("7.5"), NOW, Strength.REVIEWED);
        assertThat(renewed(rule, none().withHours(Map.of(education, List.of(some, more)))))
                .isTrue();
        assertThat(renewed(rule, none().withHours(Map.of(education, List.of(some, fewer)))))
                .isFalse();
        assertThat(renewed(rule, holding("security-plus"))).isTrue();
        assertThat(renewed(rule, holding("network-plus"))).isFalse();
        // What was there when it was awarded renews nothing.
        assertThat(renewed(rule, holding(held("security-plus", years(1))))).isFalse();
        var exam = new Fact(
                1, Fact.State.GRADED, BigDecimal.valueOf(750), BigDecimal.valueOf(900), true, NOW, Strength.STRONG);
        assertThat(renewed(rule, none().withAttempts(RuleFacts.attempts("newest-exam", exam))))
                .isTrue();
        assertThat(renewed(rule, none().withAttempts(RuleFacts.attempts("exam", exam))))
                .isFalse();
    }

    @Test
    void thirteen_up_to_eight_hours_half_of_them_from_here_none_old_unless_it_was_allowed() {
        var young =
                "{'sum':'hours','atLeast':1,'atMost':8,'pool':{'notOlderThan':'P7Y'},'limits':[{'minShare':50,'of':{'issuer':'own'}}]}";
        var rule = rule("{'anyOf':[%s,{'allOf':[%s,{'approved':'exception'}]}]}"
                .formatted(young, young.replace("'pool':{'notOlderThan':'P7Y'},", "")));
        var own = in(held("own", NOW, "1"), "hours");
        var other = in(from(held("other", NOW, "1"), "Elsewhere"), "hours");
        assertThat(met(rule, holding(own))).isTrue();
        assertThat(met(rule, holding(other))).isFalse();
        assertThat(met(rule, holding(in(held("own", NOW, "9"), "hours")))).isFalse();
        var old = holding(in(held("own", years(7).minusSeconds(1), "3"), "hours"));
        assertThat(met(rule, old)).isFalse();
        assertThat(met(
                        rule,
                        old.withApprovals(
                                Map.of(new Slot("exception"), List.of(approval(Approval.Step.APPROVED, false))))))
                .isTrue();
        // Or it was excused, word for word, without being foreseen in the rule.
        assertThat(met(rule(young), old)).isFalse();
        assertThat(met(rule(young), old.withWaived(Map.of(rule(young).requirement(), NOW))))
                .isTrue();
    }

    @Test
    void fourteen_graduate_hours_with_a_b_or_hours_without_credit_or_both() {
        var rule = rule("""
                {'anyOf':[{'sum':'graduate','atLeast':3,'atMost':12,'pool':{'atLeast':'B','scale':%s},'limits':[{'minShare':50,'of':{'issuer':'own'}}]},
                          {'sum':'contact','atLeast':5,'atMost':50}]}""".formatted(LETTERS));
        assertThat(met(rule, holding(in(withResult(held("g", NOW, "3"), "83"), "graduate"))))
                .isTrue();
        assertThat(met(rule, holding(in(withResult(held("g", NOW, "3"), "82"), "graduate"))))
                .isFalse();
        assertThat(met(rule, holding(in(from(withResult(held("g", NOW, "3"), "83"), "Elsewhere"), "graduate"))))
                .isFalse();
        assertThat(met(rule, holding(in(held("c", NOW, "5"), "contact")))).isTrue();
        assertThat(met(rule, holding(in(held("c", NOW, "4.9"), "contact")))).isFalse();
        assertThat(met(rule, holding(in(held("c", NOW, "51"), "contact")))).isFalse();
    }

    @Test
    void fifteen_at_most_half_from_a_degree_and_one_small_course_of_another_certificate() {
        var rule = rule("""
                {'sum':'ects','atLeast':16,'pool':{'notOlderThan':'P7Y'},
                 'limits':[{'maxShare':50,'of':{'labels':['from:degree']}},
                           {'maxAwards':1,'of':{'labels':['from:certificate']}},{'maxSum':4,'of':{'labels':['from:certificate']}}]}""");
        var degree = IntStream.range(0, 4)
                .mapToObj(i -> held("d" + i, NOW, "4", "from:degree"))
                .toList();
        var own = List.of(held("o1", NOW, "4"), held("o2", NOW, "4"));
        assertThat(met(rule, none().withHeld(joined(degree, own)))).isTrue();
        assertThat(met(rule, none().withHeld(joined(degree, own.subList(0, 1)))))
                .isFalse();
        var certificate = held("c1", NOW, "4", "from:certificate");
        assertThat(met(rule, none().withHeld(joined(degree, own.subList(0, 1), List.of(certificate)))))
                .isTrue();
        assertThat(met(
                        rule,
                        none().withHeld(joined(
                                degree, own.subList(0, 1), List.of(held("c1", NOW, "5", "from:certificate"))))))
                .isFalse();
        assertThat(met(
                        rule,
                        none().withHeld(joined(
                                degree.subList(0, 2),
                                own.subList(0, 1),
                                List.of(
                                        held("c1", NOW, "2", "from:certificate"),
                                        held("c2", NOW, "2", "from:certificate"))))))
                .isFalse();
    }

    @Test
    void sixteen_a_course_counts_in_at_most_two_programmes() {
        var rule = rule("{'allOf':[{'holds':'statistics','uses':2},{'holds':'programming','uses':2}]}");
        var statistics = held("statistics", NOW);
        var programming = held("programming", NOW);
        assertThat(met(rule, holding(used(statistics, 1), programming))).isTrue();
        assertThat(met(rule, holding(used(statistics, 2), programming))).isFalse();
    }

    @Test
    void seventeen_two_certificates_of_one_discipline_and_a_minimum_of_hours() {
        var discipline =
                "{'allOf':[{'sum':'awards','atLeast':2,'pool':{'labels':['discipline:%s','kind:certificate']}},{'sum':'hours','atLeast':18,'pool':{'labels':['discipline:%s']}}]}";
        var rule = rule("{'oneBranch':[{'branch':'Health','asks':%s},{'branch':'Business','asks':%s}]}"
                .formatted(discipline.formatted("health", "health"), discipline.formatted("business", "business")));
        var one = in(held("h1", NOW, "9", "discipline:health", "kind:certificate"), "hours");
        var two = in(held("h2", NOW, "9", "discipline:health", "kind:certificate"), "hours");
        assertThat(met(rule, holding(one, two))).isTrue();
        assertThat(met(
                        rule,
                        holding(one, in(held("h2", NOW, "8.5", "discipline:health", "kind:certificate"), "hours"))))
                .isFalse();
        assertThat(met(rule, holding(one, in(held("b", NOW, "9", "discipline:business", "kind:certificate"), "hours"))))
                .isFalse();
    }

    @Test
    void eighteen_after_a_major_change_holders_stay_current_by_a_bridge() {
        var rule = rule("""
                {'rule':1,'asks':{'anyOf':[{'score':'exam','atLeast':70},
                                           {'inOrder':[{'holds':'analytics','before':'2026-01-01T00:00:00Z'},{'completed':'bridge'}]}]}}""");
        var holder = holding(held("analytics", Instant.parse("2025-06-30T00:00:00Z")));
        assertThat(met(rule, holder)).isFalse();
        assertThat(met(rule, holder.withAttempts(graded("bridge", 0).attempts())))
                .isTrue();
        assertThat(met(
                        rule,
                        holding(held("analytics", Instant.parse("2026-01-01T00:00:00Z")))
                                .withAttempts(graded("bridge", 0).attempts())))
                .isFalse();
        assertThat(met(rule, graded("bridge", 0))).isFalse();
        assertThat(met(rule, graded("exam", 70))).isTrue();
    }

    private static Rule rule(String json) {
        return RuleFacts.wholeRule(json);
    }

    private static boolean met(Rule rule, Facts facts) {
        return Evaluator.met(rule.requirement(facts, NOW), facts, NOW);
    }

    private static boolean renewed(Rule rule, Facts facts) {
        return rule.isRenewed(years(1), facts, NOW);
    }

    /** Credits in the category at the level, and others. */
    private static Facts hku(String inCategory, String... others) {
        var held = new ArrayList<Held>();
        held.add(atLevel(held("in-category", NOW, inCategory, "category:executive"), 6));
        for (int i = 0; i < others.length; i++) {
            held.add(held("other-" + i, NOW, others[i]));
        }
        return none().withHeld(held);
    }

    private static Held ntu(String id, String units) {
        return withResult(in(from(held(id, NOW, units), "NTU"), "units"), "80");
    }

    private static Held b(String id) {
        return withResult(held(id, NOW), "83");
    }

    private static List<Held> msc(String kind, int count, String percent, String... labels) {
        var all = Stream.concat(Stream.of("programme:msc", "kind:" + kind.replace("-b", "")), Stream.of(labels))
                .toArray(String[]::new);
        return IntStream.range(0, count)
                .mapToObj(i -> withResult(held(kind + i, NOW, "4", all), percent))
                .toList();
    }

    private static Map<Slot, List<Fact>> capstone(Instant at, int... percents) {
        return RuleFacts.attempts(
                "capstone",
                IntStream.range(0, percents.length)
                        .mapToObj(i -> RuleFacts.graded(i + 1, BigDecimal.valueOf(percents[i]), at))
                        .toArray(Fact[]::new));
    }

    private static Approval approval(Approval.Step step, boolean independent) {
        return new Approval(step, "reviewer", independent, NOW);
    }

    private static Instant years(int ago) {
        return NOW.atZone(RuleFacts.ZONE).minusYears(ago).toInstant();
    }

    private static List<Held> replaced(List<Held> all, Held by) {
        return all.stream().map(held -> held.id().equals(by.id()) ? by : held).toList();
    }

    @SafeVarargs
    private static List<Held> joined(List<Held>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }
}

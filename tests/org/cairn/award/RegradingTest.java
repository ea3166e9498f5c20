package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Regrade;
import org.cairn.evidence.Observation;
import org.cairn.evidence.Reported;
import org.cairn.evidence.Source;
import org.cairn.openbadges.Credential;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of awards when later reports no longer meet the rule: kept, held for review or revoked, with what rests on them or not. */
class RegradingTest {

    private static final String QUIZ = "{'score':'quiz','atLeast':70}";
    private static final Regrade KEEP = new Regrade(Regrade.Then.KEEP, false);
    private static final Regrade HOLD = new Regrade(Regrade.Then.HOLD, false);
    private static final Regrade HOLD_ALL = new Regrade(Regrade.Then.HOLD, true);
    private static final Regrade REVOKE = new Regrade(Regrade.Then.REVOKE, false);
    private static final Regrade REVOKE_ALL = new Regrade(Regrade.Then.REVOKE, true);

    @ParameterizedTest
    @EnumSource(Databases.class)
    void below_the_line_an_award_is_revoked_with_its_signed_forms_and_met_again_there_is_a_second_one(
            Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ, REVOKE);
            world.grade("ada", "quiz", 91);
            world.grade("alan", "quiz", 91);
            regrade(world, "ada", "quiz", 70);
            assertThat(life(world, "ada")).containsExactly("soldering 1 AWARDED");
            regrade(world, "ada", "quiz", 69.995);
            assertThat(life(world, "ada")).containsExactly("soldering 1 REVOKED");
            assertThat(life(world, "alan")).containsExactly("soldering 1 AWARDED");
            var lost = awards(world, "ada").getFirst();
            assertThat(lost.last().by()).isNull();
            assertThat(lost.last().reason()).isEqualTo("What was reported since no longer meets the rule.");
            assertThat(revokedForms(world, lost.id())).containsExactly(true);
            regrade(world, "ada", "quiz", 80);
            assertThat(life(world, "ada")).containsExactly("soldering 1 REVOKED", "soldering 2 AWARDED");
            assertThat(revokedForms(world, awards(world, "ada").getLast().id())).containsExactly(false);
            assertThat(steps(world)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_cleared_grade_takes_an_award_and_one_that_says_keep_or_nothing_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            world.define("lost", QUIZ, REVOKE);
            world.define("kept", QUIZ, KEEP);
            world.define("unsaid", QUIZ);
            world.grade("ada", "quiz", 91);
            world.clock.advance(Duration.ofHours(1));
            world.record(new Observation("quiz", "ada", 1, Reported.CLEARED, world.clock.instant(), null));
            assertThat(world.holds("ada")).containsExactly("kept", "unsaid");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_a_person_revoked_or_reinstated_no_report_changes(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ, HOLD);
            world.grade("ada", "quiz", 91);
            world.grade("alan", "quiz", 91);
            world.awarding.revoke(world.tenant, award(world, "alan"), AccountId.fresh(), "Copied.");
            regrade(world, "ada", "quiz", 20);
            world.awarding.reinstate(world.tenant, award(world, "ada"), AccountId.fresh(), "She showed me.");
            regrade(world, "ada", "quiz", 10);
            regrade(world, "alan", "quiz", 10);
            regrade(world, "alan", "quiz", 99);
            assertThat(life(world, "ada")).containsExactly("soldering 1 REINSTATED");
            assertThat(life(world, "alan")).containsExactly("soldering 1 REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_held_counts_in_no_new_stack_until_a_report_or_a_person_reinstates_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define("one", "{'score':'first','atLeast':50}", HOLD);
            world.define(Map.of(
                    "two", "{'score':'second','atLeast':50}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}"));
            for (var sub : List.of("ada", "alan")) {
                world.grade(sub, "first", 60);
                regrade(world, sub, "first", 40);
                world.grade(sub, "second", 60);
                assertThat(life(world, sub)).containsExactly("one 1 SUSPENDED", "two 1 AWARDED");
                assertThat(revokedForms(world, award(world, sub))).containsExactly(false);
            }
            regrade(world, "ada", "first", 55);
            assertThat(life(world, "ada")).containsExactly("one 1 REINSTATED", "two 1 AWARDED", "stack 1 AWARDED");
            world.awarding.reinstate(world.tenant, award(world, "alan"), AccountId.fresh(), "It was a mistake.");
            assertThat(life(world, "alan")).containsExactly("one 1 REINSTATED", "two 1 AWARDED", "stack 1 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_held_is_issued_anew_to_end_at_once_and_with_its_own_end_when_that_is_over(Databases databases) {
        try (var world = new World(databases)) {
            world.define("endless", QUIZ, HOLD);
            world.define("ending", "{'rule':1,'asks':%s,'valid':'P1Y'}".formatted(QUIZ), HOLD);
            world.grade("ada", "quiz", 91);
            world.grade("alan", "quiz", 91);
            var before = forms(world, "ada");
            var neighbours = forms(world, "alan");
            assertThat(ends(before)).containsExactly("", "2027");
            for (var byPerson : List.of(false, true)) {
                world.clock.advance(Duration.ofDays(1));
                take(world, "ada", byPerson, 40);
                var held = forms(world, "ada");
                assertThat(held).allSatisfy(form -> {
                    assertThat(form.document().path("validUntil").textValue())
                            .isEqualTo(world.clock.instant().toString());
                    assertThat(form.validFrom()).isEqualTo(world.clock.instant());
                    assertThat(form.revokedAt()).isNull();
                });
                world.clock.advance(Duration.ofDays(1));
                take(world, "ada", byPerson, 95);
                var back = forms(world, "ada");
                assertThat(ends(back)).isEqualTo(ends(before));
                assertThat(back).extracting(Credential::validFrom).containsOnly(world.clock.instant());
                assertThat(back)
                        .extracting(Credential::id)
                        .isEqualTo(before.stream().map(Credential::id).toList());
            }
            assertThat(forms(world, "alan"))
                    .extracting(Credential::jwt)
                    .isEqualTo(neighbours.stream().map(Credential::jwt).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_held_once_it_is_over_keeps_its_end(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", "{'rule':1,'asks':%s,'valid':'P1Y'}".formatted(QUIZ), HOLD);
            world.grade("ada", "quiz", 91);
            world.clock.advance(Duration.ofDays(400));
            var before = forms(world, "ada").getFirst().jwt();
            take(world, "ada", true, 40);
            assertThat(forms(world, "ada").getFirst().jwt()).isEqualTo(before);
        }
    }

    /** Holds her awards by a low grade or by a person, or gives them back by a high one. */
    private static void take(World world, String sub, boolean byPerson, int percent) {
        if (!byPerson) {
            regrade(world, sub, "quiz", percent);
            return;
        }
        for (var award : ids(world, sub)) {
            if (percent < 70) {
                world.awarding.suspend(world.tenant, award, AccountId.fresh(), "Looks copied.");
            } else {
                world.awarding.reinstate(world.tenant, award, AccountId.fresh(), "It is not.");
            }
        }
    }

    private static List<Credential> forms(World world, String sub) {
        return world.database.inTransaction(db -> world.credentials.list(db, world.tenant, ids(world, sub)));
    }

    private static List<AwardId> ids(World world, String sub) {
        return awards(world, sub).stream().map(Award::id).toList();
    }

    private static List<String> ends(List<Credential> forms) {
        return forms.stream()
                .map(form -> form.document().path("validUntil").asText())
                .map(end -> end.substring(0, Math.min(4, end.length())))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_a_person_holds_no_report_reinstates_and_the_person_may_revoke_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ, HOLD);
            world.grade("ada", "quiz", 91);
            var award = award(world, "ada");
            var by = AccountId.fresh();
            refused(() -> world.awarding.reinstate(world.tenant, award, by, "why"), "award_not_held");
            refused(() -> world.awarding.suspend(world.tenant, award, by, " "), "reason_missing");
            refused(() -> world.awarding.suspend(TenantId.fresh(), award, by, "why"), "award_unknown");
            world.awarding.suspend(world.tenant, award, by, "Looks copied.");
            refused(() -> world.awarding.suspend(world.tenant, award, by, "why"), "award_held");
            regrade(world, "ada", "quiz", 95);
            assertThat(life(world, "ada")).containsExactly("soldering 1 SUSPENDED");
            world.awarding.revoke(world.tenant, award, by, "It was copied.");
            assertThat(life(world, "ada")).containsExactly("soldering 1 REVOKED");
            refused(() -> world.awarding.reinstate(world.tenant, award, by, "why"), "award_revoked");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void stacks_are_taken_along_to_the_top_where_the_part_says_so_and_the_stack_nothing_else(Databases databases) {
        try (var world = new World(databases)) {
            world.define("one", "{'score':'first','atLeast':50}", REVOKE_ALL);
            world.define("two", "{'score':'second','atLeast':50}", REVOKE);
            world.define(Map.of(
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}",
                    "tower", "{'allOf':[{'holds':'stack'}]}"));
            world.define("either", "{'anyOf':[{'holds':'one'},{'holds':'two'}]}", REVOKE);
            world.define("held", "{'holds':'one'}", HOLD);
            world.define("kept", "{'holds':'one'}", KEEP);
            world.grade("ada", "first", 60);
            world.grade("ada", "second", 60);
            world.grade("alan", "first", 60);
            world.grade("alan", "second", 60);
            regrade(world, "alan", "second", 10);
            assertThat(world.holds("alan")).containsExactly("either", "held", "kept", "one", "stack", "tower");
            regrade(world, "ada", "first", 10);
            assertThat(world.holds("ada")).containsExactly("either", "kept", "two");
            assertThat(life(world, "ada"))
                    .contains("stack 1 REVOKED", "tower 1 REVOKED", "either 1 AWARDED", "held 1 SUSPENDED");
            assertThat(reason(world, "ada", "tower"))
                    .isEqualTo("“stack” counted in it and no longer stands, and the rule is not met without it.");
            regrade(world, "ada", "first", 99);
            assertThat(world.holds("ada")).containsExactly("either", "held", "kept", "one", "stack", "tower", "two");
            assertThat(life(world, "ada"))
                    .contains("stack 2 AWARDED", "tower 2 AWARDED", "held 1 REINSTATED", "either 1 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_took_the_place_of_a_lost_part_counts_from_then_on(Databases databases) {
        try (var world = new World(databases)) {
            world.define(
                    Map.of(
                            "one", "{'score':'first','atLeast':50}",
                            "two", "{'score':'second','atLeast':50}",
                            "either", "{'anyOf':[{'holds':'one'},{'holds':'two'}]}"),
                    REVOKE_ALL);
            world.grade("ada", "first", 60);
            world.grade("ada", "second", 60);
            regrade(world, "ada", "first", 10);
            assertThat(world.holds("ada")).containsExactly("either", "two");
            regrade(world, "ada", "second", 10);
            assertThat(world.holds("ada")).isEmpty();
            assertThat(life(world, "ada")).contains("either 1 REVOKED").doesNotContain("either 2 REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_renewal_of_an_award_that_is_lost_is_judged_as_if_that_had_never_been(Databases databases) {
        try (var world = new World(databases)) {
            world.define("security", """
                    {'rule':1,'asks':{'score':'exam','atLeast':70},'valid':'P1Y','renewedBy':{'completed':'bridge'}}""", REVOKE);
            for (var sub : List.of("ada", "alan")) {
                world.grade(sub, "exam", 80);
            }
            world.clock.advance(Duration.ofDays(200));
            for (var sub : List.of("ada", "alan")) {
                world.grade(sub, "bridge", 0);
            }
            regrade(world, "ada", "exam", 60);
            assertThat(life(world, "ada")).containsExactly("security 1 REVOKED", "security 2 REVOKED");
            assertThat(life(world, "alan")).containsExactly("security 1 AWARDED", "security 2 AWARDED");
            regrade(world, "ada", "exam", 75);
            assertThat(life(world, "ada"))
                    .containsExactly("security 1 REVOKED", "security 2 REVOKED", "security 3 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_person_who_revokes_a_part_takes_the_stacks_along_where_the_part_says_so(Databases databases) {
        try (var world = new World(databases)) {
            world.define("one", "{'score':'first','atLeast':50}", HOLD_ALL);
            world.define("two", "{'score':'second','atLeast':50}", HOLD);
            world.define(Map.of("over-one", "{'holds':'one'}", "over-two", "{'holds':'two'}"));
            world.grade("ada", "first", 60);
            world.grade("ada", "second", 60);
            for (var award : awards(world, "ada")) {
                if (award.achievement().value().matches("one|two")) {
                    world.awarding.revoke(world.tenant, award.id(), AccountId.fresh(), "Copied.");
                }
            }
            assertThat(life(world, "ada"))
                    .containsExactlyInAnyOrder(
                            "one 1 REVOKED", "two 1 REVOKED", "over-one 1 SUSPENDED", "over-two 1 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void time_alone_takes_nothing_and_what_has_ended_is_not_judged(Databases databases) {
        try (var world = new World(databases)) {
            world.define("recent", "{'score':'quiz','atLeast':70,'notOlderThan':'P30D'}", REVOKE);
            world.define("yearly", "{'rule':1,'asks':{'score':'quiz','atLeast':70},'valid':'P10D'}", REVOKE);
            world.grade("ada", "quiz", 91);
            world.clock.advance(Duration.ofDays(100));
            regrade(world, "ada", "quiz", 90);
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("recent"), new AchievementId("yearly")));
            assertThat(life(world, "ada")).containsExactlyInAnyOrder("recent 1 AWARDED", "yearly 1 AWARDED");
            regrade(world, "ada", "quiz", 9);
            assertThat(life(world, "ada")).containsExactlyInAnyOrder("recent 1 REVOKED", "yearly 1 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_award_is_judged_by_its_own_version_and_by_what_filled_its_slots_then(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ, REVOKE);
            world.grade("ada", "quiz", 75);
            world.clock.advance(Duration.ofHours(1));
            world.define("soldering", "{'score':'quiz','atLeast':90}", REVOKE);
            regrade(world, "ada", "quiz", 74);
            assertThat(life(world, "ada")).containsExactly("soldering 1 AWARDED");
            // Another activity fills the slot now, and its low grade is none of the award's.
            world.attach(world.context, "soldering", Map.of("quiz", "test"));
            world.grade("ada", "test", 5);
            assertThat(life(world, "ada")).containsExactly("soldering 1 AWARDED");
            // Another slot fills the course now: what the first version asks for is not there to be judged.
            world.define("soldering", "{'score':'exam','atLeast':90}", REVOKE);
            regrade(world, "ada", "quiz", 3);
            world.grade("ada", "exam", 3);
            assertThat(life(world, "ada")).containsExactly("soldering 1 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_award_stands_as_long_as_any_course_bears_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ, REVOKE);
            world.attach("course-2", "soldering", Map.of("quiz", "quiz"));
            world.grade("ada", "quiz", 91);
            elsewhere(world, "ada", 80);
            regrade(world, "ada", "quiz", 10);
            assertThat(life(world, "ada")).containsExactly("soldering 1 AWARDED");
            world.clock.advance(Duration.ofHours(1));
            elsewhere(world, "ada", 10);
            assertThat(life(world, "ada")).containsExactly("soldering 1 REVOKED");
            world.clock.advance(Duration.ofHours(1));
            elsewhere(world, "ada", 71);
            assertThat(life(world, "ada")).containsExactly("soldering 1 REVOKED", "soldering 2 AWARDED");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void stacks_that_could_bear_each_other_fall_with_what_bore_them_both(Databases databases) {
        try (var world = new World(databases)) {
            world.define("one", "{'score':'first','atLeast':50}", REVOKE_ALL);
            world.define("this", "{'sum':'ects','atLeast':1}", REVOKE_ALL);
            world.define("that", "{'sum':'ects','atLeast':1}", REVOKE_ALL);
            world.grade("ada", "first", 60);
            assertThat(world.holds("ada")).containsExactly("one", "that", "this");
            regrade(world, "ada", "first", 10);
            assertThat(world.holds("ada")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_stack_is_not_lost_because_its_own_part_counts_in_no_more_than_this_one(Databases databases) {
        try (var world = new World(databases)) {
            world.define("one", "{'score':'first','atLeast':50}", REVOKE_ALL);
            world.define(
                    "stack",
                    "{'allOf':[{'sum':'ects','atLeast':1,'pool':{'uses':1}},{'score':'first','atLeast':20}]}",
                    REVOKE);
            world.grade("ada", "first", 60);
            regrade(world, "ada", "first", 50);
            assertThat(life(world, "ada")).containsExactly("one 1 AWARDED", "stack 1 AWARDED");
        }
    }

    private static void regrade(World world, String sub, String activity, double score) {
        world.clock.advance(Duration.ofMinutes(10));
        world.grade(sub, activity, score);
    }

    private static void elsewhere(World world, String sub, double score) {
        world.awarding.record(
                world.deployment,
                "course-2",
                Source.PUSH,
                List.of(World.observation(sub, "quiz", 1, score, world.clock.instant())));
    }

    private static List<Award> awards(World world, String sub) {
        return world.database.inTransaction(db -> AwardStore.list(db, world.tenant, world.learner(sub)));
    }

    private static AwardId award(World world, String sub) {
        return awards(world, sub).getFirst().id();
    }

    private static List<String> life(World world, String sub) {
        return awards(world, sub).stream()
                .map(one -> one.achievement() + " " + one.occurrence() + " "
                        + one.last().kind())
                .toList();
    }

    private static String reason(World world, String sub, String achievement) {
        return awards(world, sub).stream()
                .filter(one -> one.achievement().value().equals(achievement))
                .findFirst()
                .orElseThrow()
                .last()
                .reason();
    }

    private static List<Boolean> revokedForms(World world, AwardId award) {
        return world.database.inTransaction(db -> world.credentials.list(db, world.tenant, List.of(award))).stream()
                .map(credential -> credential.revokedAt() != null)
                .toList();
    }

    private static int steps(World world) {
        return world.database.inTransaction(
                db -> db.fetchOne("select count(*) from award_step").get(0, Integer.class));
    }

    private static void refused(Runnable attempt, String code) {
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

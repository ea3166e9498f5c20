package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.catalog.Regrade;
import org.cairn.lti.Course;
import org.cairn.lti.MemberStore;
import org.cairn.people.Role;
import org.cairn.rule.Slot;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an LMS's gradebook is told of who holds an achievement, and of whom nothing; on both databases. */
class ColumnsTest {

    private static final String BASICS = "basics";

    @ParameterizedTest
    @EnumSource
    void an_award_is_told_in_its_own_transaction_to_every_course_with_a_column_where_she_learns(Databases databases) {
        try (var world = open(databases)) {
            var other = world.course("course-2");
            attach(world, other, true);
            attach(world, world.course("course-3"), false);
            var here = world.course(world.context);
            join(world, here, "ada", Role.LEARNER);
            join(world, other, "ada", Role.LEARNER);
            join(world, other, "bob", Role.LEARNER);
            world.grade("ada", "quiz", 90);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 100, "course-2 ada", 100));
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_learn_there_is_told_nothing_of(Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            join(world, here, "tutor", Role.TEACHER);
            join(world, here, "nobody", Role.VISITOR);
            world.grade("tutor", "quiz", 90);
            world.grade("nobody", "quiz", 90);
            world.grade("elsewhere", "quiz", 90);
            settle(world, here);
            assertThat(told(world)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_into_the_course_later_is_told_of_when_its_roster_is_read_and_once(Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            world.grade("ada", "quiz", 90);
            world.grade("bob", "quiz", 10);
            assertThat(told(world)).isEmpty();
            join(world, here, "ada", Role.LEARNER);
            join(world, here, "bob", Role.LEARNER);
            settle(world, here);
            settle(world, here);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 100));
            assertThat(number(world, "ada")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_revoked_award_is_taken_back_and_no_roster_brings_it_again(Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            join(world, here, "ada", Role.LEARNER);
            join(world, here, "bob", Role.LEARNER);
            world.grade("ada", "quiz", 90);
            world.grade("bob", "quiz", 90);
            world.clock.advance(Duration.ofMillis(5));
            revoke(world, "ada");
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 0, "course-1 bob", 100));
            settle(world, here);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 0, "course-1 bob", 100));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_held_for_review_is_taken_back_and_what_is_reinstated_told_again(Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            join(world, here, "ada", Role.LEARNER);
            join(world, here, "bob", Role.LEARNER);
            world.define(BASICS, "{'score':'quiz','atLeast':70}", new Regrade(Regrade.Then.HOLD, false));
            attach(world, here, true);
            world.grade("ada", "quiz", 90);
            world.grade("bob", "quiz", 90);
            world.clock.advance(Duration.ofMinutes(5));
            world.grade("ada", "quiz", 60);
            settle(world, here);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 0, "course-1 bob", 100));
            world.clock.advance(Duration.ofMinutes(5));
            world.grade("ada", "quiz", 71);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 100, "course-1 bob", 100));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_has_ended_no_roster_tells_of_and_an_earlier_award_s_revocation_leaves_a_later_one_told(
            Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            world.define(
                    BASICS,
                    "{'rule':1,'asks':{'score':'quiz','atLeast':70},'valid':'P10D','renewedBy':{'score':'quiz','atLeast':90}}");
            attach(world, here, true);
            join(world, here, "ada", Role.LEARNER);
            world.grade("ada", "quiz", 80);
            world.grade("bob", "quiz", 80);
            world.clock.advance(Duration.ofDays(5));
            world.record(World.observation("ada", "quiz", 2, 95, world.clock.instant()));
            revoke(world, "ada");
            world.clock.advance(Duration.ofDays(8));
            join(world, here, "bob", Role.LEARNER);
            settle(world, here);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 100));
            world.clock.advance(Duration.ofDays(8));
            new Waking(world.database, world.catalogues, world.awarding, world.credentials, world.clock)
                    .wake(world.tenant);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_revoked_award_is_taken_back_from_the_gradebook_of_a_course_that_she_left(Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            join(world, here, "ada", Role.LEARNER);
            world.grade("ada", "quiz", 90);
            world.database.inTransaction(db -> {
                MemberStore.leave(
                        db,
                        here,
                        List.of(world.account("ada").id()),
                        world.clock.instant().plusSeconds(1));
                return null;
            });
            revoke(world, "ada");
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_taken_back_from_whoever_was_never_told_of(Databases databases) {
        try (var world = open(databases)) {
            world.grade("ada", "quiz", 90);
            join(world, world.course(world.context), "ada", Role.LEARNER);
            revoke(world, "ada");
            assertThat(told(world)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void both_accounts_of_one_learner_are_told_of_and_one_that_became_a_test_user_s_is_not(Databases databases) {
        try (var world = open(databases)) {
            var here = world.course(world.context);
            for (var sub : List.of("ada", "ada-2", "ada-3")) {
                world.account(sub);
            }
            world.database.inTransaction(db -> db.execute(
                    "update account set learner_id = ?",
                    world.account("ada").learner().value()));
            world.grade("ada", "quiz", 90);
            world.database.inTransaction(db -> db.execute("update account set test_user = true where sub = 'ada-3'"));
            for (var sub : List.of("ada", "ada-2", "ada-3")) {
                join(world, here, sub, Role.LEARNER);
            }
            settle(world, here);
            assertThat(told(world)).isEqualTo(Map.of("course-1 ada", 100, "course-1 ada-2", 100));
        }
    }

    private static World open(Databases databases) {
        var world = new World(databases);
        world.define(BASICS, "{'score':'quiz','atLeast':70}");
        attach(world, world.course(world.context), true);
        return world;
    }

    private static void attach(World world, Course course, boolean inGradebook) {
        new Attaching(world.database, world.catalogues, world.awarding, world.clock)
                .attach(
                        world.tenant,
                        course.id(),
                        List.of(new Attaching.Wanted(
                                new AchievementId(BASICS), null, inGradebook, Map.of(new Slot("quiz"), "quiz"))));
    }

    private static void join(World world, Course course, String sub, Role role) {
        AccountId account = world.account(sub).id();
        world.database.inTransaction(db -> {
            MemberStore.join(db, course, Map.of(account, role), world.clock.instant());
            return null;
        });
    }

    private static void settle(World world, Course course) {
        world.database.inTransaction(db -> {
            Columns.settle(db, world.catalogues.current(db, world.tenant), course.id(), world.clock.instant());
            return null;
        });
    }

    private static void revoke(World world, String sub) {
        var award = world.database
                .inTransaction(db -> AwardStore.list(db, world.tenant, world.learner(sub)))
                .getFirst();
        world.awarding.revoke(world.tenant, award.id(), world.account(sub).id(), "A mistake.");
    }

    /** What the outbox says, by course and sub. */
    private static Map<String, Integer> told(World world) {
        var told = new TreeMap<String, Integer>();
        world.database
                .inTransaction(db ->
                        db.fetch("select c.context_id, a.sub, s.given from score s join course c on c.id = s.course_id"
                                + " join account a on a.id = s.account_id"))
                .forEach(row ->
                        told.put(row.get(0, String.class) + " " + row.get(1, String.class), row.get(2, Integer.class)));
        return told;
    }

    private static int number(World world, String sub) {
        return world.database.inTransaction(db -> db.fetchOne(
                        "select s.number from score s join account a on a.id = s.account_id where a.sub = ?", sub)
                .get(0, Integer.class));
    }
}

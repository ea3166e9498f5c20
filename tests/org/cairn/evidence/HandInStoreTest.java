package org.cairn.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.HandInId;
import org.cairn.TenantId;
import org.cairn.lti.CourseStore;
import org.cairn.lti.PlatformStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.rule.Approval;
import org.cairn.rule.Slot;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandInStoreTest {

    private static final Instant NOW = SettableClock.START;
    private static final AchievementId WELDING = new AchievementId("welding");
    private static final AchievementId SOLDERING = new AchievementId("soldering");
    private static final Slot PORTFOLIO = new Slot("portfolio");
    private static final Slot REPORT = new Slot("report");

    /** A tenant with two learners, a reviewer and two courses. */
    private record Place(
            TenantId tenant, Account ada, Account alan, Account grace, CourseId course, CourseId otherCourse) {

        static Place make(DSLContext db, String slug) {
            var tenant = TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), NOW)
                    .id();
            var platform = PlatformStore.save(db, World.platform("https://" + slug + ".example.edu", "client"), NOW);
            var deployment = PlatformStore.deploy(db, tenant, platform.id(), "1", NOW);
            var people = List.of(Person.unnamed("ada"), Person.unnamed("alan"), Person.unnamed("grace"));
            var accounts = AccountStore.findOrCreate(db, tenant, platform.id(), people, NOW);
            return new Place(
                    tenant,
                    accounts.get("ada"),
                    accounts.get("alan"),
                    accounts.get("grace"),
                    CourseStore.findOrCreate(db, tenant, deployment.id(), "1", NOW)
                            .id(),
                    CourseStore.findOrCreate(db, tenant, deployment.id(), "2", NOW)
                            .id());
        }

        HandInId handIn(DSLContext db, Account by, AchievementId achievement, Slot slot, CourseId course, int minute) {
            var handIn =
                    new HandIn(HandInId.fresh(), by.learner(), achievement, slot, course, "words", at(minute), true);
            HandInStore.insert(db, tenant, handIn, by.id());
            return handIn.id();
        }

        void answer(DSLContext db, HandInId handIn, Account by, boolean isApproved, int minute) {
            HandInStore.insert(
                    db, tenant, new Review(handIn, by.learner(), isApproved, true, "why", at(minute)), by.id());
        }
    }

    private static Instant at(int minute) {
        return NOW.plus(Duration.ofMinutes(minute));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_open_is_that_course_s_and_nobody_s_who_has_answered(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var here = Place.make(db, "here");
                var there = Place.make(db, "there");
                var second = here.handIn(db, here.alan, WELDING, PORTFOLIO, here.course, 2);
                var first = here.handIn(db, here.ada, WELDING, PORTFOLIO, here.course, 1);
                here.handIn(db, here.ada, WELDING, PORTFOLIO, here.otherCourse, 1);
                there.handIn(db, there.ada, WELDING, PORTFOLIO, there.course, 1);
                var closed = here.handIn(db, here.ada, SOLDERING, REPORT, here.course, 0);
                HandInStore.close(db, there.tenant, first, at(3));
                HandInStore.close(db, here.tenant, closed, at(3));
                assertThat(open(db, here, here.grace)).containsExactly(first, second);
                here.answer(db, second, here.grace, true, 4);
                assertThat(open(db, here, here.grace)).containsExactly(first);
                assertThat(open(db, here, here.ada)).containsExactly(first, second);
                assertThat(HandInStore.find(db, there.tenant, first)).isEmpty();
                assertThat(HandInStore.find(db, here.tenant, closed)
                                .orElseThrow()
                                .isOpen())
                        .isFalse();
                return null;
            });
        }
    }

    private static List<HandInId> open(DSLContext db, Place place, Account by) {
        return HandInStore.open(db, place.tenant, place.course, by.learner(), 50).stream()
                .map(HandIn::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_learner_s_own_come_newest_first_and_each_tenant_s_answers_are_its_own(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var here = Place.make(db, "here");
                var there = Place.make(db, "there");
                var old = here.handIn(db, here.ada, WELDING, PORTFOLIO, here.course, 1);
                var recent = here.handIn(db, here.ada, WELDING, REPORT, here.course, 2);
                here.handIn(db, here.alan, WELDING, PORTFOLIO, here.course, 1);
                here.handIn(db, here.ada, SOLDERING, PORTFOLIO, here.course, 3);
                there.handIn(db, there.ada, WELDING, PORTFOLIO, there.course, 1);
                here.answer(db, old, here.grace, false, 2);
                assertThat(HandInStore.list(db, here.tenant, here.ada.learner(), List.of(WELDING)))
                        .extracting(HandIn::id)
                        .containsExactly(recent, old);
                assertThat(HandInStore.list(db, there.tenant, here.ada.learner(), List.of(WELDING)))
                        .isEmpty();
                assertThat(HandInStore.reviews(db, here.tenant, List.of(old, recent)))
                        .containsExactly(new Review(old, here.grace.learner(), false, true, "why", at(2)));
                assertThat(HandInStore.reviews(db, there.tenant, List.of(old))).isEmpty();
                assertThat(HandInStore.learners(db, here.tenant, List.of(SOLDERING)))
                        .containsExactly(here.ada.learner());
                assertThat(HandInStore.countSince(db, here.tenant, here.ada.learner(), at(1)))
                        .isEqualTo(2);
                assertThat(HandInStore.countSince(db, there.tenant, here.ada.learner(), at(1)))
                        .isZero();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void only_the_last_hand_in_of_each_counts_with_its_own_answers(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var here = Place.make(db, "here");
                var there = Place.make(db, "there");
                var earlier = here.handIn(db, here.ada, WELDING, PORTFOLIO, here.course, 1);
                here.answer(db, earlier, here.grace, true, 2);
                var last = here.handIn(db, here.ada, WELDING, PORTFOLIO, here.course, 3);
                here.answer(db, last, here.grace, false, 4);
                here.answer(db, last, here.alan, true, 5);
                here.handIn(db, here.alan, WELDING, PORTFOLIO, here.course, 6);
                var approvals = Approvals.load(db, here.tenant, List.of(here.ada.learner()));
                assertThat(approvals.of(here.ada.learner(), WELDING)).containsOnlyKeys(PORTFOLIO);
                assertThat(approvals.of(here.ada.learner(), WELDING).get(PORTFOLIO))
                        .containsExactlyInAnyOrder(
                                step(Approval.Step.ASKED, here.ada, false, 3),
                                step(Approval.Step.DECLINED, here.grace, true, 4),
                                step(Approval.Step.APPROVED, here.alan, true, 5));
                assertThat(approvals.of(here.ada.learner(), SOLDERING)).isEmpty();
                assertThat(approvals.of(here.alan.learner(), WELDING)).isEmpty();
                assertThat(Approvals.load(db, there.tenant, List.of(here.ada.learner()))
                                .of(here.ada.learner(), WELDING))
                        .isEmpty();
                return null;
            });
        }
    }

    private static Approval step(Approval.Step step, Account by, boolean independent, int minute) {
        return new Approval(step, by.learner().toString(), independent, at(minute));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void one_person_answers_once(Databases databases) {
        try (var database = databases.open()) {
            assertThatThrownBy(() -> database.inTransaction(db -> {
                        var here = Place.make(db, "here");
                        var handIn = here.handIn(db, here.ada, WELDING, PORTFOLIO, here.course, 1);
                        here.answer(db, handIn, here.grace, false, 2);
                        here.answer(db, handIn, here.grace, true, 3);
                        return null;
                    }))
                    .isInstanceOf(DataAccessException.class);
        }
    }
}

package org.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.keys.LtiKey.State;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys for LMSs: next, active, retiring, with two days of overlap on both sides, and withdrawn at once where one is not to be believed. */
class LtiKeysTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final SettableClock clock = new SettableClock();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_next_key_is_published_two_days_before_it_signs_and_the_one_before_two_days_after(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var first = keys.ltiKey().kid();
            var next = keys.rotateLti();
            assertThat(next.activeAt()).isEqualTo(clock.instant().plus(Duration.ofHours(48)));
            assertThat(published(keys)).containsExactly(next.kid(), first);

            clock.advance(Duration.ofHours(48).minus(MOMENT));
            assertThat(keys.ltiKey().kid()).isEqualTo(first);
            assertThat(states(keys)).containsExactly(State.NEXT, State.ACTIVE);

            clock.advance(Duration.ofMinutes(1).plus(MOMENT));
            assertThat(keys.ltiKey().kid()).isEqualTo(next.kid());
            assertThat(states(keys)).containsExactly(State.ACTIVE, State.RETIRING);
            assertThat(published(keys)).containsExactly(next.kid(), first);

            clock.set(next.activeAt().plus(Duration.ofHours(48)).minus(MOMENT));
            assertThat(published(keys)).containsExactly(next.kid(), first);
            clock.advance(MOMENT);
            assertThat(published(keys)).containsExactly(next.kid());
            assertThat(states(keys)).containsExactly(State.ACTIVE, State.RETIRED);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void three_stand_in_the_set_while_one_retires_and_the_next_waits_and_what_has_retired_stays_so(
            Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            keys.ltiKey();
            keys.rotateLti();
            clock.advance(Duration.ofHours(49));
            keys.rotateLti();
            assertThat(states(keys)).containsExactly(State.NEXT, State.ACTIVE, State.RETIRING);
            assertThat(published(keys)).hasSize(3);
            clock.advance(Duration.ofHours(48));
            assertThat(states(keys)).containsExactly(State.ACTIVE, State.RETIRING, State.RETIRED);
            assertThat(published(keys)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void every_node_signs_with_the_next_key_within_a_minute_of_its_time(Databases databases) {
        try (var database = databases.open()) {
            var one = keys(database);
            var other = keys(database);
            var first = one.ltiKey().kid();
            var next = one.rotateLti();
            clock.set(next.activeAt().minus(MOMENT));
            assertThat(List.of(one.ltiKey().kid(), other.ltiKey().kid())).containsOnly(first);
            clock.advance(Duration.ofMinutes(1).plus(MOMENT));
            assertThat(List.of(one.ltiKey().kid(), other.ltiKey().kid())).containsOnly(next.kid());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whatever_signs_is_in_the_published_set_at_every_hour_of_a_year(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var signed = new HashSet<String>();
            for (int hour = 0; hour < 366 * 24; hour += 7) {
                clock.set(SettableClock.START.plus(Duration.ofHours(hour)));
                keys.rotateLtiAfter(Duration.ofDays(90));
                var signing = keys.ltiKey();
                signed.add(signing.kid());
                assertThat(keys.ltiKeys())
                        .filteredOn(key -> key.kid().equals(signing.kid()))
                        .hasSize(1);
                assertThat(keys.ltiStates())
                        .filteredOn(key -> key.state() == State.ACTIVE)
                        .hasSize(1);
            }
            assertThat(signed).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_schedule_rotates_when_a_key_has_signed_long_enough_and_not_while_a_next_one_waits(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            keys.ltiKey();
            clock.advance(Duration.ofDays(90));
            assertThat(keys.rotateLtiAfter(Duration.ofDays(90))).isFalse();
            clock.advance(MOMENT);
            assertThat(keys.rotateLtiAfter(Duration.ofDays(90))).isTrue();
            assertThat(keys.rotateLtiAfter(Duration.ofDays(90))).isFalse();
            assertThat(states(keys)).containsExactly(State.NEXT, State.ACTIVE);
            clock.advance(Duration.ofHours(48));
            assertThat(keys.rotateLtiAfter(Duration.ofDays(90))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void two_nodes_that_rotate_at_once_make_one_key(Databases databases) throws Exception {
        try (var database = databases.open();
                var threads = Executors.newFixedThreadPool(2)) {
            keys(database).ltiKey();
            for (int round = 1; round <= 5; round++) {
                var together = new CyclicBarrier(2);
                Callable<String> rotate = () -> {
                    together.await();
                    return keys(database).rotateLti().kid();
                };
                var made = new HashSet<String>();
                for (var kid : threads.invokeAll(List.of(rotate, rotate))) {
                    made.add(kid.get());
                }
                assertThat(made).hasSize(1);
                assertThat(keys(database).ltiStates()).hasSize(round + 1);
                clock.advance(Duration.ofHours(49));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_withdrawn_key_is_published_no_longer_and_the_next_one_signs_at_once(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var first = keys.ltiKey().kid();
            var next = keys.rotateLti().kid();
            assertThat(keys.withdrawLti(first).kid()).isEqualTo(next);
            assertThat(keys.ltiKey().kid()).isEqualTo(next);
            assertThat(published(keys)).containsExactly(next);
            assertThat(states(keys)).containsExactly(State.ACTIVE, State.WITHDRAWN);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void without_a_next_one_a_new_key_signs_and_none_of_before(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var first = keys.ltiKey().kid();
            var second = keys.rotateLti().kid();
            clock.advance(Duration.ofHours(50));
            var third = keys.withdrawLti(second).kid();
            assertThat(third).isNotIn(first, second);
            assertThat(keys.ltiKey().kid()).isEqualTo(third);
            assertThat(published(keys)).containsExactly(third, first);
            assertThat(states(keys)).containsExactly(State.ACTIVE, State.WITHDRAWN, State.RETIRING);
            clock.advance(Duration.ofHours(46));
            assertThat(published(keys))
                    .as("two days after the second took over")
                    .containsExactly(third);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void another_node_follows_a_withdrawal_within_a_minute(Databases databases) {
        try (var database = databases.open()) {
            var one = keys(database);
            var other = keys(database);
            var first = other.ltiKey().kid();
            var signing = one.withdrawLti(first).kid();
            clock.advance(Duration.ofMinutes(1));
            assertThat(other.ltiKey().kid()).isEqualTo(signing);
            assertThat(published(other)).containsExactly(signing);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_next_or_a_retiring_key_is_withdrawn_without_touching_the_one_that_signs(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var first = keys.ltiKey().kid();
            var next = keys.rotateLti().kid();
            assertThat(keys.withdrawLti(next).kid()).isEqualTo(first);
            clock.advance(Duration.ofHours(49));
            assertThat(keys.ltiKey().kid()).isEqualTo(first);
            assertThat(published(keys)).containsExactly(first);

            var later = keys.rotateLti().kid();
            clock.advance(Duration.ofHours(49));
            assertThat(keys.withdrawLti(first).kid()).isEqualTo(later);
            assertThat(published(keys)).containsExactly(later);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_no_key_for_lmss_cannot_be_withdrawn(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var first = keys.ltiKey().kid();
            var issuers =
                    database.inTransaction(db -> keys.issuerKey(db, org.cairn.IssuerId.fresh(), KeyAlgorithm.ES256)
                            .kid());
            for (var kid : List.of("nobody's", issuers)) {
                assertThatThrownBy(() -> keys.withdrawLti(kid))
                        .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                        .extracting(Problem::code)
                        .isEqualTo("key_unknown");
            }
            keys.withdrawLti(first);
            assertThatThrownBy(() -> keys.withdrawLti(first)).isInstanceOf(Problem.class);
        }
    }

    private Keys keys(Database database) {
        return new Keys(database, MasterKey.open(folder.resolve("master.key")), clock);
    }

    private static List<String> published(Keys keys) {
        return keys.ltiKeys().stream().map(PublicSigningKey::kid).toList();
    }

    private static List<State> states(Keys keys) {
        return keys.ltiStates().stream().map(LtiKey::state).toList();
    }
}

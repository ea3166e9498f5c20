package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.cairn.TenantId;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What time alone changes: at its instant and not before, once, and whether or not anybody reports anything. */
class WakingTest {

    private static final String YEARLY = "{'rule':1,'asks':{'score':'exam','atLeast':70},'valid':'P10D'}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_award_ends_once_and_one_that_stands_or_is_revoked_does_not(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of("yearly", YEARLY, "lasting", "{'score':'exam','atLeast':70}"));
            world.grade("ada", "exam", 80);
            world.grade("alan", "exam", 80);
            var revoked = awards(world, "alan").stream()
                    .filter(one -> one.achievement().value().equals("yearly"))
                    .findFirst()
                    .orElseThrow();
            world.awarding.revoke(world.tenant, revoked.id(), org.cairn.AccountId.fresh(), "Copied.");
            world.clock.advance(Duration.ofDays(10).minusSeconds(1));
            assertThat(wake(world).ended()).isZero();
            world.grade("late", "exam", 80);
            world.clock.advance(Duration.ofSeconds(1));
            List<WakingStore.Ended> elsewhere = world.database.inTransaction(
                    db -> WakingStore.ended(db, TenantId.fresh(), Instant.EPOCH, world.clock.instant()));
            assertThat(elsewhere).isEmpty();
            assertThat(wake(world).ended()).isEqualTo(1);
            assertThat(wake(world).ended()).isZero();
            assertThat(expired(world)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_was_shown_since_is_awarded_when_the_last_award_ends(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of("yearly", YEARLY));
            for (var sub : List.of("ada", "alan")) {
                world.grade(sub, "exam", 80);
            }
            world.clock.advance(Duration.ofDays(5));
            world.record(World.observation("ada", "exam", 2, 75, world.clock.instant()));
            world.record(World.observation("alan", "exam", 2, 65, world.clock.instant()));
            world.clock.advance(Duration.ofDays(4));
            wake(world);
            assertThat(awards(world, "ada")).hasSize(1);
            world.clock.advance(Duration.ofDays(1));
            assertThat(wake(world)).isEqualTo(new Waking.Woken(2, 0, 1));
            assertThat(awards(world, "ada")).extracting(Award::occurrence).containsExactly(1, 2);
            assertThat(awards(world, "alan")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_low_result_that_ends_no_longer_lowers_a_mean(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "short", "{'rule':1,'asks':{'score':'one','atLeast':50},'valid':'P10D'}",
                    "long", "{'score':'two','atLeast':50}",
                    "stack", "{'mean':'equal','atLeast':80,'pool':{'achievements':['short','long']}}"));
            world.grade("ada", "one", 60);
            world.grade("ada", "two", 90);
            world.grade("alan", "one", 60);
            world.grade("alan", "two", 79);
            assertThat(world.holds("ada")).containsExactly("long", "short");
            world.clock.advance(Duration.ofDays(10));
            wake(world);
            assertThat(world.holds("ada")).contains("stack");
            assertThat(world.holds("alan")).doesNotContain("stack");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_first_attempt_that_grows_too_old_makes_way_at_its_instant(Databases databases) {
        try (var world = new World(databases)) {
            world.define("first", "{'score':'quiz','atLeast':70,'choice':'first','notOlderThan':'P30D'}");
            world.grade("ada", "quiz", 40);
            world.clock.advance(Duration.ofDays(5));
            world.grade("alan", "quiz", 40);
            world.clock.advance(Duration.ofDays(5));
            world.record(World.observation("ada", "quiz", 2, 90, world.clock.instant()));
            world.record(World.observation("alan", "quiz", 2, 90, world.clock.instant()));
            world.clock.advance(Duration.ofDays(20));
            assertThat(wake(world).awards()).isZero();
            world.clock.advance(Duration.ofSeconds(1));
            assertThat(wake(world).awards()).isEqualTo(1);
            assertThat(world.holds("ada")).containsExactly("first");
            world.clock.advance(Duration.ofDays(5));
            assertThat(wake(world).awards()).isEqualTo(1);
            assertThat(world.holds("alan")).containsExactly("first");
            assertThat(wake(world)).isEqualTo(new Waking.Woken(0, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void two_nodes_end_an_award_once_and_what_was_cut_short_is_done_again(Databases databases) throws Exception {
        try (var world = new World(databases);
                var nodes = Executors.newFixedThreadPool(2)) {
            world.define(Map.of("yearly", YEARLY));
            for (int i = 0; i < 20; i++) {
                world.grade("learner-" + i, "exam", 80);
            }
            world.clock.advance(Duration.ofDays(10));
            Callable<Waking.Woken> node = () -> wake(world);
            int ended = 0;
            for (var one : nodes.invokeAll(List.of(node, node))) {
                ended += one.get().ended();
            }
            assertThat(ended).isEqualTo(20);
            assertThat(expired(world)).isEqualTo(20);
            // A node that stopped before it could write how far it had come.
            world.database.inTransaction(db -> db.execute("delete from waking"));
            assertThat(wake(world).ended()).isZero();
            assertThat(expired(world)).isEqualTo(20);
        }
    }

    private static Waking.Woken wake(World world) {
        return new Waking(world.database, world.catalogues, world.awarding, world.credentials, world.clock)
                .wake(world.tenant);
    }

    private static List<Award> awards(World world, String sub) {
        return world.database.inTransaction(db -> AwardStore.list(db, world.tenant, world.learner(sub)));
    }

    private static int expired(World world) {
        return world.database.inTransaction(db -> db.fetchOne("select count(*) from award_step where step = 'EXPIRED'")
                .get(0, Integer.class));
    }
}

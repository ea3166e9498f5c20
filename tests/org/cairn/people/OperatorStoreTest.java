package org.cairn.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.cairn.TenantId;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators: of one tenant or of all, known by a token, a session or the institution's own sign-in, and by none once withdrawn. */
class OperatorStoreTest {

    private static final Instant NOW = SettableClock.START;
    private static final String ISSUER = "https://login.example.edu";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_first_operator_is_made_once_even_by_two_nodes_that_start_at_once(Databases databases) throws Exception {
        try (var database = databases.open();
                var threads = Executors.newFixedThreadPool(2)) {
            var together = new CyclicBarrier(2);
            Callable<Optional<OperatorStore.Added>> start = () -> {
                together.await();
                return database.inTransaction(db -> OperatorStore.first(db, NOW));
            };
            var one = threads.submit(start);
            var other = threads.submit(start);
            var made = new HashSet<>(java.util.List.of(one.get(), other.get()));
            assertThat(made.stream().filter(Optional::isPresent)).hasSize(1);
            var first = made.stream().flatMap(Optional::stream).findFirst().orElseThrow();
            assertThat(first.operator().isOfAll()).isTrue();
            database.inTransaction(db -> {
                assertThat(OperatorStore.byToken(db, first.token())).contains(first.operator());
                assertThat(OperatorStore.first(db, NOW)).isEmpty();
                OperatorStore.withdraw(db, first.operator(), NOW);
                assertThat(OperatorStore.first(db, NOW))
                        .as("not even after that")
                        .isEmpty();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_token_is_kept_as_its_hash_only_and_ends_with_its_renewal(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var added = OperatorStore.add(db, null, "Grace", NOW);
                var other = OperatorStore.add(db, null, "Edsger", NOW);
                assertThat(db.fetch("select * from operator").toString()).doesNotContain(added.token());
                assertThat(added.toString()).doesNotContain(added.token());
                assertThat(OperatorStore.byToken(db, added.token() + "x")).isEmpty();
                assertThat(OperatorStore.byToken(db, "")).isEmpty();

                var browser = signIn(db, added.operator());
                var renewed = OperatorStore.renew(db, added.operator());
                assertThat(OperatorStore.byToken(db, added.token())).isEmpty();
                assertThat(OperatorStore.byToken(db, renewed)).contains(added.operator());
                assertThat(OperatorStore.signedIn(db, browser, NOW)).isEmpty();
                assertThat(OperatorStore.byToken(db, other.token())).isPresent();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_session_lasts_a_working_day_and_ends_for_its_own_browser(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var grace = OperatorStore.add(db, null, "Grace", NOW).operator();
                var desk = signIn(db, grace);
                var laptop = signIn(db, grace);
                assertThat(OperatorStore.signedIn(
                                db, desk, NOW.plus(Duration.ofHours(8)).minusMillis(1)))
                        .contains(grace);
                assertThat(OperatorStore.signedIn(db, desk, NOW.plus(Duration.ofHours(8))))
                        .isEmpty();
                assertThat(OperatorStore.signedIn(db, Browser.fresh(), NOW)).isEmpty();
                OperatorStore.signOut(db, desk);
                assertThat(OperatorStore.signedIn(db, desk, NOW)).isEmpty();
                assertThat(OperatorStore.signedIn(db, laptop, NOW)).contains(grace);
                assertThat(OperatorStore.sweep(db, NOW.plus(Duration.ofHours(8))))
                        .isEqualTo(1);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_is_withdrawn_is_known_by_nothing_and_the_neighbour_stays(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var gone = OperatorStore.add(db, null, "Gone", NOW);
                var linked = OperatorStore.add(db, null, "Linked", NOW);
                OperatorStore.link(db, gone.operator(), ISSUER, "gone");
                OperatorStore.link(db, linked.operator(), ISSUER, "linked");
                var browser = signIn(db, gone.operator());
                var neighbour = signIn(db, linked.operator());
                OperatorStore.withdraw(db, gone.operator(), NOW);
                assertThat(OperatorStore.byToken(db, gone.token())).isEmpty();
                assertThat(OperatorStore.bySubject(db, ISSUER, "gone")).isEmpty();
                assertThat(OperatorStore.signedIn(db, browser, NOW)).isEmpty();
                OperatorStore.renew(db, gone.operator());
                OperatorStore.link(db, gone.operator(), ISSUER, "gone");
                assertThat(OperatorStore.bySubject(db, ISSUER, "gone")).isEmpty();
                assertThat(OperatorStore.named(db, "Gone")).isEmpty();
                assertThat(OperatorStore.signedIn(db, neighbour, NOW)).isPresent();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_link_is_to_one_person_of_one_issuer_and_ends_the_token(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var grace = OperatorStore.add(db, null, "Grace", NOW);
                OperatorStore.link(db, grace.operator(), ISSUER, "248");
                assertThat(OperatorStore.bySubject(db, ISSUER, "248")
                                .orElseThrow()
                                .id())
                        .isEqualTo(grace.operator().id());
                assertThat(OperatorStore.bySubject(db, "https://other.example.edu", "248"))
                        .isEmpty();
                assertThat(OperatorStore.bySubject(db, ISSUER, "249")).isEmpty();
                assertThat(OperatorStore.byToken(db, grace.token())).isEmpty();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_operator_of_one_tenant_sees_neither_the_neighbour_s_operators_nor_those_of_all(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var here = tenant(db, "here");
                var there = tenant(db, "there");
                var all = OperatorStore.add(db, null, "All", NOW).operator();
                var one = OperatorStore.add(db, here, "One", NOW).operator();
                var two = OperatorStore.add(db, here, "Two", NOW).operator();
                var foreign = OperatorStore.add(db, there, "Foreign", NOW).operator();
                assertThat(OperatorStore.list(db, one)).containsExactly(one, two);
                assertThat(OperatorStore.list(db, all)).containsExactly(all, foreign, one, two);
                assertThat(OperatorStore.find(db, one, two.id())).contains(two);
                assertThat(OperatorStore.find(db, one, foreign.id())).isEmpty();
                assertThat(OperatorStore.find(db, one, all.id())).isEmpty();
                assertThat(OperatorStore.isAnotherOfAll(db, all)).isFalse();
                assertThat(OperatorStore.isAnotherOfAll(db, one)).isTrue();

                OperatorActionStore.add(db, all, null, "rotated", "our keys", NOW);
                OperatorActionStore.add(db, all, there, "approved", "1", NOW.plusSeconds(1));
                OperatorActionStore.add(db, one, here, "approved", "x".repeat(600), NOW.plusSeconds(2));
                assertThat(OperatorActionStore.last(db, all, 9))
                        .extracting(OperatorActionStore.Action::operator)
                        .containsExactly("One", "All", "All");
                assertThat(OperatorActionStore.last(db, one, 9))
                        .extracting(action -> action.subject().length())
                        .containsExactly(500);
                assertThat(OperatorActionStore.last(db, all, 1)).hasSize(1);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_sign_in_is_taken_once_however_many_nodes_ask_at_once(Databases databases) throws Exception {
        try (var database = databases.open();
                var threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 10; round++) {
                var nonce = "nonce-" + round;
                var together = new CyclicBarrier(4);
                Callable<Boolean> use = () -> {
                    together.await();
                    return database.inTransaction(db -> OperatorStore.use(db, nonce, NOW.plusSeconds(60)));
                };
                int taken = 0;
                for (var answer : threads.invokeAll(java.util.Collections.nCopies(4, use))) {
                    taken += answer.get() ? 1 : 0;
                }
                assertThat(taken).isEqualTo(1);
            }
            int swept = database.inTransaction(db -> OperatorStore.sweep(db, NOW.plusSeconds(60)));
            assertThat(swept).isEqualTo(10);
        }
    }

    private static Browser signIn(DSLContext db, Operator operator) {
        var browser = Browser.fresh();
        OperatorStore.signIn(db, operator, browser, NOW);
        return browser;
    }

    private static TenantId tenant(DSLContext db, String slug) {
        return TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), NOW)
                .id();
    }
}

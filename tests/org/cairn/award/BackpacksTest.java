package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AccountId;
import org.cairn.AppId;
import org.cairn.ConnectionId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.Issuance;
import org.cairn.openbadges.backpack.App;
import org.cairn.openbadges.backpack.Apps;
import org.cairn.openbadges.backpack.Backpack;
import org.cairn.openbadges.backpack.Brought;
import org.cairn.openbadges.backpack.BroughtStore;
import org.cairn.openbadges.backpack.Connection;
import org.cairn.openbadges.backpack.Connections;
import org.cairn.openbadges.backpack.ConsentSessions;
import org.cairn.openbadges.backpack.Scope;
import org.cairn.openbadges.backpack.Tokens;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What apps get of Ada's awards, and for how long; Alan, and an Ada of another institution, have let apps in too. */
class BackpacksTest {

    private static final String BROWSER = "b".repeat(64);

    /** Ada, with two awards, and Alan with the same. */
    private static final class Scene implements AutoCloseable {

        final World world;
        final Backpacks backpacks;
        final LearnerId ada;
        final LearnerId alan;
        final Backpack backpack;
        final Backpack other;

        Scene(Databases databases) {
            world = new World(databases);
            world.define(
                    Map.of("soldering", "{'score':'quiz','atLeast':70}", "welding", "{'score':'seam','atLeast':70}"));
            for (var sub : List.of("ada", "alan")) {
                world.grade(sub, "quiz", 91.25);
                world.clock.advance(Duration.ofMinutes(1));
                world.grade(sub, "seam", 80);
            }
            backpacks = new Backpacks(world.database, world.credentials, world.clock);
            ada = world.learner("ada");
            alan = world.learner("alan");
            backpack = in(db -> Backpack.register(db, now()));
            other = in(db -> Backpack.register(db, now()));
        }

        Instant now() {
            return world.clock.instant();
        }

        <T> T in(java.util.function.Function<DSLContext, T> work) {
            return world.database.inTransaction(work);
        }

        Tokens.Pair letIn() {
            return letIn(backpack);
        }

        String code() {
            return codeOf(backpack);
        }

        /** Is let in by Ada to what is chosen. */
        Tokens.Pair letIn(Set<CredentialId> chosen) {
            return exchange(code(chosen)).orElseThrow();
        }

        String code(Set<CredentialId> chosen) {
            return in(db -> backpack.code(db, world.tenant, ada, chosen, now()));
        }

        Optional<Tokens.Pair> exchange(String code) {
            return exchange(backpack, code);
        }

        Optional<Tokens.Pair> exchange(Backpack by, String code) {
            return in(db -> by.exchange(db, code, now()));
        }

        Optional<Tokens.Use> use(Tokens.Pair pair) {
            return use(pair.access());
        }

        Optional<Tokens.Use> use(String token) {
            return in(db -> Tokens.use(db, token, now()));
        }

        Optional<Tokens.Pair> refresh(Tokens.Pair pair) {
            return refresh(backpack, pair.refresh(), null);
        }

        Optional<Tokens.Pair> refresh(Backpack by, String token, Set<Scope> wish) {
            return in(db -> Tokens.refresh(db, by.app(), token, wish, now()));
        }

        /** Is let in by Ada to all. */
        Tokens.Pair letIn(Backpack by) {
            return exchange(by, codeOf(by)).orElseThrow();
        }

        String codeOf(Backpack by) {
            return in(db -> by.code(db, world.tenant, ada, null, now()));
        }

        Optional<App> authenticate(String id, String secret) {
            return in(db -> Apps.authenticate(db, id, secret));
        }

        Optional<App> find(String id) {
            return in(db -> Apps.find(db, id));
        }

        Backpack register() {
            return in(db -> Backpack.register(db, now()));
        }

        List<Connection> connections() {
            return in(db -> Connections.list(db, world.tenant, ada, now()));
        }

        Backpacks.Page deliver(Tokens.Pair pair) {
            return deliver(pair, Instant.MIN, 0, 50);
        }

        Backpacks.Page deliver(Tokens.Pair pair, Instant since, int offset, int limit) {
            return in(db -> backpacks.deliver(db, use(db, pair).connection(), since, offset, limit));
        }

        private Tokens.Use use(DSLContext db, Tokens.Pair pair) {
            return Tokens.use(db, pair.access(), now()).orElseThrow();
        }

        List<Award> awards(LearnerId learner) {
            return in(db -> AwardStore.list(db, world.tenant, learner));
        }

        List<Credential> forms(LearnerId learner) {
            var awards = awards(learner).stream().map(Award::id).toList();
            return in(db -> world.credentials.list(db, world.tenant, awards));
        }

        /** A learner of another institution, who has let an app in. */
        TenantId there() {
            return in(db -> {
                var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now())
                        .id();
                var learner = AccountStore.findOrCreate(
                                db, there, world.deployment.platform(), List.of(Person.unnamed("ada")), now())
                        .get("ada")
                        .learner();
                backpack.exchange(db, backpack.code(db, there, learner, null, now()), now());
                return there;
            });
        }

        @Override
        public void close() {
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_code_is_good_once_and_shown_again_it_ends_what_it_began(Databases databases) {
        try (var scene = new Scene(databases)) {
            var code = scene.code();
            var pair = scene.exchange(code).orElseThrow();
            assertThat(scene.use(pair)).isPresent();
            assertThat(scene.exchange(code)).isEmpty();
            assertThat(scene.use(pair)).isEmpty();
            assertThat(scene.refresh(pair)).isEmpty();
            assertThat(scene.connections()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_code_is_good_for_a_minute(Databases databases) {
        try (var scene = new Scene(databases)) {
            var code = scene.code();
            scene.world.clock.advance(Duration.ofMinutes(1).minusMillis(1));
            assertThat(scene.exchange(code)).isPresent();
            var late = scene.code();
            scene.world.clock.advance(Duration.ofMinutes(1));
            assertThat(scene.exchange(late)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void with_another_verifier_or_address_a_code_is_good_for_nothing_any_more(Databases databases) {
        try (var scene = new Scene(databases)) {
            var app = scene.backpack.app();
            for (var wrong : List.of(
                    List.of(Backpack.REDIRECT, Backpack.VERIFIER.replace('a', 'b')),
                    List.of(Backpack.REDIRECT, Backpack.challenge(Backpack.VERIFIER)),
                    List.of(Backpack.REDIRECT, ""),
                    List.of(Backpack.REDIRECT + "/2", Backpack.VERIFIER),
                    List.of(Backpack.REDIRECT + "?", Backpack.VERIFIER))) {
                var code = scene.code();
                var taken =
                        scene.in(db -> Tokens.exchange(db, app, code, wrong.getFirst(), wrong.getLast(), scene.now()));
                assertThat(taken).as("%s", wrong).isEmpty();
                assertThat(scene.exchange(code)).as("%s", wrong).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void another_app_gets_nothing_for_a_code_or_token_and_ends_nothing_by_it(Databases databases) {
        try (var scene = new Scene(databases)) {
            var code = scene.code();
            assertThat(scene.exchange(scene.other, code)).isEmpty();
            var pair = scene.exchange(code).orElseThrow();
            var app = scene.other.app();
            assertThat(scene.refresh(scene.other, pair.refresh(), null)).isEmpty();
            scene.in(db -> {
                Tokens.revoke(db, app, pair.refresh());
                Tokens.revoke(db, app, pair.access());
                return null;
            });
            assertThat(scene.use(pair)).isPresent();
            assertThat(scene.refresh(pair)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_refresh_token_is_good_once_and_shown_again_it_ends_all_that_came_of_it(Databases databases) {
        try (var scene = new Scene(databases)) {
            var first = scene.letIn();
            var second = scene.refresh(first).orElseThrow();
            var third = scene.refresh(second).orElseThrow();
            assertThat(scene.use(third)).isPresent();
            assertThat(scene.refresh(first)).isEmpty();
            assertThat(scene.use(third)).isEmpty();
            assertThat(scene.refresh(third)).isEmpty();
            assertThat(scene.connections()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_two_who_refresh_at_once_one_at_most_goes_on(Databases databases) throws Exception {
        try (var scene = new Scene(databases);
                var threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 5; i++) {
                var pair = scene.letIn();
                Callable<Boolean> refreshes = () -> scene.refresh(pair).isPresent();
                int refreshed = 0;
                for (var done : threads.invokeAll(List.of(refreshes, refreshes))) {
                    refreshed += done.get() ? 1 : 0;
                }
                assertThat(refreshed).isLessThanOrEqualTo(1);
                assertThat(scene.connections()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void tokens_end_when_they_say_and_no_token_stands_for_the_other(Databases databases) {
        try (var scene = new Scene(databases)) {
            var pair = scene.letIn();
            assertThat(scene.use(pair.refresh())).isEmpty();
            assertThat(scene.refresh(scene.backpack, pair.access(), null)).isEmpty();
            scene.world.clock.advance(Tokens.LIFE.minusMillis(1));
            assertThat(scene.use(pair)).isPresent();
            scene.world.clock.advance(Duration.ofMillis(1));
            assertThat(scene.use(pair)).isEmpty();
            scene.world.clock.advance(Connections.IDLE.minus(Tokens.LIFE).minusMillis(1));
            var refreshed = scene.refresh(pair).orElseThrow();
            scene.world.clock.advance(Connections.IDLE);
            assertThat(scene.refresh(refreshed)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_app_that_goes_on_asking_is_out_after_a_year(Databases databases) {
        try (var scene = new Scene(databases)) {
            var pair = scene.letIn();
            for (int i = 0; i < 6; i++) {
                scene.world.clock.advance(Duration.ofDays(60));
                pair = scene.refresh(pair).orElseThrow();
            }
            scene.world.clock.advance(Duration.ofDays(5));
            assertThat(scene.refresh(pair)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_app_that_asked_for_no_more_is_in_for_an_hour(Databases databases) {
        try (var scene = new Scene(databases)) {
            var backpack = scene.in(db -> Backpack.register(db, Set.of(Scope.READ), scene.now()));
            var pair = scene.letIn(backpack);
            assertThat(pair.refresh()).isNull();
            scene.world.clock.advance(Tokens.LIFE);
            assertThat(scene.use(pair)).isEmpty();
            scene.world.clock.advance(Duration.ofMinutes(1));
            assertThat(scene.connections()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_refreshed_token_can_be_good_for_less_and_never_for_more(Databases databases) {
        try (var scene = new Scene(databases)) {
            var backpack = scene.in(
                    db -> Backpack.register(db, Set.of(Scope.READ, Scope.PROFILE, Scope.OFFLINE), scene.now()));
            var pair = scene.letIn(backpack);
            for (var wish : List.of(
                    Set.of(Scope.BRING), Set.of(Scope.READ, Scope.BRING), Set.<Scope>of(), Set.of(Scope.OFFLINE))) {
                refused(() -> scene.refresh(backpack, pair.refresh(), wish), "invalid_scope");
            }
            var narrow = scene.refresh(backpack, pair.refresh(), Set.of(Scope.PROFILE))
                    .orElseThrow();
            assertThat(scene.use(narrow).orElseThrow().scopes()).containsExactly(Scope.PROFILE);
            var whole = scene.refresh(backpack, narrow.refresh(), null).orElseThrow();
            assertThat(scene.use(whole).orElseThrow().scopes())
                    .containsExactlyInAnyOrder(Scope.READ, Scope.PROFILE, Scope.OFFLINE);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_she_ends_is_over_at_once_and_nobody_else_ends_it(Databases databases) {
        try (var scene = new Scene(databases)) {
            var there = scene.there();
            var pair = scene.letIn();
            var id = scene.connections().getFirst().id();
            assertThat(end(scene, scene.world.tenant, scene.alan, id)).isFalse();
            assertThat(end(scene, there, scene.ada, id)).isFalse();
            assertThat(end(scene, scene.world.tenant, scene.ada, ConnectionId.fresh()))
                    .isFalse();
            assertThat(scene.use(pair)).isPresent();
            assertThat(end(scene, scene.world.tenant, scene.ada, id)).isTrue();
            assertThat(scene.use(pair)).isEmpty();
            assertThat(scene.refresh(pair)).isEmpty();
            assertThat(end(scene, scene.world.tenant, scene.ada, id)).isFalse();
        }
    }

    private static boolean end(Scene scene, TenantId tenant, LearnerId learner, ConnectionId id) {
        return scene.in(db -> Connections.end(db, tenant, learner, id));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_the_app_ends_is_over_too(Databases databases) {
        try (var scene = new Scene(databases)) {
            var pair = scene.letIn();
            revoke(scene, pair.access());
            assertThat(scene.use(pair)).isEmpty();
            var refreshed = scene.refresh(pair).orElseThrow();
            revoke(scene, "unknown");
            revoke(scene, refreshed.refresh());
            assertThat(scene.use(refreshed)).isEmpty();
            assertThat(scene.connections()).isEmpty();
        }
    }

    private static void revoke(Scene scene, String token) {
        scene.in(db -> {
            Tokens.revoke(db, scene.backpack.app(), token);
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_app_that_is_let_in_again_has_one_connection_and_there_are_twenty_at_most(Databases databases) {
        try (var scene = new Scene(databases)) {
            var earlier = scene.letIn();
            var later = scene.letIn();
            assertThat(scene.use(earlier)).isEmpty();
            assertThat(scene.use(later)).isPresent();
            for (int i = 1; i < Connections.MOST; i++) {
                scene.codeOf(scene.register());
            }
            refused(() -> scene.codeOf(scene.register()), "too_many_apps");
            String ofAlan = scene.in(db -> scene.other.code(db, scene.world.tenant, scene.alan, null, scene.now()));
            assertThat(ofAlan).isNotEmpty();
            scene.letIn();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_app_that_gets_all_gets_each_award_as_it_was_signed_at_first_and_what_comes_later(Databases databases) {
        try (var scene = new Scene(databases)) {
            var sharing = new Sharing(
                    scene.world.database, scene.world.catalogues, scene.world.credentials, scene.world.clock);
            var award = scene.awards(scene.ada).getFirst();
            sharing.form(scene.world.tenant, scene.ada, award.id(), new Disclosure(true, true, "Ada Lovelace"));
            var pair = scene.letIn();
            var delivered = scene.deliver(pair);
            assertThat(delivered.total()).isEqualTo(2);
            assertThat(texts(delivered))
                    .containsExactlyElementsOf(scene.forms(scene.ada).stream()
                            .filter(Credential::isUsual)
                            .map(Credential::jwt)
                            .toList());
            scene.world.define("third", "{'score':'third','atLeast':1}");
            scene.world.grade("ada", "third", 50);
            assertThat(scene.deliver(pair).total()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_app_that_gets_what_was_chosen_gets_those_forms_and_nothing_later(Databases databases) {
        try (var scene = new Scene(databases)) {
            var sharing = new Sharing(
                    scene.world.database, scene.world.catalogues, scene.world.credentials, scene.world.clock);
            var award = scene.awards(scene.ada).getFirst();
            var bare = sharing.form(scene.world.tenant, scene.ada, award.id(), new Disclosure(false, false, null));
            var pair = scene.letIn(Set.of(bare.id()));
            scene.world.define("third", "{'score':'third','atLeast':1}");
            scene.world.grade("ada", "third", 50);
            assertThat(texts(scene.deliver(pair))).containsExactly(bare.jwt());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_revoked_or_held_or_bound_to_a_wallet_is_not_delivered(Databases databases) {
        try (var scene = new Scene(databases)) {
            var pair = scene.letIn();
            var awards = scene.awards(scene.ada);
            scene.in(db -> {
                var catalogue = scene.world.catalogues.current(db, scene.world.tenant);
                var award = awards.getLast();
                var issuance = Issuances.of(
                        catalogue,
                        award,
                        catalogue.get(award.achievement(), award.version()),
                        Disclosure.USUAL,
                        new Issuance.Recipient(null, "did:key:z6Mk"));
                return scene.world.credentials.issueAll(db, List.of(issuance), scene.now());
            });
            assertThat(scene.deliver(pair).total()).isEqualTo(2);
            scene.world.awarding.suspend(scene.world.tenant, awards.getFirst().id(), AccountId.fresh(), "A test");
            assertThat(scene.deliver(pair).total()).isEqualTo(1);
            scene.world.awarding.reinstate(scene.world.tenant, awards.getFirst().id(), AccountId.fresh(), "A test");
            assertThat(scene.deliver(pair).total()).isEqualTo(2);
            scene.world.awarding.revoke(scene.world.tenant, awards.getFirst().id(), AccountId.fresh(), "A test");
            assertThat(texts(scene.deliver(pair)))
                    .containsExactly(scene.forms(scene.ada).get(1).jwt());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_page_is_part_of_all_and_since_leaves_out_what_is_older(Databases databases) {
        try (var scene = new Scene(databases)) {
            var pair = scene.letIn();
            bring(scene, pair, "1", scene.now());
            bring(scene, pair, "2", scene.now().minusSeconds(86_400));
            var all = texts(scene.deliver(pair));
            assertThat(all).hasSize(4);
            for (int offset = 0; offset < 6; offset++) {
                for (int limit = 1; limit < 5; limit++) {
                    var page = scene.deliver(pair, Instant.MIN, offset, limit);
                    assertThat(page.total()).isEqualTo(4);
                    assertThat(texts(page))
                            .isEqualTo(all.stream().skip(offset).limit(limit).toList());
                }
            }
            var second = scene.forms(scene.ada).get(1).validFrom();
            assertThat(scene.deliver(pair, second, 0, 50).total()).isEqualTo(1);
            assertThat(scene.deliver(pair, second.minusMillis(1), 0, 50).total())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_an_app_brings_it_gets_again_and_others_only_where_they_get_all(Databases databases) {
        try (var scene = new Scene(databases)) {
            var form = scene.forms(scene.ada).getFirst();
            var pair = scene.letIn(Set.of(form.id()));
            assertThat(bring(scene, pair, "1", scene.now())).isTrue();
            assertThat(texts(scene.deliver(pair))).containsExactly(form.jwt(), "text 1");
            var other = scene.in(db -> scene.other.exchange(
                            db,
                            scene.other.code(db, scene.world.tenant, scene.ada, Set.of(form.id()), scene.now()),
                            scene.now()))
                    .orElseThrow();
            assertThat(texts(scene.deliver(other))).containsExactly(form.jwt());
            var all = scene.letIn(scene.other);
            assertThat(texts(scene.deliver(all))).hasSize(3).contains("text 1");
            var ofAlan = scene.in(db -> scene.backpack.exchange(
                            db,
                            scene.backpack.code(db, scene.world.tenant, scene.alan, null, scene.now()),
                            scene.now()))
                    .orElseThrow();
            assertThat(texts(scene.deliver(ofAlan))).hasSize(2).doesNotContain("text 1");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_brought_again_replaces_what_was_unless_it_is_older_and_there_are_fifty_at_most(Databases databases) {
        try (var scene = new Scene(databases)) {
            var there = scene.there();
            var pair = scene.letIn();
            assertThat(bring(scene, pair, "0", scene.now())).isTrue();
            assertThat(bring(scene, pair, "0", scene.now())).isFalse();
            refused(() -> bring(scene, pair, "0", scene.now().minusMillis(1)), "newer_kept");
            for (int i = 1; i < Backpacks.MOST; i++) {
                bring(scene, pair, String.valueOf(i), scene.now());
            }
            refused(() -> bring(scene, pair, "one more", scene.now()), "too_many_brought");
            assertThat(bring(scene, pair, "0", scene.now().plusMillis(1))).isFalse();
            assertThat(remove(scene, there, scene.ada, "0")).isFalse();
            assertThat(remove(scene, scene.world.tenant, scene.alan, "0")).isFalse();
            assertThat(remove(scene, scene.world.tenant, scene.ada, "0")).isTrue();
            assertThat(bring(scene, pair, "one more", scene.now())).isTrue();
        }
    }

    private static boolean remove(Scene scene, TenantId tenant, LearnerId learner, String id) {
        return scene.in(db -> BroughtStore.remove(db, tenant, learner, id));
    }

    private static boolean bring(Scene scene, Tokens.Pair pair, String id, Instant validFrom) {
        return scene.in(db -> {
            var connection = scene.use(db, pair).connection();
            var brought = new Brought(
                    connection.tenant(),
                    connection.learner(),
                    id,
                    "A credential",
                    "Other University",
                    true,
                    validFrom,
                    connection.app(),
                    "A backpack",
                    scene.now());
            return scene.backpacks.bring(db, brought, "text " + id);
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_session_is_entered_once_within_a_quarter_of_an_hour_and_ends_with_its_answer(Databases databases) {
        try (var scene = new Scene(databases)) {
            var replaced = open(scene);
            var secret = open(scene);
            assertThat(enter(scene, replaced)).isFalse();
            assertThat(enter(scene, "guessed")).isFalse();
            assertThat(session(scene)).isEmpty();
            assertThat(enter(scene, secret)).isTrue();
            assertThat(enter(scene, secret)).isFalse();
            var session = session(scene).orElseThrow();
            assertThat(session.learner()).isEqualTo(scene.ada);
            var request = scene.backpack.request(Scope.READ);
            refused(() -> scene.backpacks.letIn(session, request, false, Set.of()), "nothing_chosen");
            var ofAlan = scene.forms(scene.alan).getFirst().id();
            refused(() -> scene.backpacks.letIn(session, request, false, Set.of(ofAlan)), "choice_unknown");
            assertThat(session(scene)).isPresent();
            var hers = scene.forms(scene.ada).getFirst().id();
            assertThat(scene.backpacks.letIn(session, request, false, Set.of(hers)))
                    .hasSize(43);
            assertThat(session(scene)).isEmpty();
            refused(() -> scene.backpacks.letIn(session, request, false, Set.of(hers)), "consent_over");

            var late = open(scene);
            scene.world.clock.advance(ConsentSessions.LIFE);
            assertThat(enter(scene, late)).isFalse();
            var entered = open(scene);
            assertThat(enter(scene, entered)).isTrue();
            scene.world.clock.advance(ConsentSessions.LIFE.minusMillis(1));
            assertThat(session(scene)).isPresent();
            scene.world.clock.advance(Duration.ofMillis(1));
            assertThat(session(scene)).isEmpty();
        }
    }

    private static String open(Scene scene) {
        return scene.in(db -> ConsentSessions.open(db, scene.world.tenant, scene.ada, scene.now()));
    }

    private static boolean enter(Scene scene, String secret) {
        return scene.in(db -> ConsentSessions.enter(db, secret, BROWSER, scene.now()));
    }

    private static Optional<org.cairn.openbadges.backpack.ConsentSession> session(Scene scene) {
        return scene.in(db -> ConsentSessions.find(db, BROWSER, scene.now()));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_app_that_nobody_lets_in_is_forgotten_after_a_week_and_one_that_was_stays(Databases databases) {
        try (var scene = new Scene(databases)) {
            scene.letIn();
            var used = scene.backpack.app().id().toString();
            var unused = scene.other.app().id().toString();
            assertThat(scene.authenticate(unused, scene.other.secret())).isPresent();
            assertThat(scene.authenticate(unused, scene.backpack.secret())).isEmpty();
            assertThat(scene.authenticate(AppId.fresh().toString(), scene.other.secret()))
                    .isEmpty();
            assertThat(scene.authenticate("no id", scene.other.secret())).isEmpty();
            scene.world.clock.advance(Duration.ofDays(7).minusMillis(1));
            scene.in(db -> Apps.sweep(db, scene.now()));
            assertThat(scene.find(unused)).isPresent();
            scene.world.clock.advance(Duration.ofMillis(2));
            scene.in(db -> Apps.sweep(db, scene.now()));
            assertThat(scene.find(unused)).isEmpty();
            assertThat(scene.find(used)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void within_an_hour_120_apps_can_register(Databases databases) {
        try (var scene = new Scene(databases)) {
            scene.in(db -> {
                for (int i = 2; i < 120; i++) {
                    Backpack.register(db, scene.now());
                }
                return null;
            });
            refused(scene::register, "temporarily_unavailable");
            scene.world.clock.advance(Duration.ofHours(1));
            assertThat(scene.register()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_over_is_forgotten_and_what_is_not_stays(Databases databases) {
        try (var scene = new Scene(databases)) {
            scene.code(Set.of(scene.forms(scene.ada).getFirst().id()));
            open(scene);
            scene.world.clock.advance(Duration.ofMinutes(2));
            scene.in(db -> Connections.sweep(db, scene.now()) + ConsentSessions.sweep(db, scene.now()));
            assertThat(rows(scene, "app_connection") + rows(scene, "app_choice"))
                    .isZero();
            assertThat(rows(scene, "consent_session")).isEqualTo(1);
            var pair = scene.letIn();
            var next = scene.refresh(pair).orElseThrow();
            scene.world.clock.advance(Duration.ofHours(2));
            scene.in(db -> Connections.sweep(db, scene.now()) + ConsentSessions.sweep(db, scene.now()));
            assertThat(rows(scene, "consent_session")).isZero();
            assertThat(rows(scene, "app_token"))
                    .as("two that refresh, one of them spent")
                    .isEqualTo(2);
            scene.world.clock.advance(Duration.ofDays(30));
            scene.in(db -> Connections.sweep(db, scene.now()));
            assertThat(rows(scene, "app_token")).isEqualTo(1);
            assertThat(scene.refresh(next)).isPresent();
            scene.world.clock.advance(Duration.ofDays(91));
            scene.in(db -> Connections.sweep(db, scene.now()));
            assertThat(rows(scene, "app_connection") + rows(scene, "app_token")).isZero();
        }
    }

    private static int rows(Scene scene, String table) {
        return scene.in(db -> db.fetchCount(org.jooq.impl.DSL.table(table)));
    }

    private static List<String> texts(Backpacks.Page page) {
        return page.delivered().stream().map(Backpacks.Delivered::text).toList();
    }

    private static void refused(ThrowingCallable what, String code) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

package org.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cairn.IssuerId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each owner has keys of its own, made once, encrypted at rest, and published for ever. */
class KeysTest {

    private final IssuerId here = IssuerId.fresh();
    private final IssuerId there = IssuerId.fresh();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_key_is_made_once_and_outlives_a_restart(Databases databases) {
        try (var database = databases.open()) {
            var lti = keys(database).ltiKey().kid();
            var issuer = key(keys(database), database, here).kid();
            assertThat(keys(database).ltiKey().kid()).isEqualTo(lti);
            assertThat(key(keys(database), database, here).kid()).isEqualTo(issuer);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_keys_of_lti_and_of_each_issuer_never_mix(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            key(keys, database, there);
            assertThat(keys.ltiKeys()).extracting(PublicSigningKey::algorithm).containsExactly(KeyAlgorithm.RS256);
            var own = published(keys, database, here);
            assertThat(own)
                    .extracting(PublicSigningKey::algorithm)
                    .containsExactlyInAnyOrder(KeyAlgorithm.ES256, KeyAlgorithm.ED25519);
            var neighbours = published(keys, database, there).stream()
                    .map(PublicSigningKey::kid)
                    .toList();
            assertThat(own)
                    .extracting(PublicSigningKey::kid)
                    .doesNotContainAnyElementsOf(neighbours)
                    .doesNotContain(keys.ltiKey().kid());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_next_key_is_published_two_days_before_it_signs_and_the_one_before_stays(Databases databases) {
        try (var database = databases.open()) {
            var clock = new SettableClock();
            var keys = keys(database, clock);
            var old = key(keys, database, here).kid();
            var neighbour = key(keys, database, there).kid();
            keys.rotate(here, KeyAlgorithm.ES256);
            keys.rotate(here, KeyAlgorithm.ES256);
            assertThat(states(keys, database, here)).containsExactly(IssuerKey.State.NEXT, IssuerKey.State.ACTIVE);
            clock.advance(Keys.OVERLAP.minusSeconds(1));
            assertThat(key(keys, database, here).kid()).isEqualTo(old);
            clock.advance(Duration.ofMinutes(2));
            for (var node : List.of(keys, keys(database, clock))) {
                assertThat(key(node, database, here).kid()).isNotEqualTo(old);
                assertThat(key(node, database, there).kid()).isEqualTo(neighbour);
                assertThat(states(node, database, here))
                        .containsExactly(IssuerKey.State.ACTIVE, IssuerKey.State.RETIRED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_key_that_is_withdrawn_signs_no_more_and_only_its_own_issuer_can_withdraw_it(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            var stolen = key(keys, database, here).kid();
            assertThatThrownBy(() -> withdraw(keys, database, there, stolen))
                    .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                    .extracting(Problem::code)
                    .isEqualTo("key_unknown");
            assertThat(key(keys, database, here).kid()).isEqualTo(stolen);
            withdraw(keys, database, here, stolen);
            for (var node : List.of(keys, keys(database))) {
                assertThat(key(node, database, here).kid()).isNotEqualTo(stolen);
                assertThat(states(node, database, here))
                        .containsExactlyInAnyOrder(IssuerKey.State.ACTIVE, IssuerKey.State.WITHDRAWN);
            }
            assertThatThrownBy(() -> withdraw(keys, database, here, stolen)).isInstanceOf(Problem.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_lost_the_master_key_goes_on_with_new_keys_and_the_old_ones_stay_published(Databases databases) {
        try (var database = databases.open()) {
            var before = keys(database);
            var old = key(before, database, here).kid();
            var lti = before.ltiKey().kid();
            var after = new Keys(database, MasterKey.open(folder.resolve("second.key")), new SettableClock());
            assertThatThrownBy(() -> key(after, database, here)).isInstanceOf(Problem.class);
            var readable = key(after, database, there).kid();
            assertThat(after.replaceUnreadable()).isGreaterThanOrEqualTo(2);
            assertThat(key(after, database, here).kid()).isNotEqualTo(old);
            assertThat(key(after, database, there).kid()).isEqualTo(readable);
            assertThat(after.ltiKey().kid()).isNotEqualTo(lti);
            assertThat(published(after, database, here))
                    .extracting(PublicSigningKey::kid)
                    .contains(old);
            assertThat(states(after, database, here)).doesNotContain(IssuerKey.State.WITHDRAWN);
            assertThat(after.ltiKeys()).extracting(PublicSigningKey::kid).doesNotContain(lti);
            assertThat(after.replaceUnreadable()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void asked_for_at_once_by_two_nodes_it_is_one_key(Databases databases) throws Exception {
        try (var database = databases.open();
                var threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 25; round++) {
                var issuer = IssuerId.fresh();
                var together = new CyclicBarrier(4);
                var one = keys(database);
                var other = keys(database);
                var asked = new HashSet<String>();
                for (var kid : threads.invokeAll(List.of(
                        ask(one, database, issuer, together),
                        ask(one, database, issuer, together),
                        ask(other, database, issuer, together),
                        ask(other, database, issuer, together)))) {
                    asked.add(kid.get());
                }
                assertThat(asked).as("round %d", round).hasSize(1);
                assertThat(published(one, database, issuer))
                        .filteredOn(key -> key.algorithm() == KeyAlgorithm.ES256)
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_key_whose_transaction_was_rolled_back_signs_nothing(Databases databases) {
        try (var database = databases.open()) {
            var keys = keys(database);
            assertThatThrownBy(() -> database.inTransaction(db -> {
                        keys.issuerKey(db, here, KeyAlgorithm.ES256);
                        keys.issuerKey(db, here, KeyAlgorithm.ES256);
                        throw new IllegalStateException("The award fails.");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            var signing = key(keys, database, here).kid();
            assertThat(published(keys, database, here))
                    .extracting(PublicSigningKey::kid)
                    .contains(signing);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_private_key_moved_to_another_row_is_not_read(Databases databases) {
        try (var database = databases.open()) {
            var moved = key(keys(database), database, here).kid();
            key(keys(database), database, there);
            database.inTransaction(db -> db.execute(
                    "update signing_key set private_key = (select k.private_key from signing_key k where k.kid = ?)"
                            + " where owner = ?",
                    moved,
                    "issuer/" + there));
            assertThatThrownBy(() -> key(keys(database), database, there))
                    .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                    .extracting(Problem::code)
                    .isEqualTo("master_key_wrong");
            assertThat(key(keys(database), database, here).kid()).isEqualTo(moved);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_database_alone_gives_no_private_key_away(Databases databases) {
        try (var database = databases.open()) {
            key(keys(database), database, here);
            byte[] stored = database.inTransaction(
                    db -> db.fetchSingle("select private_key from signing_key").get(0, byte[].class));
            assertThatThrownBy(() -> KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(stored)))
                    .isInstanceOf(InvalidKeySpecException.class);
            var other = new Keys(database, MasterKey.open(folder.resolve("other.key")), new SettableClock());
            assertThatThrownBy(() -> key(other, database, here))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("another master key");
        }
    }

    private static Callable<String> ask(Keys keys, Database database, IssuerId issuer, CyclicBarrier together) {
        return () -> {
            together.await();
            return key(keys, database, issuer).kid();
        };
    }

    private Keys keys(Database database) {
        return keys(database, new SettableClock());
    }

    private Keys keys(Database database, SettableClock clock) {
        return new Keys(database, MasterKey.open(folder.resolve("master.key")), clock);
    }

    private static void withdraw(Keys keys, Database database, IssuerId issuer, String kid) {
        database.inTransaction(db -> {
            keys.withdraw(db, issuer, kid);
            return null;
        });
    }

    /** Of its ES256 keys, the newest first. */
    private static List<IssuerKey.State> states(Keys keys, Database database, IssuerId issuer) {
        return database.inTransaction(db -> keys.issuerKeys(db, issuer)).stream()
                .filter(key -> key.published().algorithm() == KeyAlgorithm.ES256)
                .map(IssuerKey::state)
                .toList();
    }

    private static SigningKey key(Keys keys, Database database, IssuerId issuer) {
        return database.inTransaction(db -> keys.issuerKey(db, issuer, KeyAlgorithm.ES256));
    }

    private static List<PublicSigningKey> published(Keys keys, Database database, IssuerId issuer) {
        return database.inTransaction(db -> keys.issuerKeys(db, issuer)).stream()
                .map(IssuerKey::published)
                .toList();
    }
}

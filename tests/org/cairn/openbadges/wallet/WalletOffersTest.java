package org.cairn.openbadges.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.wallet.WalletOffers.Secrets;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An offer to a wallet at its very edges: its time, its tries, its one taker. Each test has a credential of its own. */
class WalletOffersTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private static World world;

    @BeforeAll
    static void open() {
        world = new World(Databases.H2);
        world.define("soldering", "{'score':'quiz','atLeast':70}");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void its_secrets_are_long_differ_each_time_and_are_not_printed() {
        var credential = credential("secrets");
        var first = offer(credential, NOW);
        var second = offer(credential, NOW);
        assertThat(first.code()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(second.code());
        assertThat(first.pin()).matches("[0-9]{6}");
        assertThat(first).hasToString("Secrets[…]");
    }

    @Test
    void it_is_open_for_ten_minutes() {
        var credential = credential("time");
        var last = offer(credential, NOW);
        assertThat(take(last, NOW.plus(Duration.ofMinutes(10)).minusMillis(1))).isPresent();
        var late = offer(credential, NOW);
        assertThat(take(late, NOW.plus(Duration.ofMinutes(10)))).isEmpty();
    }

    @Test
    void a_token_is_good_for_five_minutes_and_says_what_for() {
        var credential = credential("token");
        var token = take(offer(credential, NOW), NOW).orElseThrow();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        var end = NOW.plus(Duration.ofMinutes(5));
        var offer = find(token, end.minusMillis(1)).orElseThrow();
        assertThat(offer.tenant()).isEqualTo(world.tenant);
        assertThat(offer.credential()).isEqualTo(credential.id());
        assertThat(offer.tokenEndsAt()).isEqualTo(end);
        assertThat(find(token, end)).isEmpty();
        assertThat(find("guessed", NOW)).isEmpty();
    }

    @Test
    void four_wrong_digits_are_forgiven_and_a_fifth_is_not() {
        var credential = credential("tries");
        var forgiven = offer(credential, NOW);
        for (int i = 0; i < 4; i++) {
            assertThat(take(wrong(forgiven), NOW)).isEmpty();
        }
        assertThat(take(forgiven, NOW)).isPresent();
        var closed = offer(credential, NOW);
        for (int i = 0; i < 5; i++) {
            assertThat(take(wrong(closed), NOW)).isEmpty();
        }
        assertThat(take(closed, NOW)).isEmpty();
    }

    @Test
    void wrong_digits_for_one_offer_close_no_other_and_those_of_another_open_none() {
        var one = offer(credential("one"), NOW);
        var other = offer(credential("other"), NOW);
        for (int i = 0; i < 5; i++) {
            take(wrong(one), NOW);
        }
        assertThat(take(new Secrets(other.code(), wrong(other).pin()), NOW)).isEmpty();
        assertThat(take(other, NOW)).isPresent();
    }

    @Test
    void it_is_taken_once_and_a_newer_one_takes_its_place() {
        var credential = credential("once");
        var first = offer(credential, NOW);
        var second = offer(credential, NOW);
        assertThat(take(first, NOW)).isEmpty();
        var token = take(second, NOW).orElseThrow();
        assertThat(take(second, NOW)).isEmpty();
        offer(credential, NOW);
        assertThat(find(token, NOW)).isPresent();
    }

    @Test
    void it_is_bound_to_one_key_however_often_that_asks() {
        var token = take(offer(credential("bound"), NOW), NOW).orElseThrow();
        var offer = find(token, NOW).orElseThrow();
        assertThat(bind(offer, "did:key:z1")).isTrue();
        assertThat(bind(offer, "did:key:z1")).isTrue();
        assertThat(bind(offer, "did:key:z2")).isFalse();
        assertThat(find(token, NOW).orElseThrow().wallet()).isEqualTo("did:key:z1");
    }

    @Test
    void what_is_over_is_forgotten_ten_minutes_later() {
        var longAgo = NOW.minus(Duration.ofDays(1));
        offer(credential("over"), longAgo);
        var end = longAgo.plus(Duration.ofMinutes(10));
        assertThat(sweep(end.plus(Duration.ofMinutes(10)))).isZero();
        assertThat(sweep(end.plus(Duration.ofMinutes(10)).plusMillis(1))).isOne();
    }

    private static Secrets wrong(Secrets secrets) {
        return new Secrets(secrets.code(), secrets.pin().equals("000000") ? "000001" : "000000");
    }

    private static Secrets offer(Credential credential, Instant now) {
        return in(db -> WalletOffers.offer(db, world.tenant, credential.id(), now));
    }

    private static Optional<String> take(Secrets secrets, Instant now) {
        return in(db -> WalletOffers.take(db, secrets.code(), secrets.pin(), now));
    }

    private static Optional<WalletOffer> find(String token, Instant now) {
        return in(db -> WalletOffers.find(db, token, now));
    }

    private static boolean bind(WalletOffer offer, String wallet) {
        return in(db -> WalletOffers.bind(db, offer, wallet));
    }

    private static int sweep(Instant now) {
        return in(db -> WalletOffers.sweep(db, now));
    }

    private static <T> T in(Function<DSLContext, T> work) {
        return world.database.inTransaction(work::apply);
    }

    private static Credential credential(String sub) {
        return world.credential(world.grade(sub, "quiz", 90).awards().getFirst().id());
    }
}

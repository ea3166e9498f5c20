package org.cairn.lti;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an LMS's keys are believed, and how often it is asked for them. Each test has a platform of its own at one LMS. */
class KeySetsTest {

    private static final TestPlatform LMS =
            new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn", "1");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String SET = TestPlatform.jwks(LMS.keys, "key-1");

    private final String path = "/keys-" + NUMBER.incrementAndGet();
    private final Platform platform = register(path);
    private final KeySets node = node();

    @AfterEach
    void asked() {
        LMS.clock.set(org.cairn.testing.SettableClock.START);
    }

    @Test
    void a_set_is_fetched_once_and_serves_every_node() {
        serve(SET, null);
        assertThat(node.find(platform, "key-1")).contains(LMS.keys.getPublic());
        assertThat(node.find(platform, "key-1")).isPresent();
        assertThat(node().find(platform, "key-1")).isPresent();
        assertThat(fetched()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        ", 3600",
        "max-age=600, 600",
        "'public, max-age=\"600\"', 600",
        "Max-Age=600, 600",
        "max-age=1, 300",
        "max-age=999999999, 86400",
        "max-age=soon, 3600",
        "no-store, 300",
        "'No-Cache, max-age=86400', 300",
        "'max-age=86400,no-store', 300",
        "'no-cache=\"Set-Cookie\", max-age=600', 600",
        "s-max-age=600, 3600"
    })
    void a_set_is_fresh_for_as_long_as_its_lms_says_within_five_minutes_and_a_day(
            @Nullable String header, int seconds) {
        serve(SET, header);
        node.find(platform, "key-1");
        LMS.clock.advance(Duration.ofSeconds(seconds - 1));
        node.find(platform, "key-1");
        assertThat(fetched()).isEqualTo(1);
        LMS.clock.advance(Duration.ofSeconds(1));
        node.find(platform, "key-1");
        assertThat(fetched()).isEqualTo(2);
    }

    @Test
    void an_unknown_key_id_makes_a_set_be_fetched_anew_once_a_minute_of_all_nodes_together() {
        serve(SET, null);
        node.find(platform, "key-1");
        LMS.clock.advance(Duration.ofSeconds(59));
        assertThat(node.find(platform, "other")).isEmpty();
        assertThat(fetched()).isEqualTo(1);
        LMS.clock.advance(Duration.ofSeconds(1));
        assertThat(node().find(platform, "other")).isEmpty();
        assertThat(fetched()).isEqualTo(2);
        LMS.clock.advance(Duration.ofSeconds(5));
        assertThat(node.find(platform, "other")).isEmpty();
        assertThat(fetched()).isEqualTo(2);
    }

    @Test
    void a_key_that_another_node_has_fetched_is_seen_after_five_seconds() {
        serve(SET, null);
        node.find(platform, "key-1");
        serve(TestPlatform.jwks(LMS.keys, "key-2"), null);
        LMS.clock.advance(Duration.ofSeconds(60));
        assertThat(node.find(platform, "key-3")).isEmpty();
        var other = node();
        assertThat(other.find(platform, "key-2")).isPresent();
        assertThat(node.find(platform, "key-2")).isPresent();
        serve(TestPlatform.jwks(LMS.keys, "key-4"), null);
        LMS.clock.advance(Duration.ofSeconds(60));
        assertThat(other.find(platform, "key-4")).isPresent();
        LMS.clock.advance(Duration.ofSeconds(1));
        assertThat(node.find(platform, "key-4")).isPresent();
        assertThat(fetched()).isEqualTo(3);
    }

    @Test
    void a_node_asks_the_database_about_an_unknown_key_every_five_seconds_and_not_more() {
        serve(SET, null);
        node.find(platform, "key-1");
        node.find(platform, "key-2");
        store(TestPlatform.jwks(LMS.keys, "key-2"));
        LMS.clock.advance(Duration.ofMillis(4999));
        assertThat(node.find(platform, "key-2")).isEmpty();
        LMS.clock.advance(Duration.ofMillis(1));
        assertThat(node.find(platform, "key-2")).isPresent();
    }

    @Test
    void an_old_set_is_believed_for_a_day_more_while_no_newer_one_can_be_had() {
        serve(SET, "max-age=600");
        node.find(platform, "key-1");
        LMS.wire.stubFor(get(path).willReturn(serverError()));
        LMS.clock.advance(Duration.ofSeconds(600).plusHours(24).minusSeconds(1));
        assertThat(node.find(platform, "key-1")).isPresent();
        LMS.clock.advance(Duration.ofSeconds(6));
        unreachable(node);
        unreachable(node());
        LMS.clock.advance(Duration.ofSeconds(60));
        unreachable(node);
        serve(SET, null);
        LMS.clock.advance(Duration.ofSeconds(60));
        assertThat(node.find(platform, "key-1")).isPresent();
    }

    @Test
    void a_set_that_was_never_read_is_said_so_and_asked_for_again_after_a_minute() {
        LMS.wire.stubFor(get(path).willReturn(serverError()));
        assertThatThrownBy(() -> node.find(platform, "key-1")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("key_set_unreachable");
            assertThat(problem.sentence()).contains("localhost answered with status 500");
        });
        serve(SET, null);
        LMS.clock.advance(Duration.ofSeconds(60));
        assertThat(node.find(platform, "key-1")).isPresent();
    }

    @Test
    void who_waits_for_a_first_set_that_cannot_be_had_is_told_so_with_whoever_asked_first() throws Exception {
        LMS.wire.stubFor(get(path).willReturn(serverError().withFixedDelay(500)));
        long begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = Stream.generate(() -> threads.submit(() -> unreachable(node)))
                    .limit(12)
                    .toList();
            for (var one : asked) {
                one.get();
            }
        }
        // The next one is told at once, and nobody else has begun to wait.
        unreachable(node);
        // One after another they would have waited for six seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(fetched()).isEqualTo(1);
    }

    @Test
    void a_failure_is_told_for_five_seconds_and_then_it_is_looked_whether_another_node_has_the_set() {
        LMS.wire.stubFor(get(path).willReturn(serverError()));
        unreachable(node);
        store(SET);
        LMS.clock.advance(Duration.ofMillis(4999));
        unreachable(node);
        LMS.clock.advance(Duration.ofMillis(1));
        assertThat(node.find(platform, "key-1")).isPresent();
        assertThat(fetched()).isEqualTo(1);
    }

    @Test
    void a_node_waits_for_the_set_that_another_one_is_fetching() throws Exception {
        LMS.wire.stubFor(get(path).willReturn(okJson(SET).withFixedDelay(700)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> node.find(platform, "key-1"));
            await(() -> fetched() == 1);
            assertThat(node().find(platform, "key-1")).isPresent();
            assertThat(first.get()).isPresent();
        }
        assertThat(fetched()).isEqualTo(1);
    }

    @Test
    void a_fresh_set_of_another_node_is_not_fetched_anew_however_long_ago_that_was() {
        serve(SET, null);
        node.find(platform, "key-1");
        LMS.clock.advance(Duration.ofSeconds(3599));
        assertThat(node().find(platform, "key-1")).isPresent();
        assertThat(fetched()).isEqualTo(1);
    }

    @Test
    void who_has_a_set_waits_for_nobody_else_about_a_key_that_is_not_in_it() {
        serve(SET, null);
        node.find(platform, "key-1");
        long begun = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(node().find(platform, "other")).isEmpty();
        }
        // A tenth of a second of patience for each of them would be twenty.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_node_waits_two_seconds_for_another_one_that_has_just_tried_and_not_for_one_that_has_long_failed() {
        LMS.wire.stubFor(get(path).willReturn(serverError()));
        unreachable(node);
        long begun = System.nanoTime();
        unreachable(node());
        long patient = System.nanoTime();
        assertThat(Duration.ofNanos(patient - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        LMS.clock.advance(Duration.ofSeconds(5));
        unreachable(node());
        assertThat(Duration.ofNanos(System.nanoTime() - patient)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void who_is_interrupted_while_waiting_is_told_so_at_once_and_stays_interrupted() throws Exception {
        LMS.wire.stubFor(get(path).willReturn(serverError()));
        unreachable(node);
        var isMarked = new AtomicBoolean();
        var waiting = Thread.ofPlatform().start(() -> {
            unreachable(node());
            isMarked.set(Thread.currentThread().isInterrupted());
        });
        await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        waiting.join();
        assertThat(isMarked).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\"}]}", "null", "{\"keys\":7}"})
    void a_set_without_a_key_of_use_takes_no_other_s_place_and_is_none_at_first(String nothing) {
        serve(nothing, null);
        assertThatThrownBy(() -> node.find(platform, "key-1")).hasMessageContaining("no key that Cairn can use");
        assertThatThrownBy(() -> node.refresh(platform)).hasMessageContaining("no key that Cairn can use");
        LMS.clock.advance(Duration.ofSeconds(60));
        serve(SET, null);
        assertThat(node.find(platform, "key-1")).isPresent();
        serve(nothing, null);
        LMS.clock.advance(Duration.ofHours(2));
        assertThat(node.find(platform, "key-1")).isPresent();
        assertThat(node().find(platform, "key-1")).isPresent();
        assertThat(node.known(platform))
                .contains(new KeySets.Known(LMS.clock.instant().minus(Duration.ofHours(2)), 1));
    }

    @Test
    void of_two_keys_by_one_id_the_first_counts() throws Exception {
        var set = (ObjectNode) TestPlatform.JSON.readTree(SET);
        var others = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        set.withArray("keys")
                .add(TestPlatform.JSON
                        .readTree(TestPlatform.jwks(others, "key-1"))
                        .at("/keys/0"));
        assertThat(KeySets.parse(set.toString())).containsOnly(Map.entry("key-1", LMS.keys.getPublic()));
    }

    @ParameterizedTest
    @CsvSource({
        "2047, 17, false",
        "2048, 17, true",
        "8192, 17, true",
        "8193, 17, false",
        "2048, 64, true",
        "2048, 65, false"
    })
    void a_key_that_is_too_short_to_be_safe_or_too_long_to_be_cheap_is_left_out(
            int modulus, int exponent, boolean isRead) throws Exception {
        var set = (ObjectNode) TestPlatform.JSON.readTree(SET);
        var key = (ObjectNode) set.at("/keys/0");
        key.put("n", base64(BigInteger.ONE.shiftLeft(modulus - 1).add(BigInteger.ONE)));
        key.put("e", base64(BigInteger.ONE.shiftLeft(exponent - 1).add(BigInteger.ONE)));
        assertThat(KeySets.parse(set.toString()).containsKey("key-1")).isEqualTo(isRead);
    }

    @Test
    void what_comes_after_the_set_makes_it_unreadable() {
        assertThatThrownBy(() -> KeySets.parse(SET + "\0")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> KeySets.parse(SET + SET)).hasMessageContaining("not JSON");
    }

    @Test
    void a_key_of_no_use_does_not_spoil_the_others() throws Exception {
        var set = (ObjectNode) TestPlatform.JSON.readTree(SET);
        var keys = set.withArray("keys");
        keys.add(7);
        keys.addObject().put("kty", "EC").put("kid", "ec").put("crv", "P-256");
        keys.addObject().put("kid", "nothing");
        var small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        keys.add(TestPlatform.JSON
                .readTree(TestPlatform.jwks(small.generateKeyPair(), "small"))
                .at("/keys/0"));
        keys.add(((ObjectNode) keys.get(0)).deepCopy().put("kid", "enc").put("use", "enc"));
        keys.add(((ObjectNode) keys.get(0)).deepCopy().put("kid", "no-use").remove(List.of("use", "alg")));
        keys.add(((ObjectNode) keys.get(0)).deepCopy().without("kid"));
        assertThat(KeySets.parse(set.toString())).containsOnlyKeys("key-1", "no-use");
    }

    @Test
    void of_a_set_at_most_a_hundred_keys_are_read() throws Exception {
        var set = (ObjectNode) TestPlatform.JSON.readTree(SET);
        var one = (ObjectNode) set.at("/keys/0");
        for (int i = 0; i < 150; i++) {
            set.withArray("keys").add(one.deepCopy().put("kid", "more-" + i));
        }
        assertThat(KeySets.parse(set.toString())).hasSize(100);
        assertThat(KeySets.parse("{}")).isEmpty();
        assertThat(KeySets.parse("null")).isEmpty();
        assertThatThrownBy(() -> KeySets.parse("<html>")).hasMessageContaining("not JSON");
    }

    @Test
    void the_doctor_may_fetch_at_any_time_and_is_told_how_many_there_are() {
        serve(SET, null);
        assertThat(node.known(platform)).isEmpty();
        assertThat(node.refresh(platform)).isEqualTo(1);
        assertThat(node.refresh(platform)).isEqualTo(1);
        assertThat(fetched()).isEqualTo(2);
        assertThat(node.find(platform, "key-1")).isPresent();
        assertThat(fetched()).isEqualTo(2);
        assertThat(node.known(platform)).contains(new KeySets.Known(LMS.clock.instant(), 1));
        LMS.wire.stubFor(get(path).willReturn(serverError()));
        assertThatThrownBy(() -> node.refresh(platform)).isInstanceOf(Problem.class);
    }

    @Test
    void two_platforms_are_asked_for_their_own_keys() {
        serve(SET, null);
        var other = register(path + "-other");
        LMS.wire.stubFor(get(path + "-other").willReturn(okJson(TestPlatform.jwks(LMS.keys, "other"))));
        assertThat(node.find(platform, "other")).isEmpty();
        assertThat(node.find(other, "other")).isPresent();
        assertThat(node.find(other, "key-1")).isEmpty();
    }

    private void unreachable(KeySets keySets) {
        assertThatThrownBy(() -> keySets.find(platform, "key-1"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("key_set_unreachable"));
    }

    /** As another node would, that has just fetched. */
    private void store(String set) {
        LMS.database.inTransaction(db -> {
            KeySetStore.save(
                    db,
                    platform.id(),
                    set,
                    LMS.clock.instant(),
                    LMS.clock.instant().plusSeconds(600));
            return null;
        });
    }

    private static String base64(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    private static void await(BooleanSupplier isSo) throws InterruptedException {
        for (int i = 0; i < 500 && !isSo.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
    }

    private static KeySets node() {
        return new KeySets(LMS.database, LMS.outbound, LMS.clock);
    }

    private void serve(String set, @Nullable String cacheControl) {
        var answer = okJson(set);
        LMS.wire.stubFor(
                get(path).willReturn(cacheControl == null ? answer : answer.withHeader("Cache-Control", cacheControl)));
    }

    private int fetched() {
        return LMS.wire.findAll(getRequestedFor(urlPathEqualTo(path))).size();
    }

    private static Platform register(String path) {
        var like = LMS.platform;
        return LMS.database.inTransaction(db -> PlatformStore.save(
                db,
                new Platform(
                        PlatformId.fresh(),
                        "https://lms.example.edu" + path,
                        "cairn",
                        "LMS",
                        "",
                        like.authorizationEndpoint(),
                        like.tokenEndpoint(),
                        like.tokenAudience(),
                        URI.create(LMS.wire.baseUrl() + path),
                        "RS256",
                        List.of(),
                        false),
                LMS.clock.instant()));
    }
}

package org.cairn.lti;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.JSON;
import static org.cairn.testing.TestPlatform.lti;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.lti.Notices.Outcome.Word;
import org.cairn.people.Browser;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.cairn.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Notices as an LMS posts them, on both databases. */
class NoticesTest {

    private TestPlatform lms;
    private Notices notices;
    private TenantId tenant;
    private Deployment deployment;

    private void start(Databases databases) {
        lms = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
        notices = new Notices(lms.database, lms.keySets, lms.clock);
        deployment = lms.database
                .inTransaction(db -> PlatformStore.findDeployment(db, lms.platform.id(), "1"))
                .orElseThrow();
        tenant = deployment.tenant();
    }

    @AfterEach
    void stop() {
        if (lms != null) {
            lms.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_notice_of_a_copy_is_kept_with_the_new_course_and_one_that_came_twice_changes_nothing(Databases databases) {
        start(databases);
        var notice = lms.sign(copy("n1", "new", "old"));
        assertThat(words(post(notice))).containsExactly(Word.TAKEN);
        var first = state();
        assertThat(words(post(notice))).containsExactly(Word.REPEATED);
        // The LMS sends what it believes to be lost with a new signature and the same id.
        lms.clock.advance(Duration.ofHours(1));
        assertThat(words(post(lms.sign(copy("n1", "other", "older"))))).containsExactly(Word.REPEATED);
        assertThat(words(post(lms.sign(copy("n2", "new", "old"))))).containsExactly(Word.TAKEN);
        assertThat(state()).isEqualTo(first).containsExactly("new <- [old]");
        assertThat(course("new").title()).isEqualTo("Copy of a course");
        assertThat(course("new").launchedAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_test_notice_is_noted_at_its_own_deployment_only(Databases databases) {
        start(databases);
        var other = lms.database.inTransaction(
                db -> PlatformStore.deploy(db, tenant, lms.platform.id(), "2", lms.clock.instant()));
        for (var one : List.of(deployment, other)) {
            offered(one);
        }
        assertThat(words(post(lms.sign(notice("n1", "LtiHelloWorldNotice"))))).containsExactly(Word.TAKEN);
        assertThat(subscription(deployment).helloAt()).isEqualTo(lms.clock.instant());
        assertThat(subscription(other).helloAt()).isNull();
        // The same id of another deployment is another notice.
        var theirs = notice("n1", "LtiHelloWorldNotice").put(lti("deployment_id"), "2");
        assertThat(words(post(lms.sign(theirs)))).containsExactly(Word.TAKEN);
        assertThat(subscription(other).helloAt()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_bad_notice_does_not_spoil_the_good_ones_beside_it(Databases databases) {
        start(databases);
        var good = lms.sign(copy("n1", "a", "old"));
        var alsoGood = lms.sign(copy("n2", "b", "old"));
        var forged = TestPlatform.sign(
                JSON.createObjectNode().put("alg", "RS256").put("kid", "key-1"),
                copy("n3", "c", "old"),
                TestPlatform.keyPair());
        var outcomes = post(good, forged, "no token", "", alsoGood);
        assertThat(words(outcomes)).containsExactly(Word.TAKEN, Word.REFUSED, Word.REFUSED, Word.REFUSED, Word.TAKEN);
        assertThat(code(outcomes.get(1))).isEqualTo("signature_wrong");
        assertThat(state()).containsExactly("a <- [old]", "b <- [old]");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad("another issuer", "issuer_wrong", c -> c.put("iss", "https://evil.example.com")),
                bad("another tool's", "audience_wrong", c -> c.put("aud", "other")),
                bad("another azp", "authorized_party_wrong", c -> c.put("azp", "other")),
                bad("several audiences without azp", "authorized_party_wrong", c -> {
                    c.remove("azp");
                    c.putArray("aud").add("cairn").add("x");
                }),
                bad("expired", "expired", c -> c.put("exp", c.get("iat").asLong() - 61)),
                bad("without expiry", "expired", c -> c.remove("exp")),
                bad(
                        "of the day before yesterday, with an expiry far ahead",
                        "time_wrong",
                        c -> c.put("iat", c.get("iat").asLong() - 2 * 86_400)),
                bad("of tomorrow", "time_wrong", c -> c.put("iat", c.get("iat").asLong() + 86_400)),
                bad("of another version", "version_wrong", c -> c.put(lti("version"), "1.1")),
                bad("without a deployment", "deployment_missing", c -> c.remove(lti("deployment_id"))),
                bad("of an unknown deployment", "deployment_pending", c -> c.put(lti("deployment_id"), "9")),
                bad("without a notice", "notice_malformed", c -> c.remove(lti("notice"))),
                bad("with a notice that is a text", "notice_malformed", c -> c.put(lti("notice"), "n")),
                bad("without an id", "notice_malformed", c -> ((ObjectNode) c.get(lti("notice"))).remove("id")),
                bad(
                        "with an id of 256 characters",
                        "notice_malformed",
                        c -> ((ObjectNode) c.get(lti("notice"))).put("id", "x".repeat(256))),
                bad("without a type", "notice_malformed", c -> ((ObjectNode) c.get(lti("notice"))).remove("type")),
                bad("without a context", "notice_malformed", c -> c.remove(lti("context"))),
                bad(
                        "with an oversized context",
                        "notice_malformed",
                        c -> c.putObject(lti("context")).put("id", "x".repeat(256))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_notice_that_is_not_right_is_refused_and_nothing_is_kept(String code, Consumer<ObjectNode> damage) {
        start(Databases.H2);
        var claims = copy("n1", "new", "old");
        damage.accept(claims);
        var outcomes = post(lms.sign(claims));
        assertThat(words(outcomes)).containsExactly(Word.REFUSED);
        assertThat(code(outcomes.getFirst())).isEqualTo(code);
        assertThat(state()).isEmpty();
        assertThat(pending()).isEmpty();
        // And its id is not used up.
        assertThat(words(post(lms.sign(copy("n1", "new", "old"))))).containsExactly(Word.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_unsigned_notice_or_one_of_another_algorithm_is_refused_before_any_key_is_asked_for(Databases databases) {
        start(databases);
        for (var algorithm : List.of("none", "HS256", "RS512")) {
            var header = JSON.createObjectNode().put("alg", algorithm).put("kid", "key-1");
            var outcomes = post(TestPlatform.sign(header, copy("n1", "new", "old"), lms.keys));
            assertThat(code(outcomes.getFirst())).isEqualTo("algorithm_refused");
        }
        assertThat(lms.wire.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_waited_an_hour_in_the_lms_is_taken_while_its_own_expiry_allows_it(Databases databases) {
        start(databases);
        var claims = copy("n1", "new", "old");
        claims.put("exp", claims.get("iat").asLong() + 3 * 3600);
        lms.clock.advance(Duration.ofHours(1));
        assertThat(words(post(lms.sign(claims)))).containsExactly(Word.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_type_that_nobody_knows_is_acknowledged_and_left_alone(Databases databases) {
        start(databases);
        assertThat(words(post(lms.sign(notice("n1", "LtiAssetProcessorSubmissionNotice")))))
                .containsExactly(Word.IGNORED);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void keys_that_cannot_be_had_are_a_fault_upstream_so_that_the_lms_sends_again(Databases databases) {
        start(databases);
        lms.wire.stubFor(get("/jwks").willReturn(serverError()));
        var notice = lms.sign(copy("n1", "new", "old"));
        assertThat(post(notice).getFirst().problem())
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UPSTREAM));
        lms.serveKeys();
        lms.clock.advance(Duration.ofSeconds(61));
        assertThat(words(post(lms.sign(copy("n1", "new", "old"))))).containsExactly(Word.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_no_list_of_notices_is_refused_whole(Databases databases) {
        start(databases);
        for (var body : List.of("", "[]", "{}", "{\"notices\":1}", "{", "[".repeat(10_000), "null")) {
            assertThatThrownBy(() -> take(body))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("notices_malformed"));
        }
        assertThat(take("{\"notices\":[]}")).isEmpty();
        assertThat(words(take("{\"notices\":[1,{},{\"jwt\":7},{\"jwt\":{}}]}"))).containsOnly(Word.REFUSED);
        var many = String.join(",", Collections.nCopies(Notices.MOST + 1, "{\"jwt\":\"\"}"));
        assertThatThrownBy(() -> take("{\"notices\":[" + many + "]}"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_LARGE));
        assertThatThrownBy(() -> notices.take(PlatformId.fresh(), new byte[0]))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void one_notice_on_two_threads_is_taken_once(Databases databases) throws Exception {
        start(databases);
        lms.keySets.refresh(lms.platform);
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                var notice = lms.sign(copy("n" + round, "new" + round, "old"));
                Callable<Word> send = () -> post(notice).getFirst().word();
                var came = new ArrayList<Word>();
                for (var one : threads.invokeAll(List.of(send, send))) {
                    came.add(one.get());
                }
                assertThat(came).as("round %d", round).containsExactlyInAnyOrder(Word.TAKEN, Word.REPEATED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_launch_s_history_and_notices_end_alike_in_any_order_and_twice(Databases databases) {
        var ended = IntStream.range(0, 5).mapToObj(seed -> {
            start(databases);
            var events = new ArrayList<Runnable>(List.of(
                    () -> post(lms.sign(copy("n1", "parent", "grandparent"))),
                    () -> post(lms.sign(copy("n2", "new", "parent"))),
                    () -> launch("new", "parent,grand%2Dparent,grandparent"),
                    () -> launch("parent", "grandparent"),
                    () -> launch("grandparent", ""),
                    () -> post(lms.sign(copy("n2", "new", "parent")))));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, new Random(seed));
            events.forEach(Runnable::run);
            var origins = lms.database.inTransaction(db -> OriginStore.list(db, course("new"))).stream()
                    .map(Course::contextId)
                    .toList();
            var state = state() + " asks " + origins;
            lms.close();
            return state;
        });
        assertThat(ended.distinct())
                .containsExactly("[new <- [parent, grand-parent, grandparent], parent <- [grandparent]] asks [parent,"
                        + " grandparent]");
        lms = null;
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_chain_that_only_notices_tell_is_followed_and_so_is_an_origin_that_becomes_known_later(Databases databases) {
        start(databases);
        // The later step first.
        post(lms.sign(copy("n2", "c", "b")));
        post(lms.sign(copy("n1", "b", "a")));
        assertThat(origins("c")).containsExactly("b");
        launch("a", "");
        assertThat(origins("c")).containsExactly("b", "a");
        assertThat(origins("b")).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_origin_of_another_deployment_or_tenant_is_none_though_its_context_has_the_same_name(Databases databases) {
        start(databases);
        var now = lms.clock.instant();
        lms.database.inTransaction(db -> {
            var second = PlatformStore.deploy(db, tenant, lms.platform.id(), "2", now);
            CourseStore.findOrCreate(db, tenant, second.id(), "old", now);
            var elsewhere = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now);
            var platform = PlatformStore.save(db, World.platform("https://other.example.edu", "cairn"), now);
            var third = PlatformStore.deploy(db, elsewhere.id(), platform.id(), "1", now);
            return CourseStore.findOrCreate(db, elsewhere.id(), third.id(), "old", now);
        });
        post(lms.sign(copy("n1", "new", "old")));
        assertThat(origins("new")).isEmpty();
        launch("old", "");
        assertThat(origins("new")).containsExactly("old");
        List<Course> origins = lms.database.inTransaction(db -> OriginStore.list(db, course("new")));
        assertThat(origins).extracting(Course::deployment).containsExactly(deployment.id());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_a_history_without_end_the_first_twenty_are_kept(Databases databases) {
        start(databases);
        var origins = IntStream.range(0, 50).mapToObj(i -> "o" + i).toArray(String[]::new);
        post(lms.sign(copy("n1", "new", origins)));
        post(lms.sign(copy("n2", "new", "x".repeat(256), " ", "new", "one-more")));
        var kept = lms.database.inTransaction(db -> db.fetchValue("select count(*) from course_origin"));
        assertThat(kept).isEqualTo(20L);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void old_notices_are_forgotten_when_nobody_can_send_them_again(Databases databases) {
        start(databases);
        post(lms.sign(copy("n1", "new", "old")));
        lms.clock.advance(Duration.ofDays(6));
        assertThat(notices.sweep()).isZero();
        lms.clock.advance(Duration.ofDays(2));
        post(lms.sign(copy("n2", "new", "old")));
        assertThat(notices.sweep()).isOne();
        assertThat(words(post(lms.sign(copy("n2", "new", "old"))))).containsExactly(Word.REPEATED);
    }

    private ObjectNode notice(String id, String type) {
        long now = lms.clock.instant().getEpochSecond();
        var claims = JSON.createObjectNode();
        claims.put("iss", lms.platform.issuer()).put("aud", "cairn").put("azp", "cairn");
        claims.put("iat", now).put("exp", now + 300).put("nonce", "nonce-" + id);
        claims.put(lti("version"), "1.3.0").put(lti("deployment_id"), "1");
        claims.putObject(lti("notice"))
                .put("id", id)
                .put("timestamp", "2026-11-24T08:59:00Z")
                .put("type", type);
        return claims;
    }

    private ObjectNode copy(String id, String context, String... origins) {
        var claims = notice(id, "LtiContextCopyNotice");
        claims.putObject(lti("context")).put("id", context).put("title", "Copy of a course");
        var list = claims.putArray(lti("origin_contexts"));
        List.of(origins).forEach(list::add);
        return claims;
    }

    private void launch(String context, String history) {
        var browser = Browser.fresh();
        var begun = lms.begin(browser);
        var claims = lms.claims(begun.get("nonce"));
        claims.putObject(lti("context")).put("id", context).put("title", "Copy of a course");
        claims.putObject(lti("custom")).put("context_history", history);
        lms.launches.accept(Map.of("state", begun.get("state"), "id_token", lms.sign(claims)), browser);
    }

    private List<Notices.Outcome> post(String... tokens) {
        var json = JSON.createObjectNode();
        var list = json.putArray("notices");
        List.of(tokens).forEach(token -> list.addObject().put("jwt", token));
        return take(json.toString());
    }

    private List<Notices.Outcome> take(String body) {
        return notices.take(lms.platform.id(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Word> words(List<Notices.Outcome> outcomes) {
        return outcomes.stream().map(Notices.Outcome::word).toList();
    }

    private static String code(Notices.Outcome outcome) {
        return outcome.problem() == null ? "" : outcome.problem().code();
    }

    private Course course(String context) {
        return lms.database
                .inTransaction(db -> CourseStore.find(db, tenant, deployment.id(), context))
                .orElseThrow();
    }

    private List<String> origins(String context) {
        return lms.database.inTransaction(db -> OriginStore.list(db, course(context))).stream()
                .map(Course::contextId)
                .toList();
    }

    private void offered(Deployment one) {
        var offer = new Offer(
                null,
                null,
                java.util.Set.of(),
                null,
                java.net.URI.create(lms.wire.baseUrl() + "/notices/" + one.externalId()),
                java.util.Set.of());
        lms.database.inTransaction(db -> {
            SubscriptionStore.offered(db, one, offer);
            return null;
        });
    }

    private Subscription subscription(Deployment one) {
        return lms.database
                .inTransaction(db -> SubscriptionStore.find(db, one.tenant(), one.id()))
                .orElseThrow();
    }

    private List<PlatformStore.Pending> pending() {
        return lms.database.inTransaction(PlatformStore::pending);
    }

    /** Every course that has origins, with them in their order. */
    private List<String> state() {
        var origins = new TreeMap<String, List<String>>();
        var rows = lms.database.inTransaction(
                db -> db.fetch("select c.context_id, o.origin_context_id from course_origin o"
                        + " join course c on c.id = o.course_id order by o.position"));
        rows.forEach(row -> origins.computeIfAbsent(row.get(0, String.class), id -> new ArrayList<>())
                .add(row.get(1, String.class)));
        return origins.entrySet().stream()
                .map(one -> one.getKey() + " <- " + one.getValue())
                .toList();
    }

    private static Arguments bad(String name, String code, Consumer<ObjectNode> damage) {
        return Arguments.of(code, Named.of(name, damage));
    }
}

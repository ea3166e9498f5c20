package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.lti;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.people.Browser;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that a JSON string can hold and a database cannot, and text that is longer than any column. */
class OddTextTest {

    private static final String NUL = "a\0b";

    /** Stands for half of a surrogate pair, which only JSON's own notation brings over the wire. */
    private static final String HALF = "a-half-b";

    private final Browser browser = Browser.fresh();
    private TestPlatform lms;

    @AfterEach
    void stop() {
        lms.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_nothing_rests_on_is_absent_where_no_database_can_keep_it(Databases databases) {
        open(databases);
        for (var odd : new String[] {NUL, HALF}) {
            var arrival = launch(c -> {
                c.put("name", odd);
                c.putObject(lti("context")).put("id", odd).put("title", odd);
                c.putObject(lti("resource_link")).put("id", "7").put("title", odd);
                c.putObject(lti("custom")).put("context_history", odd + ",%00").put("x", odd);
                c.putObject(lti("lti1p1")).put("oauth_consumer_key", odd).put("oauth_consumer_key_sign", "x");
                c.putObject("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint")
                        .put("lineitems", lms.wire.baseUrl() + "/" + odd)
                        .putArray("scope")
                        .add(odd);
            });
            assertThat(arrival.launch().person().name()).isNull();
            assertThat(arrival.course().contextId()).isEqualTo("resource-link:7");
            assertThat(arrival.course().title()).isNull();
            assertThat(arrival.placement().title()).isNull();
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(Databases.values())
                .flatMap(databases -> Stream.of(NUL, HALF)
                        .flatMap(odd -> Stream.of(
                                bad(databases, Refusal.USER_MISSING, c -> c.put("sub", odd)),
                                bad(databases, Refusal.DEPLOYMENT_MISSING, c -> c.put(lti("deployment_id"), odd)),
                                bad(
                                        databases,
                                        Refusal.RESOURCE_LINK_MISSING,
                                        c -> c.putObject(lti("resource_link")).put("id", odd)),
                                bad(databases, Refusal.MESSAGE_TYPE_MISSING, c -> c.put(lti("message_type"), odd)),
                                bad(databases, Refusal.NONCE_WRONG, c -> c.put("nonce", odd)))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_much_rests_on_is_refused_where_no_database_can_keep_it(
            Databases databases, Refusal refusal, Consumer<ObjectNode> change) {
        open(databases);
        assertThatThrownBy(() -> launch(change))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(refusal.code()));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_login_of_nobody_that_a_database_could_find_is_unknown(Databases databases) {
        open(databases);
        for (var parameters : new Map[] {
            Map.of("iss", NUL, "client_id", "cairn", "login_hint", "4", "target_link_uri", "x"),
            Map.of("iss", "https://lms.example.edu", "client_id", NUL, "login_hint", "4", "target_link_uri", "x")
        }) {
            assertThatThrownBy(() -> lms.login.begin(parameters, null, browser, false))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo(Refusal.REGISTRATION_UNKNOWN.code()));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_longer_than_any_column_is_cut_or_left_out(Databases databases) {
        open(databases);
        var endless = "😀x".repeat(1_000);
        var arrival = launch(c -> {
            c.put("name", endless);
            c.putObject(lti("context")).put("id", "2").put("title", endless);
            c.putObject(lti("resource_link")).put("id", "7").put("title", endless);
            var ags = c.putObject("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint");
            ags.put("lineitems", lms.wire.baseUrl() + "/lineitems");
            var scopes = ags.putArray("scope");
            for (int i = 0; i < 100; i++) {
                scopes.add("https://purl.imsglobal.org/spec/lti-ags/scope/unheard-of-" + i);
            }
            c.putObject(lti("custom")).put("context_history", "c,".repeat(1_000) + "d".repeat(256));
        });
        assertThat(arrival.launch().person().name()).hasSize(255);
        assertThat(arrival.course().title()).hasSize(500);
        assertThat(arrival.placement().title()).hasSize(500);
        assertThat(arrival.course().scopes()).isEmpty();
        // And a second time, when it is there already.
        var account = lms.session(browser, arrival).account();
        assertThat(lms.session(browser, launch(c -> c.put("name", endless))).account())
                .isEqualTo(account);
    }

    private void open(Databases databases) {
        lms = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
    }

    private Arrival.AtPlacement launch(Consumer<ObjectNode> change) {
        var begun = lms.begin(browser);
        var claims = lms.claims(begun.get("nonce"));
        change.accept(claims);
        return (Arrival.AtPlacement) lms.launches.accept(
                Map.of(
                        "state",
                        begun.get("state"),
                        "id_token",
                        TestPlatform.sign(
                                "{\"alg\":\"RS256\",\"kid\":\"key-1\"}",
                                claims.toString().replace(HALF, "a\\ud83db"),
                                lms.keys)),
                browser);
    }

    private static Arguments bad(Databases databases, Refusal refusal, Consumer<ObjectNode> change) {
        return Arguments.of(databases, refusal, change);
    }
}

package org.cairn.lti;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.testing.TestPlatform.JSON;
import static org.cairn.testing.TestPlatform.lti;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Launches of the certification guide (its numbers are in the names), and more bad ones that a tool has to refuse. */
class LaunchesTest {

    private static final String ISSUER = "https://lms.example.edu";

    private final Browser browser = Browser.fresh();
    private TestPlatform lms;

    @BeforeEach
    void start() {
        lms = new TestPlatform(Databases.H2.open(), ISSUER, "cairn", "1");
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                bad("B3 version 11.3", Refusal.VERSION_WRONG, c -> c.put(lti("version"), "11.3")),
                bad("B4 no version", Refusal.VERSION_WRONG, c -> c.remove(lti("version"))),
                bad(
                        "B5 not an LTI message",
                        Refusal.ISSUER_WRONG,
                        c -> c.removeAll().put("name", "badltilaunch")),
                bad(
                        "B6 missing claims",
                        Refusal.ISSUER_WRONG,
                        c -> c.remove(List.of("iss", "aud", "sub", lti("deployment_id"), lti("roles")))),
                bad(
                        "B7 iat 11111 exp 22222",
                        Refusal.EXPIRED,
                        c -> c.put("iat", 11111).put("exp", 22222)),
                bad("B8 no message_type", Refusal.MESSAGE_TYPE_MISSING, c -> c.remove(lti("message_type"))),
                bad("B9 no roles", Refusal.ROLES_MISSING, c -> c.remove(lti("roles"))),
                bad("B10 no deployment_id", Refusal.DEPLOYMENT_MISSING, c -> c.remove(lti("deployment_id"))),
                bad("B11 no resource_link", Refusal.RESOURCE_LINK_MISSING, c -> c.remove(lti("resource_link"))),
                bad("B11 no resource_link.id", Refusal.RESOURCE_LINK_MISSING, c -> c.putObject(lti("resource_link"))),
                bad("B12 no sub", Refusal.USER_MISSING, c -> c.remove("sub")),
                bad("another issuer", Refusal.ISSUER_WRONG, c -> c.put("iss", "https://evil.example.com")),
                bad("an issuer with a slash more", Refusal.ISSUER_WRONG, c -> c.put("iss", ISSUER + "/")),
                bad("another audience", Refusal.AUDIENCE_WRONG, c -> c.put("aud", "other")),
                bad("no audience", Refusal.AUDIENCE_WRONG, c -> c.remove("aud")),
                bad(
                        "audiences without azp",
                        Refusal.AUTHORIZED_PARTY_WRONG,
                        c -> c.putArray("aud").add("cairn").add("other")),
                bad("another azp", Refusal.AUTHORIZED_PARTY_WRONG, c -> c.put("azp", "other")),
                bad(
                        "expired a minute and a second ago",
                        Refusal.EXPIRED,
                        c -> c.put("exp", c.get("iat").asLong() - 61)),
                bad("no exp", Refusal.EXPIRED, c -> c.remove("exp")),
                bad("exp as text", Refusal.EXPIRED, c -> c.put("exp", "soon")),
                bad(
                        "issued in the future",
                        Refusal.TIME_WRONG,
                        c -> c.put("iat", c.get("iat").asLong() + 61)),
                bad(
                        "issued long ago",
                        Refusal.TIME_WRONG,
                        c -> c.put("iat", c.get("iat").asLong() - 361)),
                bad("no iat", Refusal.TIME_WRONG, c -> c.remove("iat")),
                bad("another nonce", Refusal.NONCE_WRONG, c -> c.put("nonce", "guessed")),
                bad("no nonce", Refusal.NONCE_WRONG, c -> c.remove("nonce")),
                bad("unknown deployment", Refusal.DEPLOYMENT_PENDING, c -> c.put(lti("deployment_id"), "2")),
                bad(
                        "oversized deployment_id",
                        Refusal.DEPLOYMENT_MISSING,
                        c -> c.put(lti("deployment_id"), "1".repeat(256))),
                bad("deployment_id beyond ASCII", Refusal.DEPLOYMENT_MISSING, c -> c.put(lti("deployment_id"), "é")),
                bad(
                        "another host's target",
                        Refusal.TARGET_WRONG,
                        c -> c.put(lti("target_link_uri"), "https://evil.example.com/")),
                bad(
                        "a host that only looks like ours",
                        Refusal.TARGET_WRONG,
                        c -> c.put(lti("target_link_uri"), TestPlatform.TOOL + ".evil.example.com/")),
                bad("no target", Refusal.TARGET_WRONG, c -> c.remove(lti("target_link_uri"))),
                bad(
                        "oversized resource link",
                        Refusal.RESOURCE_LINK_MISSING,
                        c -> c.putObject(lti("resource_link")).put("id", "7".repeat(256))),
                bad("roles as text", Refusal.ROLES_MISSING, c -> c.put(lti("roles"), "Instructor")),
                bad("blank sub", Refusal.USER_MISSING, c -> c.put("sub", " ")),
                bad("oversized sub", Refusal.USER_MISSING, c -> c.put("sub", "4".repeat(256))),
                bad(
                        "deep linking without settings",
                        Refusal.SETTINGS_MISSING,
                        c -> c.put(lti("message_type"), "LtiDeepLinkingRequest")),
                bad(
                        "a review of nobody",
                        Refusal.REVIEWED_USER_MISSING,
                        c -> c.put(lti("message_type"), "LtiSubmissionReviewRequest")),
                bad(
                        "a type that nobody knows",
                        Refusal.MESSAGE_TYPE_UNSUPPORTED,
                        c -> c.put(lti("message_type"), "<script>")));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void a_signed_token_with_bad_claims_is_refused(Refusal refusal, Consumer<ObjectNode> damage) {
        refused(refusal, lms.form(browser, damage), browser);
    }

    @Test
    void b1_a_token_without_a_key_id_is_refused() {
        var begun = lms.begin(browser);
        var header = JSON.createObjectNode().put("alg", "RS256");
        refused(
                Refusal.KEY_ID_MISSING,
                post(begun.get("state"), TestPlatform.sign(header, lms.claims(begun.get("nonce")), lms.keys)),
                browser);
    }

    @Test
    void b2_an_unknown_key_id_is_refused_and_the_key_set_is_fetched_anew_at_most_once_a_minute() {
        for (int i = 0; i < 5; i++) {
            var begun = lms.begin(browser);
            var header = JSON.createObjectNode().put("alg", "RS256").put("kid", "unknown-" + i);
            refused(
                    Refusal.KEY_UNKNOWN,
                    post(begun.get("state"), TestPlatform.sign(header, lms.claims(begun.get("nonce")), lms.keys)),
                    browser);
        }
        lms.wire.verify(1, getRequestedFor(urlEqualTo("/jwks")));
        lms.clock.advance(Duration.ofSeconds(61));
        var begun = lms.begin(browser);
        var header = JSON.createObjectNode().put("alg", "RS256").put("kid", "unknown");
        refused(
                Refusal.KEY_UNKNOWN,
                post(begun.get("state"), TestPlatform.sign(header, lms.claims(begun.get("nonce")), lms.keys)),
                browser);
        lms.wire.verify(2, getRequestedFor(urlEqualTo("/jwks")));
        assertThat(accept(browser)).isInstanceOf(Arrival.AtPlacement.class);
    }

    @Test
    void a_token_signed_by_another_key_of_the_same_name_is_refused() {
        var begun = lms.begin(browser);
        var header = JSON.createObjectNode().put("alg", "RS256").put("kid", "key-1");
        var forged = TestPlatform.sign(header, lms.claims(begun.get("nonce")), TestPlatform.keyPair());
        refused(Refusal.SIGNATURE_WRONG, post(begun.get("state"), forged), browser);
    }

    @Test
    void a_payload_that_was_changed_after_signing_is_refused() {
        var begun = lms.begin(browser);
        var parts = lms.sign(lms.claims(begun.get("nonce"))).split("\\.");
        var changed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(lms.claims(begun.get("nonce"))
                        .put("sub", "5")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
        refused(Refusal.SIGNATURE_WRONG, post(begun.get("state"), parts[0] + "." + changed + "." + parts[2]), browser);
    }

    @Test
    void an_unsigned_token_is_refused() {
        var begun = lms.begin(browser);
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var token = base64.encodeToString("{\"alg\":\"none\",\"kid\":\"key-1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(
                        lms.claims(begun.get("nonce")).toString().getBytes(StandardCharsets.UTF_8)) + ".";
        refused(Refusal.ALGORITHM_REFUSED, post(begun.get("state"), token), browser);
    }

    @Test
    void a_token_signed_with_our_view_of_the_public_key_as_a_secret_is_refused() {
        var begun = lms.begin(browser);
        var base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] head = base64.encode("{\"alg\":\"HS256\",\"kid\":\"key-1\"}".getBytes(StandardCharsets.UTF_8));
        byte[] body = base64.encode(lms.claims(begun.get("nonce")).toString().getBytes(StandardCharsets.UTF_8));
        var mac = Algorithm.HMAC256(lms.keys.getPublic().getEncoded()).sign(head, body);
        refused(
                Refusal.ALGORITHM_REFUSED,
                post(
                        begun.get("state"),
                        new String(head, StandardCharsets.US_ASCII) + "." + new String(body, StandardCharsets.US_ASCII)
                                + "." + base64.encodeToString(mac)),
                browser);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"", "not-a-jwt", "a.b.c", "..", "e30.e30."})
    void what_is_no_token_is_refused(String token) {
        var begun = lms.begin(browser);
        assertThatThrownBy(() -> lms.launches.accept(post(begun.get("state"), token), browser))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_token_longer_than_64_kilobytes_is_refused_unread() {
        var begun = lms.begin(browser);
        refused(Refusal.TOKEN_MALFORMED, post(begun.get("state"), "e30." + "x".repeat(64 * 1024) + ".AA"), browser);
    }

    @Test
    void without_its_own_unused_state_of_this_browser_nothing_is_accepted() {
        var begun = lms.begin(browser);
        var token = lms.sign(lms.claims(begun.get("nonce")));
        refused(Refusal.STATE_MISSING, Map.of("id_token", token), browser);
        refused(Refusal.STATE_UNKNOWN, post("guessed", token), browser);
        refused(Refusal.STATE_OF_ANOTHER_BROWSER, post(begun.get("state"), token), Browser.fresh());
        assertThat(lms.launches.accept(post(begun.get("state"), token), browser))
                .isInstanceOf(Arrival.AtPlacement.class);
        refused(Refusal.STATE_USED, post(begun.get("state"), token), browser);
        var other = lms.begin(browser);
        refused(Refusal.NONCE_WRONG, post(other.get("state"), token), browser);
    }

    @Test
    void a_login_that_was_left_for_ten_minutes_has_expired() {
        var begun = lms.begin(browser);
        lms.clock.advance(Duration.ofMinutes(10));
        refused(Refusal.STATE_EXPIRED, post(begun.get("state"), lms.sign(lms.claims(begun.get("nonce")))), browser);
    }

    @Test
    void an_error_of_the_lms_is_told_only_where_the_state_holds() {
        var begun = lms.begin(browser);
        refused(Refusal.STATE_UNKNOWN, Map.of("error", "access_denied", "state", "guessed"), browser);
        assertThatThrownBy(() -> lms.launches.accept(
                        Map.of("error", "access_denied<script>", "state", begun.get("state")), browser))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Refusal.PLATFORM_ERROR.code());
                    assertThat(problem.sentence()).contains("access_denied").doesNotContain("<");
                });
    }

    @Test
    void a_clock_that_is_off_by_less_than_a_minute_is_forgiven_and_by_more_is_told() {
        for (int off : new int[] {-59, 59}) {
            var begun = lms.begin(browser);
            var claims = lms.claims(begun.get("nonce"));
            claims.put("iat", claims.get("iat").asLong() + off)
                    .put("exp", claims.get("iat").asLong() + 1);
            assertThat(lms.launches.accept(post(begun.get("state"), lms.sign(claims)), browser))
                    .isNotNull();
        }
        var begun = lms.begin(browser);
        var ahead = lms.claims(begun.get("nonce"));
        ahead.put("iat", ahead.get("iat").asLong() + 90);
        assertThatThrownBy(() -> lms.launches.accept(post(begun.get("state"), lms.sign(ahead)), browser))
                .hasMessageContaining("2026-11-24T09:01:30Z")
                .hasMessageContaining("2026-11-24T09:00:00Z");
    }

    @Test
    void the_leeway_is_sixty_seconds_to_the_second_both_ways() {
        var inTime = Map.of("iat", 60L, "exp", -59L);
        inTime.forEach((claim, off) -> {
            var begun = lms.begin(browser);
            var claims = lms.claims(begun.get("nonce"));
            claims.put(claim, claims.get("iat").asLong() + off);
            assertThat(lms.launches.accept(post(begun.get("state"), lms.sign(claims)), browser))
                    .as(claim)
                    .isNotNull();
        });
        var late = Map.of("iat", 61L, "exp", -60L);
        late.forEach((claim, off) -> {
            var begun = lms.begin(browser);
            var claims = lms.claims(begun.get("nonce"));
            claims.put(claim, claims.get("iat").asLong() + off);
            refused(
                    claim.equals("iat") ? Refusal.TIME_WRONG : Refusal.EXPIRED,
                    post(begun.get("state"), lms.sign(claims)),
                    browser);
        });
    }

    @Test
    void an_error_of_the_lms_uses_no_login_up_and_signs_nobody_in() {
        var begun = lms.begin(browser);
        refused(Refusal.STATE_MISSING, Map.of("error", "access_denied"), browser);
        refused(
                Refusal.STATE_OF_ANOTHER_BROWSER,
                Map.of("error", "access_denied", "state", begun.get("state")),
                Browser.fresh());
        refused(Refusal.PLATFORM_ERROR, Map.of("error", "access_denied", "state", begun.get("state")), browser);
        assertThat(lms.launches.accept(post(begun.get("state"), lms.sign(lms.claims(begun.get("nonce")))), browser))
                .isInstanceOf(Arrival.AtPlacement.class);
    }

    @Test
    void an_error_beside_a_good_token_counts() {
        var begun = lms.begin(browser);
        var form = new HashMap<>(post(begun.get("state"), lms.sign(lms.claims(begun.get("nonce")))));
        form.put("error", "access_denied");
        refused(Refusal.PLATFORM_ERROR, form, browser);
    }

    @Test
    void an_e_mail_address_is_nobody_s_identity_and_a_new_link_of_a_course_is_another_placement() {
        var first = arrive("4", "ada@example.edu", "7");
        var account = lms.session(browser, first).account();
        lms.clock.advance(Duration.ofSeconds(1));
        var other = arrive("5", "ada@example.edu", "7");
        assertThat(lms.session(browser, other).account()).isNotEqualTo(account);
        var elsewhere = arrive("4", "alan@example.edu", "8");
        assertThat(lms.session(browser, elsewhere).account()).isEqualTo(account);
        assertThat(elsewhere.placement().id()).isNotEqualTo(first.placement().id());
        assertThat(elsewhere.course().id()).isEqualTo(first.course().id());
    }

    private Arrival.AtPlacement arrive(String sub, String email, String link) {
        var form = lms.form(browser, claims -> {
            claims.put("sub", sub).put("email", email);
            claims.putObject(lti("resource_link")).put("id", link);
        });
        return (Arrival.AtPlacement) lms.launches.accept(form, browser);
    }

    static Stream<Arguments> goodClaims() {
        return Stream.of(
                good(
                        "instructor",
                        Role.TEACHER,
                        c -> roles(c, "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor")),
                good(
                        "several roles",
                        Role.LEARNER,
                        c -> roles(
                                c,
                                "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",
                                "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student",
                                "http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor")),
                good("short role", Role.TEACHER, c -> roles(c, "Instructor")),
                good(
                        "unknown role besides",
                        Role.LEARNER,
                        c -> roles(c, "Learner", "http://purl.imsglobal.org/vocab/lis/v2/uknownrole/unknown#Unknown")),
                good("an empty text as role", Role.VISITOR, c -> roles(c, "")),
                good("no roles at all", Role.VISITOR, c -> roles(c)),
                good(
                        "assistant",
                        Role.ASSISTANT,
                        c -> roles(
                                c,
                                "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
                                "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant")),
                good(
                        "administrator",
                        Role.ADMINISTRATOR,
                        c -> roles(c, "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator")),
                good(
                        "administrator who learns here",
                        Role.LEARNER,
                        c -> roles(
                                c,
                                "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
                                "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner")),
                good("a short institution role", Role.VISITOR, c -> roles(c, "SysAdmin")),
                good(
                        "an unknown role alone",
                        Role.VISITOR,
                        c -> roles(c, "http://purl.imsglobal.org/vocab/lis/v2/uknownrole/unknown#Unknown")),
                good("short role of a learner", Role.LEARNER, c -> roles(c, "Learner")),
                good("e-mail only", Role.LEARNER, c -> {
                    c.remove("name");
                    c.put("email", "ada@example.edu");
                }),
                good("names only", Role.LEARNER, c -> c.put("given_name", "Ada").put("family_name", "Lovelace")),
                good("e-mail without context", Role.LEARNER, c -> {
                    c.remove(List.of("name", lti("context")));
                    c.put("email", "ada@example.edu");
                }),
                good(
                        "a new resource link",
                        Role.LEARNER,
                        c -> c.putObject(lti("resource_link")).put("id", "new")),
                good("no names and no e-mail", Role.LEARNER, c -> c.remove("name")),
                good("no context", Role.LEARNER, c -> c.remove(lti("context"))),
                good("odd types where nothing rests on them", Role.LEARNER, c -> {
                    c.put(lti("context"), 7).put(lti("custom"), "x").put("name", 12);
                    c.put("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint", true);
                    c.putArray("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice");
                }),
                good(
                        "several audiences and our azp",
                        Role.LEARNER,
                        c -> c.put("azp", "cairn").putArray("aud").add("x").add("cairn")));
    }

    @ParameterizedTest
    @MethodSource("goodClaims")
    void a_good_launch_is_let_in_with_its_role(Role role, Consumer<ObjectNode> change) {
        var arrival = (Arrival.AtPlacement) lms.launches.accept(lms.form(browser, change), browser);
        assertThat(lms.session(browser, arrival).role()).isEqualTo(role);
    }

    @Test
    void services_outside_the_registered_hosts_are_ignored() {
        var begun = lms.begin(browser);
        var claims = lms.claims(begun.get("nonce"));
        claims.putObject("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint")
                .put("lineitems", "https://evil.example.com/lineitems")
                .putArray("scope")
                .add("https://purl.imsglobal.org/spec/lti-ags/scope/lineitem");
        claims.putObject("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                .put("context_memberships_url", ISSUER + ".evil.example.com/members");
        var arrival = (Arrival.Accepted) lms.launches.accept(post(begun.get("state"), lms.sign(claims)), browser);
        var offer = arrival.launch().offer();
        assertThat(offer.lineItems()).isNull();
        assertThat(offer.memberships()).isNull();
    }

    static Stream<Named<ResponseDefinitionBuilder>> brokenKeySets() {
        return Stream.of(
                Named.of("down", serverError()),
                Named.of("a page", ok("<html>")),
                Named.of("a redirect", temporaryRedirect("http://127.0.0.1:1/keys")),
                Named.of("more than a megabyte", ok("x".repeat(1024 * 1024 + 1))));
    }

    @ParameterizedTest
    @MethodSource("brokenKeySets")
    void a_key_set_that_cannot_be_had_is_said_so_and_an_older_one_serves_on(ResponseDefinitionBuilder answer) {
        lms.wire.stubFor(get("/jwks").willReturn(answer));
        var begun = lms.begin(browser);
        assertThatThrownBy(() -> lms.launches.accept(
                        post(begun.get("state"), lms.sign(lms.claims(begun.get("nonce")))), browser))
                .isInstanceOf(Problem.class);
        lms.wire.stubFor(get("/jwks").willReturn(okJson(TestPlatform.jwks(lms.keys, "key-1"))));
        lms.clock.advance(Duration.ofSeconds(61));
        assertThat(accept(browser)).isNotNull();
        lms.wire.stubFor(get("/jwks").willReturn(answer));
        lms.clock.advance(Duration.ofHours(2));
        assertThat(accept(browser)).isNotNull();
    }

    @Test
    void unknown_platforms_are_named_as_they_named_themselves() {
        assertThatThrownBy(() -> lms.login.begin(
                        Map.of(
                                "iss",
                                "https://who.example",
                                "client_id",
                                "x",
                                "login_hint",
                                "1",
                                "target_link_uri",
                                "y"),
                        null,
                        browser,
                        false))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Refusal.REGISTRATION_UNKNOWN.code());
                    assertThat(problem.sentence()).contains("https://who.example");
                });
        assertThatThrownBy(() -> lms.login.begin(Map.of("iss", ISSUER), null, browser, false))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("login_incomplete"));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_two_threads_with_one_state_exactly_one_comes_in(Databases databases) throws Exception {
        try (var other = new TestPlatform(databases.open(), ISSUER, "cairn", "1");
                var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 200; round++) {
                var begun = other.begin(browser);
                var form = post(begun.get("state"), other.sign(other.claims(begun.get("nonce"))));
                Callable<Boolean> launch = () -> {
                    try {
                        return other.launches.accept(form, browser) != null;
                    } catch (Problem problem) {
                        assertThat(problem.code()).isEqualTo(Refusal.STATE_USED.code());
                        return false;
                    }
                };
                var came = new ArrayList<Boolean>();
                for (var one : threads.invokeAll(List.of(launch, launch))) {
                    came.add(one.get());
                }
                assertThat(came).as("round %d", round).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    private Arrival accept(Browser who) {
        var begun = lms.begin(who);
        return lms.launches.accept(post(begun.get("state"), lms.sign(lms.claims(begun.get("nonce")))), who);
    }

    private void refused(Refusal refusal, Map<String, String> form, Browser who) {
        assertThatThrownBy(() -> lms.launches.accept(form, who)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(refusal.code());
            assertThat(problem.detail()).contains("§");
        });
    }

    private static Map<String, String> post(String state, String token) {
        var form = new HashMap<String, String>();
        form.put("state", state);
        form.put("id_token", token);
        return form;
    }

    private static void roles(ObjectNode claims, String... roles) {
        var array = claims.putArray(lti("roles"));
        List.of(roles).forEach(array::add);
    }

    private static Arguments bad(String name, Refusal refusal, Consumer<ObjectNode> damage) {
        return Arguments.of(refusal, Named.of(name, damage));
    }

    private static Arguments good(String name, Role role, Consumer<ObjectNode> change) {
        return Arguments.of(role, Named.of(name, change));
    }
}

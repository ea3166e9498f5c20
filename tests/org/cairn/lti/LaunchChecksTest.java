package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.COURSE_ORIGIN;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.SESSION;
import static org.cairn.testing.TestPlatform.JSON;
import static org.cairn.testing.TestPlatform.lti;

import com.auth0.jwt.JWT;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cairn.PlacementId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.SessionId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every check of a launch at its very edge: the last value that passes and the first that does not. Mutation testing (-Pdeep) breaks the
 * checks one by one and asks whether these tests notice. One LMS serves them all, so that a test takes milliseconds.
 */
class LaunchChecksTest {

    private static final String ISSUER = "https://lms.example.edu";
    private static final TestPlatform LMS = new TestPlatform(Databases.H2.open(), ISSUER, "cairn", "1");
    private static final String MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership";
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    private static final String SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";

    private final Browser browser = Browser.fresh();

    /** Or a busy machine's first call, too late, would refuse every launch of the next minute, on a clock that stands still. */
    @BeforeAll
    static void keys() {
        await().ignoreExceptions().until(() -> LMS.keySets.refresh(LMS.platform) == 1);
    }

    // What an LMS signs

    @Test
    void a_token_as_long_as_allowed_is_read_and_one_character_more_is_not() {
        var begun = LMS.begin(browser);
        var whole = ofLength(64 * 1024, LMS.claims(begun.get("nonce")));
        assertThat(LMS.launches.accept(post(begun.get("state"), whole), browser))
                .isNotNull();
        var again = LMS.begin(browser);
        var longer = ofLength(64 * 1024 + 1, LMS.claims(again.get("nonce")));
        assertThat(refusal(() -> LMS.launches.accept(post(again.get("state"), longer), browser)))
                .isEqualTo(Refusal.TOKEN_MALFORMED);
    }

    @Test
    void a_launch_without_a_token_is_not_one_with_a_bad_token() {
        assertThat(refusal(() -> LMS.launches.accept(post(LMS.begin(browser).get("state"), ""), browser)))
                .isEqualTo(Refusal.TOKEN_MISSING);
        assertThat(refusal(() -> LMS.launches.accept(post(LMS.begin(browser).get("state"), "a.b.c"), browser)))
                .isEqualTo(Refusal.TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"alg\":\"RS256\",\"kid\":\" \"}', KEY_ID_MISSING",
        "'{\"alg\":\"RS256\"}', KEY_ID_MISSING",
        "'{\"kid\":\"key-1\"}', ALGORITHM_REFUSED",
        "'{\"alg\":\"rs256\",\"kid\":\"key-1\"}', ALGORITHM_REFUSED",
        "'{\"alg\":\"RS512\",\"kid\":\"key-1\"}', ALGORITHM_REFUSED",
        "'{\"alg\":\"RS256\",\"kid\":\"key-1\",\"crit\":[\"exp\"]}', TOKEN_MALFORMED"
    })
    void a_header_is_what_was_agreed_or_the_token_is_refused(String header, Refusal expected) throws Exception {
        var begun = LMS.begin(browser);
        var token = TestPlatform.sign((ObjectNode) JSON.readTree(header), LMS.claims(begun.get("nonce")), LMS.keys);
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), token), browser)))
                .isEqualTo(expected);
    }

    @Test
    void a_token_that_somebody_else_signed_is_refused_and_one_that_was_changed_too() {
        var begun = LMS.begin(browser);
        var claims = LMS.claims(begun.get("nonce"));
        var header = "{\"alg\":\"RS256\",\"kid\":\"key-1\"}";
        var forged = TestPlatform.sign(header, claims.toString(), TestPlatform.keyPair());
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), forged), browser)))
                .isEqualTo(Refusal.SIGNATURE_WRONG);
        var parts = signed(claims.toString()).split("\\.");
        var other = signed(claims.put("sub", "5").toString()).split("\\.");
        var changed = parts[0] + "." + other[1] + "." + parts[2];
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), changed), browser)))
                .isEqualTo(Refusal.SIGNATURE_WRONG);
        var unknown = TestPlatform.sign(header.replace("key-1", "key-2"), claims.toString(), LMS.keys);
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), unknown), browser)))
                .isEqualTo(Refusal.KEY_UNKNOWN);
    }

    @Test
    void a_claim_that_is_there_twice_makes_a_token_unreadable() {
        var begun = LMS.begin(browser);
        var json = LMS.claims(begun.get("nonce")).toString();
        var twice = json.substring(0, json.length() - 1) + ",\"sub\":\"5\"}";
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), signed(twice)), browser)))
                .isEqualTo(Refusal.TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.b",
                "a.b.c.d",
                "e30.e30",
                "e30.e30.e30.e30",
                "..",
                "W10.e30.AA",
                "e30 .e30.AA",
                "\u00e9.e30.AA"
            })
    void what_is_not_three_parts_of_which_the_first_is_an_object_is_unreadable(String token) {
        var begun = LMS.begin(browser);
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), token), browser)))
                .isEqualTo(Refusal.TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "", "{", "{} {}", "{\"iss\":1,\"iss\":2}"})
    void what_is_signed_and_no_single_object_is_unreadable(String json) {
        var begun = LMS.begin(browser);
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), signed(json)), browser)))
                .isEqualTo(Refusal.TOKEN_MALFORMED);
    }

    @Test
    void a_token_nested_deeper_than_32_is_unreadable() {
        var begun = LMS.begin(browser);
        var json = LMS.claims(begun.get("nonce")).toString();
        var deep = json.substring(0, json.length() - 1) + ",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}";
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), signed(deep)), browser)))
                .isEqualTo(Refusal.TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -59, ",
        "exp, -60, EXPIRED",
        "iat, 60, ",
        "iat, 61, TIME_WRONG",
        "iat, -360, ",
        "iat, -361, TIME_WRONG",
        "exp, 1000000000000, ",
        "exp, -9000000000, EXPIRED",
        "iat, 9000000000000, TIME_WRONG"
    })
    void times_count_to_the_second(String claim, long offset, @Nullable Refusal expected) {
        long now = LMS.clock.instant().getEpochSecond();
        assertThat(launched(c -> c.put(claim, now + offset))).isEqualTo(expected);
    }

    @Test
    void who_comes_too_late_is_told_of_both_clocks() {
        long now = LMS.clock.instant().getEpochSecond();
        var begun = LMS.begin(browser);
        var claims = LMS.claims(begun.get("nonce")).put("iat", now - 400);
        assertThat(problem(() -> LMS.launches.accept(post(begun.get("state"), LMS.sign(claims)), browser))
                        .sentence())
                .contains("clock says " + Instant.ofEpochSecond(now - 400) + ", ours " + Instant.ofEpochSecond(now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat"})
    void a_time_that_no_number_holds_is_refused(String claim) {
        for (var number : List.of("18446744073709551616000", "1e400", "\"now\"")) {
            var begun = LMS.begin(browser);
            var json = LMS.claims(begun.get("nonce"))
                    .toString()
                    .replaceFirst("\"" + claim + "\":\\d+", "\"" + claim + "\":" + number);
            assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), signed(json)), browser)))
                    .as(number)
                    .isEqualTo(claim.equals("exp") ? Refusal.EXPIRED : Refusal.TIME_WRONG);
        }
    }

    @Test
    void whom_a_token_is_for() {
        assertThat(launched(c -> c.putArray("aud").add("cairn"))).isNull();
        assertThat(launched(c -> c.putArray("aud").add("other"))).isEqualTo(Refusal.AUDIENCE_WRONG);
        assertThat(launched(c -> c.putArray("aud").add("cairn").add("other")))
                .isEqualTo(Refusal.AUTHORIZED_PARTY_WRONG);
        assertThat(launched(
                        c -> c.put("azp", "cairn").putArray("aud").add("cairn").add("other")))
                .isNull();
        assertThat(launched(
                        c -> c.put("azp", "other").putArray("aud").add("cairn").add("other")))
                .isEqualTo(Refusal.AUTHORIZED_PARTY_WRONG);
        assertThat(launched(c -> c.put("azp", "cairn"))).isNull();
        assertThat(launched(c -> c.put("azp", 7))).isEqualTo(Refusal.AUTHORIZED_PARTY_WRONG);
        assertThat(launched(c -> c.put("aud", 7))).isEqualTo(Refusal.AUDIENCE_WRONG);
        assertThat(launched(c -> c.put("iss", ISSUER.toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo(Refusal.ISSUER_WRONG);
    }

    @Test
    void a_deployment_id_has_1_to_255_characters_that_can_be_printed() {
        assertThat(launched(c -> c.put(lti("deployment_id"), ""))).isEqualTo(Refusal.DEPLOYMENT_MISSING);
        assertThat(launched(c -> c.put(lti("deployment_id"), "1".repeat(255)))).isEqualTo(Refusal.DEPLOYMENT_PENDING);
        assertThat(launched(c -> c.put(lti("deployment_id"), "1".repeat(256)))).isEqualTo(Refusal.DEPLOYMENT_MISSING);
        assertThat(launched(c -> c.put(lti("deployment_id"), "1\n"))).isEqualTo(Refusal.DEPLOYMENT_MISSING);
        assertThat(launched(c -> c.put(lti("deployment_id"), 1))).isEqualTo(Refusal.DEPLOYMENT_MISSING);
    }

    @Test
    void a_word_of_an_lms_stands_on_a_page_without_markup_and_not_at_length() {
        assertThat(IdToken.word("<b>a_b:1.2,#/-</b>\n\"'&")).isEqualTo("ba_b:1.2,#/-/b");
        assertThat(IdToken.word("x".repeat(100))).hasSize(100);
        assertThat(IdToken.word("x".repeat(101))).hasSize(100);
    }

    // Which login it answers

    @Test
    void a_launch_counts_only_with_the_state_of_this_browser_and_of_now() {
        var begun = LMS.begin(browser);
        var token = LMS.sign(LMS.claims(begun.get("nonce")));
        var state = begun.get("state");
        assertThat(refusal(() -> LMS.launches.accept(Map.of("id_token", token), browser)))
                .isEqualTo(Refusal.STATE_MISSING);
        assertThat(refusal(() -> LMS.launches.accept(post(state.substring(1), token), browser)))
                .isEqualTo(Refusal.STATE_UNKNOWN);
        assertThat(refusal(() -> LMS.launches.accept(post(flipped(state), token), browser)))
                .isEqualTo(Refusal.STATE_UNKNOWN);
        assertThat(refusal(() -> LMS.launches.accept(post(state, token), Browser.fresh())))
                .isEqualTo(Refusal.STATE_OF_ANOTHER_BROWSER);
    }

    @Test
    void a_text_that_was_sealed_for_another_purpose_is_no_state() {
        var begun = LMS.begin(browser);
        var sealed = LMS.own.seal("lti/deep-linking", "{}");
        assertThat(refusal(() -> LMS.launches.accept(post(sealed, LMS.sign(LMS.claims(begun.get("nonce")))), browser)))
                .isEqualTo(Refusal.STATE_UNKNOWN);
    }

    @Test
    void a_state_lives_for_ten_minutes_less_a_moment() {
        var last = LMS.begin(browser);
        var gone = LMS.begin(browser);
        var start = LMS.clock.instant();
        try {
            LMS.clock.advance(Duration.ofMinutes(10).minusMillis(1));
            assertThat(LMS.launches.accept(post(last.get("state"), LMS.sign(LMS.claims(last.get("nonce")))), browser))
                    .isNotNull();
            LMS.clock.advance(Duration.ofMillis(1));
            assertThat(refusal(() -> LMS.launches.accept(
                            post(gone.get("state"), LMS.sign(LMS.claims(gone.get("nonce")))), browser)))
                    .isEqualTo(Refusal.STATE_EXPIRED);
        } finally {
            LMS.clock.set(start);
        }
    }

    @Test
    void an_error_of_the_lms_ends_the_login_even_with_a_good_token_beside_it() {
        var begun = LMS.begin(browser);
        var form = post(begun.get("state"), LMS.sign(LMS.claims(begun.get("nonce"))));
        form.put("error", "login_required");
        var problem = problem(() -> LMS.launches.accept(form, browser));
        assertThat(problem.code()).isEqualTo(Refusal.PLATFORM_ERROR.code());
        assertThat(problem.sentence()).contains("(login_required)");
    }

    @Test
    void the_nonce_of_another_login_is_refused_and_uses_up_nothing() {
        var mine = LMS.begin(browser);
        var other = LMS.begin(browser);
        var token = LMS.sign(LMS.claims(other.get("nonce")));
        assertThat(refusal(() -> LMS.launches.accept(post(mine.get("state"), token), browser)))
                .isEqualTo(Refusal.NONCE_WRONG);
        assertThat(LMS.launches.accept(post(other.get("state"), token), browser))
                .isNotNull();
        assertThat(LMS.launches.accept(post(mine.get("state"), LMS.sign(LMS.claims(mine.get("nonce")))), browser))
                .isNotNull();
    }

    @Test
    void a_nonce_is_used_up_by_a_launch_that_was_refused_after_its_signature_held() {
        var begun = LMS.begin(browser);
        var claims = LMS.claims(begun.get("nonce"));
        claims.remove(lti("roles"));
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), LMS.sign(claims)), browser)))
                .isEqualTo(Refusal.ROLES_MISSING);
        assertThat(usedUntil(begun.get("state"))).contains(LMS.clock.instant().plus(Duration.ofMinutes(12)));
        assertThat(refusal(() -> LMS.launches.accept(
                        post(begun.get("state"), LMS.sign(LMS.claims(begun.get("nonce")))), browser)))
                .isEqualTo(Refusal.STATE_USED);
        // And once more: what is used is not used again.
        assertThat(refusal(() -> LMS.launches.accept(post(begun.get("state"), LMS.sign(claims)), browser)))
                .isEqualTo(Refusal.ROLES_MISSING);
    }

    @Test
    void a_nonce_is_remembered_for_as_long_as_the_session_that_its_launch_began() {
        var begun = LMS.begin(browser);
        LMS.launches.accept(post(begun.get("state"), LMS.sign(LMS.claims(begun.get("nonce")))), browser);
        assertThat(usedUntil(begun.get("state"))).contains(LMS.clock.instant().plus(Duration.ofHours(8)));
    }

    @Test
    void each_login_may_begin_a_session_of_its_own() {
        var one = LoginState.open(LMS.own, LMS.begin(browser).get("state")).orElseThrow();
        var other = LoginState.open(LMS.own, LMS.begin(browser).get("state")).orElseThrow();
        assertThat(one.session()).isNotEqualTo(other.session());
        assertThat(one.nonce()).isNotEqualTo(other.nonce());
    }

    private static Optional<Instant> usedUntil(String sealed) {
        var state = LoginState.open(LMS.own, sealed).orElseThrow();
        return LMS.database.inTransaction(db -> db.select(SESSION.EXPIRES_AT)
                .from(SESSION)
                .where(SESSION.ID.eq(state.session()))
                .fetchOptional(SESSION.EXPIRES_AT));
    }

    // Platform storage

    @Test
    void a_login_that_the_lms_keeps_is_asked_back_from_it_and_from_nobody_else() {
        var stored = beginStored("_parent");
        var form = post(stored.get("state"), LMS.sign(LMS.claims(stored.get("nonce"))));
        form.put("lti_storage_target", "keeper.frame-1");
        var wanted = unproved(form);
        assertThat(wanted.target()).isEqualTo("keeper.frame-1");
        assertThat(wanted.origin()).isEqualTo(LMS.wire.baseUrl());
        assertThat(wanted.key()).isEqualTo(stored.get("key"));
        assertThat(wanted.value()).isEmpty();
        form.put("lti_storage_target", "a b");
        assertThat(unproved(form).target()).isEqualTo("_parent");
        form.put("error", "x");
        assertThat(refusal(() -> LMS.launches.accept(form, browser))).isEqualTo(Refusal.STATE_OF_ANOTHER_BROWSER);
        form.remove("error");
        form.put("proof", "");
        assertThat(refusal(() -> LMS.launches.accept(form, browser))).isEqualTo(Refusal.STORAGE_WRONG);
    }

    @Test
    void a_login_with_a_cookie_is_asked_of_no_lms() {
        var begun = LMS.begin(browser);
        var form = post(begun.get("state"), "");
        assertThat(refusal(() -> LMS.launches.accept(form, Browser.fresh())))
                .isEqualTo(Refusal.STATE_OF_ANOTHER_BROWSER);
    }

    @Test
    void the_browser_that_holds_the_cookie_needs_no_proof() {
        var sealed = new LoginState(
                        LMS.platform.id(),
                        SessionId.fresh(),
                        browser.hash(),
                        "n",
                        Sha256.hex("secret"),
                        false,
                        LMS.clock.instant().plusSeconds(600))
                .seal(LMS.own);
        var form = post(sealed, LMS.sign(LMS.claims("n")));
        assertThat(LMS.launches.accept(form, Browser.fresh())).isInstanceOf(Arrival.Unproved.class);
        assertThat(LMS.launches.accept(form, browser)).isInstanceOf(Arrival.AtPlacement.class);
    }

    @Test
    void what_the_lms_kept_lets_in_and_anything_else_does_not() {
        var stored = beginStored("_parent");
        var form = post(stored.get("state"), LMS.sign(LMS.claims(stored.get("nonce"))));
        assertThat(LMS.launches.accept(form, browser)).isInstanceOf(Arrival.Unproved.class);
        form.put("proof", "guessed");
        assertThat(refusal(() -> LMS.launches.accept(form, browser))).isEqualTo(Refusal.STORAGE_WRONG);
        form.put("proof", "");
        assertThat(refusal(() -> LMS.launches.accept(form, browser))).isEqualTo(Refusal.STORAGE_WRONG);
        form.put("proof", stored.get("value"));
        var accepted = (Arrival.Accepted) LMS.launches.accept(form, browser);
        assertThat(accepted.launch().bound()).isEqualTo(Launch.Bound.STORAGE);
    }

    @Test
    void a_proof_is_worth_nothing_where_the_login_was_not_kept_by_the_lms() {
        var begun = LMS.begin(browser);
        var form = post(begun.get("state"), LMS.sign(LMS.claims(begun.get("nonce"))));
        form.put("proof", "-");
        assertThat(refusal(() -> LMS.launches.accept(form, Browser.fresh()))).isEqualTo(Refusal.STORAGE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nSet-Cookie: x", "<script>", "x\"y", "é", "a/b"})
    void a_storage_target_that_is_no_name_is_none(String target) {
        assertThat(Login.storageTarget(Map.of("lti_storage_target", target))).isNull();
    }

    @Test
    void a_storage_target_has_at_most_100_characters() {
        assertThat(Login.storageTarget(Map.of("lti_storage_target", "x".repeat(100))))
                .isNotNull();
        assertThat(Login.storageTarget(Map.of("lti_storage_target", "x".repeat(101))))
                .isNull();
        assertThat(Login.storageTarget(Map.of())).isNull();
    }

    // Login

    @ParameterizedTest
    @ValueSource(strings = {"iss", "login_hint", "target_link_uri"})
    void a_login_says_who_what_and_where(String missing) {
        var parameters = new HashMap<>(login());
        parameters.remove(missing);
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.LOGIN_INCOMPLETE);
    }

    @Test
    void a_login_address_of_its_own_takes_logins_of_its_own_only() {
        var id = LMS.platform.id();
        var parameters = new HashMap<>(login());
        assertThat(LMS.login.begin(parameters, id, browser, false).stored()).isNull();
        parameters.remove("client_id");
        assertThat(LMS.login.begin(parameters, id, browser, false)).isNotNull();
        assertThat(LMS.login.begin(parameters, null, browser, false)).isNotNull();
        assertThat(refusal(() -> LMS.login.begin(parameters, PlatformId.fresh(), browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
        parameters.put("client_id", "other");
        assertThat(refusal(() -> LMS.login.begin(parameters, id, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
        parameters.put("client_id", "cairn");
        parameters.put("iss", "https://other.example");
        assertThat(refusal(() -> LMS.login.begin(parameters, id, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
        parameters.remove("client_id");
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
    }

    @Test
    void an_issuer_that_several_share_has_to_say_which_one_it_is() {
        register("https://shared.example", "one", false);
        register("https://shared.example", "two", false);
        var parameters = new HashMap<>(login());
        parameters.put("iss", "https://shared.example");
        parameters.remove("client_id");
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_AMBIGUOUS);
        parameters.put("client_id", "two");
        var query = TestPlatform.query(
                LMS.login.begin(parameters, null, browser, false).authorization());
        assertThat(query).containsEntry("client_id", "two");
    }

    @Test
    void the_authentication_request_says_what_the_security_framework_asks_and_gives_back_the_hints() {
        var parameters = new HashMap<>(login());
        parameters.put("lti_message_hint", "a&b=c d");
        var begun = LMS.login.begin(parameters, null, browser, false);
        var query = TestPlatform.query(begun.authorization());
        assertThat(begun.authorization().toString()).startsWith(LMS.wire.baseUrl() + "/auth?scope=openid&");
        assertThat(query)
                .containsEntry("response_type", "id_token")
                .containsEntry("response_mode", "form_post")
                .containsEntry("prompt", "none")
                .containsEntry("client_id", "cairn")
                .containsEntry("redirect_uri", TestPlatform.TOOL + "/lti/launch")
                .containsEntry("login_hint", "4")
                .containsEntry("lti_message_hint", "a&b=c d");
        assertThat(query.get("nonce")).hasSize(43);
        assertThat(TestPlatform.query(LMS.login
                                .begin(parameters, null, browser, false)
                                .authorization())
                        .get("nonce"))
                .isNotEqualTo(query.get("nonce"));
        assertThat(TestPlatform.query(
                        LMS.login.begin(login(), null, browser, false).authorization()))
                .doesNotContainKey("lti_message_hint");
    }

    @Test
    void an_authorization_endpoint_with_a_query_keeps_it() {
        var platform = register("https://query.example", "q", false, "?tenant=7");
        var parameters = new HashMap<>(login());
        parameters.put("iss", platform.issuer());
        parameters.put("client_id", "q");
        assertThat(LMS.login
                        .begin(parameters, null, browser, false)
                        .authorization()
                        .toString())
                .startsWith(LMS.wire.baseUrl() + "/auth?tenant=7&scope=openid&");
    }

    @Test
    void a_login_that_would_not_fit_into_an_address_is_refused() {
        var parameters = new HashMap<>(login());
        int rest = LMS.login
                        .begin(parameters, null, browser, false)
                        .authorization()
                        .toString()
                        .length()
                - 1;
        parameters.put("login_hint", "x".repeat(7000 - rest));
        assertThat(LMS.login
                        .begin(parameters, null, browser, false)
                        .authorization()
                        .toString())
                .hasSize(7000);
        parameters.put("login_hint", "x".repeat(7001 - rest));
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.LOGIN_TOO_LONG);
    }

    @Test
    void a_stranger_is_named_on_one_line_and_not_at_length() {
        var parameters = new HashMap<>(login());
        parameters.put("iss", "https://who\r\n\u0085\u2028\u202e.example/" + "x".repeat(300));
        parameters.put("client_id", "y".repeat(200));
        var problem = problem(() -> LMS.login.begin(parameters, null, browser, false));
        assertThat(problem.code()).isEqualTo(Refusal.REGISTRATION_UNKNOWN.code());
        assertThat(problem.sentence())
                .contains("https://who     .example/")
                .contains("x…, client_id: " + "y".repeat(200) + ")")
                .doesNotContain("x".repeat(200));
    }

    /** PostgreSQL would keep the half as a question mark, and find somebody else by it. */
    @Test
    void who_is_named_by_half_a_character_is_nobody_even_where_such_a_name_is_kept() {
        register("https://half.example/\uD83D", "half", false);
        register("https://half.example", "half-\uD83D", false);
        var parameters = new HashMap<>(login());
        parameters.put("iss", "https://half.example/\uD83D");
        parameters.put("client_id", "half");
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
        parameters.put("iss", "https://half.example");
        parameters.put("client_id", "half-\uD83D");
        assertThat(refusal(() -> LMS.login.begin(parameters, null, browser, false)))
                .isEqualTo(Refusal.REGISTRATION_UNKNOWN);
    }

    @Test
    void a_window_of_its_own_is_remembered() {
        var query =
                TestPlatform.query(LMS.login.begin(login(), null, browser, true).authorization());
        var arrival = (Arrival.Accepted)
                LMS.launches.accept(post(query.get("state"), LMS.sign(LMS.claims(query.get("nonce")))), browser);
        assertThat(arrival.launch().bound()).isEqualTo(Launch.Bound.WINDOW);
        assertThat(let(c -> {}).launch().bound()).isEqualTo(Launch.Bound.COOKIE);
    }

    @Test
    void the_lms_keeps_each_login_under_a_key_of_its_own() {
        var one = beginStored("_parent");
        var other = beginStored("_parent");
        assertThat(one.get("key")).matches("cairn_[0-9a-f]{32}").isNotEqualTo(other.get("key"));
        assertThat(one.get("value")).hasSize(43).isNotEqualTo(other.get("value"));
    }

    @Test
    void a_state_that_is_logged_by_mistake_says_nothing() {
        var state =
                new LoginState(PlatformId.fresh(), SessionId.fresh(), "hash", "nonce", "secret", false, Instant.EPOCH);
        assertThat(state).hasToString("LoginState[…]");
    }

    @Test
    void a_refusal_names_its_section_and_adds_only_what_there_is_to_add() {
        assertThat(Refusal.EXPIRED.section()).isEqualTo("S §5.1.3 (7)");
        assertThat(Refusal.EXPIRED.problem().sentence()).endsWith("your course.");
        assertThat(Refusal.EXPIRED.problem("(x)").sentence()).endsWith("your course. (x)");
    }

    // What it says

    @Test
    void another_version_or_no_kind_of_launch_is_refused() {
        assertThat(launched(c -> c.put(lti("version"), "1.3"))).isEqualTo(Refusal.VERSION_WRONG);
        assertThat(launched(c -> c.remove(lti("version")))).isEqualTo(Refusal.VERSION_WRONG);
        assertThat(launched(c -> c.remove(lti("message_type")))).isEqualTo(Refusal.MESSAGE_TYPE_MISSING);
        assertThat(launched(c -> c.remove(lti("roles")))).isEqualTo(Refusal.ROLES_MISSING);
    }

    @Test
    void what_no_database_keeps_is_absent() {
        var claims = TestPlatform.JSON.createObjectNode();
        claims.put("sub", "a\0b").put("name", "\uD83D");
        claims.putObject(lti("context")).put("id", "a\0b").put("title", " ");
        claims.putObject(lti("custom")).put("a", "a\0b").put("b", "b");
        claims.putArray(lti("origin_contexts")).add("a\0b").add("c").add(7);
        var read = new Claims(claims);
        assertThat(read.text("sub")).isEmpty();
        assertThat(read.name()).isNull();
        assertThat(read.id("context", "id")).isNull();
        assertThat(read.title("context")).isNull();
        assertThat(read.custom()).containsOnlyKeys("b");
        assertThat(read.originContexts()).containsExactly("c");
    }

    @Test
    void a_launch_lets_in_whom_it_names_where_it_says_in_the_role_it_gives() {
        var platform = register("https://fresh.example/" + UUID.randomUUID(), "fresh", false);
        var arrival = (Arrival.AtPlacement) launch(platform.issuer(), "fresh", c -> {});
        var session = LMS.session(browser, arrival);
        LMS.database.inTransaction(db -> {
            var deployment =
                    PlatformStore.findDeployment(db, platform.id(), "1").orElseThrow();
            assertThat(PlatformStore.lastLaunch(db, deployment))
                    .contains(new PlatformStore.LastLaunch(LMS.clock.instant(), Launch.Bound.COOKIE, 0));
            assertThat(MemberStore.members(
                            db, deployment.tenant(), arrival.course().id()))
                    .containsExactly(Map.entry(session.account(), Role.LEARNER));
            var until = LMS.clock.instant().plus(Duration.ofHours(8));
            assertThat(session)
                    .isEqualTo(new Session(
                            arrival.placement().id(), deployment.tenant(), session.account(), Role.LEARNER, until));
            return null;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "membership#Instructor, TEACHER",
        "membership#Administrator, TEACHER",
        "membership#Mentor, VISITOR",
        "membership#ContentDeveloper, VISITOR",
        "membership#Unheard, VISITOR",
        "membership/Instructor#TeachingAssistant, ASSISTANT",
        "membership/Instructor#Grader, ASSISTANT",
        "membership/Instructor#GuestInstructor, TEACHER",
        "membership/Learner#GuestLearner, LEARNER",
        "membership/Unheard#Learner, VISITOR",
        "membershipLearner, VISITOR",
        "institution/person#Administrator, ADMINISTRATOR",
        "system/person#Administrator, ADMINISTRATOR",
        "system/person#SysAdmin, ADMINISTRATOR",
        "institution/person#Instructor, VISITOR"
    })
    void a_role_gives_what_the_specification_says_and_no_more(String role, Role expected) {
        var whole = "http://purl.imsglobal.org/vocab/lis/v2/" + role;
        assertThat(Roles.of(List.of(whole))).isEqualTo(expected);
        assertThat(Roles.of(List.of("unheard-of", whole))).isEqualTo(expected);
    }

    @Test
    void of_several_roles_the_courses_own_count_and_the_narrower_of_two_that_teach() {
        var teacher = MEMBERSHIP + "#Instructor";
        var assistant = MEMBERSHIP + "/Instructor#TeachingAssistant";
        assertThat(Roles.of(List.of(teacher, assistant))).isEqualTo(Role.ASSISTANT);
        assertThat(Roles.of(List.of(teacher, MEMBERSHIP + "#Learner"))).isEqualTo(Role.TEACHER);
        assertThat(Roles.of(List.of(assistant, MEMBERSHIP + "#Learner"))).isEqualTo(Role.ASSISTANT);
        assertThat(Roles.of(List.of("Learner", "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin")))
                .isEqualTo(Role.LEARNER);
        assertThat(Roles.of(List.of())).isEqualTo(Role.VISITOR);
    }

    @Test
    void a_target_is_ours_by_scheme_host_and_port_and_by_nothing_less() {
        assertThat(launched(c -> c.put(lti("target_link_uri"), TestPlatform.TOOL)))
                .isNull();
        assertThat(launched(c -> c.put(lti("target_link_uri"), "HTTP://LOCALHOST:9080/x")))
                .isNull();
        for (var foreign : List.of(
                "https://localhost:9080/",
                "http://localhost/",
                "http://localhost:9081/",
                "http://localhost:9080@evil.example/",
                "http://evil@localhost:9080/",
                "//localhost:9080/",
                "/launch",
                "http://localhost:9080\\@evil.example/",
                "javascript:alert(1)",
                "not a uri",
                "")) {
            assertThat(launched(c -> c.put(lti("target_link_uri"), foreign)))
                    .as(foreign)
                    .isEqualTo(Refusal.TARGET_WRONG);
        }
    }

    @Test
    void a_request_for_links_may_have_no_target_and_not_a_foreign_one() {
        assertThat(launched(deepLinking(c -> c.remove(lti("target_link_uri"))))).isNull();
        assertThat(launched(deepLinking(c -> c.put(lti("target_link_uri"), "https://evil.example/"))))
                .isEqualTo(Refusal.TARGET_WRONG);
    }

    @Test
    void ids_have_at_most_255_characters_and_are_never_cut() {
        assertThat(launched(c -> c.putObject(lti("resource_link")).put("id", "7".repeat(255))))
                .isNull();
        assertThat(launched(c -> c.putObject(lti("resource_link")).put("id", "7".repeat(256))))
                .isEqualTo(Refusal.RESOURCE_LINK_MISSING);
        assertThat(launched(c -> c.put("sub", "4".repeat(255)))).isNull();
        assertThat(launched(c -> c.put("sub", "4".repeat(256)))).isEqualTo(Refusal.USER_MISSING);
        var one = arrived(c -> c.putObject(lti("context")).put("id", "c".repeat(255)));
        assertThat(one.course().contextId()).isEqualTo("c".repeat(255));
        var other = arrived(c -> c.putObject(lti("context")).put("id", "c".repeat(256)));
        assertThat(other.course().contextId()).isEqualTo("resource-link:7");
    }

    @Test
    void titles_and_names_are_cut_and_never_within_a_character() {
        var arrival = arrived(c -> {
            c.put("name", "n".repeat(254) + "😀");
            c.putObject(lti("context")).put("id", "long").put("title", "t".repeat(499) + "😀");
            c.putObject(lti("resource_link")).put("id", "long").put("title", "r".repeat(501));
        });
        assertThat(arrival.launch().person().name()).isEqualTo("n".repeat(254));
        assertThat(arrival.course().title()).isEqualTo("t".repeat(499));
        assertThat(arrival.placement().title()).isEqualTo("r".repeat(500));
    }

    @Test
    void blank_names_and_titles_are_none() {
        var arrival = arrived(c -> {
            c.put("name", " ");
            c.putObject(lti("context")).put("id", "blank").put("title", " ");
            c.putObject(lti("resource_link")).put("id", "blank").put("title", "");
        });
        assertThat(arrival.launch().person().name()).isNull();
        assertThat(arrival.course().title()).isNull();
        assertThat(arrival.placement().title()).isNull();
    }

    @Test
    void a_name_in_two_parts_is_a_name() {
        assertThat(let(c -> c.put("name", "").put("given_name", "Ada").put("family_name", "Lovelace"))
                        .launch()
                        .person()
                        .name())
                .isEqualTo("Ada Lovelace");
        assertThat(let(c -> c.put("given_name", "Augusta")).launch().person().name())
                .isEqualTo("Ada Lovelace");
        assertThat(let(c -> c.put("name", 7).put("family_name", "King"))
                        .launch()
                        .person()
                        .name())
                .isEqualTo("King");
    }

    @Test
    void only_a_platform_that_may_sends_somebody_without_a_name_who_then_may_do_nothing() {
        register("https://anonymous.example", "a", true);
        Consumer<ObjectNode> anonymous = c -> {
            c.remove("sub");
            c.putArray(lti("roles")).add(MEMBERSHIP + "#Instructor");
        };
        var arrival = (Arrival.AtPlacement) launch("https://anonymous.example", "a", anonymous);
        assertThat(role(arrival)).isEqualTo(Role.VISITOR);
        assertThat(arrival.launch().person().testUser()).isTrue();
        assertThat(launched(anonymous)).isEqualTo(Refusal.USER_MISSING);
    }

    @Test
    void a_test_user_of_the_lms_is_known_as_one() {
        assertThat(let(c -> c.putArray(lti("roles")).add("http://purl.imsglobal.org/vocab/lti/system/person#TestUser"))
                        .launch()
                        .person()
                        .testUser())
                .isTrue();
        assertThat(let(c -> {}).launch().person().testUser()).isFalse();
    }

    @Test
    void links_are_chosen_by_who_may_change_the_course_and_by_nobody_else() {
        assertThat(launched(deepLinking(c -> c.putArray(lti("roles")).add("Learner"))))
                .isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(launched(deepLinking(c -> c.putArray(lti("roles"))))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(launched(deepLinking(c -> {
                    c.putArray(lti("roles"));
                    c.remove("sub");
                })))
                .isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(role(arrived(deepLinking(c -> c.putArray(lti("roles")).add("Instructor")))))
                .isEqualTo(Role.TEACHER);
        assertThat(role(arrived(deepLinking(c -> {
                    c.remove(lti("roles"));
                    c.remove("sub");
                }))))
                .isEqualTo(Role.TEACHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/return",
                "https://lms.example.edu.evil.example/",
                "https://lms.example.edu:444/",
                "https://user@lms.example.edu/",
                "http://lms.example.edu/"
            })
    void links_go_back_to_the_lms_and_to_nobody_else(String address) {
        assertThat(launched(deepLinking(c -> settings(c).put("deep_link_return_url", address))))
                .isEqualTo(Refusal.RETURN_ADDRESS_FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/return",
                "mailto:a@lms.example.edu",
                "javascript:alert(1)",
                "https://lms.example.edu\\x",
                "a b"
            })
    void what_is_no_address_is_no_return_address(String address) {
        assertThat(launched(deepLinking(c -> settings(c).put("deep_link_return_url", address))))
                .isEqualTo(Refusal.SETTINGS_MISSING);
    }

    @Test
    void an_address_has_at_most_2000_characters() {
        var address = ISSUER + "/";
        assertThat(launched(deepLinking(c ->
                        settings(c).put("deep_link_return_url", address + "x".repeat(2000 - address.length())))))
                .isNull();
        assertThat(launched(deepLinking(c ->
                        settings(c).put("deep_link_return_url", address + "x".repeat(2001 - address.length())))))
                .isEqualTo(Refusal.SETTINGS_MISSING);
    }

    @Test
    void settings_for_links_are_read_as_sent_and_are_generous_where_they_are_silent() {
        var silent = (Message.DeepLinking) let(deepLinking(c -> {})).launch().message();
        assertThat(silent.acceptTypes()).containsExactly("ltiResourceLink");
        assertThat(silent.acceptsLinks()).isTrue();
        assertThat(silent.acceptsSeveral()).isTrue();
        assertThat(silent.acceptsLineItem()).isTrue();
        assertThat(silent.data()).isNull();
        var narrow = (Message.DeepLinking) let(deepLinking(c -> {
                    settings(c)
                            .put("accept_multiple", false)
                            .put("accept_lineitem", false)
                            .put("data", "");
                    settings(c).putArray("accept_types").add("file").add("html").add(7);
                }))
                .launch()
                .message();
        assertThat(narrow.acceptTypes()).containsExactlyInAnyOrder("file", "html");
        assertThat(narrow.acceptsLinks()).isFalse();
        assertThat(narrow.acceptsSeveral()).isFalse();
        assertThat(narrow.acceptsLineItem()).isFalse();
        assertThat(narrow.data()).isEmpty();
    }

    @Test
    void a_role_that_was_given_by_a_clock_ahead_of_ours_is_changed_all_the_same() {
        var sub = "hurried-" + UUID.randomUUID();
        var start = LMS.clock.instant();
        LMS.clock.advance(Duration.ofSeconds(1));
        try {
            let(c -> c.put("sub", sub));
        } finally {
            LMS.clock.set(start);
        }
        var arrival = arrived(c -> c.put("sub", sub).putArray(lti("roles")).add("Instructor"));
        var members = LMS.database.inTransaction(db -> MemberStore.members(
                db, arrival.course().tenant(), arrival.course().id()));
        assertThat(members).containsEntry(LMS.session(browser, arrival).account(), Role.TEACHER);
    }

    @Test
    void whoever_is_in_the_course_in_her_role_already_is_not_written_again() {
        var sub = "regular-" + UUID.randomUUID();
        var start = LMS.clock.instant();
        var first = arrived(c -> c.put("sub", sub));
        try {
            LMS.clock.advance(Duration.ofMinutes(1));
            var again = arrived(c -> c.put("sub", sub));
            var seen = LMS.database.inTransaction(db -> db.select(MEMBER.SEEN_AT)
                    .from(MEMBER)
                    .where(
                            MEMBER.TENANT_ID.eq(again.course().tenant()),
                            MEMBER.COURSE_ID.eq(first.course().id()),
                            MEMBER.ACCOUNT_ID.eq(LMS.session(browser, again).account()))
                    .fetchSingle(MEMBER.SEEN_AT));
            assertThat(seen).isEqualTo(start);
        } finally {
            LMS.clock.set(start);
        }
    }

    @Test
    void work_is_seen_by_its_learner_and_by_who_sees_the_course() {
        Consumer<ObjectNode> another = c -> {
            c.put(lti("message_type"), "LtiSubmissionReviewRequest");
            c.putObject(lti("for_user")).put("user_id", "5");
        };
        assertThat(launched(another)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(launched(another.andThen(c -> c.put("sub", "5")))).isNull();
        assertThat(launched(another.andThen(c -> c.putArray(lti("roles")).add("Instructor"))))
                .isNull();
        assertThat(launched(another.andThen(c -> c.remove(lti("for_user"))))).isEqualTo(Refusal.REVIEWED_USER_MISSING);
        assertThat(let(another.andThen(c -> c.put("sub", "5"))).launch().message())
                .isEqualTo(new Message.SubmissionReview("5"));
    }

    @Test
    void a_question_about_privacy_is_answered_once() {
        var begun = LMS.begin(browser);
        var claims = LMS.claims(begun.get("nonce")).put(lti("message_type"), "LtiDataPrivacyLaunchRequest");
        var form = post(begun.get("state"), LMS.sign(claims));
        assertThat(LMS.launches.accept(form, browser)).isInstanceOf(Arrival.AtPrivacy.class);
        assertThat(refusal(() -> LMS.launches.accept(form, browser))).isEqualTo(Refusal.STATE_USED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "!!", "\u00e9"})
    void a_signature_that_is_none_is_wrong(String signature) {
        var begun = LMS.begin(browser);
        var token = LMS.sign(LMS.claims(begun.get("nonce")));
        var form = post(begun.get("state"), token.substring(0, token.lastIndexOf('.') + 1) + signature);
        assertThat(refusal(() -> LMS.launches.accept(form, browser))).isEqualTo(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void a_question_about_privacy_signs_nobody_in() {
        assertThat(let(c -> c.put(lti("message_type"), "LtiDataPrivacyLaunchRequest")))
                .isInstanceOf(Arrival.AtPrivacy.class);
    }

    @Test
    void a_kind_of_launch_that_nobody_knows_is_named() {
        var begun = LMS.begin(browser);
        var claims = LMS.claims(begun.get("nonce")).put(lti("message_type"), "LtiStartProctoring");
        var problem = problem(() -> LMS.launches.accept(post(begun.get("state"), LMS.sign(claims)), browser));
        assertThat(problem.code()).isEqualTo(Refusal.MESSAGE_TYPE_UNSUPPORTED.code());
        assertThat(problem.sentence()).contains("(LtiStartProctoring)");
    }

    @Test
    void services_are_kept_where_they_are_the_lmss_own_and_dropped_one_by_one_where_not() {
        var own = LMS.wire.baseUrl();
        var whole = offer(own, own, own, own);
        assertThat(whole.memberships()).isEqualTo(URI.create(own + "/members"));
        assertThat(whole.lineItems()).isEqualTo(URI.create(own + "/lineitems"));
        assertThat(whole.groups()).isEqualTo(URI.create(own + "/groups"));
        assertThat(whole.notices()).isEqualTo(URI.create(own + "/notices"));
        assertThat(whole.scopes()).containsExactly("https://purl.imsglobal.org/spec/lti-ags/scope/score");
        assertThat(whole.noticeTypes()).containsExactly("LtiHelloWorldNotice");
        var evil = "https://evil.example";
        assertThat(offer(evil, own, own, own).memberships()).isNull();
        assertThat(offer(own, evil, own, own).lineItems()).isNull();
        assertThat(offer(own, own, evil, own).groups()).isNull();
        assertThat(offer(own, own, own, evil).notices()).isNull();
        assertThat(offer(own, own, own, evil).memberships()).isNotNull();
    }

    @Test
    void where_an_lms_tells_of_its_courses_is_kept_with_the_installation() {
        var platform = register("https://telling.example/" + UUID.randomUUID(), "telling", false);
        launch(
                platform.issuer(),
                "telling",
                c -> c.putObject(lti("platformnotificationservice"))
                        .put("platform_notification_service_url", LMS.wire.baseUrl() + "/telling"));
        var subscription = LMS.database.inTransaction(db -> {
            var deployment =
                    PlatformStore.findDeployment(db, platform.id(), "1").orElseThrow();
            return SubscriptionStore.find(db, deployment.tenant(), deployment.id());
        });
        assertThat(subscription)
                .hasValueSatisfying(
                        one -> assertThat(one.url()).isEqualTo(URI.create(LMS.wire.baseUrl() + "/telling")));
    }

    @Test
    void of_what_a_service_allows_only_what_exists_is_kept() {
        var offer = let(c -> {
                    var scope = c.putObject(AGS)
                            .put("lineitems", LMS.wire.baseUrl() + "/l")
                            .putArray("scope");
                    for (int i = 0; i < 500; i++) {
                        scope.add("https://purl.imsglobal.org/spec/lti-ags/scope/" + i);
                    }
                    scope.add("https://purl.imsglobal.org/spec/lti-ags/scope/lineitem");
                    var types = c.putObject(lti("platformnotificationservice")).putArray("notice_types_supported");
                    types.add("a b");
                    for (int i = 0; i < 500; i++) {
                        types.add("LtiNotice" + i);
                    }
                })
                .launch()
                .offer();
        assertThat(offer.scopes()).containsExactly("https://purl.imsglobal.org/spec/lti-ags/scope/lineitem");
        assertThat(offer.noticeTypes()).hasSize(15).doesNotContain("a b");
    }

    @Test
    void custom_parameters_are_text_by_their_keys_in_lower_case() {
        var custom = let(c -> {
                    var all = c.putObject(lti("custom"));
                    all.put("Text", "x")
                            .put("number", 7)
                            .put("unknown", "$Not.known")
                            .put("long", "x".repeat(4001));
                    all.put("longest", "x".repeat(4000)).putObject("object");
                })
                .launch()
                .custom();
        assertThat(custom)
                .containsOnlyKeys("text", "number", "longest")
                .containsEntry("text", "x")
                .containsEntry("number", "7");
        var many = let(c -> {
                    var all = c.putObject(lti("custom"));
                    for (int i = 0; i < 300; i++) {
                        all.put("key" + i, "x");
                    }
                })
                .launch()
                .custom();
        assertThat(many).hasSize(200);
    }

    @Test
    void how_far_the_clocks_are_apart_is_kept() {
        long now = LMS.clock.instant().getEpochSecond();
        assertThat(let(c -> c.put("iat", now - 30)).launch().skewSeconds()).isEqualTo(-30);
        assertThat(let(c -> c.put("iat", now + 30)).launch().skewSeconds()).isEqualTo(30);
    }

    @Test
    void a_copy_says_where_it_comes_from_once() {
        var course = arrived(c -> {
                    c.putObject(lti("context")).put("id", "copy-" + UUID.randomUUID());
                    c.putObject(lti("custom")).put("context_history", "first%201, ,%00,second%,third");
                })
                .course();
        var origins = LMS.database.inTransaction(db -> db.select(COURSE_ORIGIN.ORIGIN_CONTEXT_ID)
                .from(COURSE_ORIGIN)
                .where(COURSE_ORIGIN.COURSE_ID.eq(course.id()))
                .orderBy(COURSE_ORIGIN.POSITION)
                .fetch(COURSE_ORIGIN.ORIGIN_CONTEXT_ID));
        assertThat(origins).containsExactly("first 1", "second%", "third");
    }

    @Test
    void what_is_refused_keeps_nothing_but_its_nonce_and_its_knock() {
        var unheard = "unheard-of-" + UUID.randomUUID();
        int accounts = LMS.database.inTransaction(db -> db.fetchCount(ACCOUNT));
        int courses = LMS.database.inTransaction(db -> db.fetchCount(COURSE));
        assertThat(launched(c -> {
                    c.put("sub", "nobody-yet").put(lti("deployment_id"), unheard);
                    c.putObject(lti("context")).put("id", unheard);
                }))
                .isEqualTo(Refusal.DEPLOYMENT_PENDING);
        assertThat(LMS.database.<Integer>inTransaction(db -> db.fetchCount(ACCOUNT)))
                .isEqualTo(accounts);
        assertThat(LMS.database.<Integer>inTransaction(db -> db.fetchCount(COURSE)))
                .isEqualTo(courses);
        assertThat(LMS.database.inTransaction(PlatformStore::pending))
                .extracting(PlatformStore.Pending::externalId)
                .contains(unheard);
        launched(c -> c.put(lti("deployment_id"), unheard + "-too").remove(lti("roles")));
        assertThat(LMS.database.inTransaction(PlatformStore::pending))
                .extracting(PlatformStore.Pending::externalId)
                .doesNotContain(unheard + "-too");
    }

    // Who she was in the days of LTI 1.1

    @Test
    void old_ids_count_with_a_signature_over_this_very_launch() {
        migrated();
        var sub = "new-" + UUID.randomUUID();
        var former = let(c -> former(c.put("sub", sub), "old-key", "old-secret"))
                .launch()
                .former();
        assertThat(former).isEqualTo(new Launch.Former("old-key", "old-4", "old-2", "old-7"));
        assertThat(account(sub)).isEqualTo("old-4");
        let(c -> {
            former(c.put("sub", sub), "old-key", "old-secret");
            ((ObjectNode) c.get(lti("lti1p1"))).remove("user_id");
        });
        assertThat(account(sub)).isEqualTo("old-4");
        assertThat(launched(c -> former(c, "old-key", "guessed"))).isEqualTo(Refusal.MIGRATION_SIGNATURE_WRONG);
        assertThat(launched(c -> {
                    former(c, "old-key", "old-secret");
                    c.put("exp", c.get("exp").asLong() + 1);
                }))
                .isEqualTo(Refusal.MIGRATION_SIGNATURE_WRONG);
    }

    @Test
    void old_ids_without_a_signature_or_of_an_unknown_key_are_nobodys() {
        migrated();
        assertThat(let(c -> former(c, "unheard-of", "x")).launch().former()).isNull();
        for (var missing : List.of("oauth_consumer_key_sign", "oauth_consumer_key")) {
            assertThat(let(c -> {
                                former(c, "old-key", "old-secret");
                                ((ObjectNode) c.get(lti("lti1p1"))).remove(missing);
                            })
                            .launch()
                            .former())
                    .isNull();
        }
    }

    @Test
    void a_secret_of_lti_1_1_is_kept_sealed_and_its_successor_takes_its_place() {
        LMS.database.inTransaction(db -> {
            FormerStore.save(db, LMS.own, LMS.platform.id(), "changed", "first");
            FormerStore.save(db, LMS.own, LMS.platform.id(), "changed", "second");
            assertThat(FormerStore.find(db, LMS.own, LMS.platform.id(), "changed"))
                    .contains("second");
            assertThat(FormerStore.find(db, LMS.own, PlatformId.fresh(), "changed"))
                    .isEmpty();
            return null;
        });
    }

    // What is sealed for a choice of links

    @Test
    void a_choice_is_open_for_two_hours_in_its_browser_at_its_placement() {
        var linking = new DeepLinking(LMS.database, LMS.own, URI.create(TestPlatform.TOOL), LMS.clock);
        var arrival = arrived(deepLinking(c -> settings(c).put("data", "d").put("accept_multiple", false)));
        var settings = (Message.DeepLinking) arrival.launch().message();
        var placement = arrival.placement().id();
        var sealed = linking.seal(arrival.launch(), settings, browser, placement);
        assertThat(linking.open(sealed, browser, placement))
                .contains(new DeepLinking.Choice(
                        LMS.platform.id(), "1", URI.create(ISSUER + "/return"), false, true, "d"));
        assertThat(linking.open(sealed, Browser.fresh(), placement)).isEmpty();
        assertThat(linking.open(sealed, browser, PlacementId.fresh())).isEmpty();
        assertThat(linking.open(flipped(sealed), browser, placement)).isEmpty();
        var start = LMS.clock.instant();
        try {
            LMS.clock.advance(Duration.ofHours(2).minusMillis(1));
            assertThat(linking.open(sealed, browser, placement)).isPresent();
            LMS.clock.advance(Duration.ofMillis(1));
            assertThat(linking.open(sealed, browser, placement)).isEmpty();
        } finally {
            LMS.clock.set(start);
        }
    }

    @Test
    void an_answer_with_links_is_signed_for_this_lms_and_brings_back_its_data() throws Exception {
        var linking = new DeepLinking(LMS.database, LMS.own, URI.create(TestPlatform.TOOL + "/lti/launch"), LMS.clock);
        var tenant = new TenantId(UUID.randomUUID());
        var choice = new DeepLinking.Choice(LMS.platform.id(), "1", URI.create(ISSUER + "/return"), true, true, "");
        var achievement = new org.cairn.AchievementId("data-basics");
        var link = new DeepLinking.Link("T", "text", achievement, new DeepLinking.Column("L", 100, "r"));
        var plain = new DeepLinking.Link("P", null, null, null);
        var jwt = JWT.decode(
                linking.respond(choice, tenant, List.of(link, plain), null).jwt());
        assertThat(jwt.getIssuer()).isEqualTo("cairn");
        assertThat(jwt.getSubject()).isEqualTo("cairn");
        assertThat(jwt.getAudience()).containsExactly(ISSUER);
        assertThat(jwt.getIssuedAtAsInstant()).isEqualTo(LMS.clock.instant().minusSeconds(5));
        assertThat(jwt.getExpiresAtAsInstant()).isEqualTo(LMS.clock.instant().plusSeconds(300));
        assertThat(jwt.getKeyId()).isEqualTo(LMS.own.ltiKey().kid());
        var dl = "https://purl.imsglobal.org/spec/lti-dl/claim/";
        assertThat(jwt.getClaim(dl + "data").asString()).isEmpty();
        assertThat(jwt.getClaim(dl + "msg").isMissing()).isTrue();
        var items =
                JSON.readTree(Base64.getUrlDecoder().decode(jwt.getPayload())).path(dl + "content_items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("text").asText()).isEqualTo("text");
        assertThat(items.get(0).path("url").asText()).isEqualTo(TestPlatform.TOOL + "/lti/launch");
        assertThat(items.get(0).path("custom").path("cairn_achievement").asText())
                .isEqualTo("data-basics");
        assertThat(items.get(0).path("custom").path("cairn_tenant").asText()).isEqualTo(tenant.toString());
        assertThat(items.get(0).path("lineItem").path("resourceId").asText()).isEqualTo("r");
        assertThat(items.get(1).has("text") || items.get(1).has("lineItem")).isFalse();
        assertThat(items.get(1).path("custom").toString())
                .as("about no achievement, and what the LMS is to say of copies")
                .isEqualTo("{\"cairn_tenant\":\"" + tenant + "\",\"context_history\":\"$Context.id.history\","
                        + "\"resource_link_history\":\"$ResourceLink.id.history\"}");
        var nothing = new DeepLinking.Choice(LMS.platform.id(), "1", URI.create(ISSUER + "/return"), true, true, null);
        var empty = JWT.decode(
                linking.respond(nothing, tenant, List.of(), "Nothing.").jwt());
        assertThat(empty.getClaim(dl + "data").isMissing()).isTrue();
        assertThat(empty.getClaim(dl + "msg").asString()).isEqualTo("Nothing.");
    }

    @Test
    void a_link_says_what_it_is_about_in_its_own_tenant_only() {
        var tenant = new TenantId(UUID.randomUUID());
        assertThat(about(tenant, Map.of("cairn_achievement", "data-basics", "cairn_tenant", tenant.toString())))
                .isEqualTo("data-basics");
        assertThat(about(
                        tenant,
                        Map.of(
                                "cairn_achievement",
                                "data-basics",
                                "cairn_tenant",
                                UUID.randomUUID().toString())))
                .isNull();
        assertThat(about(tenant, Map.of("cairn_achievement", "data-basics"))).isNull();
        assertThat(about(tenant, Map.of("cairn_tenant", tenant.toString()))).isNull();
        assertThat(about(tenant, Map.of("cairn_achievement", "<no id>", "cairn_tenant", tenant.toString())))
                .isNull();
    }

    // Whose address it is

    @Test
    void an_address_is_the_lmss_own_by_scheme_host_and_port() {
        var platform = register("https://issuer.example", "own", false);
        for (var own : List.of(LMS.wire.baseUrl() + "/x?y", "https://issuer.example/a", "HTTPS://ISSUER.EXAMPLE/")) {
            assertThat(platform.isItsOwn(URI.create(own))).as(own).isTrue();
        }
        for (var foreign : List.of(
                "http://issuer.example/",
                "https://issuer.example:8443/",
                "https://issuer.example.evil.example/",
                "https://user@issuer.example/",
                "https:///issuer.example",
                "/issuer.example",
                "mailto:x@issuer.example",
                "about:blank")) {
            assertThat(platform.isItsOwn(URI.create(foreign))).as(foreign).isFalse();
        }
    }

    @Test
    void an_issuer_that_is_no_address_and_a_host_that_cannot_be_called_are_nobodys_own() {
        var odd = register("not an address", "odd", false);
        assertThat(odd.isItsOwn(URI.create("https://evil.example/"))).isFalse();
        assertThat(odd.isItsOwn(odd.keySet())).isTrue();
        var underscore = register("https://a_b.example", "odd", false);
        assertThat(underscore.isItsOwn(URI.create("https://a_b.example/"))).isFalse();
    }

    @Test
    void a_choice_of_a_request_without_data_has_none() {
        var linking = new DeepLinking(LMS.database, LMS.own, URI.create(TestPlatform.TOOL), LMS.clock);
        var arrival = arrived(deepLinking(c -> {}));
        var settings = (Message.DeepLinking) arrival.launch().message();
        var placement = arrival.placement().id();
        assertThat(linking.open(linking.seal(arrival.launch(), settings, browser, placement), browser, placement)
                        .orElseThrow()
                        .data())
                .isNull();
    }

    private static void migrated() {
        LMS.database.inTransaction(db -> {
            FormerStore.save(db, LMS.own, LMS.platform.id(), "old-key", "old-secret");
            return null;
        });
    }

    private static @Nullable String about(TenantId tenant, Map<String, String> custom) {
        var launch = new Launch(
                LMS.platform,
                "1",
                org.cairn.people.Person.unnamed("4"),
                Role.LEARNER,
                null,
                null,
                "7",
                null,
                new Offer(null, null, Set.of(), null, null, Set.of()),
                custom,
                null,
                new Message.ResourceLink(),
                Launch.Bound.COOKIE,
                0);
        var achievement = DeepLinking.achievement(launch, tenant);
        return achievement == null ? null : achievement.value();
    }

    private static void former(ObjectNode claims, String key, String secret) {
        var base = String.join(
                "&",
                key,
                "1",
                ISSUER,
                "cairn",
                claims.get("exp").asText(),
                claims.get("nonce").asText());
        claims.putObject(lti("lti1p1"))
                .put("oauth_consumer_key", key)
                .put("oauth_consumer_key_sign", hmac(base, secret))
                .put("user_id", "old-4")
                .put("context_id", "old-2")
                .put("resource_link_id", "old-7");
    }

    private static String hmac(String text, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String account(String sub) {
        return LMS.database.inTransaction(db -> db.select(ACCOUNT.FORMER_SUB)
                .from(ACCOUNT)
                .where(ACCOUNT.PLATFORM_ID.eq(LMS.platform.id()), ACCOUNT.SUB.eq(sub))
                .fetchOne(ACCOUNT.FORMER_SUB));
    }

    private Offer offer(String members, String lineItems, String groups, String notices) {
        return let(c -> {
                    c.putObject("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                            .put("context_memberships_url", members + "/members");
                    c.putObject(AGS)
                            .put("lineitems", lineItems + "/lineitems")
                            .putArray("scope")
                            .add("https://purl.imsglobal.org/spec/lti-ags/scope/score");
                    c.putObject("https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice")
                            .put("context_groups_url", groups + "/groups");
                    c.putObject(lti("platformnotificationservice"))
                            .put("platform_notification_service_url", notices + "/notices")
                            .putArray("notice_types_supported")
                            .add("LtiHelloWorldNotice");
                })
                .launch()
                .offer();
    }

    private static Consumer<ObjectNode> deepLinking(Consumer<ObjectNode> change) {
        return claims -> {
            claims.put(lti("message_type"), "LtiDeepLinkingRequest");
            claims.remove(lti("resource_link"));
            claims.putArray(lti("roles")).add(MEMBERSHIP + "#Instructor");
            claims.putObject(SETTINGS).put("deep_link_return_url", ISSUER + "/return");
            change.accept(claims);
        };
    }

    private static ObjectNode settings(ObjectNode claims) {
        return (ObjectNode) claims.get(SETTINGS);
    }

    private static Platform register(String issuer, String clientId, boolean anonymous) {
        return register(issuer, clientId, anonymous, "");
    }

    private static Platform register(String issuer, String clientId, boolean anonymous, String query) {
        var like = LMS.platform;
        return LMS.database.inTransaction(db -> {
            var saved = PlatformStore.save(
                    db,
                    new Platform(
                            PlatformId.fresh(),
                            issuer,
                            clientId,
                            "LMS",
                            "",
                            URI.create(like.authorizationEndpoint() + query),
                            like.tokenEndpoint(),
                            like.tokenAudience(),
                            like.keySet(),
                            "RS256",
                            like.frameOrigins(),
                            anonymous),
                    LMS.clock.instant());
            var tenant = db.select(org.cairn.db.schema.Tables.TENANT.ID)
                    .from(org.cairn.db.schema.Tables.TENANT)
                    .fetchAny(org.cairn.db.schema.Tables.TENANT.ID);
            PlatformStore.deploy(db, tenant, saved.id(), "1", LMS.clock.instant());
            return saved;
        });
    }

    private static Map<String, String> login() {
        return Map.of(
                "iss", ISSUER, "client_id", "cairn", "login_hint", "4", "target_link_uri", TestPlatform.TOOL + "/");
    }

    /** State, nonce, key and value of a login that the LMS's page keeps. */
    private static Map<String, String> beginStored(String target) {
        var parameters = new HashMap<>(login());
        parameters.put("lti_storage_target", target);
        var begun = LMS.login.beginStored(parameters, null);
        var stored = begun.stored();
        assertThat(stored).isNotNull();
        assertThat(stored.target()).isEqualTo(target);
        assertThat(stored.origin()).isEqualTo(LMS.wire.baseUrl());
        var query = TestPlatform.query(begun.authorization());
        query.put("key", stored.key());
        query.put("value", stored.value());
        return query;
    }

    /** Why a launch with these claims is refused; null where it is let in. */
    private @Nullable Refusal launched(Consumer<ObjectNode> change) {
        try {
            let(change);
            return null;
        } catch (Problem problem) {
            return refusal(problem);
        }
    }

    private Role role(Arrival.AtPlacement arrival) {
        return LMS.session(browser, arrival).role();
    }

    private Arrival.AtPlacement arrived(Consumer<ObjectNode> change) {
        return (Arrival.AtPlacement) let(change);
    }

    private Login.Stored unproved(Map<String, String> form) {
        return ((Arrival.Unproved) LMS.launches.accept(form, browser)).stored();
    }

    private Arrival.Accepted let(Consumer<ObjectNode> change) {
        return launch(ISSUER, "cairn", change);
    }

    private Arrival.Accepted launch(String issuer, String clientId, Consumer<ObjectNode> change) {
        var parameters = new HashMap<>(login());
        parameters.put("iss", issuer);
        parameters.put("client_id", clientId);
        var begun = TestPlatform.query(
                LMS.login.begin(parameters, null, browser, false).authorization());
        var claims = LMS.claims(begun.get("nonce")).put("iss", issuer).put("aud", clientId);
        change.accept(claims);
        return (Arrival.Accepted) LMS.launches.accept(post(begun.get("state"), LMS.sign(claims)), browser);
    }

    private static Refusal refusal(Runnable work) {
        return refusal(problem(work));
    }

    private static Refusal refusal(Problem problem) {
        assertThat(problem.detail()).contains("§");
        return Refusal.valueOf(problem.code().toUpperCase(java.util.Locale.ROOT));
    }

    private static Problem problem(Runnable work) {
        var problem = catchThrowableOfType(Problem.class, work::run);
        assertThat(problem).isNotNull();
        return problem;
    }

    private static String flipped(String sealed) {
        char last = sealed.charAt(sealed.length() / 2);
        return sealed.substring(0, sealed.length() / 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() / 2 + 1);
    }

    private static String signed(String payload) {
        return TestPlatform.sign("{\"alg\":\"RS256\",\"kid\":\"key-1\"}", payload, LMS.keys);
    }

    private static String ofLength(int length, ObjectNode claims) {
        for (int typ = 0; ; typ++) {
            var header = JSON.createObjectNode()
                    .put("typ", "J".repeat(typ + 1))
                    .put("alg", "RS256")
                    .put("kid", "key-1");
            int bare = TestPlatform.sign(header, claims.put("filler", ""), LMS.keys)
                    .length();
            int filler = (length - bare) * 3 / 4;
            for (int more = -2; more <= 2; more++) {
                var token = TestPlatform.sign(header, claims.put("filler", "x".repeat(filler + more)), LMS.keys);
                if (token.length() == length) {
                    return token;
                }
            }
        }
    }

    private static Map<String, String> post(String state, String token) {
        var form = new HashMap<String, String>();
        form.put("state", state);
        form.put("id_token", token);
        return form;
    }
}

package org.cairn.openbadges.backpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AppId;
import org.cairn.Problem;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is answered, and what may be asked for. */
class AuthorizationRequestTest {

    private static final App APP = new App(
            AppId.fresh(),
            "A backpack",
            List.of(Backpack.REDIRECT, Backpack.REDIRECT + "?a=b"),
            Set.of(Scope.READ, Scope.OFFLINE),
            Instant.EPOCH);

    private static Map<String, List<String>> good() {
        var parameters = new HashMap<String, List<String>>();
        parameters.put("response_type", List.of("code"));
        parameters.put("client_id", List.of(APP.id().toString()));
        parameters.put("redirect_uri", List.of(Backpack.REDIRECT));
        parameters.put("scope", List.of(Scope.READ.address() + " " + Scope.BRING.address() + " openid"));
        parameters.put("state", List.of("a b&c=d"));
        parameters.put("code_challenge", List.of(Backpack.challenge(Backpack.VERIFIER)));
        parameters.put("code_challenge_method", List.of("S256"));
        return parameters;
    }

    @Test
    void what_an_app_asks_for_and_did_not_register_for_it_does_not_get() {
        assertThat(read(good()).scopes()).containsExactly(Scope.READ);
        var other = good();
        other.put("nonce", List.of("1", "2"));
        other.remove("state");
        assertThat(read(other).addressee().state()).isNull();
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                damage("no app", "app_unknown", all -> all.remove("client_id")),
                damage(
                        "another app",
                        "app_unknown",
                        all -> all.put("client_id", List.of(AppId.fresh().toString()))),
                damage("no id of an app", "app_unknown", all -> all.put("client_id", List.of("' or 1=1"))),
                damage(
                        "an app twice",
                        "app_unknown",
                        all -> all.put(
                                "client_id",
                                List.of(APP.id().toString(), APP.id().toString()))),
                damage("no address", "redirect_uri_unknown", all -> all.remove("redirect_uri")),
                damage(
                        "an address twice",
                        "redirect_uri_unknown",
                        all -> all.put("redirect_uri", List.of(Backpack.REDIRECT, "https://evil.example"))),
                address("of another", "https://evil.example/callback"),
                address("below it", Backpack.REDIRECT + "/more"),
                address("above it", "https://backpack.example.org/"),
                address("with a query", Backpack.REDIRECT + "?next=https://evil.example"),
                address("with a fragment", Backpack.REDIRECT + "#"),
                address("in capitals", "https://BACKPACK.example.org/callback"),
                address("with its port", "https://backpack.example.org:443/callback"),
                address("with a user", "https://backpack.example.org@evil.example/callback"),
                address("with another path", Backpack.REDIRECT + "/../callback"),
                address("in another scheme", "http://backpack.example.org/callback"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void nobody_is_answered_at_an_address_that_is_not_registered_letter_by_letter(
            Consumer<Map<String, List<String>>> damage, String code) {
        var parameters = good();
        damage.accept(parameters);
        refused(() -> addressee(parameters), code);
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                damage("no response_type", "unsupported_response_type", all -> all.remove("response_type")),
                damage(
                        "a token by the browser",
                        "unsupported_response_type",
                        all -> all.put("response_type", List.of("token"))),
                damage("two kinds", "invalid_request", all -> all.put("response_type", List.of("code", "code"))),
                damage("no challenge", "invalid_request", all -> all.remove("code_challenge")),
                damage(
                        "a short challenge",
                        "invalid_request",
                        all -> all.put("code_challenge", List.of("x".repeat(42)))),
                damage(
                        "a long challenge",
                        "invalid_request",
                        all -> all.put("code_challenge", List.of("x".repeat(44)))),
                damage(
                        "a challenge that is none",
                        "invalid_request",
                        all -> all.put("code_challenge", List.of("=".repeat(43)))),
                damage("two challenges", "invalid_request", all -> all.put("code_challenge", List.of("x", "y"))),
                damage("no method", "invalid_request", all -> all.remove("code_challenge_method")),
                damage("plain", "invalid_request", all -> all.put("code_challenge_method", List.of("plain"))),
                damage("s256", "invalid_request", all -> all.put("code_challenge_method", List.of("s256"))),
                damage(
                        "an answer in the fragment",
                        "invalid_request",
                        all -> all.put("response_mode", List.of("fragment"))),
                damage("an answer by a form", "invalid_request", all -> all.put("response_mode", List.of("form_post"))),
                damage("two states", "invalid_request", all -> all.put("state", List.of("1", "2"))),
                damage("a long state", "invalid_request", all -> all.put("state", List.of("x".repeat(2001)))),
                damage("no scope", "invalid_scope", all -> all.remove("scope")),
                damage("two scopes", "invalid_request", all -> all.put("scope", List.of("a", "b"))),
                damage("nothing but to stay", "invalid_scope", all -> all.put("scope", List.of("offline_access"))),
                damage(
                        "what it did not register for",
                        "invalid_scope",
                        all -> all.put("scope", List.of(Scope.BRING.address()))));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void what_is_wrong_in_one_thing_is_refused_by_its_name(Consumer<Map<String, List<String>>> damage, String code) {
        var parameters = good();
        damage.accept(parameters);
        refused(() -> read(parameters), code);
    }

    @Test
    void an_answer_says_who_answers_and_gives_back_the_state_as_it_was() {
        var plain = addressee(good());
        assertThat(plain.accepted("x", Set.of(Scope.READ), "https://cairn.example.edu/oauth"))
                .isEqualTo(Backpack.REDIRECT + "?code=x&scope="
                        + "https%3A%2F%2Fpurl.imsglobal.org%2Fspec%2Fob%2Fv3p0%2Fscope%2Fcredential.readonly"
                        + "&state=a+b%26c%3Dd&iss=https%3A%2F%2Fcairn.example.edu%2Foauth");
        var parameters = good();
        parameters.put("redirect_uri", List.of(Backpack.REDIRECT + "?a=b"));
        parameters.remove("state");
        assertThat(addressee(parameters).refused("access_denied", "No.", "https://cairn.example.edu/oauth"))
                .isEqualTo(Backpack.REDIRECT
                        + "?a=b&error=access_denied&error_description=No.&iss=https%3A%2F%2Fcairn.example.edu%2Foauth");
        assertThat(plain.host()).isEqualTo("backpack.example.org");
    }

    private static AuthorizationRequest read(Map<String, List<String>> parameters) {
        return AuthorizationRequest.read(parameters, addressee(parameters));
    }

    private static Addressee addressee(Map<String, List<String>> parameters) {
        return Addressee.read(
                parameters,
                id -> Optional.of(APP).filter(app -> app.id().toString().equals(id)));
    }

    private static Arguments address(String name, String address) {
        return damage("an address " + name, "redirect_uri_unknown", all -> all.put("redirect_uri", List.of(address)));
    }

    private static Arguments damage(String name, String code, Consumer<Map<String, List<String>>> damage) {
        return Arguments.of(Named.of(name, damage), code);
    }

    private static void refused(ThrowingCallable what, String code) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}

package org.cairn.openbadges.backpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps say of themselves is strangers' text. */
class AppMetadataTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As in the example of Open Badges 3.0 §7.1.1.2, written here. */
    private static ObjectNode good() {
        var json = JSON.createObjectNode();
        json.put("client_name", "Example Backpack");
        json.put("client_uri", "https://backpack.example.org/");
        json.put("logo_uri", "https://backpack.example.org/logo.png");
        json.put("software_statement", "eyJhbGciOiJub25lIn0.e30.");
        json.putArray("redirect_uris").add("https://backpack.example.org/callback?from=cairn");
        json.put("token_endpoint_auth_method", "client_secret_basic");
        json.putArray("grant_types").add("authorization_code").add("refresh_token");
        json.putArray("response_types").add("code");
        json.put("scope", Scope.READ.address() + " " + Scope.OFFLINE.address() + " something-else");
        return json;
    }

    @Test
    void what_is_known_here_is_taken_and_the_rest_left() {
        assertThat(AppMetadata.read(good(), false))
                .isEqualTo(new AppMetadata(
                        "Example Backpack",
                        List.of("https://backpack.example.org/callback?from=cairn"),
                        Set.of(Scope.READ, Scope.OFFLINE)));
        var less = good();
        less.remove(List.of("client_uri", "token_endpoint_auth_method", "grant_types", "response_types"));
        assertThat(AppMetadata.read(less, false)).isEqualTo(AppMetadata.read(good(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://backpack.example.org/callback",
                "http://localhost:8000/callback",
                "HTTPS://backpack.example.org/callback",
                "https://backpack.example.org/callback#top",
                "https://backpack.example.org/callback#",
                "https://ada@backpack.example.org/callback",
                "https:///callback",
                "https:callback",
                "https://back pack.example.org/",
                "https://backpack.example.org/\n",
                "https://bäckpack.example.org/callback",
                "//backpack.example.org/callback",
                "/callback",
                "",
                "javascript:alert(1)",
                "data:text/html,x",
                "org.example.backpack:/callback",
                "https://backpack.example.org/%"
            })
    void an_address_that_is_not_plain_https_is_none_to_send_an_answer_to(String address) {
        var json = good();
        json.putArray("redirect_uris")
                .add("https://backpack.example.org/callback")
                .add(address);
        refused(json, false, "invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8000/callback", "http://127.0.0.1/callback", "http://[::1]:9/callback"})
    void this_machine_is_one_where_that_is_allowed(String address) {
        var json = good();
        json.putArray("redirect_uris").add(address);
        assertThat(AppMetadata.read(json, true).redirectUris()).containsExactly(address);
        refused(json, false, "invalid_redirect_uri");
        json.putArray("redirect_uris")
                .add(address.replace("localhost", "localhost.example.org")
                        .replaceFirst("127\\S+|\\[\\S+", "127.0.0.2/"));
        refused(json, true, "invalid_redirect_uri");
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("no addresses", "invalid_redirect_uri", json -> json.remove("redirect_uris")),
                damage("an empty list", "invalid_redirect_uri", json -> json.putArray("redirect_uris")),
                damage(
                        "no list",
                        "invalid_redirect_uri",
                        json -> json.put("redirect_uris", "https://backpack.example.org/callback")),
                damage(
                        "an object",
                        "invalid_redirect_uri",
                        json -> json.putObject("redirect_uris").put("a", "https://backpack.example.org/")),
                damage(
                        "a number",
                        "invalid_redirect_uri",
                        json -> json.putArray("redirect_uris").add(1)),
                damage("eleven", "invalid_redirect_uri", json -> {
                    var list = json.putArray("redirect_uris");
                    for (int i = 0; i < 11; i++) {
                        list.add("https://backpack.example.org/" + i);
                    }
                }),
                damage(
                        "a long one",
                        "invalid_redirect_uri",
                        json -> json.putArray("redirect_uris").add("https://backpack.example.org/" + "x".repeat(472))),
                damage("no name", "invalid_client_metadata", json -> json.remove("client_name")),
                damage("a blank name", "invalid_client_metadata", json -> json.put("client_name", " ")),
                damage("a long name", "invalid_client_metadata", json -> json.put("client_name", "x".repeat(101))),
                damage("a name of two lines", "invalid_client_metadata", json -> json.put("client_name", "A\nB")),
                damage("a name with NUL", "invalid_client_metadata", json -> json.put("client_name", "A\0B")),
                damage(
                        "a name that turns around",
                        "invalid_client_metadata",
                        json -> json.put("client_name", "A\u202eB")),
                damage("a name with no width", "invalid_client_metadata", json -> json.put("client_name", "A\u200bB")),
                damage("a number as a name", "invalid_client_metadata", json -> json.put("client_name", 1)),
                damage("no secret", "invalid_client_metadata", json -> json.put("token_endpoint_auth_method", "none")),
                damage(
                        "a secret in the form",
                        "invalid_client_metadata",
                        json -> json.put("token_endpoint_auth_method", "client_secret_post")),
                damage(
                        "the implicit grant",
                        "invalid_client_metadata",
                        json -> json.putArray("grant_types")
                                .add("authorization_code")
                                .add("implicit")),
                damage(
                        "the password grant",
                        "invalid_client_metadata",
                        json -> json.putArray("grant_types").add("password")),
                damage("grants as text", "invalid_client_metadata", json -> json.put("grant_types", "implicit")),
                damage(
                        "tokens by the browser",
                        "invalid_client_metadata",
                        json -> json.putArray("response_types").add("token")),
                damage("no scope", "invalid_client_metadata", json -> json.remove("scope")),
                damage("nothing but to stay", "invalid_client_metadata", json -> json.put("scope", "offline_access")),
                damage(
                        "to change the profile only",
                        "invalid_client_metadata",
                        json -> json.put("scope", "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update")));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void what_is_wrong_in_one_thing_is_not_registered(Consumer<ObjectNode> damage, String code) {
        var json = good();
        damage.accept(json);
        refused(json, false, code);
    }

    private static Arguments damage(String name, String code, Consumer<ObjectNode> damage) {
        return Arguments.of(Named.of(name, damage), code);
    }

    private static void refused(ObjectNode json, boolean allowLoopback, String code) {
        assertThatThrownBy(() -> AppMetadata.read(json, allowLoopback))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.MALFORMED);
                });
    }
}

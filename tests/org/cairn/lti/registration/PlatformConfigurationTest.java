package org.cairn.lti.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cairn.Problem;
import org.cairn.testing.Hostile;
import org.cairn.testing.RegisteringLms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an LMS may say of itself, and every lie that is not believed. */
class PlatformConfigurationTest {

    private static final String LMS = "https://lms.example.edu";

    @Test
    void a_plain_configuration_is_read_as_it_stands() {
        var read = read(LMS, RegisteringLms.configuration(LMS, "Moodle"));
        assertThat(read.issuer()).isEqualTo(LMS);
        assertThat(read.keySet()).isEqualTo(URI.create(LMS + "/jwks"));
        assertThat(read.registrationEndpoint()).isEqualTo(URI.create(LMS + "/register"));
        assertThat(read.tokenAudience()).isEqualTo(LMS + "/token");
        assertThat(read.product()).isEqualTo("moodle");
        assertThat(read.name()).isEqualTo("lms.example.edu");
        assertThat(read.messages()).containsExactlyInAnyOrder("LtiResourceLinkRequest", "LtiDeepLinkingRequest");
        assertThat(read.origins()).containsExactly(LMS);
    }

    @Test
    void a_port_that_is_the_scheme_s_own_makes_no_other_host_and_another_port_does() {
        assertThat(read(LMS, with("token_endpoint", LMS + ":443/token")).tokenEndpoint())
                .isEqualTo(URI.create(LMS + ":443/token"));
        refused(LMS, with("token_endpoint", LMS + ":8443/token"), "endpoint_elsewhere", "token_endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"})
    void an_endpoint_on_another_host_is_refused(String member) {
        refused(LMS, with(member, "https://evil.example/x"), "endpoint_elsewhere", "evil.example");
        refused(LMS, with(member, "https://lms.example.edu.evil.example/x"), "endpoint_elsewhere", member);
        refused(LMS, with(member, "https://evil.example\\@lms.example.edu/x"), "configuration_incomplete", member);
        refused(LMS, with(member, "https://sso.canvaslms.com/x"), "endpoint_elsewhere", member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"})
    void an_http_endpoint_is_refused_outside_of_development(String member) {
        refused(LMS, with(member, "http://lms.example.edu/x"), "endpoint_insecure", member);
        refused(LMS, with(member, "file:///etc/passwd"), "configuration_incomplete", member);
        refused(LMS, with(member, "javascript:alert(1)"), "configuration_incomplete", member);
        refused(LMS, with(member, "https://user@lms.example.edu/x"), "configuration_incomplete", member);
        refused(LMS, with(member, LMS + "/x#y"), "configuration_incomplete", member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"})
    void a_member_that_is_missing_or_of_a_wrong_type_is_named(String member) {
        var without = RegisteringLms.configuration(LMS, "moodle");
        without.remove(member);
        refused(LMS, without, "configuration_incomplete", member);
        var number = RegisteringLms.configuration(LMS, "moodle");
        number.put(member, 7);
        refused(LMS, number, "configuration_incomplete", member);
        var list = RegisteringLms.configuration(LMS, "moodle");
        list.putArray(member).add(LMS);
        refused(LMS, list, "configuration_incomplete", member);
        refused(LMS, with(member, " "), "configuration_incomplete", member);
        refused(LMS, with(member, LMS + "/" + "x".repeat(1000)), "configuration_incomplete", member);
    }

    @Test
    void what_no_database_keeps_is_refused_where_it_is_trusted_and_left_out_where_it_is_not() {
        refused(LMS, with("issuer", LMS + "/\uD83D"), "configuration_incomplete", "issuer");
        refused(LMS, with("jwks_uri", LMS + "/\uD83D"), "configuration_incomplete", "jwks_uri");
        var odd = with("authorization_server", LMS + "/\uD83D");
        var claim = (ObjectNode) odd.get(RegisteringLms.PLATFORM);
        claim.put("version", "\uD83D4.5")
                .put("https://canvas.instructure.com/lti/account_name", "x".repeat(254) + "😀");
        var read = read(LMS, odd);
        assertThat(read.tokenAudience()).isEqualTo(LMS + "/token");
        assertThat(read.version()).isEqualTo("4.5");
        assertThat(read.name()).isEqualTo("x".repeat(254));
    }

    @Test
    void an_lms_speaks_only_for_its_own_host() {
        refused(
                "https://evil.example",
                RegisteringLms.configuration(LMS, "moodle"),
                "issuer_elsewhere",
                "evil.example");
        refused(LMS + ":8443", RegisteringLms.configuration(LMS, "moodle"), "issuer_elsewhere", "");
        refused("http://lms.example.edu", RegisteringLms.configuration(LMS, "moodle"), "issuer_elsewhere", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://lms.example.edu/c#fragment",
                "https://user@lms.example.edu/c",
                "https:///c",
                "lms.example.edu",
                "https://lms.example.edu/ c",
                "data:application/json,{}"
            })
    void an_address_with_a_fragment_a_user_or_without_a_host_is_refused(String address) {
        assertThatThrownBy(() -> PlatformConfiguration.address(address))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("configuration_address_refused"));
    }

    @Test
    void what_is_no_json_object_is_refused() {
        for (var text : new String[] {
            "<!doctype html><title>Log in</title>",
            "",
            "[]",
            "7",
            "null",
            "{\"issuer\":",
            "[".repeat(100_000),
            "{\"a\":".repeat(40) + "1" + "}".repeat(40),
            "{\"issuer\":\"a\",\"issuer\":\"b\"}"
        }) {
            assertThatThrownBy(() ->
                            PlatformConfiguration.read(URI.create(LMS), text.getBytes(StandardCharsets.UTF_8), false))
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("configuration_unreadable"));
        }
    }

    @Test
    void an_lms_that_does_not_sign_with_rs256_is_refused() {
        var json = RegisteringLms.configuration(LMS, "moodle");
        json.putArray("id_token_signing_alg_values_supported").add("HS256").add("none");
        refused(LMS, json, "algorithm_unsupported", "RS256");
    }

    @Test
    void odd_types_of_what_is_optional_are_passed_over() {
        var json = RegisteringLms.configuration(LMS, "moodle");
        json.put("scopes_supported", 7).put("authorization_server", true);
        json.put(RegisteringLms.PLATFORM, "odd");
        var read = read(LMS, json);
        assertThat(read.product()).isEmpty();
        assertThat(read.messages()).isEmpty();
        assertThat(read.scopes()).isEmpty();
        var many = RegisteringLms.configuration(LMS, "x".repeat(300));
        var scopes = many.putArray("scopes_supported");
        for (int i = 0; i < 5_000; i++) {
            scopes.add("scope-" + i);
        }
        assertThat(read(LMS, many).scopes()).hasSize(500);
        assertThat(read(LMS, many).product()).hasSize(63);
    }

    @ParameterizedTest
    @CsvSource({
        "https://canvas.instructure.com, https://sso.canvaslms.com",
        "https://canvas.beta.instructure.com, https://sso.beta.canvaslms.com",
        "https://canvas.test.instructure.com, https://sso.test.canvaslms.com"
    })
    void canvas_s_cloud_signs_in_on_its_own_documented_host_and_registers_on_the_institution_s(
            String issuer, String sso) {
        var read = read(issuer, canvas(issuer, sso));
        assertThat(read.keySet()).isEqualTo(URI.create(sso + "/api/lti/security/jwks"));
        assertThat(read.tokenAudience()).isEqualTo(sso + "/login/oauth2/token");
        assertThat(read.registersAtIssuer()).isFalse();
        assertThat(read.name()).isEqualTo("Test University");
        assertThat(read.origins()).containsExactly(issuer, sso, "https://canvas.example.edu");
    }

    @Test
    void no_other_issuer_gets_canvas_s_hosts_and_canvas_s_issuer_no_others() {
        var mixed = canvas("https://canvas.instructure.com", "https://sso.beta.canvaslms.com");
        refused("https://canvas.instructure.com", mixed, "endpoint_elsewhere", "sso.beta.canvaslms.com");
        var evil = canvas("https://evil.example", "https://sso.canvaslms.com");
        refused("https://evil.example", evil, "endpoint_elsewhere", "sso.canvaslms.com");
        var keys = canvas("https://canvas.instructure.com", "https://sso.canvaslms.com");
        keys.put("jwks_uri", "https://evil.example/jwks");
        refused("https://canvas.instructure.com", keys, "endpoint_elsewhere", "jwks_uri");
        // The institution's host speaks for the cloud's issuer as little as any other.
        refused(
                "https://canvas.example.edu",
                canvas("https://canvas.instructure.com", "https://sso.canvaslms.com"),
                "issuer_elsewhere",
                "");
        // Under another product's name, Canvas's hosts are strangers.
        var disguised = canvas("https://canvas.instructure.com", "https://sso.canvaslms.com");
        ((ObjectNode) disguised.get(RegisteringLms.PLATFORM)).put("product_family_code", "moodle");
        refused("https://canvas.instructure.com", disguised, "endpoint_elsewhere", "");
    }

    @Test
    void brightspace_takes_tokens_elsewhere_under_a_fixed_audience_and_nothing_else() {
        var lms = "https://school.brightspace.com";
        var json = RegisteringLms.configuration(lms, "desire2learn");
        json.put("token_endpoint", "https://auth.brightspace.com/core/connect/token");
        assertThat(read(lms, json).tokenAudience()).isEqualTo("https://api.brightspace.com/auth/token");
        json.put("registration_endpoint", "https://other.brightspace.com/register");
        refused(lms, json, "endpoint_elsewhere", "registration_endpoint");
    }

    @Test
    void the_audience_that_an_lms_names_is_taken_where_it_is_an_address() {
        assertThat(read(LMS, with("authorization_server", "https://lms.example.edu/audience"))
                        .tokenAudience())
                .isEqualTo("https://lms.example.edu/audience");
        assertThat(read(LMS, with("authorization_server", "lms.example.edu")).tokenAudience())
                .isEqualTo(LMS + "/token");
    }

    @Test
    void a_product_is_known_by_each_of_its_names() {
        assertThat(List.of(
                        Product.of("Sakailms.org").name(), Product.of("sakai").name()))
                .containsOnly("sakai");
        assertThat(Product.of("D2L").name()).isEqualTo("brightspace");
        assertThat(Product.of("BlackboardLearn").name()).isEqualTo("blackboardlearn");
        assertThat(Product.of("").name()).isEmpty();
    }

    private static ObjectNode canvas(String issuer, String sso) {
        var json = RegisteringLms.configuration(issuer, "canvas")
                .put("authorization_endpoint", sso + "/api/lti/authorize_redirect")
                .put("token_endpoint", sso + "/login/oauth2/token")
                .put("jwks_uri", sso + "/api/lti/security/jwks")
                .put("registration_endpoint", "https://canvas.example.edu/api/lti/registrations")
                .put("authorization_server", sso.substring("https://".length()));
        ((ObjectNode) json.get(RegisteringLms.PLATFORM))
                .put("https://canvas.instructure.com/lti/account_name", "Test University");
        return json;
    }

    private static ObjectNode with(String member, String value) {
        return RegisteringLms.configuration(LMS, "moodle").put(member, value);
    }

    private static PlatformConfiguration read(String asked, ObjectNode json) {
        return PlatformConfiguration.read(
                URI.create(asked + "/openid-configuration"),
                Hostile.ascii(json).getBytes(StandardCharsets.UTF_8),
                false);
    }

    private static void refused(String asked, ObjectNode json, String code, String named) {
        assertThatThrownBy(() -> read(asked, json)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).contains(named);
        });
    }
}

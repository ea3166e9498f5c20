package org.cairn.openid;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cairn.OperatorId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.keys.PublicSigningKey;
import org.cairn.outbound.Outbound;
import org.cairn.people.Browser;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sign-in at the institution: what comes back is believed only where every check of OpenID Connect Core 3.1.3.7 holds. */
class OpenIdTest {

    private static final URI RETURN = URI.create("https://cairn.example.edu/admin/sign-in/return");

    private final SettableClock clock = new SettableClock();
    private final Institution institution = new Institution(clock);
    private final Database database = Databases.H2.open();
    private final Outbound outbound = new Outbound(true, "Cairn/test");
    private final Keys keys = new Keys(database, MasterKey.open(TestApp.folder().resolve("master.key")), clock);
    private final OpenId openId = new OpenId(institution.settings(), outbound, keys, RETURN, clock);
    private final Browser browser = Browser.fresh();

    @AfterEach
    void stop() {
        outbound.close();
        database.close();
        institution.close();
    }

    @Test
    void who_signed_in_comes_back_with_issuer_and_subject_and_the_code_was_protected() throws Exception {
        var link = OperatorId.fresh();
        var address = openId.begin(browser, link);
        assertThat(address.toString()).startsWith(institution.issuer() + "/authorize?tenant=1&");
        var asked = TestPlatform.query(address);
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("scope", "openid")
                .containsEntry("client_id", Institution.CLIENT)
                .containsEntry("redirect_uri", RETURN.toString())
                .containsEntry("code_challenge_method", "S256");
        institution.give(institution.sign(institution.claims("grace", asked.get("nonce"))));
        var person = openId.finish(Map.of("code", "c0de", "state", asked.get("state")), browser);
        assertThat(person.issuer()).isEqualTo(institution.issuer());
        assertThat(person.subject()).isEqualTo("grace");
        assertThat(person.link()).isEqualTo(link);
        assertThat(person.nonce()).isEqualTo(asked.get("nonce"));

        var sent =
                institution.wire.findAll(postRequestedFor(urlEqualTo("/token"))).getFirst();
        var form = TestPlatform.query(URI.create("http://x/?" + sent.getBodyAsString()));
        assertThat(form)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c0de")
                .containsEntry("redirect_uri", RETURN.toString())
                .doesNotContainKey("client_secret");
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                .isEqualTo(asked.get("code_challenge"));
        assertThat(sent.getHeader("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        "cairn-operators:the+client%27s+secret".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nothing_in_the_address_tells_the_verifier_or_the_browser() {
        var asked = TestPlatform.query(openId.begin(browser, null));
        assertThat(asked).doesNotContainKey("code_verifier");
        assertThat(asked.values())
                .noneMatch(value -> value.contains(browser.secret()) || value.contains(browser.hash()));
    }

    static Stream<Arguments> wrongTokens() {
        return Stream.of(
                wrong("nonce", claims -> claims.put("nonce", "another")),
                wrong("nonce", claims -> without(claims, "nonce")),
                wrong("issuer", claims -> claims.put("iss", "https://login.other.example")),
                wrong("audience", claims -> claims.put("aud", "another-client")),
                wrong("authorized_party", claims -> {
                    claims.putArray("aud").add(Institution.CLIENT).add("another-client");
                    return claims;
                }),
                wrong("authorized_party", claims -> claims.put("azp", "another-client")),
                wrong("expiry", claims -> claims.put("exp", SettableClock.START.getEpochSecond() - 60)),
                wrong("expiry", claims -> without(claims, "exp")),
                wrong("issued_at", claims -> claims.put("iat", SettableClock.START.getEpochSecond() + 61)),
                wrong("issued_at", claims -> claims.put("iat", SettableClock.START.getEpochSecond() - 661)),
                wrong("issued_at", claims -> without(claims, "iat")),
                wrong("subject", claims -> claims.put("sub", "")),
                wrong("subject", claims -> claims.put("sub", "x".repeat(256))));
    }

    @ParameterizedTest
    @MethodSource("wrongTokens")
    void a_token_that_says_something_else_is_refused(String check, Function<ObjectNode, ObjectNode> damage) {
        var asked = TestPlatform.query(openId.begin(browser, null));
        institution.give(institution.sign(damage.apply(institution.claims("grace", asked.get("nonce")))));
        refused(check, asked, browser);
    }

    @Test
    void a_token_of_several_audiences_that_names_us_as_the_authorized_party_is_taken() {
        var asked = TestPlatform.query(openId.begin(browser, null));
        var claims = institution.claims("grace", asked.get("nonce")).put("azp", Institution.CLIENT);
        claims.putArray("aud").add("another-client").add(Institution.CLIENT);
        institution.give(institution.sign(claims));
        assertThat(openId.finish(Map.of("code", "c", "state", asked.get("state")), browser)
                        .subject())
                .isEqualTo("grace");
    }

    @Test
    void a_token_that_nobody_or_somebody_else_signed_is_refused() {
        var asked = TestPlatform.query(openId.begin(browser, null));
        var claims = institution.claims("grace", asked.get("nonce"));
        var good = institution.sign(claims);
        byte[] known = institution.keys.getPublic().getEncoded();
        var wrong = new HashMap<String, String>();
        wrong.put(Institution.joined(Institution.header("none", "key-1"), claims, Algorithm.none()), "algorithm");
        wrong.put(
                Institution.joined(Institution.header("HS256", "key-1"), claims, Algorithm.HMAC256(known)),
                "algorithm");
        wrong.put(TestPlatform.sign(Institution.header("RS256", "key-1"), claims, TestPlatform.keyPair()), "signature");
        wrong.put(TestPlatform.sign(Institution.header("RS256", "key-2"), claims, institution.keys), "key");
        wrong.put(good.replaceFirst("\\.[^.]+\\.", ".e30."), "signature");
        wrong.put("no token", "form");
        wrong.put("", "form");
        wrong.put("x".repeat(64 * 1024 + 1), "size");
        // Without a signature a token is refused for that, whatever its algorithm says.
        wrong.put(good.substring(0, good.lastIndexOf('.') + 1), "signature");
        wrong.forEach((token, check) -> {
            institution.give(token);
            refused(check, asked, browser);
        });
    }

    @Test
    void es256_is_taken_and_a_key_signs_only_by_its_own_algorithm() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        var jwk = TestPlatform.JSON.valueToTree(
                new PublicSigningKey("ec-1", KeyAlgorithm.ES256, (ECPublicKey) pair.getPublic()).jwk());
        var set = TestPlatform.JSON.createObjectNode();
        set.putArray("keys").add(jwk);
        institution.wire.stubFor(get("/keys").willReturn(okJson(set.toString())));
        var asked = TestPlatform.query(openId.begin(browser, null));
        var claims = institution.claims("grace", asked.get("nonce"));
        institution.give(Institution.signEc(claims, pair, "ec-1"));
        assertThat(openId.finish(Map.of("code", "c", "state", asked.get("state")), browser)
                        .subject())
                .isEqualTo("grace");
        institution.give(
                Institution.joined(Institution.header("RS256", "ec-1"), claims, Institution.rsa(institution.keys)));
        refused("algorithm", asked, browser);
    }

    @Test
    void what_another_browser_began_or_nobody_or_long_ago_is_refused_before_the_code_is_sent() {
        var asked = TestPlatform.query(openId.begin(browser, null));
        institution.give(institution.sign(institution.claims("grace", asked.get("nonce"))));
        refused("state", asked, Browser.fresh());
        refused("state", Map.of("state", asked.get("state") + "x"), browser);
        refused("state", Map.of(), browser);
        var mixed = new HashMap<>(asked);
        mixed.put("iss", "https://login.other.example");
        refused("answer_issuer", mixed, browser);
        assertThatThrownBy(() -> openId.finish(Map.of("state", asked.get("state"), "error", "access_denied"), browser))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::detail)
                .isEqualTo("code");
        clock.advance(OpenId.LIFE);
        refused("state", asked, browser);
        institution.wire.verify(0, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void a_code_that_the_institution_refuses_signs_nobody_in() {
        var asked = TestPlatform.query(openId.begin(browser, null));
        institution.refuse();
        refused("token_status_400", asked, browser);
    }

    @Test
    void a_description_of_another_issuer_or_with_a_weaker_address_is_not_believed() {
        for (var description : List.of(
                institution.description("https://login.other.example"),
                institution.description(institution.issuer()).put("token_endpoint", "ftp://127.0.0.1/token"),
                institution.description(institution.issuer()).put("jwks_uri", "not an address"))) {
            institution.wire.stubFor(
                    get("/.well-known/openid-configuration").willReturn(okJson(description.toString())));
            assertThatThrownBy(() -> openId.begin(browser, null))
                    .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                    .extracting(Problem::code)
                    .isEqualTo("openid_provider_unreadable");
        }
    }

    @Test
    void unknown_key_ids_make_the_institution_be_asked_at_most_once_a_minute() {
        var asked = TestPlatform.query(openId.begin(browser, null));
        var claims = institution.claims("grace", asked.get("nonce"));
        institution.give(TestPlatform.sign(Institution.header("RS256", "key-2"), claims, institution.keys));
        for (int i = 0; i < 5; i++) {
            refused("key", asked, browser);
        }
        institution.wire.verify(1, getRequestedFor(urlEqualTo("/keys")));
        clock.advance(Duration.ofSeconds(61));
        institution.wire.stubFor(get("/keys").willReturn(okJson(TestPlatform.jwks(institution.keys, "key-2"))));
        assertThat(openId.finish(Map.of("code", "c", "state", asked.get("state")), browser)
                        .subject())
                .isEqualTo("grace");
        institution.wire.verify(
                2, getRequestedFor(urlEqualTo("/keys")).withHeader("Accept", equalTo("application/json")));
    }

    @Test
    void settings_without_a_client_or_with_half_an_address_are_refused_and_tell_no_secret() {
        assertThat(OpenIdSettings.of(null, null, null)).isNull();
        assertThat(institution.settings().toString()).doesNotContain("secret");
        assertThatThrownBy(() -> OpenIdSettings.of("https://login.example.edu", null, null))
                .hasMessageContaining("--oidc-client-id");
        assertThatThrownBy(() -> OpenIdSettings.of("login", "client", null)).hasMessageContaining("--oidc-issuer");
    }

    private void refused(String check, Map<String, String> asked, Browser from) {
        var answer = new HashMap<String, String>();
        answer.put("code", "c0de");
        asked.forEach((name, value) -> {
            if (name.equals("state") || name.equals("iss")) {
                answer.put(name, value);
            }
        });
        assertThatThrownBy(() -> openId.finish(answer, from))
                .as(check)
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
                    assertThat(problem.detail()).isEqualTo(check);
                });
    }

    private static Arguments wrong(String check, Function<ObjectNode, ObjectNode> damage) {
        return Arguments.of(check, damage);
    }

    private static ObjectNode without(ObjectNode claims, String name) {
        claims.remove(name);
        return claims;
    }
}

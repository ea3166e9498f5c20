package org.cairn.lti;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cairn.PlatformId;
import org.cairn.SessionId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import uk.ac.ox.ctl.lti13.security.oauth2.client.lti.authentication.OidcLaunchFlowAuthenticationProvider;
import uk.ac.ox.ctl.lti13.security.oauth2.client.lti.authentication.OidcLaunchFlowToken;
import uk.ac.ox.ctl.lti13.security.oauth2.client.lti.web.LTIAuthorizationGrantType;
import uk.ac.ox.ctl.lti13.security.oauth2.core.endpoint.OIDCLaunchFlowExchange;
import uk.ac.ox.ctl.lti13.security.oauth2.core.endpoint.OIDCLaunchFlowResponse;

/**
 * All checks of an id_token, without a database: ours; the library spring-security-lti13, with the LTI checks that it leaves to its user
 * added; and the floor, which is the bare signature check and one JSON parse. The token is of 3.5 KB, as a Moodle with every service
 * sends.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenBenchmark {

    private static final String TOOL = "https://cairn.example.edu";
    private static final String ISSUER = "https://lms.example.edu";
    private static final String NONCE = "bm9uY2Utbm9uY2Utbm9uY2Utbm9uY2Utbm9uY2Utbm9uY2U";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Instant now = Instant.now();
    private final KeyPair keys = keys();
    private final String token = token();
    private final Platform platform = platform();
    private final LoginState state =
            new LoginState(platform.id(), SessionId.fresh(), "0".repeat(64), NONCE, null, false, now.plusSeconds(600));
    private final Optional<PublicKey> key = Optional.of(keys.getPublic());

    private HttpServer lms;
    private OidcLaunchFlowAuthenticationProvider provider;
    private OidcLaunchFlowToken spring;

    @Setup
    public void setup() throws IOException {
        lms = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        lms.createContext("/jwks", exchange -> {
            byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        lms.start();
        provider = new OidcLaunchFlowAuthenticationProvider();
        var registration = ClientRegistration.withRegistrationId("lms")
                .clientId("client")
                .authorizationGrantType(LTIAuthorizationGrantType.IMPLICIT)
                .redirectUri(TOOL + "/lti/launch")
                .scope("openid")
                .authorizationUri(ISSUER + "/auth")
                .tokenUri(ISSUER + "/token")
                .issuerUri(ISSUER)
                .jwkSetUri("http://127.0.0.1:" + lms.getAddress().getPort() + "/jwks")
                .build();
        var request = OAuth2AuthorizationRequest.authorizationCode()
                .clientId("client")
                .authorizationUri(ISSUER + "/auth")
                .redirectUri(TOOL + "/lti/launch")
                .scope("openid")
                .state("state")
                .attributes(Map.of("nonce", NONCE))
                .build();
        var response = OIDCLaunchFlowResponse.success(token).state("state").build();
        spring = new OidcLaunchFlowToken(registration, new OIDCLaunchFlowExchange(request, response));
    }

    @TearDown
    public void stop() {
        lms.stop(0);
    }

    @Benchmark
    public Object floor_signature_and_json() throws GeneralSecurityException, IOException {
        int payload = token.indexOf('.') + 1;
        int signature = token.lastIndexOf('.') + 1;
        var check = Signature.getInstance("SHA256withRSA");
        check.initVerify(keys.getPublic());
        check.update(token.substring(0, signature - 1).getBytes(StandardCharsets.US_ASCII));
        if (!check.verify(Base64.getUrlDecoder().decode(token.substring(signature)))) {
            throw new IllegalStateException("The signature is wrong.");
        }
        return JSON.readTree(Base64.getUrlDecoder().decode(token.substring(payload, signature - 1)));
    }

    @Benchmark
    public Object cairn() {
        var claims = IdToken.read(token, platform, kid -> kid.equals("key") ? key : Optional.empty(), now);
        IdToken.check(claims.text("nonce").equals(state.nonce()), Refusal.NONCE_WRONG);
        return new LaunchReading(claims, platform, state, URI.create(TOOL), consumer -> Optional.empty(), now).launch();
    }

    @Benchmark
    public Object spring_security_lti13() {
        var user = ((OidcLaunchFlowToken) provider.authenticate(spring)).getPrincipal();
        check(NONCE.equals(user.getClaimAsString("nonce")));
        check("1.3.0".equals(lti(user, "version")));
        check("LtiResourceLinkRequest".equals(lti(user, "message_type")));
        check(lti(user, "deployment_id") instanceof String deployment && deployment.length() <= 255);
        check(lti(user, "target_link_uri") instanceof String target && TOOL.equals(origin(target)));
        check(lti(user, "resource_link") instanceof Map<?, ?> link && link.get("id") instanceof String);
        check(lti(user, "roles") instanceof List<?>);
        check(user.getSubject() != null && user.getSubject().length() <= 255);
        return user;
    }

    private static Object lti(OidcUser user, String claim) {
        return user.getClaim("https://purl.imsglobal.org/spec/lti/claim/" + claim);
    }

    private static String origin(String target) {
        var uri = URI.create(target);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("A check did not hold.");
        }
    }

    private static Platform platform() {
        return new Platform(
                PlatformId.fresh(),
                ISSUER,
                "client",
                "LMS",
                "moodle",
                URI.create(ISSUER + "/auth"),
                URI.create(ISSUER + "/token"),
                ISSUER + "/token",
                URI.create(ISSUER + "/jwks"),
                "RS256",
                List.of(ISSUER),
                false);
    }

    private String token() {
        var lti = "https://purl.imsglobal.org/spec/lti/claim/";
        var scope = "https://purl.imsglobal.org/spec/lti-ags/scope/";
        var roles = "http://purl.imsglobal.org/vocab/lis/v2/";
        return JWT.create()
                .withKeyId("key")
                .withIssuer(ISSUER)
                .withAudience("client")
                .withSubject("4711")
                .withIssuedAt(now)
                .withExpiresAt(now.plusSeconds(3_600))
                .withClaim("nonce", NONCE)
                .withClaim("name", "Ada Lovelace")
                .withClaim("given_name", "Ada")
                .withClaim("family_name", "Lovelace")
                .withClaim("email", "ada@example.edu")
                .withClaim(lti + "version", "1.3.0")
                .withClaim(lti + "message_type", "LtiResourceLinkRequest")
                .withClaim(lti + "deployment_id", "1")
                .withClaim(lti + "target_link_uri", TOOL + "/lti/launch")
                .withClaim(lti + "resource_link", Map.of("id", "7", "title", "Your credentials", "description", ""))
                .withClaim(
                        lti + "context",
                        Map.of("id", "2", "label", "RAI", "title", "Responsible AI", "type", List.of("CourseSection")))
                .withClaim(lti + "roles", List.of(roles + "membership#Learner", roles + "institution/person#Student"))
                .withClaim(
                        lti + "tool_platform",
                        Map.of("guid", "lms", "name", "LMS", "product_family_code", "moodle", "version", "2024100706"))
                .withClaim(
                        lti + "launch_presentation",
                        Map.of(
                                "locale",
                                "en",
                                "document_target",
                                "iframe",
                                "return_url",
                                ISSUER + "/mod/lti/return.php"))
                .withClaim(
                        lti + "custom",
                        Map.of(
                                "context_memberships_url", ISSUER + "/mod/lti/services.php/2/memberships",
                                "cairn_tenant", "0190f3f2-5b7c-7b11-8d3f-6f2f5f4f3f2f",
                                "cairn_achievement", "bias-in-models",
                                "context_history", "1"))
                .withClaim(
                        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
                        Map.of(
                                "scope",
                                List.of(scope + "lineitem", scope + "result.readonly", scope + "score"),
                                "lineitems",
                                ISSUER + "/mod/lti/services.php/2/lineitems?type_id=1"))
                .withClaim(
                        "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
                        Map.of(
                                "context_memberships_url",
                                ISSUER + "/mod/lti/services.php/2/memberships",
                                "service_versions",
                                List.of("1.0", "2.0")))
                .sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
    }

    private String jwks() {
        var rsa = (RSAPublicKey) keys.getPublic();
        var base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] modulus = rsa.getModulus().toByteArray();
        JsonNode json = JSON.createObjectNode()
                .set(
                        "keys",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("kty", "RSA")
                                        .put("alg", "RS256")
                                        .put("use", "sig")
                                        .put("kid", "key")
                                        .put(
                                                "n",
                                                base64.encodeToString(Arrays.copyOfRange(
                                                        modulus, modulus.length - 256, modulus.length)))
                                        .put(
                                                "e",
                                                base64.encodeToString(
                                                        rsa.getPublicExponent().toByteArray()))));
        return json.toString();
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.cairn.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cairn.PlatformId;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.Arrival;
import org.cairn.lti.KeySets;
import org.cairn.lti.Launches;
import org.cairn.lti.Login;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.outbound.Outbound;
import org.cairn.people.Browser;
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.cairn.people.TenantStore;

/** An LMS at the edge: WireMock answers for it, and a key of the test's signs for it. */
public final class TestPlatform implements AutoCloseable {

    public static final String TOOL = "http://localhost:9080";
    public static final ObjectMapper JSON = new ObjectMapper();

    public final WireMockServer wire =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    public final KeyPair keys = keyPair();
    public final SettableClock clock = new SettableClock();
    public final Database database;
    public final Outbound outbound = new Outbound(true, "Cairn/test");
    public final Platform platform;
    public final Login login;
    public final Launches launches;
    public final KeySets keySets;

    /** Cairn's own keys; {@link #keys} are the LMS's. */
    public final Keys own;

    private final MasterKey masterKey;

    public TestPlatform(Database database, String issuer, String clientId, String deployment) {
        this.database = database;
        wire.start();
        serveKeys();
        var now = clock.instant();
        this.platform = database.inTransaction(db -> {
            var saved = PlatformStore.save(db, describe(issuer, clientId), now);
            var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), now);
            PlatformStore.deploy(db, tenant.id(), saved.id(), deployment, now);
            return saved;
        });
        this.masterKey = MasterKey.open(TestApp.folder().resolve("master.key"));
        this.own = new Keys(database, masterKey, clock);
        this.keySets = new KeySets(database, outbound, clock);
        this.login = new Login(database, own, URI.create(TOOL + "/lti/launch"), clock);
        this.launches = new Launches(database, own, keySets, URI.create(TOOL), clock);
    }

    /** The launches of another node, above the same database and with the same master key, and nothing else in common. */
    public Launches onAnotherNode(Database itsOwnPool) {
        return new Launches(
                itsOwnPool,
                new Keys(itsOwnPool, masterKey, clock),
                new KeySets(itsOwnPool, outbound, clock),
                URI.create(TOOL),
                clock);
    }

    private Platform describe(String issuer, String clientId) {
        return new Platform(
                PlatformId.fresh(),
                issuer,
                clientId,
                "LMS",
                "moodle",
                URI.create(wire.baseUrl() + "/auth"),
                URI.create(wire.baseUrl() + "/token"),
                wire.baseUrl() + "/token",
                URI.create(wire.baseUrl() + "/jwks"),
                "RS256",
                List.of(wire.baseUrl()),
                false);
    }

    public void serveKeys() {
        wire.stubFor(get("/jwks").willReturn(okJson(jwks(keys, "key-1"))));
    }

    /** A login of this browser: state and nonce, as the LMS gets them. */
    public Map<String, String> begin(Browser browser) {
        var target = login.begin(
                        Map.of(
                                "iss",
                                platform.issuer(),
                                "client_id",
                                platform.clientId(),
                                "login_hint",
                                "4",
                                "target_link_uri",
                                TOOL + "/lti/launch"),
                        null,
                        browser,
                        false)
                .authorization();
        return query(target);
    }

    /** What the LMS posts for a plain launch, but for this change, once this browser has begun a login. */
    public Map<String, String> form(Browser browser, Consumer<ObjectNode> change) {
        var begun = begin(browser);
        var claims = claims(begun.get("nonce"));
        change.accept(claims);
        return Map.of("state", begun.get("state"), "id_token", sign(claims));
    }

    /** Whom an arrival signed in. */
    public Session session(Browser browser, Arrival.AtPlacement arrival) {
        return database.inTransaction(db -> SessionStore.find(
                        db, arrival.session(), browser, arrival.placement().id(), clock.instant()))
                .orElseThrow();
    }

    /** The query of an address, decoded. */
    public static Map<String, String> query(URI address) {
        var query = new HashMap<String, String>();
        for (var pair : address.getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** A plain launch of a learner that every check accepts, for this nonce. */
    public ObjectNode claims(String nonce) {
        long now = clock.instant().getEpochSecond();
        var claims = JSON.createObjectNode();
        claims.put("iss", platform.issuer())
                .put("aud", platform.clientId())
                .put("sub", "4")
                .put("nonce", nonce);
        claims.put("iat", now).put("exp", now + 60).put("name", "Ada Lovelace");
        claims.put(lti("version"), "1.3.0").put(lti("message_type"), "LtiResourceLinkRequest");
        claims.put(lti("deployment_id"), "1").put(lti("target_link_uri"), TOOL + "/launch?badge=1");
        claims.putObject(lti("resource_link")).put("id", "7");
        claims.putObject(lti("context")).put("id", "2").put("title", "Course");
        claims.putArray(lti("roles")).add("http://purl.imsglobal.org/vocab/lis/v2/membership#Learner");
        return claims;
    }

    public static String lti(String claim) {
        return "https://purl.imsglobal.org/spec/lti/claim/" + claim;
    }

    public String sign(ObjectNode claims) {
        return sign(
                JSON.createObjectNode().put("typ", "JWT").put("alg", "RS256").put("kid", "key-1"), claims, keys);
    }

    /** The same of a payload as it stands. */
    public String sign(String payload) {
        return sign("{\"alg\":\"RS256\",\"kid\":\"key-1\"}", payload, keys);
    }

    public static String sign(ObjectNode header, ObjectNode claims, KeyPair keys) {
        return sign(header.toString(), claims.toString(), keys);
    }

    /** Signs what need not be JSON. */
    public static String sign(String header, String payload, KeyPair keys) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] head = base64.encode(header.getBytes(StandardCharsets.UTF_8));
        byte[] body = base64.encode(payload.getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()).sign(head, body);
        return new String(head, StandardCharsets.US_ASCII) + "." + new String(body, StandardCharsets.US_ASCII) + "."
                + base64.encodeToString(signature);
    }

    public static String jwks(KeyPair keys, String kid) {
        var key = (RSAPublicKey) keys.getPublic();
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var json = JSON.createObjectNode();
        json.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", kid)
                .put("n", base64.encodeToString(unsigned(key.getModulus().toByteArray())))
                .put("e", base64.encodeToString(unsigned(key.getPublicExponent().toByteArray())));
        return json.toString();
    }

    public static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(byte[] bytes) {
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    @Override
    public void close() {
        wire.stop();
        outbound.close();
        database.close();
    }
}

package org.cairn.bench;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cairn.lti.Launches;
import org.cairn.lti.Login;
import org.cairn.lti.ResourceLaunch;
import org.cairn.outbound.Outbound;
import org.cairn.people.Browser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole launch: login begun, id_token checked, account, course, placement, member and session written. Each is signed by the LMS within
 * the measurement, in the floor as well: an RSA signature, which costs about as much as all the rest. The floor then checks that signature
 * and commits one row.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(2)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 5, time = 4)
public class LaunchBenchmark {

    private static final String TOOL = "https://cairn.example.edu";
    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    @Param({"h2", "postgres"})
    String database;

    private final KeyPair keys = keys();
    private final AtomicLong next = new AtomicLong();
    private HttpServer lms;
    private Bench bench;
    private Login login;
    private Launches launches;

    @Setup
    public void setup() throws IOException, SQLException {
        lms = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        lms.createContext("/jwks", exchange -> {
            byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        lms.start();
        bench = new Bench(
                database, URI.create("http://127.0.0.1:" + lms.getAddress().getPort() + "/jwks"));
        login = new Login(bench.database, URI.create(TOOL + "/lti/launch"), bench.clock);
        launches = new Launches(bench.database, new Outbound(true, "Cairn/bench"), URI.create(TOOL), bench.clock);
        try (var connection = bench.database.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table floor (id bigint primary key, text varchar(200) not null)");
            connection.commit();
        }
    }

    @TearDown
    public void stop() throws IOException {
        bench.close();
        lms.stop(0);
    }

    @Benchmark
    public Object launch() {
        var browser = Browser.fresh();
        var target = login.begin(
                Map.of(
                        "iss",
                        bench.platform.issuer(),
                        "client_id",
                        "client",
                        "login_hint",
                        "1",
                        "target_link_uri",
                        TOOL),
                browser);
        var token = token("learner-" + next.getAndIncrement() % 40_000, parameter(target, "nonce"));
        var accepted = launches.accept(Map.of("state", parameter(target, "state"), "id_token", token), browser);
        return launches.enter((ResourceLaunch) accepted, browser);
    }

    @Benchmark
    public Object floor_signature_check_and_one_committed_row() throws SQLException {
        long number = next.getAndIncrement();
        var token = token("learner-" + number % 40_000, "nonce");
        var verified = JWT.require(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), null))
                .build()
                .verify(token);
        try (var connection = bench.database.source().getConnection();
                var statement = connection.prepareStatement("insert into floor values (?, ?)")) {
            statement.setLong(1, number);
            statement.setString(2, verified.getSubject());
            statement.execute();
            connection.commit();
        }
        return verified;
    }

    private String token(String sub, String nonce) {
        return JWT.create()
                .withKeyId("key")
                .withIssuer(bench.platform.issuer())
                .withAudience("client")
                .withSubject(sub)
                .withIssuedAt(bench.clock.instant())
                .withExpiresAt(bench.clock.instant().plusSeconds(60))
                .withClaim("nonce", nonce)
                .withClaim(LTI + "version", "1.3.0")
                .withClaim(LTI + "message_type", "LtiResourceLinkRequest")
                .withClaim(LTI + "deployment_id", "1")
                .withClaim(LTI + "target_link_uri", TOOL + "/lti/launch")
                .withClaim(LTI + "resource_link", Map.of("id", "7"))
                .withClaim(LTI + "context", Map.of("id", "course", "title", "Course"))
                .withClaim(LTI + "roles", List.of("http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"))
                .sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
    }

    private String jwks() {
        var key = (RSAPublicKey) keys.getPublic();
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var json = new ObjectMapper().createObjectNode();
        json.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", "key")
                .put("n", base64.encodeToString(key.getModulus().toByteArray()))
                .put("e", base64.encodeToString(key.getPublicExponent().toByteArray()));
        return json.toString();
    }

    private static String parameter(URI target, String name) {
        for (var pair : target.getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new IllegalStateException("No " + name);
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

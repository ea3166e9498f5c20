package org.cairn.bench;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cairn.people.Browser;

/**
 * An LMS and its learners, in a process of their own. Each round posts so many tokens to the floor, begins as many logins at Cairn, and
 * posts as many launches; tokens are signed between, where no time is taken. A whole launch takes a login and a launch.
 */
public final class Crowd {

    private static final int ROUNDS = 40;
    private static final int WARMUP = 20;
    private static final int LAUNCHES = 2_000;
    private static final int LEARNERS = 2_000;
    private static final int COURSES = 40;
    private static final int CONNECTIONS = 8;
    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private final KeyPair keys;
    private final String lms;
    private final int port;
    private final int floorPort;
    private final List<Browser> browsers =
            IntStream.range(0, LEARNERS).mapToObj(i -> Browser.fresh()).toList();

    private Crowd(KeyPair keys, String lms, int port, int floorPort) {
        this.keys = keys;
        this.lms = lms;
        this.port = port;
        this.floorPort = floorPort;
    }

    /** Folder of the keys, port of the LMS, of Cairn, of the floor. */
    public static void main(String[] arguments) throws Exception {
        int lmsPort = Integer.parseInt(arguments[1]);
        var crowd = new Crowd(
                read(Path.of(arguments[0])),
                "http://127.0.0.1:" + lmsPort,
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", lmsPort), 0);
        server.createContext("/jwks", exchange -> {
            byte[] body = crowd.jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        crowd.run();
        System.exit(0);
    }

    private void run() throws Exception {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            var floorTokens = each(i -> token(i, "nonce"));
            double floor = rate(floorPort, i -> post("/floor", i, "id_token=" + floorTokens.get(i)), null);
            var answers = new String[LAUNCHES];
            double login = rate(port, i -> post("/lti/login", i, initiation(i)), answers);
            var forms = each(i -> "state=" + encoded(parameter(answers[i], "state")) + "&id_token="
                    + token(i, parameter(answers[i], "nonce")));
            double launch = rate(port, i -> post("/lti/launch", i, forms.get(i)), null);
            double whole = 1 / (1 / login + 1 / launch);
            System.out.printf(
                    "%s floor %6.0f/s   login %6.0f/s   launch %6.0f/s   whole launch %6.0f/s   of the floor %.2f (the launch alone %.2f)%n",
                    round < WARMUP ? "(warm-up)" : "         ",
                    floor,
                    login,
                    launch,
                    whole,
                    whole / floor,
                    launch / floor);
            if (round >= WARMUP) {
                ratios.add(whole / floor);
            }
        }
        ratios.sort(null);
        System.out.printf(
                "whole launches, of the floor: median %.2f (%.2f to %.2f)%n",
                ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.getLast());
    }

    private interface Request {
        byte[] of(int number);
    }

    /** Sends them all over a few connections; returns how many a second. Where {@code locations} is given, keeps where each answer leads. */
    private static double rate(int port, Request request, String[] locations) throws Exception {
        var next = new AtomicInteger();
        var work = new ArrayList<Callable<Void>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            work.add(() -> {
                try (var socket = new Socket("127.0.0.1", port)) {
                    socket.setTcpNoDelay(true);
                    var in = new BufferedInputStream(socket.getInputStream());
                    for (int number = next.getAndIncrement(); number < LAUNCHES; number = next.getAndIncrement()) {
                        socket.getOutputStream().write(request.of(number));
                        var location = answer(in);
                        if (locations != null) {
                            locations[number] = location;
                        }
                    }
                    return null;
                }
            });
        }
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            long began = System.nanoTime();
            for (var one : threads.invokeAll(work)) {
                one.get();
            }
            return LAUNCHES * 1e9 / (System.nanoTime() - began);
        }
    }

    /** Reads one answer, which has to be a redirect without an error; returns where it leads. */
    private static String answer(InputStream in) throws IOException {
        var status = line(in);
        var location = "";
        int length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("location:")) {
                location = line.substring(9).strip();
            } else if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        if (!status.contains(" 30")) {
            throw new IOException("Not accepted: " + status);
        }
        return location;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection ended.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private byte[] post(String path, int number, String form) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nOrigin: " + lms + "\r\nCookie: cairn="
                        + browsers.get(number % LEARNERS).secret()
                        + "\r\nAccept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String initiation(int number) {
        return "iss=" + encoded("https://lms.example.edu") + "&client_id=client&login_hint=" + number % LEARNERS
                + "&lti_message_hint=1&lti_deployment_id=1&target_link_uri="
                + encoded("http://localhost:" + port + "/lti/launch");
    }

    private String token(int number, String nonce) {
        int learner = number % LEARNERS;
        var now = Instant.now();
        var token = JWT.create()
                .withKeyId("key")
                .withIssuer("https://lms.example.edu")
                .withAudience("client")
                .withSubject(String.valueOf(learner))
                .withIssuedAt(now)
                .withExpiresAt(now.plusSeconds(60))
                .withClaim("nonce", nonce)
                .withClaim("name", "Learner " + learner)
                .withClaim(LTI + "version", "1.3.0")
                .withClaim(LTI + "message_type", "LtiResourceLinkRequest")
                .withClaim(LTI + "deployment_id", "1")
                .withClaim(LTI + "target_link_uri", "http://localhost:" + port + "/lti/launch")
                .withClaim(
                        LTI + "resource_link", Map.of("id", "link-" + learner % COURSES, "title", "Your credentials"))
                .withClaim(LTI + "context", Map.of("id", "course-" + learner % COURSES, "title", "Course"))
                .withClaim(LTI + "roles", List.of("http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"));
        return token.sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
    }

    private static List<String> each(java.util.function.IntFunction<String> make) {
        return IntStream.range(0, LAUNCHES).parallel().mapToObj(make).toList();
    }

    private String jwks() {
        var key = (RSAPublicKey) keys.getPublic();
        var base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] modulus = key.getModulus().toByteArray();
        var json = new ObjectMapper().createObjectNode();
        json.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", "key")
                .put("n", base64.encodeToString(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length)))
                .put("e", base64.encodeToString(key.getPublicExponent().toByteArray()));
        return json.toString();
    }

    private static String parameter(String location, String name) {
        for (var pair : location.substring(location.indexOf('?') + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new IllegalStateException("No " + name + " in " + location);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Makes the LMS's keys and leaves them in the folder. */
    static KeyPair keys(Path folder) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        Files.write(folder.resolve("lms.public"), keys.getPublic().getEncoded());
        Files.write(folder.resolve("lms.private"), keys.getPrivate().getEncoded());
        return keys;
    }

    private static KeyPair read(Path folder) throws IOException, GeneralSecurityException {
        var factory = KeyFactory.getInstance("RSA");
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(folder.resolve("lms.public")))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve("lms.private")))));
    }
}

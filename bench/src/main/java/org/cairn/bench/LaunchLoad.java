package org.cairn.bench;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cairn.Cairn;
import org.cairn.Config;
import org.cairn.catalog.IssuerSettings;
import org.cairn.db.Database;

/**
 * Whole launches over HTTP, from a second process ({@link Crowd}), beside a floor on the same HTTP server and the same database: the
 * signature is checked and one row is committed.
 */
public final class LaunchLoad {

    private static final String ISSUER = "https://lms.example.edu";

    private LaunchLoad() {}

    /** On {@code h2} and {@code postgres}, or on the one that is named. */
    public static void main(String[] arguments) throws Exception {
        for (var kind : arguments.length == 0 ? List.of("h2", "postgres") : List.of(arguments)) {
            System.out.println("Launches over HTTP, " + kind);
            run(kind);
        }
        System.exit(0);
    }

    private static void run(String kind) throws Exception {
        var folder = Temporary.folder();
        var keys = Crowd.keys(folder);
        int lmsPort = Crowd.freePort();
        int port = Crowd.freePort();
        var postgres = kind.equals("postgres") ? Bench.server() : null;
        var config =
                config(folder, port, lmsPort, postgres == null ? null : postgres.getJdbcUrl("postgres", "postgres"));
        try (var cairn = Cairn.start(config, Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)))) {
            var floor = floor(cairn.database(), (RSAPublicKey) keys.getPublic());
            int floorPort = floor.start("127.0.0.1", 0).port();
            var crowd = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Crowd.class.getName(),
                            folder.toString(),
                            String.valueOf(lmsPort),
                            String.valueOf(port),
                            String.valueOf(floorPort))
                    .inheritIO()
                    .start();
            // Tables that grew this minute: an autovacuum comes by once a minute, and until then plans are those of
            // empty tables.
            while (!crowd.waitFor(10, TimeUnit.SECONDS)) {
                Bench.analyze(cairn.database());
            }
            int code = crowd.exitValue();
            floor.stop();
            if (code != 0) {
                throw new IllegalStateException("The crowd failed.");
            }
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    private static Javalin floor(Database database, RSAPublicKey key) throws SQLException {
        try (var connection = database.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table floor (id bigint primary key, text varchar(200) not null)");
            connection.commit();
        }
        var verifier = JWT.require(Algorithm.RSA256(key, null)).build();
        var next = new AtomicLong();
        return Javalin.create(javalin -> {
            javalin.concurrency.useVirtualThreads = true;
            javalin.startup.showJavalinBanner = false;
            javalin.routes.post("/floor", context -> {
                var token = verifier.verify(context.formParam("id_token"));
                commit(database, next.getAndIncrement(), token, context);
            });
        });
    }

    private static void commit(Database database, long number, DecodedJWT token, Context context) throws SQLException {
        try (var connection = database.source().getConnection();
                var statement = connection.prepareStatement("insert into floor values (?, ?)")) {
            statement.setLong(1, number);
            statement.setString(2, token.getSubject());
            statement.execute();
            connection.commit();
        }
        context.redirect("/", HttpStatus.SEE_OTHER);
    }

    private static Config config(Path folder, int port, int lmsPort, String databaseUrl) throws IOException {
        var platforms = Files.createDirectories(folder.resolve("config/platforms"));
        var lms = "http://127.0.0.1:" + lmsPort;
        Files.writeString(platforms.resolve("lms.json"), """
                {
                  "tenant": { "slug": "here", "name": "Here", "timeZone": "Europe/Vienna" },
                  "name": "LMS", "product": "moodle", "issuer": "%s", "clientId": "client",
                  "authorizationEndpoint": "%s/auth", "tokenEndpoint": "%s/token", "keySet": "%s/jwks",
                  "frameOrigins": ["%s"], "deployments": ["1"]
                }
                """.formatted(ISSUER, lms, lms, lms, lms));
        return new Config(
                URI.create("http://localhost:" + port),
                List.of(),
                "127.0.0.1",
                port,
                false,
                folder,
                folder.resolve("config"),
                databaseUrl,
                databaseUrl == null ? null : "postgres",
                databaseUrl == null ? null : "postgres",
                folder.resolve("master.key"),
                null,
                new IssuerSettings("Here", null, null, null),
                true,
                Duration.ofHours(1),
                Duration.ofDays(90),
                null,
                false);
    }
}

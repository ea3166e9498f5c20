package org.cairn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.cairn.catalog.IssuerSettings;
import org.cairn.evidence.GradeKeyStore;
import org.cairn.lti.PlatformStore;
import org.cairn.sandbox.Sandbox;
import org.cairn.sandbox.Tool;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cairn with a small LMS beside it, on two host names, so that the frame in the course page is truly another site's. */
@Command(
        name = "demo",
        description = "Runs Cairn and a small LMS with a course to try it in.",
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {

    public static final String CLIENT = "cairn-demo";
    public static final String DEPLOYMENT = "1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "cairn-demo",
            description = "Default: ${DEFAULT-VALUE}.")
    Path data = Path.of("cairn-demo");

    @Option(names = "--port", defaultValue = "8080", description = "Cairn's port (default: ${DEFAULT-VALUE}).")
    int port = 8080;

    @Option(names = "--lms-port", defaultValue = "8081", description = "The LMS's port (default: ${DEFAULT-VALUE}).")
    int lmsPort = 8081;

    /** Both, running. */
    public record Running(Cairn cairn, Sandbox sandbox, String url) implements AutoCloseable {

        @Override
        public void close() {
            sandbox.close();
            cairn.close();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var running = start(data, port, lmsPort, null, Duration.ofSeconds(15));
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        running.sandbox().sendAll();
        System.out.println("""

                The LMS:   %s    log in as Grace Hopper (teacher), Ada Lovelace or Alan Turing (learners)
                Cairn:     %s

                1. As Ada, open the course and press "Your credentials (Cairn)".
                2. As Grace, open the gradebook, give Ada 9 in "Quiz: Explaining decisions" and 80 in "Capstone: audit report", and save.
                3. As Ada again: both are hers, the stack is complete. Open the certificate, and follow its public link.
                4. As Grace, press "Add a link from Cairn", choose a credential or two, and let the gradebook show who holds them.
                   The links are in the course, each opens what it is about, and "open" in the gradebook shows one learner's work.
                5. As Grace, copy the course for another term: Cairn knows the copy, and what can be earned in it.
                6. Under "Administration" another tool can register itself; so can Cairn once more, by an address from "cairn lti invite".

                Use Chrome, Edge or Firefox: Safari keeps no secure cookies on plain localhost. Ctrl-C stops both.
                """.formatted(running.sandbox().url(), running.url()));
        running.cairn().firstToken().ifPresent(token -> System.out.println(App.invitation(running.url(), token)));
        Thread.currentThread().join();
        return 0;
    }

    /** Starts both on free ports of this machine. */
    public static Running start(Path data, int port, int lmsPort, @Nullable String databaseUrl, Duration collectEvery) {
        var url = "http://localhost:" + port;
        Cairn.requireFree("127.0.0.1", lmsPort);
        var config = config(data, port, lmsPort, databaseUrl, collectEvery);
        var cairn = Cairn.start(config, App.clock());
        var sandbox = Sandbox.start(
                "127.0.0.1", lmsPort, Tool.at(url, CLIENT, gradeKey(cairn, "http://127.0.0.1:" + lmsPort)));
        return new Running(cairn, sandbox, url);
    }

    static Config config(Path data, int port, int lmsPort, @Nullable String databaseUrl, Duration collectEvery) {
        var files = data.resolve("config");
        copy("demo/lti-config/platforms/sandbox.json", files.resolve("platforms/sandbox.json"), lmsPort);
        copy("demo/catalogue.json", files.resolve("catalogue.json"), lmsPort);
        return new Config(
                URI.create("http://localhost:" + port),
                List.of(),
                "127.0.0.1",
                port,
                false,
                data,
                files,
                databaseUrl,
                databaseUrl == null ? null : "postgres",
                databaseUrl == null ? null : "postgres",
                data.resolve("master.key"),
                files.resolve("catalogue.json"),
                new IssuerSettings("Example University", null, "credentials@example.edu", "AT"),
                true,
                collectEvery,
                Duration.ofDays(90),
                null,
                false);
    }

    /** A new key at each start: the sandbox forgets the last one. */
    private static String gradeKey(Cairn cairn, String issuer) {
        var now = App.clock().instant();
        return cairn.database().inTransaction(db -> {
            var platform = PlatformStore.find(db, issuer, CLIENT).orElseThrow();
            var deployment =
                    PlatformStore.findDeployment(db, platform.id(), DEPLOYMENT).orElseThrow();
            GradeKeyStore.withdraw(db, deployment.tenant(), deployment.id(), "sandbox", now);
            return GradeKeyStore.add(db, deployment.tenant(), deployment.id(), "sandbox", now);
        });
    }

    private static void copy(String resource, Path file, int lmsPort) {
        try (var stream = Demo.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("The jar lacks " + resource);
            }
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace("127.0.0.1:8081", "127.0.0.1:" + lmsPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.cairn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.Cairn;
import org.cairn.Config;
import org.cairn.Demo;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Definition;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.lti.CourseStore;
import org.cairn.lti.PlatformStore;
import org.cairn.openid.OpenIdSettings;
import org.cairn.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/** Cairn and the sandbox, running on free ports of this machine, with the demo's course and catalogue. */
public final class TestApp implements AutoCloseable {

    private final Demo.Running running;

    private TestApp(Demo.Running running) {
        this.running = running;
    }

    /** On an H2 file in a fresh folder; polled only when asked. */
    public static TestApp start() {
        return start(folder());
    }

    public static TestApp start(Path data) {
        return new TestApp(Demo.start(data, freePort(), freePort(), null, Duration.ofHours(1)));
    }

    /** On PostgreSQL, or on an H2 file. */
    public static TestApp start(Databases databases) {
        var url = databases == Databases.POSTGRES ? Databases.postgres() : null;
        return new TestApp(Demo.start(folder(), freePort(), freePort(), url, Duration.ofHours(1)));
    }

    /** Of a Cairn on an H2 file that knows no LMS and no catalogue. */
    public static Config bare(Path data, int port, @Nullable OpenIdSettings openId) {
        return bare(data, port, List.of(), openId);
    }

    /** The same, once reached at other addresses. */
    public static Config bare(Path data, int port, List<URI> formerUrls, @Nullable OpenIdSettings openId) {
        return new Config(
                URI.create("http://localhost:" + port),
                formerUrls,
                "127.0.0.1",
                port,
                false,
                data,
                data.resolve("config"),
                null,
                null,
                null,
                data.resolve("master.key"),
                null,
                new IssuerSettings("Example University", null, null, "AT"),
                true,
                Duration.ofHours(1),
                Duration.ofDays(90),
                openId,
                false);
    }

    public Cairn cairn() {
        return running.cairn();
    }

    public Sandbox sandbox() {
        return running.sandbox();
    }

    public String url() {
        return running.url();
    }

    @Override
    public void close() {
        running.close();
    }

    /** Publishes an achievement whose rule asks for no activity, written as for {@link World}, and attaches it to a course. */
    public void offer(String context, String id, String rule, Definition.Allowance... allows) {
        var achievement = new AchievementId(id);
        cairn().database().inTransaction(db -> {
            var now = SettableClock.START;
            var platform = PlatformStore.find(db, sandbox().url(), "cairn-demo").orElseThrow();
            var deployment =
                    PlatformStore.findDeployment(db, platform.id(), "1").orElseThrow();
            var course = CourseStore.findOrCreate(db, deployment.tenant(), deployment.id(), context, now);
            var attachment = new Attachment(AttachmentId.fresh(), course.id(), achievement, null, 9, false, Map.of());
            return new Catalogues()
                    .define(
                            db,
                            IssuerStore.get(db, deployment.tenant()),
                            Map.of(achievement, World.definition(id, rule, Set.of(), Set.of(allows))),
                            List.of(attachment),
                            now);
        });
    }

    /** Waits until the sandbox has told Cairn all that it has to tell. */
    public void settle() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(sandbox()::isIdle);
    }

    /** Switches the public page of every credential on. */
    public void showAll() {
        cairn().database().inTransaction(db -> db.execute("update credential set shown_since = current_timestamp"));
    }

    /** A port that nobody listens at, below those that systems give to whoever connects: none of them takes it before it is used. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody listens there.
            }
        }
    }

    /** A fresh one, which is removed with all that is in it as the tests end. */
    public static Path folder() {
        try {
            return Files.createTempDirectory(Folders.ALL, "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Folders {
        static final Path ALL = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory("cairn-test");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
                return folder;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void remove(Path folder) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException e) {
                // Something that ends with us has removed its own meanwhile.
                System.err.println("Left behind: " + folder);
            }
        }
    }
}

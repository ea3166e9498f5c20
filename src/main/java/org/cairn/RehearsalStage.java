package org.cairn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.cairn.sandbox.DeepLinkRequest;
import org.cairn.sandbox.Sandbox;
import org.cairn.sandbox.Tool;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Where a rehearsal is played: a Cairn of its own with nobody's data in it, and the sandbox beside it, both on this machine alone. */
final class RehearsalStage implements AutoCloseable {

    /** Where anything of a launch would be kept. */
    private static final List<String> KEPT =
            List.of("learner", "account", "course", "placement", "member", "observation", "award", "score");

    /** A course that no launch but the bad ones names. */
    static final String ELSEWHERE = "9";

    private final Path folder;
    private final Cairn cairn;
    private final Sandbox sandbox;
    private final String url;

    private RehearsalStage(Path folder, Cairn cairn, Sandbox sandbox, String url) {
        this.folder = folder;
        this.cairn = cairn;
        this.sandbox = sandbox;
        this.url = url;
    }

    static RehearsalStage open(@Nullable String databaseUrl) {
        try {
            var folder = Files.createTempDirectory("cairn-rehearsal");
            int port = freePort();
            int lmsPort = freePort();
            var inMemory = "jdbc:h2:mem:rehearsal-" + UUID.randomUUID()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000";
            var config = Demo.config(
                    folder, port, lmsPort, databaseUrl == null ? inMemory : databaseUrl, Duration.ofHours(1));
            askForColumn(config);
            var cairn = Cairn.start(config, App.clock());
            var url = "http://localhost:" + port;
            try {
                var sandbox = Sandbox.start("127.0.0.1", lmsPort, Tool.at(url, Demo.CLIENT, null));
                sandbox.addCourse(ELSEWHERE, "A course of nobody's");
                return new RehearsalStage(folder, cairn, sandbox, url);
            } catch (RuntimeException e) {
                cairn.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Cairn cairn() {
        return cairn;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Somebody's browser, without cookies yet. */
    RehearsalBrowser browser() {
        return new RehearsalBrowser(url);
    }

    /** How many rows there are of all that a launch leaves behind; a session of nobody is only a nonce that was used up. */
    long kept() {
        return cairn.database()
                .inTransaction(db -> db.fetchCount(DSL.table("session"), DSL.condition("account_id is not null"))
                        + KEPT.stream()
                                .mapToLong(table -> db.fetchCount(DSL.table(DSL.name(table))))
                                .sum());
    }

    /** Makes the LMS honest again. */
    void calm() {
        sandbox.changeClaims(UnaryOperator.identity());
        sandbox.changeHeader(UnaryOperator.identity());
        sandbox.changeToken(UnaryOperator.identity());
        sandbox.switches().deepLinking = DeepLinkRequest.MOODLE;
    }

    @Override
    public void close() {
        sandbox.close();
        cairn.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(RehearsalStage::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last credential of the demo's course shows in the gradebook: so that there are scores to be posted. */
    private static void askForColumn(Config config) throws IOException {
        var file = config.catalogue();
        if (file == null) {
            throw new IllegalStateException("The demo has a catalogue.");
        }
        var json = new ObjectMapper();
        var catalogue = json.readTree(Files.readAllBytes(file));
        ((ObjectNode) catalogue.at("/courses/0/attachments/3")).put("inGradebook", true);
        Files.writeString(file, json.writeValueAsString(catalogue));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

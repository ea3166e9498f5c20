package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.testing.Shared;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Assumptions;

/** Libraries that are not ours, which judge credentials: offline but for addresses of this machine. */
public final class Judges {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Judges() {}

    /** Skips the test where they cannot be asked. */
    public static void require() {
        judge();
    }

    /** What they say of each of these files, in order: one JSON object each, with {@code valid}. */
    public static List<JsonNode> judged(List<Path> files) {
        var judge = judge();
        var arguments = Stream.concat(
                        Stream.of("node", "judge.mjs"),
                        files.stream().map(file -> file.toAbsolutePath().toString()))
                .toList();
        return run(judge, arguments)
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Judges::json)
                .toList();
    }

    /** What a script that uses their packages says of a file: its last line, a JSON object. */
    public static JsonNode asked(Path script, Path file) {
        var judge = judge();
        copy(script, judge.resolve(script.getFileName()));
        var said = run(
                judge,
                List.of(
                        "node",
                        script.getFileName().toString(),
                        file.toAbsolutePath().toString()));
        return json(said.lines().reduce((first, last) -> last).orElse("{}"));
    }

    /** A copy of the judges under target/, with the npm packages that their lock file names. */
    private static Path judge() {
        var shared = Shared.folder();
        Assumptions.assumeTrue(isRunnable("node") && isRunnable("npm"), "Skipped: the judges need node and npm.");
        var target = Path.of("target/judges");
        copy(shared.resolve("judges"), target.resolve("judges"));
        copy(shared.resolve("standards"), target.resolve("standards"));
        var judge = target.resolve("judges");
        if (Files.notExists(judge.resolve("node_modules/jose"))) {
            run(judge, List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
        return judge;
    }

    private static boolean isRunnable(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(Path folder, List<String> command) {
        try {
            var log = TestApp.folder().resolve("judge.log");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(Map.of("NO_COLOR", "1"));
            var process = builder.start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(one -> !one.toString().contains("node_modules"))
                    .collect(Collectors.toList())) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.cairn;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the fuzzer go on from its seeds (-Pdeep): a JVM for each target, since it takes one in a run. What each prints is kept in
 * {@code target/fuzzing}. Fails where anything was found, and says what as its last word.
 */
public final class Fuzzing {

    private static final Path CLASSES = Path.of("target/test-classes");
    private static final Path OUTPUT = Path.of("target/fuzzing");
    private static final String GUARD = "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

    /** Of what a target prints at its end: the input that was found, and where it failed. */
    private static final int LAST_LINES = 60;

    private Fuzzing() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var targets = targets();
        Files.createDirectories(OUTPUT);
        var found = new ArrayList<String>();
        for (var target : targets) {
            boolean isClean = fuzz(target) == 0;
            System.out.printf("%s: %s%n", target, isClean ? "nothing found" : "SOMETHING FOUND");
            if (!isClean) {
                found.add(target);
            }
        }
        for (var target : found) {
            System.out.printf("%n== %s%n", target);
            lastWords(target).forEach(System.out::println);
        }
        System.out.printf("%nFuzzed %d targets; something was found in %s%n", targets.size(), found);
        System.exit(found.isEmpty() && !targets.isEmpty() ? 0 : 1);
    }

    private static List<String> targets() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith("FuzzTest.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static int fuzz(String target) throws IOException, InterruptedException {
        var java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Djazzer.disabled_hooks=" + GUARD,
                "-cp",
                System.getProperty("java.class.path"),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--details=summary",
                "--fail-if-no-tests",
                "--select-class=" + target);
        java.environment().put("JAZZER_FUZZ", "1");
        return java.redirectErrorStream(true)
                .redirectOutput(output(target))
                .start()
                .waitFor();
    }

    private static List<String> lastWords(String target) throws IOException {
        // Whatever bytes it printed, and without what it says of its progress.
        var lines = Files.readAllLines(output(target).toPath(), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    private static File output(String target) {
        return OUTPUT.resolve(target + ".txt").toFile();
    }
}

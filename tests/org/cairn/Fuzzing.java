package org.cairn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lets the fuzzer go on from its seeds (-Pdeep): a JVM for each target, since it takes one in a run. Fails where anything was found. */
public final class Fuzzing {

    private static final Path CLASSES = Path.of("target/test-classes");
    private static final String GUARD = "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

    private Fuzzing() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var targets = targets();
        var found = new ArrayList<String>();
        for (var target : targets) {
            if (fuzz(target) != 0) {
                found.add(target);
            }
        }
        System.out.printf("Fuzzed %d targets; something was found in %s%n", targets.size(), found);
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
        return java.inheritIO().start().waitFor();
    }
}

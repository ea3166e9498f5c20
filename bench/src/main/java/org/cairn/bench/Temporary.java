package org.cairn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders of a benchmark, which grow to gigabytes. */
public final class Temporary {

    private Temporary() {}

    /** A fresh one, which is removed with all that is in it as the program ends. */
    public static Path folder() throws IOException {
        var folder = Files.createTempDirectory("cairn-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        return folder;
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

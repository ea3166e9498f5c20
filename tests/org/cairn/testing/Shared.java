package org.cairn.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of standards, judges and recorded messages that lies beside the project where it is built, and in no user's clone. */
public final class Shared {

    private Shared() {}

    /** Skips the test, saying so, where the folder is missing; under CI that is a failure. */
    public static Path folder() {
        var named = System.getenv("CAIRN_SHARED");
        var folder = Path.of(named == null || named.isBlank() ? "../shared" : named)
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(folder.resolve("reference")) && isRequired()) {
            throw new AssertionError("The shared folder is missing, and this run has to have it (CAIRN_SHARED).");
        }
        Assumptions.assumeTrue(
                Files.isDirectory(folder.resolve("reference")),
                "Skipped: the shared folder of standards and recorded messages is not here (CAIRN_SHARED).");
        return folder;
    }

    static boolean isRequired() {
        return "true".equals(System.getenv("CI"));
    }
}

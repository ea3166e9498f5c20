package org.cairn;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What came of a command that was typed: its exit code, and what it printed. */
record Typed(int code, String out, String err) {

    /** Types it about the data in this folder. */
    static Typed about(Path folder, String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", folder.toString(), "--public-url", "https://cairn.example.edu"));
        return line(line.toArray(String[]::new));
    }

    static Typed line(String... arguments) {
        var outBefore = System.out;
        var errBefore = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = App.run(arguments);
            return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }
}

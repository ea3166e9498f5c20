package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The formatter decides. {@code mvn -Pformat} runs {@link #main} and writes every file as this test wants it. */
class FormatTest {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Test
    void every_file_is_formatted() {
        assertThat(files().filter(file -> !formatted(file).equals(read(file))))
                .as("files to be formatted by mvn -Pformat")
                .isEmpty();
    }

    public static void main(String[] arguments) throws IOException {
        for (var file : files().toList()) {
            var formatted = formatted(file);
            if (!formatted.equals(read(file))) {
                Files.writeString(file, formatted);
                System.out.println(file);
            }
        }
    }

    private static Stream<Path> files() {
        return Stream.of("src/main/java", "tests", "bench/src")
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(folder -> {
                    try {
                        return Files.walk(folder).filter(file -> file.toString().endsWith(".java")).toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String formatted(Path file) {
        try {
            var imports = ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(read(file)), JavaFormatterOptions.Style.PALANTIR);
            return FORMATTER.formatSource(imports);
        } catch (FormatterException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The runnable jar in an empty folder, twice: killed in between without a word, it has lost nothing. Runs after the jar is built. */
@Tag("jar")
class JarJourneyTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void the_jar_starts_in_an_empty_folder_twice_and_loses_nothing_in_between() throws Exception {
        var folder = TestApp.folder();
        int port = TestApp.freePort();
        platform(folder);
        Files.copy(Path.of("src/main/resources/demo/catalogue.json"), folder.resolve("catalogue.json"));
        // Once, so that the deployment is known; then the key can be made.
        stop(serve(folder, port), false);
        var key = output(
                        folder,
                        "key",
                        "add",
                        "--issuer",
                        "http://127.0.0.1:8081",
                        "--client-id",
                        "cairn-demo",
                        "--deployment",
                        "1")
                .strip();
        assertThat(key).startsWith("cairn_");

        var first = serve(folder, port);
        assertThat(post(port, key).statusCode()).isEqualTo(202);
        assertThat(output(TestApp.folder(), "serve", "--bind", "127.0.0.1:" + port, "--public-url", "http://localhost"))
                .contains("cannot listen on 127.0.0.1:" + port);
        // No warning, no shutdown hook: what was answered is on disk.
        stop(first, true);

        var second = serve(folder, port);
        var again = post(port, key);
        assertThat(again.body()).contains("\"repeated\"").contains("\"awards\":0");
        stop(second, false);
        assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
                .contains("cairn-data", "lti-config", "catalogue.json");
        assertThat(Files.readString(folder.resolve("serve.log")))
                .doesNotContain(key)
                .doesNotContain("Exception");
    }

    @Test
    void a_file_that_is_no_credential_is_told_so_with_exit_code_one() throws Exception {
        var folder = TestApp.folder();
        Files.writeString(folder.resolve("x.jwt"), "not a credential");
        assertThat(output(folder, "verify", "x.jwt")).contains("not a credential that can be read");
    }

    private static Process serve(Path folder, int port) throws IOException {
        var process = new ProcessBuilder(command(
                        "serve",
                        "--bind",
                        "127.0.0.1:" + port,
                        "--public-url",
                        "http://localhost:" + port,
                        "--catalogue",
                        "catalogue.json"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("serve.log").toFile()))
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> HTTP.send(
                                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200);
        return process;
    }

    private static void stop(Process process, boolean isKilled) throws InterruptedException {
        if (isKilled) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static HttpResponse<String> post(int port, String key) throws Exception {
        var body = "{\"userId\":\"10\",\"scoreGiven\":91,\"scoreMaximum\":100,\"activityProgress\":\"Completed\","
                + "\"gradingProgress\":\"FullyGraded\",\"timestamp\":\"2026-11-01T09:00:00Z\"}";
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/grades/1/2/101"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String output(Path folder, String... arguments) throws Exception {
        var process = new ProcessBuilder(command(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text;
    }

    private static List<String> command(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // On a machine that has digits of its own.
        var command = new ArrayList<>(List.of(
                java,
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-jar",
                Path.of("target/cairn.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void platform(Path folder) throws IOException {
        var platforms = Files.createDirectories(folder.resolve("lti-config/platforms"));
        Files.copy(
                Path.of("src/main/resources/demo/lti-config/platforms/sandbox.json"),
                platforms.resolve("sandbox.json"));
    }
}

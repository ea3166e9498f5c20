package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.PlatformId;
import org.cairn.award.Award;
import org.cairn.award.AwardStore;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.testing.Shared;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What libraries that are not ours say of a credential that the demo issued, fetching its issuer and status list over HTTP. */
class JudgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_judges_say_valid_and_after_its_revocation_not_valid() {
        var judge = judge();
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(app.sandbox()::isIdle);
            var awards = awards(app, "10");
            assertThat(awards).hasSize(2);
            var files = files(app, awards);
            var verdicts = judged(judge, files);
            assertThat(verdicts).hasSize(8);
            for (var verdict : verdicts) {
                assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
            }
            var revoked = awards.getFirst();
            app.cairn().awarding().revoke(revoked.tenant(), revoked.id(), AccountId.fresh(), "A test");
            var after = judged(judge, files);
            for (var verdict : after.subList(0, 4)) {
                assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isFalse();
                assertThat(verdict.path("proof").asText()).isEqualTo("ok");
                assertThat(verdict.path("status").toString()).contains("revocation: true");
            }
            assertThat(after.getLast().path("valid").asBoolean())
                    .as("%s", after.getLast())
                    .isTrue();
        }
    }

    @Test
    void
            the_judges_say_valid_of_a_certificate_with_all_that_it_is_stacked_from_and_after_a_part_was_revoked_not_valid() {
        var judge = judge();
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(app.sandbox()::isIdle);
            var parts = awards(app, "10");
            app.offer("2", "both", "{'sum':'awards','atLeast':2,'limits':[{'maxAwards':5,'of':{'level':1}}]}");
            var tenant = parts.getFirst().tenant();
            var stack = app.cairn()
                    .awarding()
                    .reconsider(tenant, List.of(parts.getFirst().learner()), List.of(new AchievementId("both")))
                    .getFirst();
            var credential = app.cairn()
                    .database()
                    .inTransaction(db -> db.fetchSingle(
                                    "select id from credential where award_id = ?",
                                    stack.id().value())
                            .get(0, String.class));
            var address = app.url() + "/credentials/" + credential + ".clr.json";
            var file = written(Path.of("target/judges/both.clr.json"), fetched(address));
            var record = json(new String(fetched(address), StandardCharsets.UTF_8));
            assertThat(record.path("credentialSubject").path("verifiableCredential"))
                    .hasSize(3);
            assertThat(record.path("credentialSubject").path("association"))
                    .hasSize(2)
                    .allSatisfy(one -> {
                        assertThat(one.path("associationType").asText()).isEqualTo("isPartOf");
                        assertThat(one.path("sourceId").asText()).doesNotEndWith("/both/1");
                        assertThat(one.path("targetId").asText()).endsWith("/both/1");
                    });
            var before = judged(judge, List.of(file)).getFirst();
            assertThat(before.path("valid").asBoolean()).as("%s", before).isTrue();
            app.cairn().awarding().revoke(tenant, parts.getFirst().id(), AccountId.fresh(), "A test");
            var after = judged(judge, List.of(file)).getFirst();
            assertThat(after.path("valid").asBoolean()).as("%s", after).isFalse();
        }
    }

    private static List<Award> awards(TestApp app, String sub) {
        return app.cairn().database().inTransaction(db -> {
            var tenant =
                    TenantStore.find(db, "example-university").orElseThrow().id();
            var platform = org.cairn.lti.PlatformStore.find(db, app.sandbox().url(), "cairn-demo")
                    .orElseThrow();
            PlatformId id = platform.id();
            var learner = AccountStore.findOrCreate(
                            db, tenant, id, List.of(Person.unnamed(sub)), java.time.Instant.EPOCH)
                    .get(sub)
                    .learner();
            return AwardStore.list(db, tenant, learner);
        });
    }

    private static List<Path> files(TestApp app, List<Award> awards) {
        return awards.stream()
                .flatMap(award -> {
                    var id = app.cairn()
                            .database()
                            .inTransaction(db -> db.fetchSingle(
                                            "select id from credential where award_id = ?",
                                            award.id().value())
                                    .get(0, String.class));
                    return Stream.of(".jwt", ".json", ".png", ".svg")
                            .map(form -> written(
                                    Path.of("target/judges/" + award.achievement() + form),
                                    fetched(app.url() + "/credentials/" + id + form)));
                })
                .toList();
    }

    private static byte[] fetched(String address) {
        try (var stream = URI.create(address).toURL().openStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> judged(Path judge, List<Path> files) {
        var arguments = Stream.concat(
                        Stream.of("node", "judge.mjs"),
                        files.stream().map(file -> file.toAbsolutePath().toString()))
                .toList();
        return run(judge, arguments)
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JudgeTest::json)
                .toList();
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
            var log = Files.createTempFile("judge", ".log");
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

    private static Path written(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

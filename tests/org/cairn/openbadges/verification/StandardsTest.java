package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published is fetched once, taken only as it is known, and kept. */
class StandardsTest {

    private static final String CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    private final SettableClock clock = new SettableClock();
    private final List<URI> asked = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void it_is_fetched_once_and_kept_for_every_node(Databases databases) {
        try (var database = databases.open()) {
            var standards = new Standards(this::published, database, clock);
            assertThat(standards.context(CONTEXT)).isPresent();
            assertThat(standards.context(CONTEXT)).isPresent();
            assertThat(new Standards(this::published, database, clock).context(CONTEXT))
                    .isPresent();
            assertThat(asked).containsExactly(URI.create(CONTEXT));
            assertThat(standards.schema(Standards.BADGE_SCHEMA)).isPresent();
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void a_text_that_is_not_known_is_not_taken() {
        var standards = new Standards(
                address -> "{\"@context\":{}}".getBytes(java.nio.charset.StandardCharsets.UTF_8), null, clock);
        assertThat(standards.context(CONTEXT)).isEmpty();
        assertThat(standards.context("https://evil.example.com/context.json")).isEmpty();
    }

    @Test
    void a_publisher_that_does_not_answer_is_asked_again_after_a_minute() {
        var standards = new Standards(this::silent, null, clock);
        assertThat(standards.context(CONTEXT)).isEmpty();
        assertThat(standards.context(CONTEXT)).isEmpty();
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofSeconds(61));
        assertThat(standards.context(CONTEXT)).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void every_known_digest_is_of_a_text_that_was_published() throws IOException {
        var published = new TreeSet<String>();
        for (var folder : List.of("contexts", "schemas")) {
            try (var files = Files.list(Shared.folder().resolve("standards").resolve(folder))) {
                for (var file : files.toList()) {
                    published.add(Sha256.hex(Files.readString(file)));
                }
            }
        }
        Standards.KNOWN.forEach(
                (address, digests) -> assertThat(published).as(address).containsAll(digests));
        assertThat(Standards.KNOWN.get(CONTEXT)).hasSize(2);
    }

    private byte[] published(URI address) {
        asked.add(address);
        return PublishedFiles.fetch(address);
    }

    private byte[] silent(URI address) {
        asked.add(address);
        throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
    }
}

package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairn.Problem;
import org.cairn.outbound.Outbound;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where what is published comes from: from who brought it, from what is kept, or from its publisher along its redirects. */
class StandardsReadingTest {

    private static final String CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    private final SettableClock clock = new SettableClock();
    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    static void shared() {
        Shared.folder();
    }

    @Test
    void what_one_node_fetched_another_has_and_what_is_not_as_published_is_not_kept() {
        try (var database = Databases.H2.open()) {
            assertThat(new Standards(this::altered, database, clock).text(CONTEXT))
                    .isEmpty();
            assertThat(new Standards(this::published, database, clock).text(CONTEXT))
                    .contains(published());
            assertThat(new Standards(this::altered, database, clock).text(CONTEXT))
                    .contains(published());
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void two_nodes_may_keep_the_same_text() {
        try (var database = Databases.H2.open()) {
            for (int node = 0; node < 2; node++) {
                database.inTransaction(db -> {
                    StandardStore.save(db, CONTEXT, published(), clock.instant());
                    return null;
                });
            }
            assertThat(new Standards(this::silent, database, clock).text(CONTEXT))
                    .contains(published());
        }
    }

    @Test
    void a_text_is_there_as_often_as_it_is_asked_for() {
        var standards = new Standards(this::published, null, clock);
        assertThat(standards.text(CONTEXT)).contains(published());
        assertThat(standards.text(CONTEXT)).contains(published());
    }

    @Test
    void a_vocabulary_and_a_schema_are_read_once() {
        var standards = new Standards(this::published, null, clock);
        assertThat(standards.context(CONTEXT).orElseThrow())
                .isSameAs(standards.context(CONTEXT).orElseThrow());
        assertThat(standards.schema(Standards.BADGE_SCHEMA).orElseThrow())
                .isSameAs(standards.schema(Standards.BADGE_SCHEMA).orElseThrow());
        assertThat(asked).containsExactly(CONTEXT, Standards.BADGE_SCHEMA);
    }

    @Test
    void what_a_schema_finds_is_said_in_english_whatever_the_machine_speaks() {
        var schema = new Standards(this::published, null, clock)
                .schema(Standards.BADGE_SCHEMA)
                .orElseThrow();
        assertThat(schema.getValidationContext().getConfig().getLocale()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void what_was_brought_as_published_is_taken_and_what_was_altered_is_not() {
        var standards = new Standards(this::altered, null, clock);
        standards.offer(Map.of(CONTEXT, "{\"@context\":{}}", "https://evil.example/v1", published()));
        assertThat(standards.text(CONTEXT)).isEmpty();
        assertThat(standards.text("https://evil.example/v1")).isEmpty();
        assertThat(asked).containsExactly(CONTEXT);
        standards.offer(Map.of(CONTEXT, published()));
        assertThat(standards.text(CONTEXT)).contains(published());
    }

    @Test
    void who_does_not_answer_is_left_in_peace_for_a_minute_and_others_are_asked_meanwhile() {
        var standards = new Standards(this::silent, null, clock);
        assertThat(standards.text(CONTEXT)).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(standards.text(CONTEXT)).isEmpty();
        assertThat(standards.text(Standards.BADGE_SCHEMA)).isEmpty();
        assertThat(asked).containsExactly(CONTEXT, Standards.BADGE_SCHEMA);
        clock.advance(Duration.ofSeconds(1));
        assertThat(standards.text(CONTEXT)).isEmpty();
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_publisher_is_followed_along_its_redirects_but_not_for_ever() throws Exception {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("Accept"));
            switch (path) {
                case "/1" -> exchange.getResponseHeaders().set("Location", "2");
                case "/2" -> exchange.getResponseHeaders().set("Location", "/3");
                case "/3", "/nowhere" -> {}
                case "/wrong" -> exchange.getResponseHeaders().set("Location", "/3");
                default -> exchange.getResponseHeaders().set("Location", "/1");
            }
            byte[] body = path.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    switch (path) {
                        case "/3" -> 200;
                        case "/wrong" -> 404;
                        case "/1" -> 300;
                        case "/2" -> 399;
                        default -> 302;
                    },
                    body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var outbound = new Outbound(true, "Test")) {
            var fetch = Standards.over(outbound);
            assertThat(fetch.apply(URI.create(url + "/1"))).asString().isEqualTo("/3");
            assertThat(asked)
                    .containsExactly("/1 application/ld+json", "/2 application/ld+json", "/3 application/ld+json");
            for (var path : List.of("/0", "/wrong", "/nowhere")) {
                assertThatThrownBy(() -> fetch.apply(URI.create(url + path)))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining(url + path + " could not be fetched.");
            }
        } finally {
            server.stop(0);
        }
    }

    private byte[] published(URI address) {
        asked.add(address.toString());
        return PublishedFiles.fetch(address);
    }

    private byte[] altered(URI address) {
        asked.add(address.toString());
        return "{\"@context\":{}}".getBytes(StandardCharsets.UTF_8);
    }

    private byte[] silent(URI address) {
        asked.add(address.toString());
        throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
    }

    private static String published() {
        return new String(PublishedFiles.fetch(URI.create(CONTEXT)), StandardCharsets.UTF_8);
    }
}

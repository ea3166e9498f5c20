package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairn.Problem;
import org.cairn.outbound.Outbound;
import org.junit.jupiter.api.Test;

/** A stranger's text names what is asked for: so nothing is asked twice, and not much, and not for long. */
class FetchesTest {

    private static final String THERE = "https://school.example/there";
    private static final String GONE = "https://school.example/gone";
    private static final String REFUSED = "https://school.example/refused";

    private final List<String> asked = new ArrayList<>();

    @Test
    void what_was_asked_once_is_not_asked_again_whether_there_was_an_answer_or_not() {
        var fetches = fetches(12, Duration.ofMinutes(1), Map.of());
        assertThat(text(fetches.get(THERE))).isEqualTo("{\"a\":1}");
        assertThat(text(fetches.get(THERE))).isEqualTo("{\"a\":1}");
        fails(() -> fetches.get(GONE), Outbound.UNREACHABLE);
        fails(() -> fetches.get(GONE), Outbound.UNREACHABLE);
        assertThat(asked).containsExactly(THERE, GONE);
    }

    @Test
    void as_many_are_asked_as_are_allowed_and_no_more() {
        var fetches = fetches(2, Duration.ofMinutes(1), Map.of());
        fetches.get(THERE);
        fails(() -> fetches.get(GONE), Outbound.UNREACHABLE);
        fails(() -> fetches.get(REFUSED), "too_many_fetches");
        assertThat(text(fetches.get(THERE))).isEqualTo("{\"a\":1}");
        assertThat(asked).containsExactly(THERE, GONE);
    }

    @Test
    void when_the_time_is_over_nobody_is_asked_any_more() {
        var fetches = fetches(12, Duration.ofSeconds(-1), Map.of(THERE, "{}"));
        fails(() -> fetches.get(THERE), "too_many_fetches");
        assertThat(fetches.hasUsedBrought()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void what_is_no_address_is_not_asked() {
        var fetches = fetches(12, Duration.ofMinutes(1), Map.of());
        fails(() -> fetches.get("not an address"), "address_malformed");
        assertThat(asked).isEmpty();
    }

    @Test
    void what_was_brought_is_taken_only_where_nobody_answers() {
        var fetches = fetches(12, Duration.ofMinutes(1), Map.of(THERE, "{}", GONE, "{\"b\":2}", REFUSED, "{}"));
        assertThat(text(fetches.get(THERE))).isEqualTo("{\"a\":1}");
        fails(() -> fetches.get(REFUSED), "upstream_failed");
        assertThat(fetches.hasUsedBrought()).isFalse();
        assertThat(text(fetches.get(GONE))).isEqualTo("{\"b\":2}");
        assertThat(fetches.hasUsedBrought()).isTrue();
        assertThat(fetches.isBrought(GONE)).isTrue();
        assertThat(fetches.isBrought(THERE)).isFalse();
        assertThat(fetches.isBrought("https://school.example/never-asked")).isFalse();
    }

    @Test
    void an_answer_that_is_no_json_object_is_said_to_be_none() {
        var fetches = fetches(12, Duration.ofMinutes(1), Map.of(GONE, "<html>"));
        assertThat(fetches.json(THERE).path("a").asInt()).isEqualTo(1);
        fails(() -> fetches.json(GONE), "answer_unreadable");
    }

    private static void fails(Runnable call, String code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private Fetches fetches(int most, Duration patience, Map<String, String> brought) {
        return new Fetches(this::fetch, most, patience, brought);
    }

    private byte[] fetch(URI address) {
        asked.add(address.toString());
        return switch (address.toString()) {
            case THERE -> "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
            case REFUSED -> throw new Problem(Problem.Kind.UPSTREAM, "upstream_failed", "It answered with 404.");
            default -> throw new Problem(Problem.Kind.UPSTREAM, Outbound.UNREACHABLE, "Not there.");
        };
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}

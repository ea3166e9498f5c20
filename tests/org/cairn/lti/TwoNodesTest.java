package org.cairn.lti;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.people.Browser;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that share a PostgreSQL database and a master key, and nothing else. */
class TwoNodesTest {

    private static final int ROUNDS = 200;

    private final Browser browser = Browser.fresh();

    @Test
    void a_nonce_that_was_used_on_one_node_is_refused_on_the_other() {
        run((lms, other) -> {
            var form = lms.form(browser, claims -> {});
            lms.launches.accept(form, browser);
            assertThatThrownBy(() -> other.accept(form, browser))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Refusal.STATE_USED.code()));
        });
    }

    @Test
    void an_unknown_key_is_looked_for_once_by_both_nodes_together() {
        run((lms, other) -> {
            for (int i = 0; i < 3; i++) {
                var begun = lms.begin(browser);
                var header =
                        TestPlatform.JSON.createObjectNode().put("alg", "RS256").put("kid", "unknown-" + i);
                var token = TestPlatform.sign(header, lms.claims(begun.get("nonce")), lms.keys);
                for (var node : List.of(lms.launches, other)) {
                    assertThatThrownBy(
                                    () -> node.accept(Map.of("state", begun.get("state"), "id_token", token), browser))
                            .isInstanceOfSatisfying(
                                    Problem.class,
                                    problem -> assertThat(problem.code()).isEqualTo(Refusal.KEY_UNKNOWN.code()));
                }
            }
            lms.wire.verify(1, getRequestedFor(urlEqualTo("/jwks")));
        });
    }

    @Tag("deep")
    @Test
    void of_two_nodes_that_get_a_launch_at_once_exactly_one_lets_it_in_two_hundred_times() {
        run((lms, other) -> {
            try (var both = Executors.newFixedThreadPool(2)) {
                for (int round = 0; round < ROUNDS; round++) {
                    // So that a node remembers the place, or has forgotten it, or only the other has.
                    lms.clock.advance(Duration.ofSeconds(round % 7));
                    var form = lms.form(browser, claims -> {});
                    var answers = both.invokeAll(List.of(trying(lms.launches, form), trying(other, form)));
                    int accepted = 0;
                    for (var answer : answers) {
                        accepted += answer.get();
                    }
                    assertThat(accepted).as("round %d", round).isEqualTo(1);
                }
            }
        });
    }

    private Callable<Integer> trying(Launches node, Map<String, String> form) {
        return () -> {
            try {
                node.accept(form, browser);
                return 1;
            } catch (Problem problem) {
                assertThat(problem.code()).isEqualTo(Refusal.STATE_USED.code());
                return 0;
            }
        };
    }

    private interface Play {
        void on(TestPlatform lms, Launches otherNode) throws Exception;
    }

    private static void run(Play play) {
        var url = Databases.postgres();
        try (var lms = new TestPlatform(
                        Database.open(url, "postgres", "postgres"), "https://lms.example.edu", "cairn", "1");
                var pool = Database.open(url, "postgres", "postgres")) {
            play.on(lms, lms.onAnotherNode(pool));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

package org.cairn.lti.service;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often an LMS is asked for a token, and what is made of one that is good for less. */
class TokensTest {

    private static final TestPlatform LMS =
            new TestPlatform(Databases.H2.open(), "https://lms.example.edu", "cairn", "1");
    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";

    private final Tokens tokens = new Tokens(LMS.outbound, LMS.own, LMS.clock);

    @BeforeEach
    void afresh() {
        LMS.wire.resetRequests();
        LMS.clock.set(SettableClock.START);
    }

    @Test
    void who_wants_a_token_at_the_same_moment_shares_one_request_and_one_refusal() throws Exception {
        LMS.wire.stubFor(post(urlPathEqualTo("/token")).willReturn(serverError().withFixedDelay(500)));
        together(() -> assertThatThrownBy(() -> get("score")).isInstanceOf(Problem.class));
        assertThat(asked()).isEqualTo(1);
        LMS.wire.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(
                        okJson("{\"access_token\":\"t\",\"expires_in\":3600}").withFixedDelay(500)));
        together(() -> assertThat(get("score")).isEqualTo("t"));
        assertThat(asked()).isEqualTo(2);
        get("result.readonly");
        assertThat(asked()).as("another right").isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"3600, 3539, 3540", "60, 53, 54", "30, 24, 25", "5, -1, 0", "0, -1, 0", "-7, -1, 0"})
    void a_token_is_used_until_shortly_before_its_end(int life, int used, int renewed) {
        answer("\"expires_in\":" + life);
        get("score");
        if (used >= 0) {
            LMS.clock.advance(Duration.ofSeconds(used));
            get("score");
            assertThat(asked()).isEqualTo(1);
        }
        LMS.clock.set(SettableClock.START.plusSeconds(renewed));
        get("score");
        assertThat(asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "score, score, true",
        "score, score result.readonly, true",
        "score, result.readonly, false",
        "lineitem.readonly, lineitem, true",
        "lineitem, lineitem.readonly, false",
        "score, '', true"
    })
    void a_token_that_is_good_for_less_than_was_asked_is_said_so(String wanted, String granted, boolean isGiven) {
        var scope = String.join(
                " ",
                Stream.of(granted.split(" "))
                        .filter(one -> !one.isEmpty())
                        .map(AGS::concat)
                        .toList());
        answer("\"expires_in\":3600,\"scope\":\"" + scope + "\"");
        if (isGiven) {
            assertThat(get(wanted)).isEqualTo("t");
        } else {
            assertThatThrownBy(() -> get(wanted)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.code()).isEqualTo("token_scope_missing");
                assertThat(problem.sentence()).contains("the right to " + wanted + ";");
            });
        }
    }

    private static void together(Runnable wish) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : Stream.generate(() -> threads.submit(wish)).limit(12).toList()) {
                one.get();
            }
        }
    }

    private String get(String scope) {
        return tokens.get(LMS.platform, Set.of(AGS + scope));
    }

    private static void answer(String rest) {
        LMS.wire.stubFor(post(urlPathEqualTo("/token")).willReturn(okJson("{\"access_token\":\"t\"," + rest + "}")));
    }

    private static int asked() {
        return LMS.wire.findAll(postRequestedFor(urlPathEqualTo("/token"))).size();
    }
}

package org.cairn.outbound;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.time.Duration;
import org.cairn.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

    private final WireMockServer other = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void start() {
        other.start();
    }

    @AfterEach
    void stop() {
        other.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://10.0.0.1/",
                "https://192.168.1.1/",
                "https://172.16.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[64:ff9b::a00:1]/",
                "https://[2002:a00:1::]/"
            })
    void a_private_address_is_never_called(String address) {
        try (var outbound = new Outbound(false, "Cairn/test", Duration.ofMillis(500))) {
            refused(() -> outbound.send(Call.get(URI.create(address), "*/*")), "private network");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "file:///etc/passwd",
                "ftp://example.com/",
                "https://user@example.com/",
                "mailto:a@b"
            })
    void anything_but_https_is_never_called(String address) {
        try (var outbound = new Outbound(false, "Cairn/test")) {
            assertThatThrownBy(() -> outbound.send(Call.get(URI.create(address), "*/*")))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void loopback_is_for_development_and_other_private_networks_are_not_even_then() {
        other.stubFor(get("/x").willReturn(ok("yes")));
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(500))) {
            assertThat(outbound.get(URI.create(other.baseUrl() + "/x"), "text/plain"))
                    .asString()
                    .isEqualTo("yes");
            refused(() -> outbound.send(Call.get(URI.create("https://10.0.0.1/"), "*/*")), "private network");
        }
        other.verify(getRequestedFor(urlEqualTo("/x"))
                .withHeader("Accept", equalTo("text/plain"))
                .withHeader("User-Agent", equalTo("Cairn/test")));
    }

    @Test
    void a_redirect_is_an_answer_and_not_followed() {
        other.stubFor(get("/x").willReturn(temporaryRedirect(other.baseUrl() + "/secret")));
        try (var outbound = new Outbound(true, "Cairn/test")) {
            assertThat(outbound.send(Call.get(URI.create(other.baseUrl() + "/x"), "*/*"))
                            .status())
                    .isEqualTo(302);
        }
        other.verify(0, getRequestedFor(urlEqualTo("/secret")));
    }

    @Test
    void more_than_a_megabyte_is_not_read() {
        other.stubFor(get("/x").willReturn(ok("x".repeat(Outbound.LARGEST + 1))));
        other.stubFor(get("/y").willReturn(ok("x".repeat(Outbound.LARGEST))));
        try (var outbound = new Outbound(true, "Cairn/test")) {
            assertThatThrownBy(() -> outbound.get(URI.create(other.baseUrl() + "/x"), "*/*"))
                    .isInstanceOf(Problem.class);
            assertThat(outbound.get(URI.create(other.baseUrl() + "/y"), "*/*")).hasSize(Outbound.LARGEST);
        }
    }

    @Test
    void the_deadline_is_over_the_whole_call_and_not_only_until_the_headers() {
        other.stubFor(get("/x").willReturn(aResponse().withBody("x".repeat(100)).withChunkedDribbleDelay(100, 60_000)));
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(700))) {
            refused(() -> outbound.get(URI.create(other.baseUrl() + "/x"), "*/*"), "did not answer within");
        }
    }

    @Test
    void a_call_never_tells_its_headers_or_body() {
        var call =
                Call.get(URI.create("https://lms.example.edu/x?user=4"), "*/*").under("secret-token");
        assertThat(call.toString()).isEqualTo("GET lms.example.edu");
    }

    private static void refused(Runnable call, String sentence) {
        assertThatThrownBy(call::run).isInstanceOf(Problem.class).hasMessageContaining(sentence);
    }
}

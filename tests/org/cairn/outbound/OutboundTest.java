package org.cairn.outbound;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
                "https://[2002:a00:1::]/",
                "https://[2001:0:a00:1::]/",
                "https://[64:ff9b:1::a00:1]/",
                "https://[::a00:1]/",
                "https://[::ffff:7f00:1]/",
                "https://[ff02::1]/",
                "https://[::]/",
                "https://[fec0::1]/",
                "https://198.18.0.1/",
                "https://2130706433/",
                "https://167772161/"
            })
    void a_private_address_is_never_called(String address) {
        try (var outbound = new Outbound(false, "Cairn/test", Duration.ofMillis(500), InetAddress::getAllByName)) {
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
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(500), InetAddress::getAllByName)) {
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
        other.stubFor(get("/x").willReturn(ok("x".repeat(Outbound.MEGABYTE + 1))));
        other.stubFor(get("/y").willReturn(ok("x".repeat(Outbound.MEGABYTE))));
        try (var outbound = new Outbound(true, "Cairn/test")) {
            refused(() -> outbound.get(URI.create(other.baseUrl() + "/x"), "*/*"), "more than 1 MB");
            assertThat(outbound.get(URI.create(other.baseUrl() + "/y"), "*/*")).hasSize(Outbound.MEGABYTE);
        }
    }

    @Test
    void a_large_answer_may_have_eight_megabytes_and_six_times_as_long() {
        other.stubFor(get("/x").willReturn(ok("x".repeat(8 * Outbound.MEGABYTE + 1))));
        other.stubFor(get("/y").willReturn(ok("x".repeat(8 * Outbound.MEGABYTE))));
        other.stubFor(get("/z").willReturn(ok().withFixedDelay(1000)));
        try (var outbound = new Outbound(true, "Cairn/test")) {
            var large = Call.get(URI.create(other.baseUrl() + "/y"), "*/*").large();
            assertThat(outbound.send(large.under("token")).body()).hasSize(8 * Outbound.MEGABYTE);
            refused(
                    () -> outbound.send(
                            Call.get(URI.create(other.baseUrl() + "/x"), "*/*").large()),
                    "more than 8 MB");
        }
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(500), InetAddress::getAllByName)) {
            var slow = Call.get(URI.create(other.baseUrl() + "/z"), "*/*");
            refused(() -> outbound.send(slow), "did not answer within");
            assertThat(outbound.send(slow.large()).status()).isEqualTo(200);
        }
    }

    @Test
    void the_deadline_is_over_the_whole_call_and_not_only_until_the_headers() {
        other.stubFor(get("/x").willReturn(aResponse().withBody("x".repeat(100)).withChunkedDribbleDelay(100, 60_000)));
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(700), InetAddress::getAllByName)) {
            refused(() -> outbound.get(URI.create(other.baseUrl() + "/x"), "*/*"), "did not answer within");
        }
    }

    @Test
    void the_deadline_is_over_headers_too_that_come_a_byte_at_a_time() throws Exception {
        try (var dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(700), InetAddress::getAllByName)) {
            Thread.ofVirtual().start(() -> drip(dripping));
            long began = System.nanoTime();
            refused(
                    () -> outbound.get(URI.create("http://127.0.0.1:" + dripping.getLocalPort() + "/x"), "*/*"),
                    "did not answer within");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void the_deadline_is_over_a_name_that_is_never_resolved() {
        var never = new CountDownLatch(1);
        Outbound.Names slow = host -> {
            awaitIgnoringEverything(never);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofMillis(300), slow)) {
            refused(() -> outbound.get(URI.create("http://slow.example.edu/"), "*/*"), "did not answer within");
        } finally {
            never.countDown();
        }
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_never_called() {
        Outbound.Names rebinding = host -> new InetAddress[] {
            InetAddress.getByName("192.0.43.8"), InetAddress.getByName("10.0.0.1"),
        };
        try (var outbound = new Outbound(false, "Cairn/test", Duration.ofMillis(500), rebinding)) {
            refused(() -> outbound.get(URI.create("https://lms.example.edu/"), "*/*"), "private network");
        }
    }

    @Test
    void the_address_that_was_checked_is_the_one_that_is_called() {
        other.stubFor(get("/x").willReturn(ok("yes")));
        var asked = new AtomicInteger();
        // The second answer leads elsewhere, as that of a hostile name server would.
        Outbound.Names changing = host ->
                new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")};
        try (var outbound = new Outbound(true, "Cairn/test", Duration.ofSeconds(2), changing)) {
            assertThat(outbound.get(URI.create("http://lms.example.edu:" + other.port() + "/x"), "*/*"))
                    .asString()
                    .isEqualTo("yes");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void a_request_says_what_it_has_to_and_nothing_more() {
        other.stubFor(post("/x").willReturn(ok("yes")));
        try (var outbound = new Outbound(true, "Cairn/test")) {
            var call = Call.post(
                            URI.create(other.baseUrl() + "/x"),
                            "application/a+json",
                            "application/b+json",
                            "{}".getBytes(StandardCharsets.UTF_8))
                    .under("token");
            assertThat(outbound.send(call).isSuccess()).isTrue();
        }
        var headers =
                other.findAll(postRequestedFor(urlEqualTo("/x"))).getFirst().getHeaders();
        assertThat(headers.keys())
                .containsExactlyInAnyOrder(
                        "Accept",
                        "Authorization",
                        "Connection",
                        "Content-Length",
                        "Content-Type",
                        "Host",
                        "User-Agent");
        assertThat(headers.all())
                .allSatisfy(header -> assertThat(header.values()).hasSize(1));
        assertThat(headers.getHeader("Accept").firstValue()).isEqualTo("application/a+json");
        assertThat(headers.getHeader("Content-Type").firstValue()).isEqualTo("application/b+json");
    }

    @Test
    void a_flood_of_headers_is_not_read() throws IOException {
        for (var flood : new String[] {"X-One: x\r\n".repeat(300), "X-One: " + "x".repeat(70_000) + "\r\n"}) {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var outbound = new Outbound(true, "Cairn/test")) {
                Thread.ofVirtual()
                        .start(() -> answer(server, "HTTP/1.1 200 OK\r\n" + flood + "Content-Length: 0\r\n\r\n"));
                refused(
                        () -> outbound.get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x"), "*/*"),
                        "could not be reached");
            }
        }
    }

    @Test
    void a_call_never_tells_its_headers_or_body() {
        var call =
                Call.get(URI.create("https://lms.example.edu/x?user=4"), "*/*").under("secret-token");
        assertThat(call.toString()).isEqualTo("GET lms.example.edu");
    }

    private static void answer(ServerSocket server, String text) {
        try (var connection = server.accept()) {
            connection.getInputStream().read(new byte[1024]);
            connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The other side had enough, which is what is asked for.
        }
    }

    private static void drip(ServerSocket server) {
        try (var connection = server.accept()) {
            for (byte one : ("HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(60)).getBytes(StandardCharsets.US_ASCII)) {
                connection.getOutputStream().write(one);
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            // The other side had enough, which is what is asked for.
        }
    }

    private static void awaitIgnoringEverything(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // A name server's answer cannot be interrupted either.
            }
        }
    }

    private static void refused(Runnable call, String sentence) {
        assertThatThrownBy(call::run).isInstanceOf(Problem.class).hasMessageContaining(sentence);
    }
}

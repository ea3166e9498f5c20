package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.cairn.PlacementId;
import org.cairn.SessionId;
import org.cairn.people.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser says of itself, over HTTP to a Cairn that is reached by https. */
class BrowsersTest {

    private static final URI CAIRN = URI.create("https://cairn.example.edu");
    private static final PlacementId PLACEMENT = PlacementId.fresh();
    private static final SessionId SESSION = SessionId.fresh();
    private static final Browser BROWSER = Browser.fresh();
    private static final String COOKIES = "__Host-cairn=" + BROWSER.secret() + "; cairn-session=" + SESSION;

    private static Javalin server;

    @BeforeAll
    static void start() {
        server = Javalin.create(javalin -> {
                    javalin.startup.showJavalinBanner = false;
                    javalin.routes.get("/begin", context -> Browsers.findOrCreate(context, CAIRN));
                    javalin.routes.get("/keep", context -> Browsers.keep(context, PLACEMENT, SESSION));
                    javalin.routes.post(
                            "/guest",
                            context -> context.result(Browsers.guest(context, CAIRN)
                                    .map(guest -> guest.pass() + " " + guest.isSent())
                                    .orElse("nobody")));
                })
                .start("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void a_browser_is_told_its_secret_by_a_cookie_that_no_other_host_can_set() throws Exception {
        assertThat(set("/begin", "none=1"))
                .matches(
                        "__Host-cairn=[\\w-]{43}; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=None; Partitioned");
        assertThat(set("/begin", COOKIES)).isEmpty();
        // A neighbour's page could have set this one.
        assertThat(set("/begin", "cairn=" + BROWSER.secret())).startsWith("__Host-cairn=");
    }

    @Test
    void which_session_it_has_is_kept_for_its_placement_and_as_long_as_it_lasts() throws Exception {
        assertThat(set("/keep", COOKIES))
                .isEqualTo("cairn-session=" + SESSION + "; Path=/in/" + PLACEMENT
                        + "; Max-Age=28800; HttpOnly; Secure; SameSite=None; Partitioned");
    }

    @Test
    void a_browser_is_known_by_both_of_its_cookies() throws Exception {
        var pass = BROWSER.secret() + "." + SESSION;
        assertThat(guest(COOKIES, "")).isEqualTo(pass + " false");
        assertThat(guest("cairn-session=" + SESSION, "")).isEqualTo("nobody");
        assertThat(guest("__Host-cairn=" + BROWSER.secret(), "")).isEqualTo("nobody");
        assertThat(guest("__Host-cairn=x; cairn-session=" + SESSION, "")).isEqualTo("nobody");
    }

    @Test
    void what_our_own_page_sends_counts_before_cookies_and_what_another_sends_not_at_all() throws Exception {
        var pass = Browser.fresh().secret() + "." + SessionId.fresh();
        assertThat(guest(COOKIES, "browser=" + pass)).isEqualTo(pass + " true");
        assertThat(guest("none=1", "browser=" + pass)).isEqualTo(pass + " true");
        for (var origin : new String[] {"https://lms.example.edu", "null", "https://cairn.example.edu.evil.example"}) {
            assertThat(guest("none=1", "browser=" + pass, "Origin", origin))
                    .as(origin)
                    .isEqualTo("nobody");
        }
        assertThat(guest("none=1", "browser=" + pass, "Origin", CAIRN.toString(), "Sec-Fetch-Site", "same-site"))
                .isEqualTo("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "x", "%s", "%s.", "%s.x", "%s.0123456789ABC.", "%s%s", "x.0123456789ABC"})
    void what_is_half_sent_is_nobody_whatever_the_cookies_say(String sent) throws Exception {
        assertThat(guest(COOKIES, "browser=" + sent.replace("%s", BROWSER.secret())))
                .isEqualTo("nobody");
    }

    private static String set(String path, String cookies) throws Exception {
        var request = HttpRequest.newBuilder(at(path)).header("Cookie", cookies).build();
        return send(request).headers().firstValue("Set-Cookie").orElse("");
    }

    private static String guest(String cookies, String form) throws Exception {
        return guest(cookies, form, "Origin", CAIRN.toString());
    }

    private static String guest(String cookies, String form, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(at("/guest"))
                .header("Cookie", cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return send(request).body();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        // A connection each: the server may close one whose form it did not care to read.
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}

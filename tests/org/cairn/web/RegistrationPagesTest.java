package org.cairn.web;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Pattern;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.registration.CanvasKey;
import org.cairn.lti.registration.Invitations;
import org.cairn.people.TenantStore;
import org.cairn.sandbox.Profile;
import org.cairn.sandbox.Sandbox;
import org.cairn.sandbox.Tool;
import org.cairn.testing.Chromium;
import org.cairn.testing.RegisteringLms;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of an invitation, as an LMS's administrator meets them: in a frame of the LMS, without cookies, and by hand. */
@Isolated("A browser has its deadlines.")
class RegistrationPagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern FORM = Pattern.compile("name=\"registration\" value=\"([^\"]+)\"");

    private static TestApp app;
    private static Invitations invitations;

    private final RegisteringLms lms = new RegisteringLms();

    @BeforeAll
    static void start() {
        app = TestApp.start();
        invitations = new Invitations(app.cairn().database(), URI.create(app.url()), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void serve() {
        lms.shows(lms.configuration("moodle"));
        lms.answers(RegisteringLms.registered("client-1", "1"));
    }

    @AfterEach
    void close() {
        lms.close();
    }

    @Test
    void an_lms_s_administrator_sees_who_asks_connects_and_is_told_what_comes_next() throws Exception {
        var link = invite("Our Moodle");
        var page = get(asking(link, "registration_token=abc"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Our Moodle", "Example University", lms.url(), "moodle", "Connect</button>");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(policy(page)).contains("frame-ancestors " + lms.url()).contains("default-src 'none'");

        var done = post(link, "registration=" + form(page));
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body())
                .contains("Your LMS is connected", "Activate", "client-1", "What the LMS answered (status 200)")
                .contains("/assets/registered.js");
        assertThat(policy(done)).contains("frame-ancestors " + lms.url());
        assertThat(app.cairn()
                        .database()
                        .inTransaction(db -> PlatformStore.find(db, lms.url(), "client-1"))
                        .orElseThrow()
                        .name())
                .isEqualTo("Our Moodle");

        // Back and again: said in a sentence, and nothing is sent.
        lms.wire.resetRequests();
        var again = post(link, "registration=" + form(page));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("has been used");
        lms.wire.verify(0, postRequestedFor(urlPathEqualTo("/register")));
    }

    @Test
    void what_an_lms_says_is_text_and_never_markup() throws Exception {
        var hostile = lms.configuration("<script>alert(1)</script>");
        ((ObjectNode) hostile.get(RegisteringLms.PLATFORM))
                .put("version", "<img src=x onerror=alert(1)>")
                .put("https://canvas.instructure.com/lti/account_name", "\"><script>alert(2)</script>");
        lms.shows(hostile);
        var link = invite("<b>Bold</b>");
        var page = get(asking(link, ""));
        assertThat(page.body()).doesNotContain("<script>alert", "<img src=x", "<b>Bold");
        lms.answers(400, "text/html", "<script>alert(3)</script>");
        var refused = post(link, "registration=" + form(page));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert(3)", "not connected", "the invitation still works");
        lms.answers(400, "application/json", "{\"error\":\"<script>alert(4)</script>\"}");
        assertThat(post(link, "registration=" + form(page)).body()).doesNotContain("<script>alert");
    }

    @Test
    void a_form_from_another_site_is_refused() throws Exception {
        var link = invite("Our LMS");
        var form = form(get(asking(link, "")));
        var foreign = HttpRequest.newBuilder(URI.create(link))
                .header("Origin", lms.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("registration=" + form))
                .build();
        assertThat(HTTP.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(post(link, "").statusCode()).isEqualTo(403);
        lms.wire.verify(0, postRequestedFor(urlPathEqualTo("/register")));
    }

    @Test
    void each_problem_is_a_page_with_a_sentence_and_the_secret_is_in_none() throws Exception {
        var link = invite("Our LMS");
        var secret = link.substring(link.lastIndexOf('/') + 1);
        told(get(link), 400, "paste it into your LMS");
        told(
                get(app.url() + "/lti/register/guessed?openid_configuration=" + encoded(lms.address())),
                404,
                "no invitation");
        told(get(link + "?openid_configuration=" + encoded(lms.address() + "#x")), 400, "without a fragment");
        told(get(link + "?openid_configuration=" + encoded("https://10.0.0.1/")), 502, "private network");
        lms.shows(lms.configuration("moodle").put("jwks_uri", "https://evil.example/jwks"));
        var page = get(asking(link, ""));
        told(page, 422, "jwks_uri");
        assertThat(page.body()).doesNotContain(secret);
    }

    @Test
    void canvas_reads_its_key_from_an_address() throws Exception {
        var key = get(app.url() + "/lti/canvas.json");
        assertThat(key.headers().firstValue("Content-Type").orElseThrow()).contains("application/json");
        assertThat(key.body()).isEqualTo(CanvasKey.json(URI.create(app.url())));
        assertThat(new ObjectMapper().readTree(key.body()).get("public_jwk_url").asText())
                .isEqualTo(app.url() + "/lti/jwks");
    }

    /** Against the small LMS, in each product's own way of registering; what it then launches, Cairn knows. */
    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"MOODLE", "BRIGHTSPACE"})
    void the_sandbox_registers_as_a_moodle_and_as_a_brightspace(Profile profile) throws Exception {
        try (var sandbox =
                Sandbox.start("127.0.0.1", TestApp.freePort(), profile, Tool.at("http://localhost:1", "other", null))) {
            var link = invite("Sandbox");
            var page = get(sandbox.invite(URI.create(link)).toString());
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            var done = post(link, "registration=" + form(page));
            assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
            var tool = sandbox.tools().getLast();
            var database = app.cairn().database();
            var platform = database.inTransaction(db -> PlatformStore.find(db, sandbox.issuer(), tool.clientId()))
                    .orElseThrow();
            var deployment =
                    database.inTransaction(db -> PlatformStore.findDeployment(db, platform.id(), tool.deploymentId()));
            assertThat(deployment).isPresent();
            assertThat(platform.tokenAudience().contains("brightspace.com")).isEqualTo(profile == Profile.BRIGHTSPACE);
            assertThat(tool.scopes()).anyMatch(scope -> scope.endsWith("/score"));
        }
    }

    /** As in Moodle: the page is in an iframe of another site, which waits for the word that it can be closed. */
    @Test
    void in_a_frame_of_the_lms_two_presses_connect_it_and_close_the_frame() {
        var link = asking(invite("Framed Moodle"), "registration_token=abc");
        lms.wire.stubFor(WireMock.get("/admin")
                .willReturn(WireMock.aResponse()
                        .withHeader("Content-Type", "text/html")
                        .withBody("""
                        <!doctype html><title>open</title><iframe src="%s" width="800" height="600"></iframe>
                        <script>addEventListener("message", (event) => {
                          if (event.data.subject === "org.imsglobal.lti.close") document.title = "closed by " + event.origin;
                        });</script>
                        """.formatted(link.replace("&", "&amp;")))));
        try (var context = Chromium.get().newContext()) {
            Page page = context.newPage();
            page.navigate(lms.url() + "/admin");
            var frame = page.frameLocator("iframe");
            frame.locator("form button").click();
            PlaywrightAssertions.assertThat(frame.locator("h1")).hasText("Your LMS is connected");
            frame.locator("[data-closing] button").click();
            PlaywrightAssertions.assertThat(page).hasTitle("closed by " + app.url());
        }
    }

    @Test
    void without_scripts_the_same_form_connects_and_no_button_is_shown_that_does_nothing() {
        var link = asking(invite("Plain Moodle"), "");
        try (var context = Chromium.get().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(link);
            page.locator("form button").focus();
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Your LMS is connected");
            PlaywrightAssertions.assertThat(page.locator("[data-closing]")).isHidden();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void axe_finds_nothing_and_nothing_has_to_be_scrolled_sideways_at_320_pixels(boolean isDark) {
        var link = asking(invite("Moodle"), "");
        try (var context = Chromium.get()
                .newContext(new Browser.NewContextOptions()
                        .setColorScheme(isDark ? ColorScheme.DARK : null)
                        .setViewportSize(320, 700))) {
            var page = context.newPage();
            page.navigate(link);
            check(page);
            lms.answers(400, "text/html", "domain_targetlinkuri_mismatch".repeat(20));
            page.locator("form button").click();
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Your LMS is not connected");
            check(page);
            page.navigate(link);
            lms.answers(RegisteringLms.registered("client-" + "x".repeat(200), "1"));
            page.locator("form button").click();
            page.locator("summary").click();
            PlaywrightAssertions.assertThat(page.locator("pre")).isVisible();
            check(page);
        }
    }

    private static void check(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(one -> one.getId() + " " + one.getNodes().getFirst().getHtml())
                .isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo(true);
    }

    private String invite(String label) {
        var tenant =
                app.cairn().database().inTransaction(db -> TenantStore.list(db)).getFirst();
        return invitations.create(tenant.id(), label, Invitations.USUAL).link().toString();
    }

    private String asking(String link, String more) {
        return link + "?openid_configuration=" + encoded(lms.address()) + "&" + more;
    }

    private static HttpResponse<String> get(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html");
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String url, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/html")
                .header("Origin", app.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String form(HttpResponse<String> page) {
        var form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        return form.group(1);
    }

    private static void told(HttpResponse<String> page, int status, String sentence) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
        assertThat(page.body()).contains(sentence);
    }

    private static String policy(HttpResponse<String> page) {
        return page.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

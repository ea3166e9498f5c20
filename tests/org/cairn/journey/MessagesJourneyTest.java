package org.cairn.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.cairn.sandbox.Migration;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Every other message and every fault that a platform has by itself, posted to Cairn as a browser posts it. */
@Isolated("A browser has its deadlines.")
class MessagesJourneyTest {

    private static TestApp app;
    private static BrowserContext context;

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        context = Chromium.get().newContext();
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            context.close();
            app.close();
        }
    }

    @AfterEach
    void settle() {
        app.sandbox().switches().clockAheadSeconds = 0;
        app.sandbox().switches().migration = null;
        app.sandbox().changeClaims(UnaryOperator.identity());
    }

    @Test
    void who_asks_what_is_kept_of_people_is_told() {
        assertThat(post(app.sandbox().privacy("10")).locator("h1")).containsText("keeps of people");
    }

    @Test
    void a_message_that_nobody_knows_is_refused_by_name() {
        assertThat(post(app.sandbox().other("10", "2", "LtiTomorrowRequest")).locator("body"))
                .containsText("LtiTomorrowRequest");
    }

    @Test
    void whoever_has_no_name_stays_outside_and_a_dashboard_is_no_course() {
        assertThat(post(app.sandbox().anonymous("2")).locator("h1")).not().containsText("Lovelace");
        assertThat(post(app.sandbox().outside("10")).locator("h1")).containsText("Ada Lovelace");
    }

    @Test
    void a_clock_that_is_an_hour_ahead_is_named_and_one_that_is_seconds_ahead_is_forgiven() {
        app.sandbox().switches().clockAheadSeconds = 3600;
        assertThat(post(app.sandbox().initiation("10", "2")).locator("body")).containsText("clock");
        app.sandbox().switches().clockAheadSeconds = 20;
        assertThat(post(app.sandbox().initiation("10", "2")).locator("h1")).containsText("Ada Lovelace");
    }

    @Test
    void a_platform_that_changes_its_key_a_moment_after_it_was_asked_is_not_asked_again_at_once() {
        assertThat(post(app.sandbox().initiation("10", "2")).locator("h1")).containsText("Ada Lovelace");
        app.sandbox().rotateKey();
        // Where that was more than a minute ago it is asked now, and has to change its key again.
        var first = post(app.sandbox().initiation("10", "2")).locator("h1");
        first.waitFor();
        if (first.innerText().contains("Ada Lovelace")) {
            app.sandbox().rotateKey();
        }
        var refused = post(app.sandbox().initiation("10", "2"));
        assertThat(refused.locator("body")).containsText("key");
        assertThat(refused.locator("body")).not().containsText("Ada Lovelace");
        app.sandbox().restoreKey();
        assertThat(post(app.sandbox().initiation("10", "2")).locator("h1")).containsText("Ada Lovelace");
    }

    @Test
    void old_names_under_a_key_that_nobody_knows_change_nothing() {
        app.sandbox().switches().migration = new Migration("unknown", "secret");
        assertThat(post(app.sandbox().initiation("10", "2")).locator("h1")).containsText("Ada Lovelace");
    }

    /** Subscribing is left to the scheduler, which comes by every minute. */
    @Test
    @Tag("deep")
    void a_platform_that_tells_of_things_is_answered_when_it_greets() {
        app.sandbox().switches().notices = true;
        assertThat(post(app.sandbox().initiation("3", "2")).locator("h1")).isVisible();
        Awaitility.await()
                .atMost(Duration.ofSeconds(150))
                .untilAsserted(() -> assertThat(app.sandbox().hello()).isBetween(200, 299));
    }

    private static Page post(Map<String, String> initiation) {
        var page = context.newPage();
        var form = new StringBuilder();
        initiation.forEach((name, value) -> form.append("<input name='%s' value='%s'>"
                .formatted(name, value.replace("&", "&amp;").replace("'", "&#39;"))));
        page.navigate(app.sandbox().url() + "/assets/sandbox.css");
        page.setContent("<form method='post' action='%s/lti/login'>%s</form>".formatted(app.url(), form));
        page.evaluate("document.forms[0].submit()");
        return page;
    }
}

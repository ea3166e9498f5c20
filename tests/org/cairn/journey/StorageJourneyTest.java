package org.cairn.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.Map;
import org.cairn.sandbox.Storage;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that keeps no cookie at all in a frame: the LMS's page keeps what Cairn needs, or a window of its own has to do. */
@Isolated("A browser has its deadlines.")
class StorageJourneyTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        Chromium.get();
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_parent", "post_message_forwarding"})
    void the_lms_s_page_keeps_what_the_browser_does_not(String frame) {
        app.sandbox().switches().storage = Storage.ANSWERS;
        app.sandbox().switches().storageFrame = frame;
        try (var context = Chromium.refusing("localhost", "127.0.0.1")) {
            var page = open(context);
            assertThat(page.frameLocator("#contentframe").locator("h1")).containsText("Ada Lovelace");
            assertThat(context.cookies(app.url())).isEmpty();
        }
    }

    @Test
    void where_the_page_never_answers_a_window_of_its_own_works() {
        app.sandbox().switches().storage = Storage.SILENT;
        app.sandbox().switches().storageFrame = "_parent";
        try (var context = Chromium.refusing("localhost", "127.0.0.1")) {
            var page = open(context);
            var frame = page.frameLocator("#contentframe");
            assertThat(frame.locator("h1")).containsText("could not agree");
            assertThat(frame.locator("[data-stage]")).containsText("did not answer");
            var window = context.waitForPage(() -> frame.locator("a.btn").click());
            assertThat(window.locator("h1")).containsText("Ada Lovelace");
        }
    }

    @Test
    void the_page_keeps_little_and_only_for_the_tool() {
        app.sandbox().switches().storage = Storage.ANSWERS;
        app.sandbox().switches().storageFrame = "_parent";
        try (var context = Chromium.refusing("localhost", "127.0.0.1")) {
            var page = open(context);
            var frame = page.frameLocator("#contentframe");
            assertThat(frame.locator("h1")).containsText("Ada Lovelace");
            var tool = page.querySelector("#contentframe").contentFrame();
            assertThat(ask(tool, "lti.put_data", "k", "v")).containsEntry("value", "v");
            assertThat(ask(tool, "lti.get_data", "k", null)).containsEntry("value", "v");
            assertThat(ask(tool, "lti.put_data", "k", "x".repeat(5000)).toString())
                    .contains("storage_exhausted");
            assertThat(ask(tool, "lti.get_data", "k", null)).containsEntry("value", "v");
            assertThat(ask(tool, "lti.put_data", "", "v").toString()).contains("bad_request");
            assertThat(ask(tool, "lti.unheard_of", "k", null).toString()).contains("unsupported_subject");
            assertThat(ask(tool, "lti.capabilities", "k", null).toString()).contains("lti.put_data");
            // The page itself is another origin than the tool, and is not heard.
            assertThat(ask(page.mainFrame(), "lti.get_data", "k", null)).isNull();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> ask(
            com.microsoft.playwright.Frame from, String subject, String key, String value) {
        var message = new java.util.HashMap<String, Object>();
        message.put("subject", subject);
        message.put("key", key);
        message.put("value", value);
        return (Map<String, Object>) from.evaluate("""
                (message) => new Promise((resolve) => {
                  message.message_id = String(Math.random());
                  addEventListener("message", ({ data }) => data.message_id === message.message_id && data.subject !== message.subject && resolve(data));
                  setTimeout(() => resolve(null), 1500);
                  parent.postMessage(message, "*");
                })
                """, message);
    }

    private static Page open(BrowserContext context) {
        var page = context.newPage();
        Door.enter(page, app, "10");
        page.navigate(app.sandbox().url() + "/course/2/tool");
        return page;
    }
}

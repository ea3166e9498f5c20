package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import org.cairn.catalog.Definition;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page, in light and dark: nothing that axe finds, nothing that has to be scrolled sideways at 320 pixels, nothing without script. */
@Isolated("A browser has its deadlines.")
class AccessibilityTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        Chromium.get();
        app = TestApp.start();
        app.sandbox().sendAll();
        app.settle();
        handIn();
    }

    /** From then on learners are asked to hand something in, and a teacher has something to answer and something to decide. */
    private static void handIn() {
        app.offer(
                "2",
                "welding",
                "{'approved':'portfolio','rubric':['Shows a seam','Says why it holds']}",
                Definition.Allowance.values());
        try (var context = context(1280, false, true)) {
            var page = context.newPage();
            open(page, "11");
            var frame = page.frameLocator("#contentframe");
            frame.locator("form[action$='/hand-ins'] textarea").fill("https://example.edu/" + "seam".repeat(50));
            frame.locator("form[action$='/hand-ins'] button").click();
            frame.locator("blockquote.said").waitFor();
            frame.locator("form[action$='/waivers']").locator("xpath=..").evaluate("one => one.open = true");
            frame.locator("form[action$='/waivers'] textarea").fill("https://example.edu/" + "work".repeat(50));
            frame.locator("form[action$='/waivers'] button").click();
            frame.locator(".notice[role=status]").first().waitFor();
        }
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void axe_finds_nothing_on_any_page(boolean isDark) {
        try (var context = context(1280, isDark, true)) {
            var page = context.newPage();
            for (var sub : new String[] {"10", "3"}) {
                open(page, sub);
                check(page, "of " + sub);
            }
            open(page, "10");
            page.frameLocator("#contentframe")
                    .locator(".card-held h3 a")
                    .first()
                    .click();
            var frame = page.frameLocator("#contentframe");
            if (!isDark) {
                frame.locator("button[name=shown][value=yes]").first().click();
            }
            frame.locator("input[readonly]").first().waitFor();
            frame.locator("summary").first().click();
            check(page, "award");
            var shown = frame.locator("input[readonly]").first().inputValue();
            frame.locator("form[action$='/links'] button").first().click();
            frame.locator("textarea[readonly]").waitFor();
            check(page, "link");
            frame.locator("main a.btn").click();
            frame.locator("form[action$='/offers'] button").first().click();
            frame.locator(".qr").waitFor();
            frame.locator("summary").click();
            check(page, "offer");
            frame.locator("main .actions a").click();
            frame.locator("form[action$='/requests'] button").first().click();
            frame.locator(".qr").waitFor();
            check(page, "request");
            page.navigate(shown);
            check(page, "verify");
            for (var open : List.of("/verify", "/vocabulary")) {
                page.navigate(app.url() + open);
                check(page, open);
            }
            page.navigate(app.url() + "/verify/AAAAAAAAAAAAAAAAAAAAAA");
            check(page, "problem");
        }
    }

    @Test
    void nothing_has_to_be_scrolled_sideways_at_320_pixels() {
        try (var context = context(320, false, true)) {
            var page = context.newPage();
            for (var sub : new String[] {"10", "3"}) {
                open(page, sub);
                var frame = page.querySelector("#contentframe").contentFrame();
                frame.waitForLoadState();
                assertThat(frame.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as("page of %s", sub)
                        .isEqualTo(true);
            }
            open(page, "10");
            var frame = page.querySelector("#contentframe").contentFrame();
            frame.locator(".card-held h3 a").first().click();
            frame.locator("form[action$='/links'] select")
                    .first()
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            frame.waitForLoadState();
            assertThat(frame.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .as("award")
                    .isEqualTo(true);
            for (var open : List.of("/verify", "/vocabulary")) {
                page.navigate(app.url() + open);
                assertThat(page.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(open)
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void without_javascript_a_learner_gets_to_her_page_by_the_buttons_that_are_there() {
        try (var context = context(1280, false, false)) {
            var page = context.newPage();
            Door.enter(page, app, "10");
            page.navigate(app.sandbox().url() + "/course/2/tool");
            var frame = page.frameLocator("#contentframe");
            frame.locator("button").click();
            frame.locator("form[action$='/lti/launch'] button").click();
            frame.locator("h1").waitFor();
            assertThat(frame.locator("h1").textContent()).contains("Ada Lovelace");
        }
    }

    private static void check(Page page, String name) {
        var found = new AxeBuilder(page).analyze().getViolations();
        assertThat(found)
                .as(name)
                .extracting(
                        rule -> rule.getId() + " " + rule.getNodes().getFirst().getHtml() + " "
                                + rule.getNodes().getFirst().getFailureSummary())
                .isEmpty();
    }

    private static void open(Page page, String sub) {
        Door.enter(page, app, sub);
        page.navigate(app.sandbox().url() + "/course/2/tool");
        page.frameLocator("#contentframe").locator("h1").waitFor();
    }

    // Light is the default, and is not asked for: Playwright spells LIGHT in the JVM's language.
    private static BrowserContext context(int width, boolean isDark, boolean hasScript) {
        var options =
                new Browser.NewContextOptions().setViewportSize(width, 900).setJavaScriptEnabled(hasScript);
        return Chromium.get().newContext(isDark ? options.setColorScheme(ColorScheme.DARK) : options);
    }
}

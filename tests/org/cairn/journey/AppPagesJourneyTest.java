package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.cairn.openbadges.verification.Stranger;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A learner lets an app in, in a browser; each page on her way is looked at in light, in dark and at 320 pixels. */
@Isolated
class AppPagesJourneyTest {

    private static TestApp app;
    private static Stranger site;

    @BeforeAll
    static void start() {
        Chromium.get();
        app = TestApp.start();
        site = new Stranger();
        site.published.put("/callback", "\"You are back.\"");
        app.sandbox().sendAll();
        app.settle();
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            site.close();
            app.close();
        }
    }

    @Test
    void a_learner_lets_an_app_in_and_ends_it() throws Exception {
        var backpack = new BackpackClient(app.url(), site.url() + "/callback");
        var asks = backpack.authorization(backpack.asks());
        try (var context = Chromium.get()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 900)
                        // A button that is still changing its colour has the contrast of neither.
                        .setReducedMotion(ReducedMotion.REDUCE))) {
            var page = context.newPage();
            page.navigate(asks);
            look(page, "unknown");
            page.navigate(asks.replace("S256", "plain"));
            look(page, "wrong");

            open(page);
            var frame = page.frameLocator("#contentframe");
            frame.locator("a[href$='/apps']").click();
            frame.locator("h1")
                    .filter(new Locator.FilterOptions().setHasText("Apps"))
                    .waitFor();
            look(page, "apps");
            frame.locator("form[action$='/apps/session'] button").click();
            frame.locator("form[target] button").waitFor();
            look(page, "session");
            var window =
                    page.waitForPopup(() -> frame.locator("form[target] button").click());
            window.locator("input[readonly]").waitFor();
            look(window, "entered");

            window.navigate(asks);
            window.locator("input[type=radio]").first().waitFor();
            look(window, "authorization");
            window.locator("#chosen").check();
            window.locator("input[type=checkbox]").first().check();
            window.locator("button[value=allow]").click();
            window.waitForURL(site.url() + "/callback?**");
            var tokens = BackpackClient.json(backpack.token(
                    backpack.exchange(BackpackClient.query(window.url()).get("code"))));
            var access = tokens.path("access_token").asText();
            backpack.upsert("application/json", site.proved(site.credential()), access);

            open(page);
            frame.locator("a[href$='/apps']").click();
            frame.locator("form[action$='/end']").waitFor();
            look(page, "apps-full");
            frame.locator("form[action$='/end'] button").click();
            frame.locator("form[action$='/end']")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            assertThat(backpack.get("/credentials", access).statusCode()).isEqualTo(401);
        }
    }

    private static void open(Page page) {
        Door.enter(page, app, "10");
        page.navigate(app.sandbox().url() + "/course/2/tool");
        page.frameLocator("#contentframe").locator("a[href$='/apps']").waitFor();
    }

    private static void look(Page page, String name) {
        // Light is the default, and is not asked for: Playwright spells LIGHT in the JVM's language.
        for (var scheme : new ColorScheme[] {ColorScheme.DARK, null}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as(name)
                    .extracting(rule ->
                            rule.getId() + " " + rule.getNodes().getFirst().getHtml())
                    .isEmpty();
        }
        page.setViewportSize(320, 800);
        for (var frame : page.frames()) {
            if (frame.url().startsWith(app.url())) {
                assertThat(frame.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(name)
                        .isEqualTo(true);
            }
        }
        page.setViewportSize(1280, 900);
    }
}

package org.cairn.journey;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;

/** {@code mvn -Pscreens}: the pictures in docs/screens, of the demo's pages at 1280 and 380 pixels. */
final class Screens {

    private static final Path FOLDER = Path.of("docs/screens");

    private Screens() {}

    public static void main(String[] arguments) {
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            app.settle();
            for (int width : new int[] {1280, 380}) {
                try (var context = context(width, ColorScheme.LIGHT)) {
                    all(app, context, width);
                }
            }
            try (var context = context(380, ColorScheme.DARK)) {
                shot(tool(app, context.newPage(), "10"), "learner-dark-380");
            }
        }
        System.exit(0);
    }

    private static void all(TestApp app, BrowserContext context, int width) {
        var page = context.newPage();
        shot(page, app.sandbox().url() + "/", "lms-door-" + width);
        shot(tool(app, page, "10"), "learner-" + width);
        var frame = frame(page);
        frame.locator(".card-held h3 a").first().click();
        frame.waitForSelector("input[readonly], button[name=shown]");
        if (frame.locator("input[readonly]").count() == 0) {
            frame.locator("button[name=shown][value=yes]").first().click();
        }
        frame.waitForSelector("input[readonly]");
        shot(page, "award-" + width);
        var link = frame.locator("input[readonly]").first().inputValue();
        shot(tool(app, page, "3"), "teacher-" + width);
        shot(page, app.sandbox().url() + "/course/2/gradebook", "lms-gradebook-" + width);
        shot(page, link, "verify-" + width);
        shot(page, app.url() + "/verify/AAAAAAAAAAAAAAAAAAAAAA", "problem-" + width);
    }

    private static Page tool(TestApp app, Page page, String sub) {
        Door.enter(page, app, sub);
        page.navigate(app.sandbox().url() + "/course/2/tool");
        page.frameLocator("#contentframe").locator("h1").waitFor();
        page.waitForTimeout(600);
        return page;
    }

    private static Frame frame(Page page) {
        return page.querySelector("#contentframe").contentFrame();
    }

    private static BrowserContext context(int width, ColorScheme scheme) {
        return Chromium.get()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme));
    }

    private static void shot(Page page, String address, String name) {
        page.navigate(address);
        shot(page, name);
    }

    private static void shot(Page page, String name) {
        // A full-page picture of a frame from another site comes out with holes; a window as tall as the page does not.
        int width = page.viewportSize().width;
        int height = name.startsWith("teacher")
                ? 900
                : ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
        page.setViewportSize(width, Math.max(height, 500));
        page.waitForTimeout(700);
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
        page.setViewportSize(width, 900);
    }
}

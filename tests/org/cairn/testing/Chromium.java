package org.cairn.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real browser, where one is installed: at CAIRN_CHROMIUM, or where Debian, macOS and Windows put it. One for each thread that runs tests: its objects belong to the thread that made them. */
public final class Chromium {

    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

    /** Frames in their page's process: in one of its own a frame lost clicks, and sometimes waited for ever to be let go. */
    private static final String IN_ONE_PROCESS = "--disable-site-isolation-trials";

    private static final ThreadLocal<Browser> BROWSER = new ThreadLocal<>();

    private Chromium() {}

    /** Skips the test, saying so, where no browser is installed; under CI that is a failure. */
    public static Browser get() {
        var path = path();
        if (path.isEmpty() && Shared.isRequired()) {
            throw new AssertionError("No Chromium found, and this run has to have one.");
        }
        Assumptions.assumeTrue(
                path.isPresent(), "Skipped: no Chromium found; install one or name it in CAIRN_CHROMIUM.");
        var browser = BROWSER.get();
        if (browser == null) {
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(path.get())
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    IN_ONE_PROCESS,
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--no-first-run",
                                    // As browsers do by default or soon: no third-party cookies but partitioned ones.
                                    "--test-third-party-cookie-phaseout")));
            BROWSER.set(browser);
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return browser;
    }

    /**
     * A browser of its own that keeps no cookie of one host inside pages of another, not even a partitioned one: as people and
     * institutions set it, and as some browsers do by themselves.
     */
    public static BrowserContext refusing(String embedded, String top) {
        var type = get().browserType();
        var profile = TestApp.folder();
        var exceptions = "{\"%s,%s\":{\"setting\":2}}".formatted(embedded, top);
        try {
            Files.createDirectories(profile.resolve("Default"));
            Files.writeString(
                    profile.resolve("Default/Preferences"),
                    "{\"profile\":{\"content_settings\":{\"exceptions\":{\"cookies\":%s}}}}".formatted(exceptions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return type.launchPersistentContext(
                profile,
                new BrowserType.LaunchPersistentContextOptions()
                        .setExecutablePath(path().orElseThrow())
                        .setViewportSize(1280, 900)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run", IN_ONE_PROCESS)));
    }

    private static Optional<Path> path() {
        var named = System.getenv("CAIRN_CHROMIUM");
        return (named == null ? PLACES.stream() : List.of(named).stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}

package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.List;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.LtiKey;
import org.cairn.people.OperatorStore;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the operators: wide, light and left to right; at 320 pixels, dark and right to left; and all of it without script. */
@Isolated("A browser has its deadlines.")
class AdminAccessibilityTest {

    private static TestApp app;
    private static TwoTenants two;
    private static String token;

    @BeforeAll
    static void start() {
        Chromium.get();
        app = TestApp.start();
        two = new TwoTenants(app);
        app.cairn().keys().rotateLti();
        token = two.database()
                .inTransaction(db -> OperatorStore.add(db, null, "Grace Hopper", Instant.EPOCH))
                .token();
    }

    @AfterAll
    static void stop() {
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280,false,ltr", "320,true,rtl"})
    void axe_finds_nothing_and_nothing_has_to_be_scrolled_sideways(int width, boolean isDark, String direction) {
        var options =
                new Browser.NewContextOptions().setViewportSize(width, 900).setJavaScriptEnabled(true);
        try (var context = Chromium.get().newContext(isDark ? options.setColorScheme(ColorScheme.DARK) : options)) {
            var page = context.newPage();
            page.navigate(app.url() + "/admin/sign-in");
            check(page, "/admin/sign-in", direction);
            signIn(page);
            for (var path : paths()) {
                page.navigate(app.url() + path);
                assertThat(page.locator("h1").count()).as(path).isEqualTo(1);
                check(page, path, direction);
            }
        }
    }

    @Test
    void without_script_and_by_keyboard_a_deployment_is_approved() {
        var options = new Browser.NewContextOptions().setJavaScriptEnabled(false);
        try (var context = Chromium.get().newContext(options)) {
            var page = context.newPage();
            signIn(page);
            page.navigate(app.url() + "/admin/deployments");
            var plate = page.locator(".plate-due:has-text('knock-there-1')");
            plate.locator("select").focus();
            page.keyboard().type("There");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            page.locator("[role=status]").waitFor();
            assertThat(page.locator("[role=status]").textContent()).contains("approved");
            assertThat(page.locator(".plate-due:has-text('knock-there-1')").count())
                    .isZero();
        }
    }

    @Test
    void the_browser_itself_knows_a_short_name() {
        try (var context = Chromium.get().newContext()) {
            var page = context.newPage();
            signIn(page);
            page.navigate(app.url() + "/admin/tenants");
            var slug = page.locator("input[name=slug]");
            slug.fill("Not A Slug");
            assertThat(slug.evaluate("input => input.validity.patternMismatch")).isEqualTo(true);
            slug.fill("my-university");
            assertThat(slug.evaluate("input => input.validity.valid")).isEqualTo(true);
        }
    }

    private static void signIn(Page page) {
        page.navigate(app.url() + "/admin/sign-in");
        page.locator("#sign-in-token").fill(token);
        page.locator("#sign-in-token").press("Enter");
        page.locator(".desk").waitFor();
    }

    private static List<String> paths() {
        var kid = app.cairn().keys().ltiStates().stream()
                .filter(key -> key.state() == LtiKey.State.ACTIVE)
                .findFirst()
                .orElseThrow()
                .kid();
        var issuer = app.cairn()
                .database()
                .inTransaction(db -> IssuerStore.get(db, two.here.tenant()).id());
        var issuerKid = app.cairn()
                .database()
                .inTransaction(db -> app.cairn().keys().issuerKeys(db, issuer))
                .getFirst()
                .kid();
        return List.of(
                "/admin",
                "/admin/deployments?done=deployment_approved",
                "/admin/deployments/" + two.here.deployment() + "/move",
                "/admin/platforms",
                "/admin/platforms/" + two.here.platform(),
                "/admin/invitations",
                "/admin/outbox",
                "/admin/notices",
                "/admin/dry-run?tenant=" + two.here.tenant() + "&achievement=bias-in-models",
                "/admin/design",
                "/admin/design?ground=%23ffffff&ink=%23eeeeee",
                "/admin/pictures",
                "/admin/pictures/" + two.here.tenant() + "/" + two.here.picture(),
                "/admin/pictures/" + two.here.tenant() + "/" + two.here.picture() + "?ground=%23ffffff&ink=%23eeeeee",
                "/admin/endorsements",
                "/admin/people",
                "/admin/people/" + two.here.applicant(),
                "/admin/keys",
                "/admin/keys/" + kid + "/withdrawal",
                "/admin/issuers",
                "/admin/issuers/" + two.here.tenant(),
                "/admin/issuers/" + two.here.tenant() + "/keys/" + issuerKid + "/withdrawal",
                "/admin/tenants",
                "/admin/operators");
    }

    private static void check(Page page, String name, String direction) {
        page.evaluate("direction => document.documentElement.dir = direction", direction);
        var found = new AxeBuilder(page).analyze().getViolations();
        assertThat(found)
                .as(name)
                .extracting(
                        rule -> rule.getId() + " " + rule.getNodes().getFirst().getHtml() + " "
                                + rule.getNodes().getFirst().getFailureSummary())
                .isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as(name)
                .isEqualTo(true);
    }
}

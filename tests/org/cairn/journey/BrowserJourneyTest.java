package org.cairn.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The whole idea in a real browser: another site's frame, no third-party cookies, a grade, an award, a stack, a stranger's check. */
@Isolated("A browser has its deadlines.")
class BrowserJourneyTest {

    private final List<String> violations = new ArrayList<>();

    @Test
    void a_grade_becomes_an_award_that_stacks_and_that_a_stranger_checks() {
        // The machine may be busy with another build; what never comes still fails.
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        try (var app = TestApp.start();
                var ada = person();
                var grace = person();
                var stranger = person()) {
            app.sandbox().sendAll();
            app.settle();
            assertThat(app.sandbox().pushProblem()).isNull();

            var learner = open(ada, app, "Ada Lovelace");
            assertThat(learner.locator("h1")).containsText("Ada Lovelace");
            assertThat(learner.getByText("You need more than 70 %")).isVisible();

            var teacher = open(grace, app, "Grace Hopper");
            // 120, and the assistant, whom a Moodle's roster calls a learner until he launches himself.
            assertThat(teacher.getByText("1 to 50 of 121")).isVisible();
            assertThat(teacher.getByText("O'Brien").first()).isAttached();

            grade(grace, app, "103", "9");
            gradeColumn(grace, app, "Capstone: audit report", "80");

            learner = open(ada, app, "Ada Lovelace");
            learner.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Check now"))
                    .click();
            assertThat(learner.locator(".stack h2")).hasText("Responsible AI");
            assertThat(learner.locator(".stack .state")).hasText("✓Earned");
            learner.locator(".stack h2 a").click();

            press(learner, "Switch its public page on");
            var link = learner.locator("input[readonly]").first().inputValue();
            var check = stranger.newPage();
            check.navigate(link);
            assertThat(check.locator(".verdict")).containsText("genuine and stands");
            assertThat(check.locator("body")).not().containsText("Ada");

            learner.locator("#name-told").check();
            press(learner, "Make this form");
            assertThat(learner.getByText("It names Ada Lovelace.")).isVisible();
            press(learner, "Switch its public page on");
            assertThat(learner.locator("input[readonly]")).hasCount(2);
            check.navigate(learner.locator("input[readonly]").last().inputValue());
            assertThat(check.locator(".certificate")).containsText("Ada Lovelace");

            teacher = open(grace, app, "Grace Hopper");
            teacher.locator("input[type=search]").fill("Ada Lovelace");
            teacher.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Find"))
                    .click();
            assertThat(teacher.getByText("1 to 1 of 1")).isVisible();
            teacher.locator("tbody td").last().locator("a").click();
            teacher.locator("textarea").fill("Awarded by mistake");
            teacher.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Revoke this award"))
                    .click();
            assertThat(teacher.getByText("Awarded by mistake")).isVisible();
            check.reload();
            assertThat(check.locator(".verdict")).containsText("its issuer has revoked it");
            assertThat(violations)
                    .as("what the content security policy stopped")
                    .isEmpty();
        }
    }

    private static void press(FrameLocator frame, String button) {
        frame.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(button))
                .first()
                .click();
    }

    private BrowserContext person() {
        var context = Chromium.get().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                violations.add(message.text());
            }
        });
        return context;
    }

    /**
     * Logs in at the LMS and opens Cairn in the course page's frame. Links and headings are found by their tags: Playwright spells
     * the role LINK in the JVM's language, and ours is Turkish.
     */
    private static FrameLocator open(BrowserContext who, TestApp app, String name) {
        Page page = who.pages().isEmpty() ? who.newPage() : who.pages().getFirst();
        page.navigate(app.sandbox().url() + "/?q=" + name.split(" ")[0]);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .first()
                .click();
        page.locator("a", new Page.LocatorOptions().setHasText("Your credentials (Cairn)"))
                .click();
        return page.frameLocator("#contentframe");
    }

    private static void grade(BrowserContext grace, TestApp app, String activity, String score) {
        var page = gradebook(grace, app);
        page.locator("input[name='" + activity + "/10']").fill(score);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save grades"))
                .click();
        app.settle();
    }

    private static void gradeColumn(BrowserContext grace, TestApp app, String column, String score) {
        var page = gradebook(grace, app);
        page.getByLabel(column + ", Ada Lovelace").fill(score);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save grades"))
                .click();
        assertThat(page.getByText("Saved.")).isVisible();
    }

    private static Page gradebook(BrowserContext grace, TestApp app) {
        var page = grace.pages().getFirst();
        page.navigate(app.sandbox().url() + "/course/2/gradebook");
        return page;
    }
}

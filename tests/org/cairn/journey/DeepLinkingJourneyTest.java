package org.cairn.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;
import org.cairn.sandbox.Link;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A teacher chooses two credentials in Cairn's frame, and the LMS has links to them, with columns, that her learners open. */
@Isolated("A browser has its deadlines.")
class DeepLinkingJourneyTest {

    private final List<String> violations = new ArrayList<>();

    @Test
    void two_credentials_are_linked_with_columns_open_for_a_learner_and_go_along_into_a_copy() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        try (var app = TestApp.start();
                var grace = person();
                var ada = person()) {
            app.sandbox().addCourse("3", "Responsible AI, evening class");
            var page = enter(grace, app, "3");
            page.navigate(app.sandbox().url() + "/course/3");
            page.locator("a", new Page.LocatorOptions().setHasText("Add a link from Cairn"))
                    .click();
            var frame = page.frameLocator("#contentframe");
            assertThat(frame.locator("h1")).hasText("Choose what to link");
            for (var id : List.of("bias-in-models", "explaining-decisions")) {
                frame.locator("#choice-" + id).check();
                frame.locator("#column-" + id).check();
            }
            frame.locator("button[type=submit]").first().click();
            assertThat(frame.locator("h1")).containsText("Added to Responsible AI, evening class");
            frame.locator("a.btn").click();

            assertThat(page.locator("h1")).hasText("Responsible AI, evening class");
            assertThat(page.locator("[role=status]")).containsText("Added");
            assertThat(app.sandbox().links("3"))
                    .extracting(Link::title)
                    .containsExactlyInAnyOrder("Bias in models", "Explaining decisions");
            for (var link : app.sandbox().links("3")) {
                var column = app.sandbox().column("3", link.title());
                assertThat(column.linkId()).isEqualTo(link.id());
                assertThat(column.tag()).isEqualTo("cairn");
            }

            var learner = enter(ada, app, "10");
            learner.navigate(app.sandbox().url() + "/course/3");
            learner.locator("a", new Page.LocatorOptions().setHasText("Explaining decisions"))
                    .click();
            assertThat(learner.frameLocator("#contentframe").locator("h1")).isVisible();
            var credentials = learner.frameLocator("#contentframe");
            assertThat(credentials.locator("section[aria-labelledby=about] h3")).hasText("Explaining decisions");
            assertThat(credentials.locator("section[aria-labelledby=open] h3")).hasText("Bias in models");

            page.navigate(app.sandbox().url() + "/course/3/gradebook");
            page.getByLabel("open Bias in models, Alan Turing").click();
            assertThat(page.frameLocator("#contentframe").locator("tbody")).containsText("Alan Turing");
            assertThat(page.frameLocator("#contentframe").locator("tbody"))
                    .not()
                    .containsText("Ada Lovelace");

            page.navigate(app.sandbox().url() + "/course/3");
            page.locator("form.copy button").click();
            assertThat(page.locator("h1")).hasText("Responsible AI, evening class, next term");
            page.locator("a", new Page.LocatorOptions().setHasText("Bias in models"))
                    .click();
            assertThat(page.frameLocator("#contentframe").locator("main")).containsText("Bias in models");
            assertThat(page.frameLocator("#contentframe").locator("main")).containsText("Explaining decisions");
            assertThat(violations)
                    .as("what the content security policy stopped")
                    .isEmpty();
        }
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

    private static Page enter(BrowserContext context, TestApp app, String sub) {
        var page = context.newPage();
        Door.enter(page, app, sub);
        return page;
    }
}

package org.cairn.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.cairn.catalog.Definition;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a learner applies for and a teacher decides, on their pages. */
@Isolated("A browser has its deadlines.")
class ApplicationJourneyTest {

    private static final String LEARNER = "11";
    private static final String TEACHER = "3";

    @Test
    void what_a_learner_asks_for_a_teacher_decides_and_both_see_the_reason() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        try (var app = TestApp.start();
                var ada = Chromium.get().newContext(new Browser.NewContextOptions());
                var grace = Chromium.get().newContext(new Browser.NewContextOptions())) {
            app.offer(
                    "2",
                    "fellowship",
                    "{'rule':1,'mode':'approve','asks':{'allOf':[{'approved':'portfolio'}]}}",
                    Definition.Allowance.values());
            var learner = ada.newPage();
            var teacher = grace.newPage();

            var hers = open(learner, app, LEARNER);
            hers.locator("summary").getByText("Ask to be excused").click();
            hers.locator("form[action$='/waivers'] textarea").fill("I did this at work.");
            hers.locator("form[action$='/waivers'] button").click();
            assertThat(hers.locator(".notice[role=status]")).hasCount(1);
            hers.locator("summary").getByText("earned this elsewhere").click();
            hers.locator("input[name=named]").fill("Fellowship of letters");
            hers.locator("input[name=issuer]").fill("Other University");
            hers.locator("input[name=day]").fill("2024-05-31");
            hers.locator("form[action$='/recognitions'] textarea").fill("See my transcript.");
            hers.locator("form[action$='/recognitions'] button").click();
            assertThat(hers.locator(".notice[role=status]")).hasCount(2);

            var theirs = open(teacher, app, TEACHER);
            assertThat(theirs.locator("#to-decide + ul > li, #to-decide ~ ul > li"))
                    .hasCount(2);
            decide(theirs, "excused from", "decline", "Your work was something else.");
            decide(theirs, "Other University", "grant", "The transcript says so.");
            assertThat(theirs.locator("#to-decide")).hasCount(0);

            hers = open(learner, app, LEARNER);
            assertThat(hers.locator(".notice-warning")).containsText("Your work was something else.");
            assertThat(hers.locator(".notice-good")).containsText("The transcript says so.");
            hers.locator("textarea[name=said]").first().fill("https://example.edu/portfolio");
            hers.locator("form[action$='/hand-ins'] button").click();
            assertThat(hers.locator("body")).containsText("It waits to be looked at.");

            theirs = open(teacher, app, TEACHER);
            theirs.locator("form[action$='/answers'] textarea").fill("Good.");
            theirs.locator("button[value=approve]").click();
            decide(theirs, "awarded", "grant", "The committee agreed.");

            hers = open(learner, app, LEARNER);
            assertThat(hers.locator(".card-held").filter(new Locator.FilterOptions().setHasText("fellowship")))
                    .hasCount(1);
        }
    }

    private static void decide(FrameLocator page, String what, String answer, String reason) {
        var item = page.locator("li.panel").filter(new Locator.FilterOptions().setHasText(what));
        item.locator("textarea").fill(reason);
        item.locator("button[value=" + answer + "]").click();
        assertThat(item).hasCount(0);
    }

    private static FrameLocator open(Page page, TestApp app, String sub) {
        Door.enter(page, app, sub);
        page.navigate(app.sandbox().url() + "/course/2/tool");
        var frame = page.frameLocator("#contentframe");
        frame.locator("h1").waitFor();
        return frame;
    }
}

package org.cairn.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.cairn.testing.Chromium;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A teacher opens Cairn in a course that her LMS copied, and says what becomes of it; her class has groups. */
@Isolated("A browser has its deadlines.")
class CopyJourneyTest {

    @Test
    void a_copied_course_takes_over_what_the_other_had_when_its_teacher_says_so() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        try (var app = TestApp.start();
                var browser = Chromium.get().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            app.sandbox().switches().groups = true;
            var page = browser.newPage();
            Door.enter(page, app, "3");
            var first = open(page, app, "2");
            assertThat(first.locator("h1")).hasText("Credentials of this course");
            app.sandbox().grade("2", "101", "10", 90);
            app.settle();

            app.sandbox().copyCourse("2", "7", "Responsible AI, spring");
            var copy = open(page, app, "7");
            assertThat(copy.locator("#copy")).containsText("Copied from");
            assertThat(copy.locator("main")).not().containsText("Nothing can be earned");
            assertThat(copy.locator("form.copy li")).not().hasCount(0);
            // The quiz is the LMS's own, and may have another name in the copy.
            assertThat(copy.locator("form.copy select").first()).containsText("as before: “101”");
            copy.locator("form.copy button[value=take]").click();
            assertThat(copy.locator("form.copy")).hasCount(0);
            assertThat(copy.locator(".tile")).not().hasCount(0);
            assertThat(copy.locator(".tile-figure strong").first()).hasText("0");

            var groups = open(page, app, "2");
            groups.locator("#group").selectOption("2-am");
            groups.locator("form[role=search] button").click();
            assertThat(groups.locator("#group")).hasValue("2-am");
            assertThat(groups.locator(".count")).not().containsText("of 31");
        }
    }

    private static FrameLocator open(Page page, TestApp app, String course) {
        page.navigate(app.sandbox().url() + "/course/" + course);
        page.locator(".actions a.btn-primary").first().click();
        return page.frameLocator("#contentframe");
    }
}

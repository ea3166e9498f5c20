package org.cairn.journey;

import com.microsoft.playwright.Page;
import org.cairn.testing.TestApp;

/** Where somebody says to the LMS who she is. */
final class Door {

    private Door() {}

    /**
     * Logs in and waits for the course page: a click does not wait for the form that it sends, and whoever goes elsewhere at once, on a
     * busy machine, takes that form back.
     */
    static void enter(Page page, TestApp app, String sub) {
        page.navigate(app.sandbox().url() + "/?q=" + app.sandbox().person(sub).givenName());
        page.locator("input[value='" + sub + "'] + button").click();
        page.waitForURL(app.sandbox().url() + "/course/*");
    }
}

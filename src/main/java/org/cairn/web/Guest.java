package org.cairn.web;

import org.cairn.SessionId;
import org.cairn.people.Browser;

/**
 * Who asks for a page of a placement, as the browser has it.
 *
 * @param isSent whether our own page sent it along, since the frame keeps no cookies
 */
record Guest(Browser browser, SessionId session, boolean isSent) {

    /** What a page sends along to be known by: as secret as the browser's cookie. */
    String pass() {
        return browser.secret() + "." + session;
    }
}

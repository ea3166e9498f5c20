package org.cairn.web;

import io.javalin.http.Context;
import java.util.Optional;
import org.cairn.people.Browser;

/** The cookie by which a browser is known. */
final class Browsers {

    private static final String NAME = "cairn";

    // In an LMS's frame we are a third party: only a Partitioned cookie (CHIPS) is kept there. Written by hand, since
    // the servlet's
    // cookie class knows no such attribute.
    private static final String ATTRIBUTES = "; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=None; Partitioned";

    private Browsers() {}

    static Optional<Browser> find(Context context) {
        try {
            return Optional.ofNullable(context.cookie(NAME)).map(Browser::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The browser's own, or a new one that its answer will carry. */
    static Browser findOrCreate(Context context) {
        return find(context).orElseGet(() -> {
            var browser = Browser.fresh();
            context.res().addHeader("Set-Cookie", NAME + "=" + browser.secret() + ATTRIBUTES);
            return browser;
        });
    }
}

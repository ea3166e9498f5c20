package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import org.cairn.people.Browser;

/** How a browser is known: by a cookie, or, where a frame keeps none, by what our own page sends along. */
public final class Browsers {

    static final String FIELD = "browser";

    private static final String NAME = "cairn";

    // In an LMS's frame we are a third party: only a Partitioned cookie (CHIPS) is kept there. Written by hand, since
    // the servlet's
    // cookie class knows no such attribute.
    private static final String ATTRIBUTES = "; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=None; Partitioned";

    private Browsers() {}

    static Optional<Browser> find(Context context) {
        return browser(context.cookie(NAME));
    }

    /** The browser's own, or a new one that its answer will carry. */
    static Browser findOrCreate(Context context) {
        return find(context).orElseGet(() -> {
            var browser = Browser.fresh();
            context.res().addHeader("Set-Cookie", NAME + "=" + browser.secret() + ATTRIBUTES);
            return browser;
        });
    }

    /**
     * The one that a page of ours sent in a form, where there is no cookie. Only from our own pages: a stranger's form could sign somebody
     * in as the stranger.
     */
    static Optional<Browser> sent(Context context, URI publicUrl) {
        if (!publicUrl.toString().equals(context.header("Origin")) || !isFromUs(context, publicUrl)) {
            return Optional.empty();
        }
        return browser(context.formParam(FIELD));
    }

    /** Whether a form was sent by a page of ours, as far as the browser tells. */
    public static boolean isFromUs(Context context, URI publicUrl) {
        var origin = context.header("Origin");
        var site = context.header("Sec-Fetch-Site");
        return (origin == null || origin.equals(publicUrl.toString())) && (site == null || site.equals("same-origin"));
    }

    private static Optional<Browser> browser(@org.jspecify.annotations.Nullable String secret) {
        try {
            return Optional.ofNullable(secret).map(Browser::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

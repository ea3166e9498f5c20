package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.cairn.PlacementId;
import org.cairn.SessionId;
import org.cairn.people.Browser;
import org.cairn.people.Session;
import org.jspecify.annotations.Nullable;

/** How a browser is known: by a cookie, or, where a frame keeps none, by what our own page sends along. */
public final class Browsers {

    static final String FIELD = "browser";

    private static final String NAME = "cairn";
    private static final String SESSION = "cairn-session";

    // In an LMS's frame we are a third party: only a Partitioned cookie (CHIPS) is kept there. Written by hand, since
    // the servlet's cookie class knows no such attribute.
    private static final String ATTRIBUTES = "; Path=%s; Max-Age=%s; HttpOnly; Secure; SameSite=None; Partitioned";

    private static final Duration LIFE = Duration.ofDays(365);

    private Browsers() {}

    /**
     * The name of a cookie that no neighbour's page can set: where we are reached by https, browsers take one of this prefix from this host
     * alone, for all of it.
     */
    static String hostOnly(String name, URI publicUrl) {
        return "https".equals(publicUrl.getScheme()) ? "__Host-" + name : name;
    }

    static Optional<Browser> find(Context context, URI publicUrl) {
        return find(context, hostOnly(NAME, publicUrl));
    }

    /** The browser whose secret this cookie holds; empty where there is no such cookie, or it holds none. */
    public static Optional<Browser> find(Context context, String cookie) {
        try {
            return Optional.ofNullable(context.cookie(cookie)).map(Browser::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The browser's own, or a new one that its answer will carry. */
    static Browser findOrCreate(Context context, URI publicUrl) {
        return find(context, publicUrl).orElseGet(() -> {
            var browser = Browser.fresh();
            keep(context, hostOnly(NAME, publicUrl), browser.secret(), "/", LIFE);
            return browser;
        });
    }

    /** Has the browser keep which session it has at a placement: the newest there, and those of other placements beside it. */
    static void keep(Context context, PlacementId placement, SessionId session) {
        keep(context, SESSION, session.toString(), Visit.path(placement), Session.LIFE);
    }

    /** By what a page of ours sent in a form, since its frame keeps no cookies; where it sent nothing, by the browser's two cookies. */
    static Optional<Guest> guest(Context context, URI publicUrl) {
        var sent = sent(context, publicUrl);
        if (sent == null) {
            return guest(context.cookie(hostOnly(NAME, publicUrl)), context.cookie(SESSION), false);
        }
        var parts = sent.split("\\.", 2);
        return parts.length == 2 ? guest(parts[0], parts[1], true) : Optional.empty();
    }

    /** Only from our own pages: a stranger's form could sign somebody in as the stranger. */
    private static @Nullable String sent(Context context, URI publicUrl) {
        boolean isOurs = publicUrl.toString().equals(context.header("Origin")) && isFromUs(context, publicUrl);
        return isOurs ? context.formParam(FIELD) : null;
    }

    /** Whether a form was sent by a page of ours, as far as the browser tells. */
    public static boolean isFromUs(Context context, URI publicUrl) {
        var origin = context.header("Origin");
        var site = context.header("Sec-Fetch-Site");
        return (origin == null || origin.equals(publicUrl.toString())) && (site == null || site.equals("same-origin"));
    }

    private static Optional<Guest> guest(@Nullable String secret, @Nullable String session, boolean isSent) {
        if (secret == null || session == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Guest(new Browser(secret), SessionId.of(session), isSent));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void keep(Context context, String name, String value, String path, Duration life) {
        context.res().addHeader("Set-Cookie", name + "=" + value + ATTRIBUTES.formatted(path, life.toSeconds()));
    }
}

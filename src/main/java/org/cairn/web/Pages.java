package org.cairn.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;

/** Renders pages, and says of each who may show it in a frame. */
public final class Pages {

    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.cairn.templates");

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action ";

    private Pages() {}

    /** A page that only this origin set may frame. Nothing of it is stored by browsers or proxies. */
    static void framed(Context context, String template, Object view, List<String> origins) {
        context.header("Cache-Control", "no-store");
        render(context, template, view, String.join(" ", origins), "'self'");
    }

    /** The same, with forms that may also be sent to another address: where an LMS waits for what was chosen. */
    static void framed(Context context, String template, Object view, List<String> origins, URI formTarget) {
        context.header("Cache-Control", "no-store");
        var target = formTarget.getScheme() + "://" + formTarget.getRawAuthority();
        render(context, template, view, String.join(" ", origins), "'self' " + target);
    }

    /** A page for whoever is signed in, in a window of its own. Nothing of it is stored, and nobody may frame it. */
    public static void own(Context context, String template, Object view) {
        context.header("Cache-Control", "no-store");
        render(context, template, view, "'none'", "'self'");
    }

    /** The same, whose form leads to another site, which leads the browser on to yet others: browsers ask this page for all of them. */
    static void leading(Context context, String template, Object view, String scheme) {
        context.header("Cache-Control", "no-store");
        render(context, template, view, "'none'", "'self' " + scheme + ":");
    }

    /** A page for everybody, in a window of its own. */
    static void open(Context context, String template, Object view) {
        render(context, template, view, "'none'", "'self'");
    }

    /** A page that says what went wrong: it holds nothing to steal and nothing to click, and has to show wherever it happened. */
    static void anywhere(Context context, String template, Object view) {
        context.header("Cache-Control", "no-store");
        render(context, template, view, "*", "'self'");
    }

    private static void render(Context context, String template, Object view, String ancestors, String targets) {
        context.header("Content-Security-Policy", POLICY + targets + "; frame-ancestors " + ancestors);
        var output = new StringOutput();
        ENGINE.render("web/" + template + ".jte", view, output);
        context.html(output.toString());
    }
}

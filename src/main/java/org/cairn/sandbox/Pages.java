package org.cairn.sandbox;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all pages of this LMS have in common: how they are drawn, who is looking, and what they may frame. */
public final class Pages {

    /** A form that posts itself. */
    public record FormView(String action, Map<String, String> fields) {}

    /** A few words, and the way back. */
    public record NoteView(String title, String words, String back) {}

    /** What somebody who has said who they are sees. */
    interface Page {
        void show(Context context, Person person);
    }

    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.cairn.templates");

    private final Lms lms;
    private final Map<String, Person> sessions = new ConcurrentHashMap<>();

    Pages(Lms lms) {
        this.lms = lms;
    }

    void start(Context context, Person person) {
        var session = UUID.randomUUID().toString();
        sessions.put(session, person);
        context.res().addHeader("Set-Cookie", "sandbox=" + session + "; Path=/; HttpOnly; SameSite=Lax");
    }

    void end(Context context) {
        sessions.remove(String.valueOf(context.cookie("sandbox")));
    }

    void signedIn(Context context, Page page) {
        var person = sessions.get(String.valueOf(context.cookie("sandbox")));
        if (person == null) {
            context.redirect("/", HttpStatus.SEE_OTHER);
        } else {
            page.show(context, person);
        }
    }

    Course course(Context context) {
        return Optional.ofNullable(lms.courses.get(context.pathParam("course")))
                .orElseThrow(() -> new Answers(404, "No such course"));
    }

    /** Every page may frame the registered tools, send forms to them, and come back in their frames. */
    void secure(Context context) {
        secure(context, null);
    }

    /** The same, and another one that is not registered yet. */
    void secure(Context context, @Nullable String candidate) {
        var tools = lms.tools().stream().map(Tool::origin).distinct().collect(Collectors.joining(" "));
        var all = candidate == null ? tools : tools + " " + candidate;
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "same-origin");
        context.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none';"
                        + " frame-ancestors 'self' " + all + "; frame-src 'self' " + all + "; form-action 'self' "
                        + all);
    }

    static void form(Context context, Oidc.FormPost post) {
        render(context, "form", new FormView(post.action(), post.fields()));
    }

    static void render(Context context, String template, Object view) {
        var output = new StringOutput();
        ENGINE.render("sandbox/" + template + ".jte", view, output);
        context.header("Cache-Control", "no-store").html(output.toString());
    }

    static Map<String, String> single(Map<String, List<String>> parameters) {
        var single = new HashMap<String, String>();
        parameters.forEach((name, values) -> single.put(name, values.getFirst()));
        return single;
    }
}

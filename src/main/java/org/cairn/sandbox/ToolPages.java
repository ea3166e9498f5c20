package org.cairn.sandbox;

import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages with a tool in a frame, and what those frames load first. */
public final class ToolPages {

    /**
     * A page with a frame.
     *
     * @param src what the frame begins with
     * @param origin the tool's: only what comes from there is heard
     */
    public record View(Course course, Person person, String title, String src, String origin) {}

    /** What came of choosing, shown in the frame. */
    public record AddedView(Course course, List<Link> links, String message) {}

    private final Lms lms;
    private final Pages pages;
    private final Oidc oidc;
    private final DeepLinking deepLinking;

    ToolPages(Lms lms, Pages pages, Oidc oidc, DeepLinking deepLinking) {
        this.lms = lms;
        this.pages = pages;
        this.oidc = oidc;
        this.deepLinking = deepLinking;
    }

    void home(Context context, Person person) {
        show(context, person, lms.home(pages.course(context), lms.tool()), "/tool/launch");
    }

    void openHome(Context context, Person person) {
        open(context, person, lms.home(pages.course(context), lms.tool()));
    }

    void link(Context context, Person person) {
        var link = clicked(context);
        show(context, person, link, "/links/" + link.id() + "/launch");
    }

    void openLink(Context context, Person person) {
        open(context, person, clicked(context));
    }

    /** Where a teacher adds links. */
    void addition(Context context, Person person) {
        var course = pages.course(context);
        var tool = tool(context.pathParam("deployment"));
        var src = "/course/" + course.id + "/additions/" + tool.deploymentId() + "/launch";
        Pages.render(context, "tool", new View(course, person, "Add a link from " + tool.name(), src, tool.origin()));
    }

    void openAddition(Context context, Person person) {
        var tool = tool(context.pathParam("deployment"));
        Pages.form(context, oidc.initiation(deepLinking.ask(person, tool, pages.course(context))));
    }

    /** The answer comes from the tool's frame, where no cookie of this LMS is sent: what it was asked under says whose it is. */
    void add(Context context) {
        var added = deepLinking.take(text(context.queryParam("choice")), text(context.formParam("JWT")));
        Pages.render(context, "added", new AddedView(added.course(), added.links(), added.message()));
    }

    private void show(Context context, Person person, Link link, String launch) {
        var course = pages.course(context);
        var tool = tool(link.deployment());
        Pages.render(
                context,
                "tool",
                new View(course, person, link.title(), "/course/" + course.id + launch, tool.origin()));
    }

    private void open(Context context, Person person, Link link) {
        var click = new Click(person, tool(link.deployment()), pages.course(context), link, new Message.Open());
        Pages.form(context, oidc.initiation(click));
    }

    private Link clicked(Context context) {
        return lms.link(pages.course(context), context.pathParam("link"))
                .orElseThrow(() -> new Answers(404, "No such link"));
    }

    private Tool tool(String deployment) {
        return lms.tool(deployment).orElseThrow(() -> new Answers(404, "No such tool"));
    }

    private static String text(@Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }
}

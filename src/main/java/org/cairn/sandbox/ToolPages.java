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
     * @param keeper the name of another frame that keeps things for the tool; empty where the page does so itself
     */
    public record View(
            Course course,
            Person person,
            String title,
            String src,
            String origin,
            Storage storage,
            String keeper,
            String keeperSrc) {}

    /** What came of choosing, shown in the frame. */
    public record AddedView(Course course, List<Link> links, String message) {}

    private final Lms lms;
    private final Pages pages;
    private final Oidc oidc;
    private final DeepLinking deepLinking;
    private final Clicks clicks;

    ToolPages(Lms lms, Pages pages, Oidc oidc, DeepLinking deepLinking) {
        this.lms = lms;
        this.pages = pages;
        this.oidc = oidc;
        this.deepLinking = deepLinking;
        this.clicks = new Clicks(lms);
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

    /** A learner's work, from the gradebook. */
    void review(Context context, Person person) {
        var click = reviewed(context, person);
        var path = "/reviews/" + context.pathParam("column") + "/" + context.pathParam("sub") + "/launch";
        show(context, person, click.tool(), "Grade analysis", path);
    }

    void openReview(Context context, Person person) {
        Pages.form(context, oidc.initiation(reviewed(context, person)));
    }

    private Click reviewed(Context context, Person person) {
        return clicks.review(person, pages.course(context), context.pathParam("column"), context.pathParam("sub"));
    }

    /** Where a teacher adds links. */
    void addition(Context context, Person person) {
        var tool = tool(context.pathParam("deployment"));
        show(context, person, tool, "Add a link from " + tool.name(), "/additions/" + tool.deploymentId() + "/launch");
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

    /** What another frame of the page holds, where things are not kept by the page itself. */
    void keeper(Context context) {
        Pages.render(context, "keeper", tool(context.pathParam("deployment")).origin());
    }

    private void show(Context context, Person person, Link link, String launch) {
        show(context, person, tool(link.deployment()), link.title(), launch);
    }

    private void show(Context context, Person person, Tool tool, String title, String launch) {
        var course = pages.course(context);
        var storage = lms.switches.storage;
        boolean isElsewhere = storage == Storage.ANSWERS && !lms.switches.storageFrame.equals("_parent");
        var view = new View(
                course,
                person,
                title,
                "/course/" + course.id + launch,
                tool.origin(),
                storage,
                isElsewhere ? lms.switches.storageFrame : "",
                "/storage/" + tool.deploymentId());
        Pages.render(context, "tool", view);
    }

    private void open(Context context, Person person, Link link) {
        Pages.form(context, oidc.initiation(clicks.open(person, pages.course(context), link)));
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

package org.cairn.sandbox;

import io.javalin.Javalin;
import io.javalin.http.staticfiles.Location;

/** Everything that a running sandbox consists of, put together. */
final class Running implements AutoCloseable {

    final Lms lms;
    final DeepLinking deepLinking;
    final Oidc oidc;
    final Clicks clicks;
    final Push push;
    final Grading grading;
    final Invitations invitations;
    final Registrations registrations;
    final Notices notices;
    final Copying copying;

    private final ToolKeys toolKeys = new ToolKeys();
    private final Tokens tokens;
    private final Javalin javalin;

    Running(String host, int port, Profile profile, Tool tool) {
        this.lms = new Lms("http://" + host + ":" + port, profile, tool);
        this.deepLinking = new DeepLinking(lms, toolKeys);
        this.oidc = new Oidc(lms, new IdTokens(lms, deepLinking));
        this.clicks = new Clicks(lms);
        this.push = new Push(tool);
        this.grading = new Grading(lms, push);
        this.invitations = new Invitations(lms);
        this.registrations = new Registrations(lms, invitations);
        this.tokens = new Tokens(lms, toolKeys);
        this.notices = new Notices(lms, tokens);
        this.copying = new Copying(lms, notices);
        var pages = new Pages(lms);
        var routes = new Routes(lms, pages, oidc, tokens);
        this.javalin = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = "/sandbox";
                files.location = Location.CLASSPATH;
            });
            routes.pages(
                    config.routes,
                    new DoorPages(lms, pages),
                    new CoursePages(lms, pages, copying),
                    new GradebookPages(pages, grading, push),
                    new ToolPages(lms, pages, oidc, deepLinking));
            routes.administration(config.routes, new AdminPages(lms, pages, invitations, registrations), registrations);
            routes.login(config.routes);
            routes.services(
                    config.routes,
                    new LineItems(lms, tokens),
                    new Scores(lms, tokens),
                    new Roster(lms, tokens),
                    new Groups(lms, tokens),
                    notices);
        });
        javalin.start(host, port);
    }

    @Override
    public void close() {
        javalin.stop();
        push.close();
        notices.close();
        toolKeys.close();
    }
}

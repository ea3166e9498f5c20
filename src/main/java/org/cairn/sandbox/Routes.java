package org.cairn.sandbox;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Which address is whose: the pages of this LMS, and what tools speak to. */
final class Routes {

    private static final int MOST_HEARD = 1000;

    private final Lms lms;
    private final Pages pages;
    private final Oidc oidc;
    private final Tokens tokens;

    Routes(Lms lms, Pages pages, Oidc oidc, Tokens tokens) {
        this.lms = lms;
        this.pages = pages;
        this.oidc = oidc;
        this.tokens = tokens;
    }

    void pages(RoutesConfig routes, DoorPages door, CoursePages courses, GradebookPages gradebook, ToolPages tools) {
        routes.before(pages::secure);
        routes.exception(Answers.class, Routes::refuse);
        routes.get(
                "/assets/bootstrap.css",
                context -> context.contentType("text/css")
                        .result(Routes.class.getResourceAsStream(
                                "/META-INF/resources/webjars/bootstrap/5.3.8/dist/css/bootstrap.min.css")));
        routes.get("/", door::show);
        routes.post("/session", door::enter);
        routes.post("/session/end", door::leave);
        var course = "/course/{course}";
        get(routes, course, courses::show);
        routes.post(course + "/copies", context -> pages.signedIn(context, courses::copy));
        get(routes, course + "/gradebook", gradebook::show);
        routes.post(course + "/gradebook", context -> pages.signedIn(context, gradebook::save));
        get(routes, course + "/tool", tools::home);
        get(routes, course + "/tool/launch", tools::openHome);
        get(routes, course + "/links/{link}", tools::link);
        get(routes, course + "/links/{link}/launch", tools::openLink);
        get(routes, course + "/reviews/{column}/{sub}", tools::review);
        get(routes, course + "/reviews/{column}/{sub}/launch", tools::openReview);
        get(routes, course + "/additions/{deployment}", tools::addition);
        get(routes, course + "/additions/{deployment}/launch", tools::openAddition);
        routes.post(course + "/links", tools::add);
        routes.get("/storage/{deployment}", tools::keeper);
    }

    void administration(RoutesConfig routes, AdminPages admin, Registrations registrations) {
        routes.get("/admin", admin::show);
        routes.post("/admin/registrations", admin::register);
        routes.post("/admin/installations", admin::install);
        routes.get(lms.profile.configuration, registrations::configure);
        routes.post(lms.profile.registration, registrations::register);
        if (lms.profile != Profile.MOODLE) {
            routes.get(lms.profile.registration + "/{client}", registrations::read);
            routes.put(lms.profile.registration + "/{client}", registrations::change);
        }
    }

    void login(RoutesConfig routes) {
        var profile = lms.profile;
        routes.after(this::hear);
        routes.get(
                profile.authorization,
                context -> Pages.form(context, oidc.authorize(Pages.single(context.queryParamMap()))));
        routes.post(
                profile.authorization,
                context -> Pages.form(context, oidc.authorize(Pages.single(context.formParamMap()))));
        routes.get(profile.keySet, context -> context.json(lms.key.keySet()));
        routes.post(profile.token, tokens::issue);
    }

    void services(
            RoutesConfig routes, LineItems lineItems, Scores scores, Roster roster, Groups groups, Notices notices) {
        var profile = lms.profile;
        routes.get(profile.lineItems, lineItems::list);
        routes.post(profile.lineItems, lineItems::create);
        routes.get(profile.lineItem, lineItems::read);
        routes.put(profile.lineItem, lineItems::change);
        routes.delete(profile.lineItem, lineItems::delete);
        routes.post(profile.lineItem + "/scores", scores::post);
        routes.get(profile.lineItem + "/results", scores::results);
        routes.get(profile.members, roster::list);
        routes.get(Addresses.GROUPS, groups::list);
        routes.get(Addresses.NOTICES, notices::list);
        routes.put(Addresses.NOTICES, notices::subscribe);
    }

    private void hear(Context context) {
        if (context.header("Authorization") != null) {
            lms.heard.add(Heard.of(context));
            if (lms.heard.size() > MOST_HEARD) {
                lms.heard.poll();
            }
        }
    }

    private void get(RoutesConfig routes, String path, Pages.Page page) {
        routes.get(path, context -> pages.signedIn(context, page));
    }

    /** People get a page, tools the bare words. */
    private static void refuse(Answers answer, Context context) {
        var words = String.valueOf(answer.getMessage());
        context.status(answer.status());
        if (context.path().startsWith("/course/")) {
            Pages.render(context, "note", new Pages.NoteView("That did not work", words, "/course/" + Seed.COURSE));
        } else {
            // Moodle says everything in text/html, Canvas what it can in JSON.
            context.contentType(words.startsWith("{") ? "application/json" : "text/html; charset=utf-8")
                    .result(words);
        }
    }
}

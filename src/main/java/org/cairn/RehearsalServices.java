package org.cairn;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.cairn.RehearsalBrowser.Page;
import org.cairn.sandbox.DeepLinkRequest;
import org.cairn.sandbox.Heard;
import org.cairn.sandbox.Link;

/** The cases of Deep Linking, of the roster and of the gradebook. */
final class RehearsalServices {

    private static final String DEEP_LINKING = "Deep Linking (§6.2)";
    private static final String ROSTER = "Names and Role Provisioning (§6.3)";
    private static final String GRADEBOOK = "Assignment and Grade Services (§6.4)";

    private static final String COURSE = "2";
    private static final String TEACHER = "3";
    private static final String LEARNER = "12";

    // What the demo's course grades in a column of Cairn's, and what it is a credential of.
    private static final String COLUMN = "Capstone: audit report";
    private static final String CREDENTIAL = "Capstone: an audit";

    private RehearsalServices() {}

    static List<Rehearsal.Case> deepLinking() {
        return List.of(
                new Rehearsal.Case("D1", DEEP_LINKING, "a request is answered by a page to choose on", stage -> {
                    ask(stage, stage.browser());
                    return "A page to choose on.";
                }),
                new Rehearsal.Case(
                        "D2",
                        DEEP_LINKING,
                        "the response is timely, signed, has every claim, and says what was chosen",
                        stage -> {
                            var link = choose(stage);
                            return "The LMS took the response, and has a link “%s”.".formatted(link.title());
                        }),
                new Rehearsal.Case("D3", DEEP_LINKING, "the link that came back launches", stage -> {
                    var link = choose(stage);
                    var page = stage.browser().launch(stage.sandbox().initiation("10", COURSE, link.id()));
                    RehearsalCases.working(page);
                    return says(page, link.title());
                }),
                new Rehearsal.Case("D4", DEEP_LINKING, "a request without target_link_uri", stage -> {
                    stage.sandbox().switches().deepLinking = DeepLinkRequest.MOODLE.withoutTarget();
                    choose(stage);
                    return "The LMS took the response.";
                }),
                new Rehearsal.Case("D5", DEEP_LINKING, "a request without user and roles", stage -> {
                    stage.sandbox().switches().deepLinking = DeepLinkRequest.MOODLE.bare();
                    choose(stage);
                    return "The LMS took the response.";
                }),
                new Rehearsal.Case("D6", DEEP_LINKING, "data comes back as it was sent, even empty", stage -> {
                    stage.sandbox().switches().deepLinking = DeepLinkRequest.MOODLE.withData("");
                    choose(stage);
                    return "The LMS took the response.";
                }));
    }

    static List<Rehearsal.Case> roster() {
        return List.of(
                new Rehearsal.Case(
                        "N1",
                        ROSTER,
                        "an instructor's launch shows who is in the course",
                        stage -> says(check(stage), "Lovelace")),
                new Rehearsal.Case("N2", ROSTER, "the request has the right Accept", stage -> {
                    check(stage);
                    return heard(
                            stage,
                            "a request for the roster with its media type",
                            call -> call.path().endsWith("/memberships")
                                    && call.accept()
                                            .equals("application/vnd.ims.lti-nrps.v2.membershipcontainer+json"));
                }),
                new Rehearsal.Case("N3", ROSTER, "the request has a bearer token of the right scope", stage -> {
                    check(stage);
                    return heard(
                            stage,
                            "a request for the roster whose token held",
                            call -> call.path().endsWith("/memberships") && call.isBearer() && call.status() == 200);
                }));
    }

    static List<Rehearsal.Case> gradebook() {
        return List.of(
                new Rehearsal.Case(
                        "A1", GRADEBOOK, "the columns are asked for where only lineitems is offered", stage -> {
                            check(stage);
                            return heard(
                                    stage,
                                    "GET line items",
                                    call -> call.method().equals("GET")
                                            && call.path().endsWith("/lineitems")
                                            && call.accept().equals("application/vnd.ims.lis.v2.lineitemcontainer+json")
                                            && call.status() == 200);
                        }),
                new Rehearsal.Case("A2", GRADEBOOK, "a column is made, once", stage -> {
                    check(stage);
                    check(stage);
                    heard(
                            stage,
                            "POST line item",
                            call -> call.method().equals("POST")
                                    && call.path().endsWith("/lineitems")
                                    && call.contentType().equals("application/vnd.ims.lis.v2.lineitem+json")
                                    && call.status() == 201);
                    long columns = stage.sandbox().course().columns().stream()
                            .filter(column -> column.label().equals(COLUMN))
                            .count();
                    if (columns != 1) {
                        throw new Rehearsal.Unlike("The LMS has %d columns of this name.".formatted(columns));
                    }
                    return "One column, made by Cairn.";
                }),
                new Rehearsal.Case("A3", GRADEBOOK, "results are read, and count", stage -> {
                    var learner = stage.browser();
                    learner.launch(stage.sandbox().initiation(LEARNER, COURSE));
                    check(stage);
                    stage.sandbox().gradeColumn(COURSE, COLUMN, LEARNER, 85.0);
                    check(stage);
                    heard(
                            stage,
                            "GET results",
                            call -> call.method().equals("GET")
                                    && call.path().endsWith("/results")
                                    && call.accept().equals("application/vnd.ims.lis.v2.resultcontainer+json")
                                    && call.status() == 200);
                    return says(learner.launch(stage.sandbox().initiation(LEARNER, COURSE)), "You hold 1");
                }),
                new Rehearsal.Case("A4", GRADEBOOK, "a score is posted, and the LMS has it", stage -> {
                    stage.browser().launch(stage.sandbox().initiation(LEARNER, COURSE));
                    check(stage);
                    stage.sandbox().gradeColumn(COURSE, COLUMN, LEARNER, 90.0);
                    check(stage);
                    awaitScore(stage);
                    return heard(
                            stage,
                            "POST score",
                            call -> call.method().equals("POST")
                                    && call.path().endsWith("/scores")
                                    && call.contentType().equals("application/vnd.ims.lis.v1.score+json")
                                    && call.status() / 100 == 2);
                }));
    }

    private static Page ask(RehearsalStage stage, RehearsalBrowser browser) throws IOException, InterruptedException {
        var page = browser.launch(stage.sandbox().deepLink(TEACHER, COURSE));
        if (page.status() != 200 || !page.body().contains("/choice\"")) {
            throw new Rehearsal.Unlike("No page to choose on, but status %d.".formatted(page.status()));
        }
        return page;
    }

    /** A teacher chooses one credential; the link that the LMS made of it. */
    private static Link choose(RehearsalStage stage) throws IOException, InterruptedException {
        var browser = stage.browser();
        var page = ask(stage, browser);
        int before = stage.sandbox().links(COURSE).size();
        var form = new HashMap<>(Map.of("achievement", "explaining-decisions"));
        form.put("token", page.field("token"));
        form.put("settings", page.field("settings"));
        var answer = browser.submit(browser.submit(page.action(), form));
        var links = stage.sandbox().links(COURSE);
        if (answer.status() != 200 || links.size() != before + 1) {
            throw new Rehearsal.Unlike("The LMS did not take the response (status %d).".formatted(answer.status()));
        }
        return links.getLast();
    }

    /** The course's page for its teacher, after she pressed “Check now”. */
    private static Page check(RehearsalStage stage) throws IOException, InterruptedException {
        var browser = stage.browser();
        var page = browser.launch(stage.sandbox().initiation(TEACHER, COURSE));
        RehearsalCases.working(page);
        return browser.submit(page.path() + "/checks", Map.of("token", page.field("token")));
    }

    /** Scores are delivered every ten seconds; here at once. */
    private static void awaitScore(RehearsalStage stage) throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            stage.cairn().scores().deliver();
            boolean isThere = stage.sandbox().course().columns().stream()
                    .anyMatch(column -> column.label().equals(CREDENTIAL) && column.score(LEARNER) != null);
            if (isThere) {
                return;
            }
            Thread.sleep(Duration.ofMillis(500));
        }
        throw new Rehearsal.Unlike("After half a minute the LMS has no score.");
    }

    private static String heard(RehearsalStage stage, String what, Predicate<Heard> wanted) {
        if (stage.sandbox().heard().stream().noneMatch(wanted)) {
            throw new Rehearsal.Unlike("The LMS heard no %s.".formatted(what));
        }
        return "The LMS heard it, and answered well: %s.".formatted(what);
    }

    private static String says(Page page, String words) {
        if (page.status() != 200 || !page.body().contains(words)) {
            throw new Rehearsal.Unlike("The page (status %d) does not say “%s”.".formatted(page.status(), words));
        }
        return "The page says “%s”.".formatted(words);
    }
}

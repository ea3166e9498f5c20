package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.award.Attaching;
import org.cairn.db.Database;
import org.jspecify.annotations.Nullable;

/** The one address of a placement: each role gets its page. */
final class CoursePages {

    private final Database database;
    private final LearnerPages learnerPages;
    private final TeacherPages teacherPages;
    private final Attaching attaching;
    private final Checks checks;
    private final URI publicUrl;
    private final Clock clock;

    CoursePages(
            Database database,
            LearnerPages learnerPages,
            TeacherPages teacherPages,
            Attaching attaching,
            Checks checks,
            URI publicUrl,
            Clock clock) {
        this.database = database;
        this.learnerPages = learnerPages;
        this.teacherPages = teacherPages;
        this.attaching = attaching;
        this.checks = checks;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void show(Context context) {
        var visit = Visit.of(context, database, clock, publicUrl);
        switch (visit.role()) {
            case LEARNER -> learnerPages.show(context, visit);
            case TEACHER, ASSISTANT, ADMINISTRATOR -> teacherPages.show(context, visit);
            case VISITOR -> learnerPages.shelf(context, visit);
        }
    }

    /** Check now: asks the LMS, and shows the page again. */
    void check(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        checks.now(visit.tenant(), visit.course().id());
        visit.go(context, visit.path());
    }

    /** What becomes of a course that was copied: it takes over what the other had attached, or begins empty. */
    void copy(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        if (!visit.role().changesCourse()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN, "role_too_low", "Only who teaches this course can decide about its copy.");
        }
        var origin = context.formParam("origin");
        if ("empty".equals(context.formParam("do"))) {
            attaching.beginEmpty(visit.tenant(), visit.course().id());
        } else {
            attaching.takeOver(visit.tenant(), visit.course().id(), course(origin), Map.of());
        }
        visit.go(context, visit.path());
    }

    private static CourseId course(@Nullable String text) {
        try {
            return CourseId.of(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "course_malformed",
                    "The form names no course; reload the page and try again.");
        }
    }
}

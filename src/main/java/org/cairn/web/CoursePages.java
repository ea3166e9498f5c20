package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Clock;
import org.cairn.db.Database;

/** The one address of a placement: each role gets its page. */
final class CoursePages {

    private final Database database;
    private final LearnerPages learnerPages;
    private final TeacherPages teacherPages;
    private final Checks checks;
    private final URI publicUrl;
    private final Clock clock;

    CoursePages(
            Database database,
            LearnerPages learnerPages,
            TeacherPages teacherPages,
            Checks checks,
            URI publicUrl,
            Clock clock) {
        this.database = database;
        this.learnerPages = learnerPages;
        this.teacherPages = teacherPages;
        this.checks = checks;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void show(Context context) {
        var visit = Visit.of(context, database, clock);
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
        context.redirect(visit.path(), HttpStatus.SEE_OTHER);
    }
}

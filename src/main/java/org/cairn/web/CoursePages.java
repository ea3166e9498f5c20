package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.award.Attaching;
import org.cairn.db.Database;
import org.cairn.rule.Slot;

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
        if ("empty".equals(context.formParam("do"))) {
            attaching.beginEmpty(visit.tenant(), visit.course().id());
        } else {
            var origin = context.formParam("origin");
            attaching.takeOver(
                    visit.tenant(),
                    visit.course().id(),
                    origin == null || origin.isEmpty() ? null : course(origin),
                    named(context));
        }
        visit.go(context, visit.path());
    }

    /** For each slot the LMS's activity that was picked; where nothing was, it stays as the page said. */
    private static Map<AchievementId, Map<Slot, String>> named(Context context) {
        var named = new HashMap<AchievementId, Map<Slot, String>>();
        LtiRoutes.single(context.formParamMap()).forEach((field, value) -> {
            var parts = field.split(":", 3);
            if (parts.length == 3 && parts[0].equals("slot") && !value.isBlank() && value.length() <= 255) {
                put(named, parts[1], parts[2], value);
            }
        });
        return named;
    }

    private static void put(
            Map<AchievementId, Map<Slot, String>> named, String achievement, String slot, String activity) {
        try {
            named.computeIfAbsent(new AchievementId(achievement), id -> new HashMap<>())
                    .put(new Slot(slot), activity);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "slot_malformed",
                    "The form names no credential and slot; reload the page and try again.");
        }
    }

    private static CourseId course(String text) {
        try {
            return CourseId.of(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "course_malformed",
                    "The form names no course; reload the page and try again.");
        }
    }
}

package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.Problem;
import org.cairn.award.Applying;
import org.cairn.award.Deciding;
import org.cairn.db.Database;

/** Applying and deciding: the forms of the learner's page, and one of the teacher's. */
final class ApplicationPages {

    private final Database database;
    private final Applying applying;
    private final Deciding deciding;
    private final URI publicUrl;
    private final Clock clock;

    ApplicationPages(Database database, Applying applying, Deciding deciding, URI publicUrl, Clock clock) {
        this.database = database;
        this.applying = applying;
        this.deciding = deciding;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** For the award itself. */
    void apply(Context context) {
        var visit = learner(context);
        applying.apply(visit.account(), visit.course().id(), achievement(context), FormFields.text(context, "said"));
        visit.go(context, visit.path());
    }

    void askWaiver(Context context) {
        var visit = learner(context);
        applying.askWaiver(
                visit.account(),
                visit.course().id(),
                achievement(context),
                FormFields.text(context, "requirement"),
                FormFields.text(context, "said"));
        visit.go(context, visit.path());
    }

    void askRecognition(Context context) {
        var visit = learner(context);
        applying.askRecognition(
                visit.account(),
                visit.course().id(),
                achievement(context),
                FormFields.text(context, "named"),
                FormFields.text(context, "issuer"),
                day(FormFields.text(context, "day")),
                FormFields.text(context, "said"));
        visit.go(context, visit.path());
    }

    void decide(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        deciding.decide(
                visit.account(),
                visit.role(),
                visit.course().id(),
                FormFields.inPath(context, "application", ApplicationId::of),
                "grant".equals(context.formParam("do")),
                FormFields.text(context, "reason"));
        visit.go(context, visit.path());
    }

    private Visit learner(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        visit.requireLearner("Only the learners of this course apply for something.");
        return visit;
    }

    private static AchievementId achievement(Context context) {
        return FormFields.named(context, "achievement", AchievementId::new);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "application_malformed",
                    "Write the day on which it was awarded like 2026-05-31.");
        }
    }
}

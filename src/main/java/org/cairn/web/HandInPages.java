package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.HandInId;
import org.cairn.award.Reviewing;
import org.cairn.db.Database;
import org.cairn.rule.Slot;

/** Handing in and answering: two forms, one of the learner's page and one of the teacher's. */
final class HandInPages {

    private final Database database;
    private final Reviewing reviewing;
    private final URI publicUrl;
    private final Clock clock;

    HandInPages(Database database, Reviewing reviewing, URI publicUrl, Clock clock) {
        this.database = database;
        this.reviewing = reviewing;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void handIn(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        visit.requireLearner("Only the learners of this course hand something in.");
        reviewing.handIn(
                visit.account(),
                visit.course().id(),
                FormFields.named(context, "achievement", AchievementId::new),
                FormFields.named(context, "slot", Slot::new),
                FormFields.text(context, "said"));
        visit.go(context, visit.path());
    }

    void answer(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        reviewing.answer(
                visit.account(),
                visit.role(),
                visit.course().id(),
                FormFields.inPath(context, "handIn", HandInId::of),
                "approve".equals(context.formParam("do")),
                context.formParams("met").stream()
                        .map(line -> line.replace("\r\n", "\n"))
                        .collect(Collectors.toSet()),
                FormFields.text(context, "reason"));
        visit.go(context, visit.path());
    }
}

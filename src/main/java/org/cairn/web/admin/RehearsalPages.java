package org.cairn.web.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** The rehearsal of the certification: a button, how far it is, and how each case went. */
public final class RehearsalPages {

    /** {@code run} is null before the first. */
    public record View(AdminFrame frame, Rehearsals.@Nullable Run run, String started, List<Section> sections) {}

    public record Section(String title, long passed, List<Rehearsals.Outcome> outcomes) {}

    private static final String PATH = "/admin/rehearsal";

    private final Rehearsals rehearsals;

    RehearsalPages(Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    void show(Context context, AdminVisit visit) {
        visit.requireAll();
        var run = rehearsals.last().orElse(null);
        if (run != null && !run.isOver()) {
            // Without a script: the browser looks again by itself.
            context.header("Refresh", "3");
        }
        Pages.own(
                context,
                "admin/rehearsal",
                new View(
                        visit.frame(context, "Rehearsal", PATH),
                        run,
                        run == null ? "" : Moments.of(run.startedAt()),
                        run == null ? List.of() : sections(run)));
    }

    void begin(Context context, AdminVisit visit) {
        visit.requireAll();
        rehearsals.begin();
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    private static List<Section> sections(Rehearsals.Run run) {
        var sections = new LinkedHashMap<String, List<Rehearsals.Outcome>>();
        run.outcomes()
                .forEach(one -> sections.computeIfAbsent(one.section(), title -> new ArrayList<>())
                        .add(one));
        return sections.entrySet().stream()
                .map(entry -> new Section(
                        entry.getKey(),
                        entry.getValue().stream()
                                .filter(Rehearsals.Outcome::isPassed)
                                .count(),
                        entry.getValue()))
                .toList();
    }
}

package org.cairn.sandbox;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where somebody chooses who to be. */
public final class DoorPages {

    public record View(List<Person> staff, List<Person> learners, String query, int more) {}

    private static final int SHOWN = 12;

    private final Lms lms;
    private final Pages pages;

    DoorPages(Lms lms, Pages pages) {
        this.lms = lms;
        this.pages = pages;
    }

    void show(Context context) {
        var query = Optional.ofNullable(context.queryParam("q")).orElse("").strip();
        var found = seeded().learners().stream()
                .filter(person -> person.name().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)))
                .toList();
        var staff = seeded().people.values().stream()
                .filter(person -> person.role() != Person.Role.LEARNER)
                .toList();
        var view = new View(staff, found.stream().limit(SHOWN).toList(), query, Math.max(0, found.size() - SHOWN));
        Pages.render(context, "door", view);
    }

    void enter(Context context) {
        var person = seeded().people.get(String.valueOf(context.formParam("sub")));
        if (person == null) {
            throw new Answers(404, "Nobody has this number.");
        }
        pages.start(context, person);
        context.redirect("/course/" + Seed.COURSE, HttpStatus.SEE_OTHER);
    }

    void leave(Context context) {
        pages.end(context);
        context.redirect("/", HttpStatus.SEE_OTHER);
    }

    private Course seeded() {
        return Optional.ofNullable(lms.courses.get(Seed.COURSE)).orElseThrow();
    }
}

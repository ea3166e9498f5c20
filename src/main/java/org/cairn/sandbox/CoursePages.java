package org.cairn.sandbox;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A course as those in it see it. */
public final class CoursePages {

    /** {@code message} is what was just done; empty where nothing was. */
    public record View(
            Course course,
            Person person,
            List<Course> others,
            List<Module> modules,
            List<Offer> offers,
            List<Link> links,
            String message) {

        public boolean teaches() {
            return person.role() == Person.Role.TEACHER;
        }

        public boolean learns() {
            return person.role() == Person.Role.LEARNER;
        }
    }

    public record Module(int number, String title, List<Work> works) {}

    /** {@code score} is empty where there is no grade yet. */
    public record Work(String title, String kind, String score, int maximum) {}

    /** A tool: where it opens, and where links of it are added. */
    public record Offer(String title, String home, String addition) {}

    private final Lms lms;
    private final Pages pages;
    private final Copying copying;

    CoursePages(Lms lms, Pages pages, Copying copying) {
        this.lms = lms;
        this.pages = pages;
        this.copying = copying;
    }

    void show(Context context, Person person) {
        var course = pages.course(context);
        var modules = new ArrayList<Module>();
        for (int i = 0; i < course.modules.size(); i++) {
            modules.add(new Module(i + 1, course.modules.get(i), works(course, i, person)));
        }
        var view = new View(
                course, person, others(course, person), modules, offers(course), course.links(), message(context));
        Pages.render(context, "course", view);
    }

    /** A copy for another term, which the teacher gets to at once. */
    void copy(Context context, Person person) {
        Answers.require(person.role() == Person.Role.TEACHER, 403, "Only teachers copy courses.");
        var from = pages.course(context);
        var title = Optional.ofNullable(context.formParam("title")).orElse("").strip();
        Answers.require(
                !title.isEmpty() && title.length() <= 200, 400, "The copy needs a title of up to 200 characters.");
        var copy = copying.copy(from, lms.nextCourse(), title);
        context.redirect("/course/" + copy.id + "?copied=1", HttpStatus.SEE_OTHER);
    }

    private static String message(Context context) {
        if (context.queryParam("added") != null) {
            return "Added: what you chose is in the list below.";
        }
        return context.queryParam("copied") == null
                ? ""
                : "This is your copy, with its links and its columns. Its learners are not enrolled yet.";
    }

    private List<Course> others(Course course, Person person) {
        return lms.courses.values().stream()
                .filter(one -> one != course && one.people.containsKey(person.sub()))
                .sorted(Comparator.comparing(Course::title))
                .toList();
    }

    private static List<Work> works(Course course, int module, Person person) {
        return course.activities.stream()
                .filter(activity -> activity.module() == module)
                .map(activity -> {
                    var grade = course.gradesOf(activity.id()).get(person.sub());
                    return new Work(
                            activity.title(),
                            activity.kind(),
                            grade == null ? "" : grade.score().toPlainString(),
                            activity.maximum());
                })
                .toList();
    }

    /** The first tool's place is at an address of its own, which the demo's text names. */
    private List<Offer> offers(Course course) {
        var path = "/course/" + course.id;
        return lms.tools().stream()
                .map(tool -> new Offer(
                        tool.name(),
                        tool.equals(lms.tool())
                                ? path + "/tool"
                                : path + "/links/" + lms.home(course, tool).id(),
                        path + "/additions/" + tool.deploymentId()))
                .toList();
    }
}

package org.cairn.sandbox;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** A course as those in it see it. */
public final class CoursePages {

    /** {@code message} is what was just done; empty where nothing was. */
    public record View(
            Course course, Person person, List<Module> modules, List<Offer> offers, List<Link> links, String message) {

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

    CoursePages(Lms lms, Pages pages) {
        this.lms = lms;
        this.pages = pages;
    }

    void show(Context context, Person person) {
        var course = pages.course(context);
        var modules = new ArrayList<Module>();
        for (int i = 0; i < course.modules.size(); i++) {
            modules.add(new Module(i + 1, course.modules.get(i), works(course, i, person)));
        }
        var message = context.queryParam("added") == null ? "" : "Added: what you chose is in the list below.";
        Pages.render(
                context,
                "course",
                new View(course, person, modules, offers(course), List.copyOf(course.links), message));
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

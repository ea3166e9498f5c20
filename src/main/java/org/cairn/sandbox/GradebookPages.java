package org.cairn.sandbox;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gradebook, as a teacher has it: the LMS's own activities, and the columns of tools. */
public final class GradebookPages {

    public record View(
            Course course,
            Person person,
            List<Item> items,
            List<Row> rows,
            int page,
            int pages,
            @Nullable String problem,
            boolean saved) {}

    /** {@code review} is where a learner's work opens, but for the learner; empty where nothing does. */
    public record Item(String id, String title, String maximum, boolean isTools, String review) {}

    public record Row(Person person, List<String> scores) {}

    private static final int PAGE = 30;
    private static final String COLUMN = "column-";

    private final Pages pages;
    private final Grading grading;
    private final Push push;

    GradebookPages(Pages pages, Grading grading, Push push) {
        this.pages = pages;
        this.grading = grading;
        this.push = push;
    }

    void show(Context context, Person person) {
        Answers.require(person.role() != Person.Role.LEARNER, 403, "Only teachers see the gradebook.");
        var course = pages.course(context);
        var items = items(course);
        var learners = course.learners();
        int last = Math.max(1, (learners.size() + PAGE - 1) / PAGE);
        int page = Math.clamp(page(context), 1, last);
        var rows = learners.stream()
                .skip((page - 1L) * PAGE)
                .limit(PAGE)
                .map(learner -> new Row(
                        learner,
                        items.stream()
                                .map(item -> score(course, item.id(), learner.sub()))
                                .toList()))
                .toList();
        boolean isSaved = context.queryParam("saved") != null;
        var view = new View(course, person, items, rows, page, last, push.problem(), isSaved);
        Pages.render(context, "gradebook", view);
    }

    /** Fields are named item/person; only those that differ from what stands are graded. */
    void save(Context context, Person person) {
        Answers.require(person.role() == Person.Role.TEACHER, 403, "Only teachers grade.");
        var course = pages.course(context);
        Pages.single(context.formParamMap()).forEach((field, typed) -> {
            var parts = field.split("/");
            if (parts.length == 2 && !typed.strip().equals(score(course, parts[0], parts[1]))) {
                set(course, parts[0], parts[1], typed.strip());
            }
        });
        context.redirect("/course/" + course.id + "/gradebook?saved=1&page=" + page(context), HttpStatus.SEE_OTHER);
    }

    private void set(Course course, String item, String sub, String typed) {
        Double score = typed.isEmpty() ? null : number(typed);
        if (item.startsWith(COLUMN)) {
            var column = course.column(item.substring(COLUMN.length()))
                    .orElseThrow(() -> new Answers(404, "No such column"));
            grading.grade(column, sub, score);
        } else if (score != null) {
            var activity = course.activity(item).orElseThrow(() -> new Answers(404, "No such activity"));
            grading.grade(course, activity, sub, score);
        }
    }

    private static double number(String typed) {
        try {
            double number = Double.parseDouble(typed.replace(',', '.'));
            Answers.require(number >= 0 && number <= 100_000, 400, "A grade is a number from 0.");
            return number;
        } catch (NumberFormatException e) {
            throw new Answers(400, "A grade is a number.");
        }
    }

    private static List<Item> items(Course course) {
        var items = new ArrayList<Item>();
        course.activities.forEach(activity ->
                items.add(new Item(activity.id(), activity.title(), String.valueOf(activity.maximum()), false, "")));
        course.columns.forEach(column -> items.add(new Item(
                COLUMN + column.id, column.label, column.maximum.toPlainString(), true, review(course, column))));
        return items;
    }

    private static String review(Course course, Column column) {
        return column.linkId == null ? "" : "/course/" + course.id + "/reviews/" + column.id + "/";
    }

    private static String score(Course course, String item, String sub) {
        if (item.startsWith(COLUMN)) {
            return course.column(item.substring(COLUMN.length()))
                    .map(column -> column.score(sub))
                    .map(BigDecimal::toPlainString)
                    .orElse("");
        }
        var grade = course.gradesOf(item).get(sub);
        return grade == null ? "" : grade.score().toPlainString();
    }

    private static int page(Context context) {
        try {
            return Integer.parseInt(
                    Optional.ofNullable(context.queryParam("page")).orElse("1"));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}

package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small LMS for the demo and the tests: an honest peer, written from the specifications and as stiff as the Moodle that was measured.
 * Its state is in memory and begins with a course of 120 learners.
 */
public final class Sandbox implements AutoCloseable {

    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.cairn.templates");
    private static final int PAGE = 30;

    /** The page on which somebody chooses who to be. */
    public record Door(List<Person> staff, List<Person> learners, String query, int more) {}

    public record CoursePage(Course course, Person person, List<Module> modules) {}

    public record Module(int number, String title, List<Work> works) {}

    /** {@code score} is empty where there is no grade yet. */
    public record Work(String title, String kind, String score, int maximum) {}

    public record ToolPage(Course course, Person person) {}

    public record GradebookPage(
            Course course,
            Person person,
            List<Item> items,
            List<Row> rows,
            int page,
            int pages,
            @Nullable String problem,
            boolean saved) {}

    public record Item(String id, String title, String maximum, boolean isTools) {}

    public record Row(Person person, List<String> scores) {}

    public record FormPage(String action, Map<String, String> fields) {}

    private final Tool tool;
    private final String url;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final Map<String, Person> sessions = new ConcurrentHashMap<>();
    private final Oidc oidc;
    private final Services services;
    private final Push push;
    private final Javalin javalin;

    /** Starts on this host and port, which have to be free: the address is what the sandbox calls itself in every message. */
    public static Sandbox start(String host, int port, Tool tool) {
        return new Sandbox(host, port, tool);
    }

    private Sandbox(String host, int port, Tool tool) {
        this.tool = tool;
        this.url = "http://" + host + ":" + port;
        this.oidc = new Oidc(url, tool);
        this.services = new Services(url, tool, courses);
        this.push = new Push(tool);
        var seeded = Seed.course();
        courses.put(seeded.id, seeded);
        this.javalin = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = "/sandbox";
                files.location = Location.CLASSPATH;
            });
            pages(config.routes);
            protocol(config.routes);
            config.routes.exception(
                    Answers.class, (e, context) -> context.status(e.status()).result(String.valueOf(e.getMessage())));
        });
        javalin.start(host, port);
    }

    /** What this LMS calls itself: scheme, host and port. */
    public String url() {
        return url;
    }

    public Course course() {
        return course(Seed.COURSE);
    }

    /** Throws IllegalArgumentException where there is none. */
    public Course course(String id) {
        return Optional.ofNullable(courses.get(id)).orElseThrow(() -> new IllegalArgumentException("No course " + id));
    }

    /** Throws IllegalArgumentException where nobody of this number is in the seeded course. */
    public Person person(String sub) {
        return Optional.ofNullable(course().people.get(sub))
                .orElseThrow(() -> new IllegalArgumentException("Nobody has the number " + sub));
    }

    /** Adds another course, with the people of the seeded one and its activities, and no grades. */
    public Course addCourse(String id, String title) {
        var course = new Course(id, title, course().modules, course().activities);
        course.people.putAll(course().people);
        courses.put(id, course);
        return course;
    }

    /** Grades a native activity as its teacher would, and sends it to the tool. */
    public void grade(String course, String activity, String sub, double score) {
        var graded = new Course.Grade(BigDecimal.valueOf(score).stripTrailingZeros(), 1);
        course(course).gradesOf(activity).put(sub, graded);
        push.send(
                course(course), course(course).activity(activity).orElseThrow(), List.of(new Push.Grade(sub, graded)));
    }

    /** Grades in a column of the tool's; it learns of it when it asks. With null the grade is cleared. */
    public void gradeColumn(String course, String label, String sub, @Nullable Double score) {
        var column = course(course).columns.stream()
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No column " + label));
        column.grades.put(
                sub,
                new Column.Grade(
                        score == null ? null : BigDecimal.valueOf(score).stripTrailingZeros(),
                        java.time.Instant.now()));
    }

    /** Sends every native grade there is, as when a tool is connected to a running course. */
    public void sendAll() {
        for (var course : courses.values()) {
            for (var activity : course.activities) {
                push.send(
                        course,
                        activity,
                        course.gradesOf(activity.id()).entrySet().stream()
                                .map(entry -> new Push.Grade(entry.getKey(), entry.getValue()))
                                .toList());
            }
        }
    }

    /** Whether everything that was to be sent has been. */
    public boolean isIdle() {
        return push.waiting() == 0;
    }

    /** What went wrong with sending last; null while all is well. */
    public @Nullable String pushProblem() {
        return push.problem();
    }

    /** The fields of a login initiation that this person's click would post to the tool. */
    public Map<String, String> initiation(String sub, String course) {
        return oidc.initiation(person(sub), course(course)).fields();
    }

    /** Changes the claims of every id_token from now on, for launches that a tool has to refuse. */
    public void changeClaims(UnaryOperator<ObjectNode> change) {
        oidc.change(change);
    }

    @Override
    public void close() {
        javalin.stop();
        push.close();
    }

    private void pages(RoutesConfig routes) {
        routes.before(context -> {
            context.header("X-Content-Type-Options", "nosniff");
            context.header("Referrer-Policy", "same-origin");
            context.header(
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none';"
                            + " frame-ancestors 'self' " + tool.origin() + "; frame-src 'self' " + tool.origin()
                            + "; form-action 'self' " + tool.origin());
        });
        routes.get(
                "/assets/bootstrap.css",
                context -> context.contentType("text/css")
                        .result(Sandbox.class.getResourceAsStream(
                                "/META-INF/resources/webjars/bootstrap/5.3.8/dist/css/bootstrap.min.css")));
        routes.get("/", this::door);
        routes.post("/session", this::enter);
        routes.post("/session/end", this::leave);
        routes.get("/course/{course}", context -> signedIn(context, this::coursePage));
        routes.get(
                "/course/{course}/tool",
                context -> signedIn(context, (c, person) -> render(c, "tool", new ToolPage(course(c), person))));
        routes.get(
                "/course/{course}/tool/launch",
                context -> signedIn(context, (c, person) -> form(c, oidc.initiation(person, course(c)))));
        routes.get("/course/{course}/gradebook", context -> signedIn(context, this::gradebook));
        routes.post("/course/{course}/gradebook", context -> signedIn(context, this::saveGrades));
    }

    private void protocol(RoutesConfig routes) {
        routes.get("/mod/lti/auth.php", context -> form(context, oidc.authorize(single(context.queryParamMap()))));
        routes.post("/mod/lti/auth.php", context -> form(context, oidc.authorize(single(context.formParamMap()))));
        routes.get("/mod/lti/certs.php", context -> context.json(oidc.keySet()));
        routes.post("/mod/lti/token.php", services::token);
        var items = "/mod/lti/services.php/{course}/lineitems";
        routes.get(items, services::lineItems);
        routes.post(items, services::createLineItem);
        routes.get(items + "/{item}/lineitem", services::lineItem);
        routes.put(items + "/{item}/lineitem", services::changeLineItem);
        routes.delete(items + "/{item}/lineitem", services::deleteLineItem);
        routes.post(items + "/{item}/lineitem/scores", services::score);
        routes.get(items + "/{item}/lineitem/results", services::results);
        routes.get("/mod/lti/services.php/{course}/memberships", services::members);
    }

    private interface Page {
        void show(Context context, Person person);
    }

    private void signedIn(Context context, Page page) {
        var person = sessions.get(String.valueOf(context.cookie("sandbox")));
        if (person == null) {
            context.redirect("/", HttpStatus.SEE_OTHER);
        } else {
            page.show(context, person);
        }
    }

    private void door(Context context) {
        var query = Optional.ofNullable(context.queryParam("q")).orElse("").strip();
        var all = course().people.values();
        var found = course().learners().stream()
                .filter(person -> person.name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(query.toLowerCase(java.util.Locale.ROOT)))
                .toList();
        var staff = all.stream()
                .filter(person -> person.role() != Person.Role.LEARNER)
                .toList();
        render(
                context,
                "door",
                new Door(staff, found.stream().limit(12).toList(), query, Math.max(0, found.size() - 12)));
    }

    private void enter(Context context) {
        var session = UUID.randomUUID().toString();
        sessions.put(session, person(String.valueOf(context.formParam("sub"))));
        context.res().addHeader("Set-Cookie", "sandbox=" + session + "; Path=/; HttpOnly; SameSite=Lax");
        context.redirect("/course/" + Seed.COURSE, HttpStatus.SEE_OTHER);
    }

    private void leave(Context context) {
        sessions.remove(String.valueOf(context.cookie("sandbox")));
        context.redirect("/", HttpStatus.SEE_OTHER);
    }

    private void coursePage(Context context, Person person) {
        var course = course(context);
        var modules = new java.util.ArrayList<Module>();
        for (int i = 0; i < course.modules.size(); i++) {
            int number = i;
            var works = new java.util.ArrayList<Work>();
            course.activities.stream()
                    .filter(activity -> activity.module() == number)
                    .forEach(activity -> works.add(new Work(
                            activity.title(),
                            activity.kind(),
                            score(course, activity.id(), person.sub()),
                            activity.maximum())));
            modules.add(new Module(i + 1, course.modules.get(i), works));
        }
        render(context, "course", new CoursePage(course, person, modules));
    }

    private void gradebook(Context context, Person person) {
        if (person.role() == Person.Role.LEARNER) {
            throw new Answers(403, "Only teachers see the gradebook.");
        }
        var course = course(context);
        var items = items(course);
        var learners = course.learners();
        int pages = (learners.size() + PAGE - 1) / PAGE;
        int page = Math.clamp(page(context), 1, pages);
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
        render(
                context,
                "gradebook",
                new GradebookPage(course, person, items, rows, page, pages, push.problem(), isSaved));
    }

    /** Fields are named item/person; only those that differ from what stands are graded. */
    private void saveGrades(Context context, Person person) {
        if (person.role() != Person.Role.TEACHER) {
            throw new Answers(403, "Only teachers grade.");
        }
        var course = course(context);
        single(context.formParamMap()).forEach((field, typed) -> {
            var parts = field.split("/");
            if (parts.length == 2 && !typed.strip().equals(score(course, parts[0], parts[1]))) {
                set(course, parts[0], parts[1], typed.strip());
            }
        });
        context.redirect("/course/" + course.id + "/gradebook?saved=1&page=" + page(context), HttpStatus.SEE_OTHER);
    }

    private void set(Course course, String item, String sub, String typed) {
        Double score = typed.isEmpty() ? null : number(typed);
        if (item.startsWith("column-")) {
            var column = course.column(item.substring(7)).orElseThrow(() -> new Answers(404, "No such column"));
            gradeColumn(course.id, column.label, sub, score);
        } else if (score != null) {
            grade(course.id, item, sub, score);
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
        var items = new java.util.ArrayList<Item>();
        course.activities.forEach(activity ->
                items.add(new Item(activity.id(), activity.title(), String.valueOf(activity.maximum()), false)));
        course.columns.forEach(column ->
                items.add(new Item("column-" + column.id, column.label, column.maximum.toPlainString(), true)));
        return items;
    }

    private static String score(Course course, String item, String sub) {
        if (item.startsWith("column-")) {
            return course.column(item.substring(7))
                    .map(column -> column.grades.get(sub))
                    .map(Column.Grade::score)
                    .map(BigDecimal::toPlainString)
                    .orElse("");
        }
        var grade = course.gradesOf(item).get(sub);
        return grade == null ? "" : grade.score().toPlainString();
    }

    private Course course(Context context) {
        var course = courses.get(context.pathParam("course"));
        if (course == null) {
            throw new Answers(404, "No such course");
        }
        return course;
    }

    private static int page(Context context) {
        try {
            return Integer.parseInt(
                    Optional.ofNullable(context.queryParam("page")).orElse("1"));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static void form(Context context, Oidc.FormPost post) {
        render(context, "form", new FormPage(post.action(), new LinkedHashMap<>(post.fields())));
    }

    private static void render(Context context, String template, Object view) {
        var output = new StringOutput();
        ENGINE.render("sandbox/" + template + ".jte", view, output);
        context.header("Cache-Control", "no-store").html(output.toString());
    }

    private static Map<String, String> single(Map<String, List<String>> parameters) {
        var single = new HashMap<String, String>();
        parameters.forEach((name, values) -> single.put(name, values.getFirst()));
        return single;
    }
}

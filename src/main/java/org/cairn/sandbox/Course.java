package org.cairn.sandbox;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A course: its modules, its people, what it grades itself, its links to tools, and the columns that they have. */
public final class Course {

    /** A grade of a native activity. */
    record Grade(BigDecimal score, int attempt) {}

    // Numbers as text, in the order of the numbers.
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    final String id;
    final String title;
    final List<String> modules;
    final List<Activity> activities;

    /** Which courses it was copied from, the newest first. */
    final List<String> history;

    final Map<String, Person> people = new ConcurrentSkipListMap<>(BY_NUMBER);
    final Map<String, Map<String, Grade>> grades = new ConcurrentHashMap<>();
    final List<Link> links = new CopyOnWriteArrayList<>();
    final List<Column> columns = new CopyOnWriteArrayList<>();

    /** The id goes into addresses: letters, digits, - and _. */
    Course(String id, String title, List<String> modules, List<Activity> activities, List<String> history) {
        if (!id.matches("[A-Za-z0-9_-]{1,40}")) {
            throw new IllegalArgumentException("No id of a course: " + id);
        }
        this.id = id;
        this.title = title;
        this.modules = List.copyOf(modules);
        this.activities = List.copyOf(activities);
        this.history = List.copyOf(history);
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public List<Column> columns() {
        return List.copyOf(columns);
    }

    /** What was linked into it by deep linking, in that order. */
    public List<Link> links() {
        return List.copyOf(links);
    }

    public List<Person> learners() {
        return people.values().stream()
                .filter(person -> person.role() == Person.Role.LEARNER)
                .toList();
    }

    public Optional<Activity> activity(String activity) {
        return activities.stream().filter(one -> one.id().equals(activity)).findFirst();
    }

    Optional<Column> column(String id) {
        return columns.stream()
                .filter(column -> String.valueOf(column.id).equals(id))
                .findFirst();
    }

    /** The columns that belong to a link; AGS names one in a launch only where there is exactly one. */
    List<Column> columnsOf(Link link) {
        return columns.stream()
                .filter(column -> link.id().equals(column.linkId))
                .toList();
    }

    Map<String, Grade> gradesOf(String activity) {
        return grades.computeIfAbsent(activity, a -> new ConcurrentHashMap<>());
    }
}

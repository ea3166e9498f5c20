package org.cairn.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A course: its modules, its people, what it grades itself, and the columns that the tool made. */
public final class Course {

    /** A grade of a native activity. */
    record Grade(BigDecimal score, int attempt) {}

    private final AtomicInteger nextColumn = new AtomicInteger(500);

    final String id;
    final String title;
    final List<String> modules;
    final List<Activity> activities;
    final Map<String, Person> people = new ConcurrentSkipListMap<>(Order.BY_NUMBER);
    final Map<String, Map<String, Grade>> grades = new ConcurrentHashMap<>();
    final List<Column> columns = new CopyOnWriteArrayList<>();

    Course(String id, String title, List<String> modules, List<Activity> activities) {
        this.id = id;
        this.title = title;
        this.modules = List.copyOf(modules);
        this.activities = List.copyOf(activities);
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

    Map<String, Grade> gradesOf(String activity) {
        return grades.computeIfAbsent(activity, a -> new ConcurrentHashMap<>());
    }

    Column addColumn(String label, BigDecimal maximum, String resourceId, String tag) {
        var column = new Column(nextColumn.incrementAndGet(), label, maximum, resourceId, tag);
        columns.add(column);
        return column;
    }

    /** Numbers as text, in the order of the numbers. */
    private static final class Order {
        static final java.util.Comparator<String> BY_NUMBER =
                java.util.Comparator.comparing(String::length).thenComparing(java.util.Comparator.naturalOrder());
    }
}

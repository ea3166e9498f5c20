package org.cairn.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** The course that the sandbox starts with: four modules, one teacher, one assistant, 120 learners and what they did so far. */
final class Seed {

    static final String COURSE = "2";

    private static final List<String> GIVEN = List.of(
            "Ada",
            "Alan",
            "Mary",
            "Katherine",
            "Chidi",
            "José",
            "Ingrid",
            "Fatima",
            "Wei",
            "Yuki",
            "Oluwaseun",
            "Marta",
            "Dmitri",
            "Aisha",
            "Liam",
            "Sofia",
            "Noor",
            "Rahul",
            "Elif",
            "Mateo",
            "Hanna",
            "Kwame",
            "Zoë",
            "Björn");
    private static final List<String> FAMILY = List.of(
            "Lovelace",
            "Turing",
            "O'Brien",
            "Johnson",
            "Anagonye",
            "Ñúñez",
            "Sørensen",
            "al-Fihri",
            "Zhang",
            "Tanaka",
            "Adeyemi",
            "Kowalska",
            "Mendeleev",
            "Rahman",
            "Murphy",
            "Rossi",
            "Haddad",
            "Iyer",
            "Yılmaz",
            "García",
            "Müller",
            "Mensah",
            "van der Berg",
            "Lindqvist");

    private Seed() {}

    static Course course() {
        var course = new Course(
                COURSE,
                "Responsible AI",
                List.of("Bias in models", "Data stewardship", "Explaining decisions", "Capstone"),
                List.of(
                        new Activity("101", "Quiz: Bias in models", "Quiz", 100, 0),
                        new Activity("102", "Quiz: Data stewardship", "Quiz", 20, 1),
                        new Activity("112", "Assignment: A data sheet", "Assignment", 50, 1),
                        new Activity("103", "Quiz: Explaining decisions", "Quiz", 10, 2)),
                List.of());
        add(course, new Person("3", "Grace", "Hopper", Person.Role.TEACHER, false));
        add(course, new Person("4", "Tim", "Berners-Lee", Person.Role.ASSISTANT, false));
        for (int i = 0; i < 120; i++) {
            add(course, learner(i));
        }
        add(course, new Person("999", "Test", "Student", Person.Role.LEARNER, true));
        grade(course);
        return course;
    }

    private static Person learner(int i) {
        // The two orders have different steps, so that no name comes twice; the first four are the ones everybody
        // knows.
        var family = FAMILY.get(i < 24 ? i : (i + 7 * (i / 24)) % FAMILY.size());
        var given = i == 119 ? "ليلى" : i == 118 ? "小明" : GIVEN.get(i % GIVEN.size());
        return new Person(
                String.valueOf(10 + i), given, i == 119 ? "حداد" : i == 118 ? "王" : family, Person.Role.LEARNER, false);
    }

    // Ada (10) is one grade short of the capstone, Alan (11) has just begun; the rest is chance with a fixed seed.
    private static void grade(Course course) {
        set(course, "101", "10", 91);
        set(course, "102", "10", 17);
        set(course, "112", "10", 44);
        set(course, "101", "11", 64);
        var random = new Random(20261124);
        for (var person : course.learners()) {
            if (Integer.parseInt(person.sub()) < 12 || person.isTestUser()) {
                continue;
            }
            double diligence = random.nextDouble();
            for (var activity : course.activities) {
                if (random.nextDouble() < 1.15 - 0.22 * activity.module() - 0.5 * (1 - diligence)) {
                    double share = Math.clamp(0.45 + 0.5 * diligence + 0.18 * random.nextGaussian(), 0, 1);
                    set(course, activity.id(), person.sub(), (int) Math.round(share * activity.maximum()));
                }
            }
        }
    }

    private static void set(Course course, String activity, String sub, int score) {
        course.gradesOf(activity).put(sub, new Course.Grade(BigDecimal.valueOf(score), 1));
    }

    private static void add(Course course, Person person) {
        course.people.put(person.sub(), person);
    }
}

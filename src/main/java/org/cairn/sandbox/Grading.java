package org.cairn.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What teachers of this LMS grade: its own activities, whose grades are sent to the tool, and columns of tools. */
final class Grading {

    private final Lms lms;
    private final Push push;

    Grading(Lms lms, Push push) {
        this.lms = lms;
        this.push = push;
    }

    void grade(Course course, Activity activity, String sub, double score) {
        var graded = new Course.Grade(BigDecimal.valueOf(score).stripTrailingZeros(), 1);
        course.gradesOf(activity.id()).put(sub, graded);
        push.send(course, activity, List.of(new Push.Grade(sub, graded)));
    }

    /** In a column that belongs to a link the teacher's word stands above the tool's, as Moodle has it. With null the grade is cleared. */
    void grade(Column column, String sub, @Nullable Double score) {
        var value = score == null ? null : BigDecimal.valueOf(score).stripTrailingZeros();
        column.grades.put(sub, new Column.Grade(value, Instant.now(), column.linkId != null && value != null));
    }

    /** Every native grade there is, as when a tool is connected to a running course. */
    void sendAll() {
        for (var course : lms.courses.values()) {
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
}

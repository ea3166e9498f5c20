package org.cairn.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Copying a course as Moodle does it: people who learn and grades stay behind, and everything gets a name of its own. */
final class Copying {

    private final Lms lms;
    private final Notices notices;

    Copying(Lms lms, Notices notices) {
        this.lms = lms;
        this.notices = notices;
    }

    /**
     * Context, links and columns have new ids; custom parameters, resource ids, tags and what was said of reviews survive. Columns that
     * stand for themselves are copied too.
     */
    Course copy(Course from, String id, String title) {
        var course = new Course(id, title, from.modules, from.activities, before(from.id, from.history));
        from.people.forEach((sub, person) -> {
            if (person.role() != Person.Role.LEARNER) {
                course.people.put(sub, person);
            }
        });
        var links = new HashMap<String, String>();
        for (var link : from.links) {
            var copy = new Link(
                    lms.nextLink(),
                    link.deployment(),
                    link.title(),
                    link.text(),
                    link.url(),
                    link.custom(),
                    before(link.id(), link.history()));
            links.put(link.id(), copy.id());
            course.links.add(copy);
        }
        for (var column : from.columns) {
            var copy = new Column(
                    lms.nextColumn(), column.clientId, column.label, column.maximum, column.resourceId, column.tag);
            copy.linkId = column.linkId == null ? null : links.get(column.linkId);
            copy.review = column.review;
            course.columns.add(copy);
        }
        lms.courses.put(id, course);
        notices.copied(from, course);
        return course;
    }

    private static List<String> before(String id, List<String> history) {
        var all = new ArrayList<String>();
        all.add(id);
        all.addAll(history);
        return all;
    }
}

package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import java.util.List;
import java.util.Map;

/** What can be clicked in this LMS, besides adding links. */
final class Clicks {

    private final Lms lms;

    Clicks(Lms lms) {
        this.lms = lms;
    }

    Click open(Person person, Course course, Link link) {
        require(!lms.switches.suspended.contains(person.sub()), 403, "Your account is suspended.");
        return new Click(person, tool(link), course, link, new Message.Open());
    }

    /** Without a name: where an LMS lets guests in. */
    Click anonymous(Course course) {
        return new Click(null, lms.tool(), course, lms.home(course, lms.tool()), new Message.Open());
    }

    /** From a place that is no course, like a dashboard. */
    Click outside(Person person) {
        var link =
                new Link("dashboard", lms.tool().deploymentId(), "Your credentials", null, null, Map.of(), List.of());
        return new Click(person, lms.tool(), null, link, new Message.Open());
    }

    /** A learner's work in a column that belongs to a link, for teachers. */
    Click review(Person person, Course course, String column, String sub) {
        require(person.role() != Person.Role.LEARNER, 403, "Only teachers see the work of others.");
        var reviewed = course.column(column).orElseThrow(() -> new Answers(404, "No such column"));
        require(course.people.containsKey(sub), 404, "Nobody here has this number.");
        var link = course.links.stream()
                .filter(one -> one.id().equals(reviewed.linkId))
                .findFirst()
                .orElseThrow(() -> new Answers(404, "This column belongs to no link"));
        return new Click(person, tool(link), course, link, new Message.Review(sub, reviewed));
    }

    Click privacy(Person person) {
        return new Click(person, lms.tool(), null, null, new Message.Privacy());
    }

    Click other(Person person, Course course, String type) {
        return new Click(person, lms.tool(), course, lms.home(course, lms.tool()), new Message.Other(type));
    }

    private Tool tool(Link link) {
        return lms.tool(link.deployment()).orElseThrow(() -> new Answers(404, "No such tool"));
    }
}

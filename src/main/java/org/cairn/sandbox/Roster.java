package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/** Who is in a course (NRPS 2.0): short role names, and in Moodle names escaped for HTML. */
final class Roster {

    private static final String MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";

    private final Lms lms;
    private final Addresses addresses;
    private final Tokens tokens;

    Roster(Lms lms, Tokens tokens) {
        this.lms = lms;
        this.addresses = new Addresses(lms);
        this.tokens = tokens;
    }

    void list(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.MEMBERS);
        call.accept(MEMBERS, "*/*");
        var course = call.course();
        var all = course.people.values().stream()
                .filter(person -> !person.isTestUser())
                .filter(this::isShown)
                .filter(person -> call.matches("role", person.role().shortName()))
                .toList();
        var json = Lms.JSON.createObjectNode();
        json.put("id", addresses.members(course));
        json.putObject("context").put("id", course.id).put("title", course.title);
        var members = json.putArray("members");
        for (var person : call.page(all, addresses.members(course), Math.min(50, lms.profile.pageSize()))) {
            var member = members.addObject();
            describe(member, person, call.tool());
            if (lms.switches.groups && call.is("groups", "true")) {
                member.putArray("group_enrollments")
                        .addObject()
                        .put("group_id", Groups.of(course, person).id());
            }
        }
        call.answer(200, MEMBERS, json);
    }

    /** Moodle lists active people only; the others say that somebody is suspended. */
    private boolean isShown(Person person) {
        return lms.profile != Profile.MOODLE || !lms.switches.suspended.contains(person.sub());
    }

    private void describe(ObjectNode member, Person person, Tool tool) {
        // Moodle calls a non-editing teacher a learner here.
        boolean isTeacher = lms.profile == Profile.MOODLE
                ? person.role() == Person.Role.TEACHER
                : person.role() != Person.Role.LEARNER;
        member.put("status", lms.switches.suspended.contains(person.sub()) ? "Inactive" : "Active")
                .put("user_id", person.sub());
        member.putArray("roles").add(isTeacher ? "Instructor" : "Learner");
        if (tool.claims().contains("name")) {
            member.put("name", name(person.name()))
                    .put("given_name", name(person.givenName()))
                    .put("family_name", name(person.familyName()));
        }
    }

    private String name(String text) {
        if (lms.profile != Profile.MOODLE) {
            return text;
        }
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package org.cairn.sandbox;

import io.javalin.http.Context;
import java.util.List;

/** The groups of a course (Course Groups Service 1.0): every course has a morning and an evening. */
final class Groups {

    record Group(String id, String name) {}

    private static final String LIST = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json";

    private final Lms lms;
    private final Addresses addresses;
    private final Tokens tokens;

    Groups(Lms lms, Tokens tokens) {
        this.lms = lms;
        this.addresses = new Addresses(lms);
        this.tokens = tokens;
    }

    static List<Group> of(Course course) {
        return List.of(new Group(course.id + "-am", "Morning"), new Group(course.id + "-pm", "Evening"));
    }

    static Group of(Course course, Person person) {
        return of(course).get(Math.floorMod(person.sub().hashCode(), 2));
    }

    void list(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.GROUPS);
        call.accept(LIST, "*/*");
        var course = call.course();
        var json = Lms.JSON.createObjectNode().put("id", addresses.groups(course));
        var groups = json.putArray("groups");
        call.page(of(course), addresses.groups(course), lms.profile.pageSize())
                .forEach(group -> groups.addObject().put("id", group.id()).put("name", group.name()));
        call.answer(200, LIST, json);
    }
}

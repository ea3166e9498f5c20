package org.cairn.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Custom parameters, with what they ask for put in its place (Core 1.3 §D). */
final class Variables {

    /** What can be asked for, as registrations are told. */
    static final List<String> NAMES = List.of(
            "Context.id",
            "Context.title",
            "Context.id.history",
            "CourseSection.title",
            "ResourceLink.id",
            "ResourceLink.title",
            "User.id",
            "Person.name.full",
            "Person.name.given",
            "Person.name.family",
            "Membership.role");

    private final Map<String, String> values = new HashMap<>();

    Variables(Lms lms, Click click) {
        var person = click.person();
        if (person != null) {
            values.put("$User.id", person.sub());
            if (click.tool().claims().contains("name")) {
                values.put("$Person.name.full", person.name());
                values.put("$Person.name.given", person.givenName());
                values.put("$Person.name.family", person.familyName());
            }
            values.put("$Membership.role", person.role().shortName());
        }
        var course = click.course();
        if (course != null) {
            values.put("$Context.id", course.id);
            values.put("$Context.title", course.title);
            values.put("$CourseSection.title", course.title);
            values.put("$Context.id.history", listed(course.history));
        }
        var link = click.link();
        if (link != null) {
            values.put("$ResourceLink.id", link.id());
            values.put("$ResourceLink.title", link.title());
            if (lms.profile.knowsLinkHistory()) {
                values.put("$ResourceLink.id.history", listed(link.history()));
            }
        }
    }

    /** What an LMS does not know stays as it was written, and only a whole value is looked at. */
    String filled(String value) {
        return values.getOrDefault(value, value);
    }

    /** Every key twice, as Moodle has it: as it was given, and in lower case with _ for what is neither letter nor digit. */
    Map<String, String> filled(Map<String, String> custom) {
        var filled = new TreeMap<String, String>();
        custom.forEach((key, value) -> {
            filled.put(key, filled(value));
            filled.put(key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_"), filled(value));
        });
        return filled;
    }

    private static String listed(List<String> history) {
        return history.stream()
                .map(id -> URLEncoder.encode(id, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }
}

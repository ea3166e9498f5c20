package org.cairn.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the services of this LMS are, as its messages say it. */
final class Addresses {

    // No profile has these at a place of its own.
    static final String GROUPS = "/lti/courses/{course}/groups";
    static final String NOTICES = "/lti/deployments/{deployment}/notice-handlers";

    private final Lms lms;

    Addresses(Lms lms) {
        this.lms = lms;
    }

    String token() {
        return lms.url + lms.profile.token;
    }

    /** What {@code aud} of a token request has to be. */
    String tokenAudience() {
        return lms.profile == Profile.BRIGHTSPACE ? Profile.BRIGHTSPACE_AUDIENCE : token();
    }

    String lineItems(Course course, Tool tool) {
        return filled(lms.profile.lineItems, course) + query(tool);
    }

    String lineItem(Course course, Column column, Tool tool) {
        return filled(lms.profile.lineItem, course).replace("{item}", String.valueOf(column.id)) + query(tool);
    }

    String result(Course course, Column column, Tool tool, String sub) {
        var results = filled(lms.profile.lineItem, course).replace("{item}", String.valueOf(column.id)) + "/results";
        var query = query(tool);
        return query.isEmpty() ? results + "/" + sub : results + query + "&user_id=" + sub;
    }

    String members(Course course) {
        return filled(lms.profile.members, course);
    }

    String groups(Course course) {
        return lms.url + GROUPS.replace("{course}", course.id);
    }

    String notices(Tool tool) {
        return lms.url
                + NOTICES.replace("{deployment}", URLEncoder.encode(tool.deploymentId(), StandardCharsets.UTF_8));
    }

    private String filled(String pattern, Course course) {
        return lms.url + pattern.replace("{course}", course.id);
    }

    // Moodle's addresses say which tool asks.
    private String query(Tool tool) {
        return lms.profile == Profile.MOODLE ? "?type_id=" + tool.deploymentId() : "";
    }
}

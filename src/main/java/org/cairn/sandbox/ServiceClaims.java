package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a launch says of the services that the tool may call, as far as this LMS has them and the tool may. */
final class ServiceClaims {

    private final Lms lms;
    private final Addresses addresses;

    ServiceClaims(Lms lms) {
        this.lms = lms;
        this.addresses = new Addresses(lms);
    }

    void describe(ObjectNode json, Click click) {
        var course = click.course();
        if (course != null) {
            addGradebook(json, click, course);
            addRoster(json, click, course);
            addGroups(json, click, course);
        }
        addNotices(json, click);
    }

    private void addGradebook(ObjectNode json, Click click, Course course) {
        var scopes = click.tool().scopes().stream()
                .filter(scope -> scope.startsWith(Scopes.AGS) && Scopes.isOpen(scope, lms.switches.gradeSync))
                .sorted()
                .toList();
        if (scopes.isEmpty()) {
            return;
        }
        var ags = json.putObject("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint");
        scopes.forEach(ags.putArray("scope")::add);
        ags.put("lineitems", addresses.lineItems(course, click.tool()));
        var column = column(click, course);
        if (column != null) {
            ags.put("lineitem", addresses.lineItem(course, column, click.tool()));
        }
    }

    /** AGS 2.0 §3.1: named only where exactly one belongs to the link, or where it is what is reviewed. */
    private static @Nullable Column column(Click click, Course course) {
        if (click.message() instanceof Message.Review review) {
            return review.column();
        }
        var link = click.link();
        var columns = link == null ? List.<Column>of() : course.columnsOf(link);
        return columns.size() == 1 ? columns.getFirst() : null;
    }

    private void addRoster(ObjectNode json, Click click, Course course) {
        if (click.tool().scopes().contains(Scopes.MEMBERS)) {
            json.putObject("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                    .put("context_memberships_url", addresses.members(course))
                    .putArray("service_versions")
                    .add("1.0")
                    .add("2.0");
        }
    }

    private void addGroups(ObjectNode json, Click click, Course course) {
        if (lms.switches.groups && click.tool().scopes().contains(Scopes.GROUPS)) {
            var claim = json.putObject("https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice");
            claim.putArray("scope").add(Scopes.GROUPS);
            claim.put("context_groups_url", addresses.groups(course));
            claim.putArray("service_versions").add("1.0");
        }
    }

    private void addNotices(ObjectNode json, Click click) {
        if (lms.switches.notices && click.tool().scopes().contains(Scopes.NOTICES)) {
            var claim = json.putObject(IdTokens.LTI + "platformnotificationservice");
            claim.putArray("service_versions").add("1.0");
            claim.put("platform_notification_service_url", addresses.notices(click.tool()));
            claim.putArray("scope").add(Scopes.NOTICES);
            Notices.TYPES.forEach(claim.putArray("notice_types_supported")::add);
        }
    }
}

package org.cairn.lti;

import java.net.URI;
import java.util.Set;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody opened Cairn in a course (LtiResourceLinkRequest).
 *
 * @param contextId the LMS's course; null where the launch names none
 */
public record ResourceLaunch(
        Platform platform,
        Deployment deployment,
        Person person,
        Role role,
        @Nullable String contextId,
        @Nullable String contextTitle,
        String resourceLinkId,
        @Nullable String resourceLinkTitle,
        @Nullable URI memberships,
        @Nullable URI lineItems,
        Set<String> scopes)
        implements Launch {

    /** What stands for the course: a launch without a context makes its resource link a course of its own. */
    String courseKey() {
        return contextId == null ? "resource-link:" + resourceLinkId : contextId;
    }
}

package org.cairn.lti;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.cairn.people.Role;

/**
 * What the roles of LTI Core 1.3 §A.2 mean here. A course's own roles count first, since an administrator of the institution may
 * study in a course; of several the one that may do most. What is unknown, short where it may not be, or empty gives no power.
 */
public final class Roles {

    private static final String MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership";
    private static final Set<String> ADMINISTRATOR = Set.of(
            "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator",
            "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
            "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin");
    private static final String TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";

    /** Core roles of a course, and the sub-roles that mean something else. Only these may be written short (§A.2.3). */
    private static final Map<String, Role> COURSE = Map.of(
            "Instructor", Role.TEACHER,
            "ContentDeveloper", Role.VISITOR,
            "Administrator", Role.TEACHER,
            "Learner", Role.LEARNER,
            "Mentor", Role.VISITOR,
            "Instructor#TeachingAssistant", Role.ASSISTANT,
            "Instructor#Grader", Role.ASSISTANT);

    private Roles() {}

    public static Role of(Collection<String> roles) {
        var course = roles.stream().map(Roles::courseRole).toList();
        for (var role : new Role[] {Role.TEACHER, Role.ASSISTANT, Role.LEARNER}) {
            // An assistant is sent as instructor and as assistant: the narrower of the two is meant.
            boolean isNarrowed = role == Role.TEACHER && course.contains(Role.ASSISTANT);
            if (course.contains(role) && !isNarrowed) {
                return role;
            }
        }
        return roles.stream().anyMatch(ADMINISTRATOR::contains) ? Role.ADMINISTRATOR : Role.VISITOR;
    }

    public static boolean isTestUser(Collection<String> roles) {
        return roles.contains(TEST_USER);
    }

    private static Role courseRole(String role) {
        var name = role;
        if (role.startsWith(MEMBERSHIP + "#")) {
            name = role.substring(MEMBERSHIP.length() + 1);
        } else if (role.startsWith(MEMBERSHIP + "/")) {
            var sub = role.substring(MEMBERSHIP.length() + 1);
            name = COURSE.containsKey(sub) ? sub : sub.replaceFirst("#.*", "");
        }
        return COURSE.getOrDefault(name, Role.VISITOR);
    }
}

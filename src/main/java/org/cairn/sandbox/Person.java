package org.cairn.sandbox;

/** Somebody at the sandbox's university. {@code sub} is a number as text, as Moodle has it. */
public record Person(String sub, String givenName, String familyName, Role role, boolean isTestUser) {

    /** What somebody is in every course. */
    public enum Role {
        LEARNER("Learner"),
        TEACHER("Instructor"),
        ASSISTANT("Instructor#TeachingAssistant");

        private final String name;

        Role(String name) {
            this.name = name;
        }

        String shortName() {
            return this == LEARNER ? "Learner" : "Instructor";
        }

        String uri() {
            var membership = "http://purl.imsglobal.org/vocab/lis/v2/membership";
            return this == ASSISTANT ? membership + "/" + name : membership + "#" + name;
        }
    }

    public String name() {
        return givenName + " " + familyName;
    }
}

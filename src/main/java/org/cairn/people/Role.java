package org.cairn.people;

/** What somebody may see and do in one course, by the role table of the domain. */
public enum Role {
    /** Earns: sees the own page only. */
    LEARNER,
    /** Teaches this course: sees its learners, confirms and revokes. */
    TEACHER,
    /** Assists in this course: sees what a teacher sees, changes nothing. */
    ASSISTANT,
    /** Administers the institution. */
    ADMINISTRATOR,
    /** Mentor, unknown or no role: sees what can be earned, and nobody's results. */
    VISITOR;

    /** Whether the whole course's learners may be seen. */
    public boolean seesCourse() {
        return this == TEACHER || this == ASSISTANT || this == ADMINISTRATOR;
    }

    /** Whether awards of the course may be changed. */
    public boolean changesCourse() {
        return this == TEACHER || this == ADMINISTRATOR;
    }
}

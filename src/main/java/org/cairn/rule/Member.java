package org.cairn.rule;

/**
 * The learner belongs to a group of people.
 *
 * @param name of the cohort, term or role; 1 to 100 characters
 * @param joined when she has to have joined
 */
public record Member(Group group, String name, Window joined) implements Requirement {

    /** What kind of group it is. */
    public enum Group {
        COHORT,
        TERM,
        ROLE
    }

    public Member {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("A group has a name of 1 to 100 characters.");
        }
    }

    @Override
    public boolean asksTheRegister() {
        return true;
    }
}

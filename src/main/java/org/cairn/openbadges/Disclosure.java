package org.cairn.openbadges;

import org.jspecify.annotations.Nullable;

/**
 * What a signed form tells beside what was earned. What is not told is not in the signed text, so nobody can find it there.
 *
 * @param grades the grades that were used
 * @param evidence how it was earned: in words, and the evaluation of the rule
 * @param name what the learner is called; null where she is not named
 */
public record Disclosure(
        boolean grades, boolean evidence, @Nullable String name) {

    /** Of the form that is made with the award. */
    public static final Disclosure USUAL = new Disclosure(false, true, null);

    Disclosure naming(String name) {
        return new Disclosure(grades, evidence, name);
    }

    /** Whether it tells of the same things, whatever the name is. */
    public boolean isLike(Disclosure other) {
        return grades == other.grades && evidence == other.evidence && (name == null) == (other.name == null);
    }
}

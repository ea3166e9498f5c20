package org.cairn.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;

/** A node of a rule: what a learner has to show. A closed tree of values, without behaviour of its own. */
public sealed interface Requirement permits AllOf, AnyOf, AtLeast, OneBranch, Score, Completed, Holds {

    /** The parts of a group; none for a leaf. */
    default List<Requirement> of() {
        return List.of();
    }

    /** The blanks that a course has to fill, in order of appearance. */
    default Set<Slot> slots() {
        var slots = new LinkedHashSet<Slot>();
        of().forEach(part -> slots.addAll(part.slots()));
        return slots;
    }

    /** The achievements that it asks for, in order of appearance. An achievement whose rule asks for any is a stack. */
    default Set<AchievementId> achievements() {
        var achievements = new LinkedHashSet<AchievementId>();
        of().forEach(part -> achievements.addAll(part.achievements()));
        return achievements;
    }
}

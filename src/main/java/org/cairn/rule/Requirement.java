package org.cairn.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;

/** A node of a rule: what a learner has to show. A closed tree of values, without behaviour of its own. */
public sealed interface Requirement
        permits AllOf,
                AnyOf,
                AtLeast,
                OneBranch,
                InOrder,
                Separately,
                Within,
                Score,
                Completed,
                Holds,
                Pooled,
                Hours,
                Approved,
                Member {

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

    /** What is handed in for people to approve, in order of appearance. */
    default Set<Slot> handIns() {
        var handIns = new LinkedHashSet<Slot>();
        of().forEach(part -> handIns.addAll(part.handIns()));
        return handIns;
    }

    /** The kinds of hours that are confirmed for it, in order of appearance. */
    default Set<Slot> hours() {
        var hours = new LinkedHashSet<Slot>();
        of().forEach(part -> hours.addAll(part.hours()));
        return hours;
    }

    /** The achievements that it names, in order of appearance. */
    default Set<AchievementId> achievements() {
        var achievements = new LinkedHashSet<AchievementId>();
        of().forEach(part -> achievements.addAll(part.achievements()));
        return achievements;
    }

    /** Whether it looks at what the learner holds, named or not. An achievement whose rule does is a stack. */
    default boolean asksForAwards() {
        return of().stream().anyMatch(Requirement::asksForAwards);
    }

    /** Whether it asks what the institution's register says of somebody: her groups and hours. */
    default boolean asksTheRegister() {
        return of().stream().anyMatch(Requirement::asksTheRegister);
    }

    /** What awards have that could matter to it though it does not name their achievements. */
    default Set<Trait> traits() {
        var traits = new LinkedHashSet<Trait>();
        of().forEach(part -> traits.addAll(part.traits()));
        return traits;
    }
}

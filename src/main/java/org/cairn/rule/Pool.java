package org.cairn.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the awards that a learner holds may count.
 *
 * @param minimum only those with at least this result
 * @param window only those awarded in it
 * @param uses only those that count in fewer than so many other stacks, 1 to 100
 */
public record Pool(
        Trait trait,
        @Nullable Mark minimum,
        Window window,
        @Nullable Integer uses) {

    /** Everything that is held. */
    public static final Pool ALL = new Pool(Trait.ANY, null, Window.ALWAYS, null);

    public Pool {
        if (uses != null && (uses < 1 || uses > 100)) {
            throw new IllegalArgumentException("Uses are a number from 1 to 100.");
        }
    }

    /** Its trait, unless that names the achievements. */
    Set<Trait> traits() {
        return trait.achievements().isEmpty() ? Set.of(trait) : Set.of();
    }

    boolean contains(Held held, Facts facts, Instant at) {
        return held.isValid(at)
                && trait.isOf(held)
                && (minimum == null || minimum.isReachedBy(held))
                && window.contains(held.at(), at, facts.zone())
                && (uses == null || held.uses() < uses);
    }

    /** Each award once, the oldest first. */
    List<Held> of(Facts facts, Instant at) {
        var found = new ArrayList<Held>();
        var ids = new HashSet<String>();
        for (var held : facts.heldInOrder()) {
            if (contains(held, facts, at) && ids.add(held.id())) {
                found.add(held);
            }
        }
        return found;
    }
}

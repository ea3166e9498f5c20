package org.cairn.rule;

import java.util.Set;

/** What fills the slot was completed, whatever its grade. */
public record Completed(Slot slot, Window window) implements Requirement {

    @Override
    public Set<Slot> slots() {
        return Set.of(slot);
    }
}

package org.cairn.rule;

import java.util.List;

/** Every one of these, each with what happened from when the one before it was met. Empty, it is never met. */
public record InOrder(List<Requirement> of) implements Requirement {

    public InOrder {
        of = List.copyOf(of);
    }
}

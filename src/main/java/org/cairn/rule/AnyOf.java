package org.cairn.rule;

import java.util.List;

/** At least one of these. Empty, it is never met. */
public record AnyOf(List<Requirement> of) implements Requirement {

    public AnyOf {
        of = List.copyOf(of);
    }
}

package org.cairn.rule;

import java.util.List;

/** Every one of these. Empty, it is never met. */
public record AllOf(List<Requirement> of) implements Requirement {

    public AllOf {
        of = List.copyOf(of);
    }
}

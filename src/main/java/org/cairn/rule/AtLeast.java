package org.cairn.rule;

import java.util.List;

/** {@code count} of these or more. It is never met where there are fewer than that. */
public record AtLeast(int count, List<Requirement> of) implements Requirement {

    public AtLeast {
        if (count < 1) {
            throw new IllegalArgumentException("A count is at least 1.");
        }
        of = List.copyOf(of);
    }
}

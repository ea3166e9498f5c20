package org.cairn.rule;

import java.util.List;

/** Every one of these sums and holdings, no award counting for two of them. Empty, it is never met. */
public record Separately(List<Requirement> of) implements Requirement {

    public Separately {
        of = List.copyOf(of);
        if (of.stream().anyMatch(part -> !(part instanceof CreditSum) && !(part instanceof Holds))) {
            throw new IllegalArgumentException("What counts separately is a sum or something held.");
        }
    }

    /** Its parts as sums: something held is a sum of one award. */
    List<CreditSum> sums() {
        return of.stream()
                .map(part -> part instanceof CreditSum sum ? sum : ((Holds) part).sum())
                .toList();
    }
}

package org.cairn.rule;

import java.util.List;

/** All that one of these branches asks for: what was done in another one does not help. */
public record OneBranch(List<Branch> branches) implements Requirement {

    /** {@code name} has 1 to 100 characters. */
    public record Branch(String name, Requirement requirement) {

        public Branch {
            if (name.isBlank() || name.length() > 100) {
                throw new IllegalArgumentException("A branch has a name of 1 to 100 characters.");
            }
        }
    }

    public OneBranch {
        branches = List.copyOf(branches);
        if (branches.stream().map(Branch::name).distinct().count() < branches.size()) {
            throw new IllegalArgumentException("Branches have different names.");
        }
    }

    @Override
    public List<Requirement> of() {
        return branches.stream().map(Branch::requirement).toList();
    }
}

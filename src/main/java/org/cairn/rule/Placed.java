package org.cairn.rule;

import java.util.ArrayList;
import java.util.List;

/** A part of a rule and where it stands. */
record Placed(String path, Requirement requirement) {

    /** The parts of a group, and of groups of the same kind within it. */
    static List<Placed> flat(Requirement group, String path) {
        var parts = new ArrayList<Placed>();
        for (int i = 0; i < group.of().size(); i++) {
            var part = group.of().get(i);
            var place = Groups.place(path, group, i);
            boolean isSame = (group instanceof AllOf && part instanceof AllOf)
                    || (group instanceof AnyOf && part instanceof AnyOf);
            if (isSame) {
                parts.addAll(flat(part, place));
            } else {
                parts.add(new Placed(place, part));
            }
        }
        return parts;
    }
}

package org.cairn.rule;

import static org.cairn.rule.Finding.warning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Looks for parts of a group that are there twice, or follow from another part. */
final class Repeated {

    private final List<Finding> findings = new ArrayList<>();

    private Repeated() {}

    static List<Finding> of(Requirement rule, String place) {
        var repeated = new Repeated();
        repeated.look(rule, place);
        return repeated.findings;
    }

    private void look(Requirement group, String path) {
        var parts = Placed.flat(group, path);
        var left = once(parts);
        switch (group) {
            case AllOf all -> redundant(left, false);
            case AnyOf any -> redundant(left, true);
            case OneBranch one -> redundant(left, true);
            // Elsewhere a part that follows from another may still be wanted: again, later, or with other awards.
            default -> {}
        }
        parts.forEach(part -> look(part.requirement(), part.path()));
    }

    private List<Placed> once(List<Placed> parts) {
        var first = new HashMap<Requirement, String>();
        var left = new ArrayList<Placed>();
        for (var part : parts) {
            var other = first.putIfAbsent(Normal.of(part.requirement()), part.path());
            if (other == null) {
                left.add(part);
            } else {
                findings.add(warning(
                        part.path(), "duplicate", "This asks for the same as %s; take one out.".formatted(other)));
            }
        }
        return left;
    }

    /** Where all are needed the weaker of two adds nothing, and where one suffices the stronger. A rule has at most 1,000 parts. */
    private void redundant(List<Placed> parts, boolean isStronger) {
        var idle = new boolean[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            for (int j = 0; j < parts.size() && !idle[i]; j++) {
                boolean follows = i != j
                        && !idle[j]
                        && Implied.implies(
                                parts.get(i).requirement(), parts.get(j).requirement());
                if (follows) {
                    idle[isStronger ? i : j] = true;
                    findings.add(
                            isStronger ? stronger(parts.get(i), parts.get(j)) : weaker(parts.get(j), parts.get(i)));
                }
            }
        }
    }

    private static Finding weaker(Placed idle, Placed kept) {
        return warning(
                idle.path(),
                "redundant",
                "Whoever meets %s meets this too, so it adds nothing.".formatted(kept.path()));
    }

    private static Finding stronger(Placed idle, Placed kept) {
        return warning(
                idle.path(),
                "redundant",
                "Whoever meets this meets %s already, so it adds nothing.".formatted(kept.path()));
    }
}

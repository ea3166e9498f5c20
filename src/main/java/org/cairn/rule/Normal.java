package org.cairn.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One way to write rules that ask for the same: nested groups of a kind flattened, parts once and in one order, groups of one part gone. */
public final class Normal {

    private static final Comparator<Requirement> ORDER =
            Comparator.comparing(part -> RequirementJson.write(part).toString());

    private Normal() {}

    /** Two rules with equal results are met by the same learners. The other way round that need not be so. */
    public static Requirement of(Requirement requirement) {
        return switch (requirement) {
            case AllOf all -> all(parts(all.of()));
            case AnyOf any -> any(parts(any.of()));
            case OneBranch one -> any(parts(one.of()));
            case AtLeast some -> atLeast(some.count(), parts(some.of()));
            case InOrder order -> new InOrder(parts(order.of()));
            case Separately separately ->
                new Separately(separately.of().stream().sorted(ORDER).toList());
            case Within within -> new Within(within.period(), within.since(), of(within.requirement()));
            case Score score -> score;
            case Completed completed -> completed;
            case Holds holds -> holds;
            case CreditSum sum -> sum;
            case Mean mean -> mean;
            case Hours hours -> hours;
            case Approved approved -> approved;
            case Member member -> member;
        };
    }

    private static List<Requirement> parts(List<Requirement> of) {
        return of.stream().map(Normal::of).toList();
    }

    private static Requirement all(List<Requirement> parts) {
        var flat = new LinkedHashSet<Requirement>();
        // An empty group is never met, so it must not vanish in another one.
        parts.forEach(part -> {
            if (part instanceof AllOf inner && !inner.of().isEmpty()) {
                flat.addAll(inner.of());
            } else {
                flat.add(part);
            }
        });
        return flat.size() == 1 ? flat.getFirst() : new AllOf(sorted(flat));
    }

    private static Requirement any(List<Requirement> parts) {
        var flat = new LinkedHashSet<Requirement>();
        parts.forEach(part -> {
            if (part instanceof AnyOf inner) {
                flat.addAll(inner.of());
            } else {
                flat.add(part);
            }
        });
        return flat.size() == 1 ? flat.getFirst() : new AnyOf(sorted(flat));
    }

    private static Requirement atLeast(int count, List<Requirement> parts) {
        if (count == 1) {
            return any(parts);
        }
        // Of two equal parts both count, so they stay.
        return count == parts.size()
                ? all(parts)
                : new AtLeast(count, parts.stream().sorted(ORDER).toList());
    }

    private static List<Requirement> sorted(Set<Requirement> parts) {
        var sorted = new ArrayList<>(parts);
        sorted.sort(ORDER);
        return sorted;
    }
}

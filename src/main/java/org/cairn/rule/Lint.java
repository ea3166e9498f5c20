package org.cairn.rule;

import static org.cairn.rule.Finding.error;
import static org.cairn.rule.Finding.note;
import static org.cairn.rule.Finding.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with a rule, or odd about it, before it is published. Pure. */
public final class Lint {

    private final String place;
    private final Surroundings around;
    private final List<Finding> findings = new ArrayList<>();

    private Lint(String place, Surroundings around) {
        this.place = place;
        this.around = around;
    }

    /** What was found in all that the rule asks of anybody; of what it asks otherwise only what makes it impossible. */
    public static List<Finding> of(Rule rule, Surroundings around) {
        var findings = new ArrayList<Finding>();
        rule.places()
                .forEach((place, requirement) -> findings.addAll(
                        requirement.equals(rule.requirement())
                                ? of(requirement, place, around)
                                : Possible.of(requirement, place, around)));
        return findings.stream().distinct().toList();
    }

    /** The same of a requirement that is the whole rule. */
    public static List<Finding> of(Requirement rule, Surroundings around) {
        return of(rule, "rule", around);
    }

    /** What makes it impossible, what is in it twice, and what concerns all of it. */
    private static List<Finding> of(Requirement rule, String place, Surroundings around) {
        var lint = new Lint(place, around);
        lint.findings.addAll(Possible.of(rule, place, around));
        lint.findings.addAll(Repeated.of(rule, place));
        lint.alwaysMet(rule, place);
        lint.assessed(rule);
        lint.same(rule);
        return List.copyOf(lint.findings);
    }

    /** Says it at the top of what any grade meets, and not again of its parts. */
    private void alwaysMet(Requirement requirement, String path) {
        if (isAlwaysMet(requirement)) {
            var sentence =
                    "Any grade at all meets this, even nothing out of everything; ask for more, or for a completion.";
            findings.add(
                    path.equals(place) ? error(path, "always_met", sentence) : warning(path, "always_met", sentence));
            return;
        }
        for (int i = 0; i < requirement.of().size(); i++) {
            alwaysMet(requirement.of().get(i), Groups.place(path, requirement, i));
        }
    }

    private static boolean isAlwaysMet(Requirement requirement) {
        return switch (requirement) {
            case Score score -> score.value().signum() == 0 && score.comparison() == Score.Comparison.AT_LEAST;
            case Completed completed -> false;
            case Holds holds -> false;
            case CreditSum sum -> false;
            case Mean mean -> mean.minimum().signum() == 0;
            case Hours hours -> false;
            case Approved approved -> false;
            case Member member -> false;
            case InOrder order -> isAlwaysMetGroup(order);
            case Separately separately -> false;
            case Within within -> isAlwaysMetGroup(within);
            case AllOf all -> isAlwaysMetGroup(all);
            case AnyOf any -> isAlwaysMetGroup(any);
            case AtLeast some -> isAlwaysMetGroup(some);
            case OneBranch one -> isAlwaysMetGroup(one);
        };
    }

    private static boolean isAlwaysMetGroup(Requirement group) {
        return group.of().stream().filter(Lint::isAlwaysMet).count() >= Groups.wanted(group);
    }

    private void assessed(Requirement rule) {
        if (!isAssessed(rule)) {
            findings.add(
                    warning(
                            place,
                            "not_assessed",
                            leaves(rule).anyMatch(Lint::isAssessed)
                                    ? "It can be met without anything that is assessed, and is a recognition badge then; ask for a grade in each way."
                                    : "Nothing in it is assessed, so it makes a recognition badge, which counts in no stack; ask for a grade."));
        }
    }

    private static Stream<Requirement> leaves(Requirement requirement) {
        return requirement.of().isEmpty()
                ? Stream.of(requirement)
                : requirement.of().stream().flatMap(Lint::leaves);
    }

    /** Whether every way to meet it has something in it that was assessed. What a stack asks for has been, where that was earned. */
    static boolean isAssessed(Requirement requirement) {
        return switch (requirement) {
            case Score score -> true;
            case Completed completed -> false;
            case Holds holds -> true;
            case CreditSum sum -> true;
            case Mean mean -> true;
            case Hours hours -> false;
            case Approved approved -> true;
            case Member member -> false;
            case InOrder order -> isAssessedGroup(order);
            case Separately separately -> isAssessedGroup(separately);
            case Within within -> isAssessedGroup(within);
            case AllOf all -> isAssessedGroup(all);
            case AnyOf any -> isAssessedGroup(any);
            case AtLeast some -> isAssessedGroup(some);
            case OneBranch one -> isAssessedGroup(one);
        };
    }

    private static boolean isAssessedGroup(Requirement group) {
        return group.of().stream().filter(part -> !isAssessed(part)).count() < Groups.wanted(group);
    }

    private void same(Requirement rule) {
        var same = around.same().apply(Normal.of(rule));
        if (!same.isEmpty()) {
            var named = same.stream().map(id -> "\"" + id + "\"").sorted().collect(Collectors.joining(", "));
            // Rules with slots are alike often, and ask for other work in each course.
            findings.add(
                    rule.slots().isEmpty()
                            ? warning(place, "same_rule", "It asks for the same as %s.".formatted(named))
                            : note(
                                    place,
                                    "same_rule",
                                    "It asks for the same as %s, with whatever fills the slots.".formatted(named)));
        }
    }
}

package org.cairn.rule;

import static org.cairn.rule.Finding.error;
import static org.cairn.rule.Finding.warning;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;

/** Looks whether somebody could ever meet a rule. */
final class Possible {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Surroundings around;
    /** Each once: nested groups of one kind are looked at from within and from without. */
    private final Set<Finding> findings = new LinkedHashSet<>();

    private Possible(Surroundings around) {
        this.around = around;
    }

    static List<Finding> of(Requirement rule, String place, Surroundings around) {
        var possible = new Possible(around);
        possible.isPossible(rule, place);
        return List.copyOf(possible.findings);
    }

    /** Whether somebody could ever meet it; says why not where the cause lies. */
    private boolean isPossible(Requirement requirement, String path) {
        return switch (requirement) {
            case Score score -> isPossible(score, path);
            case Completed completed -> isPossible(completed.window(), path);
            case Holds holds -> isPossible(holds, path);
            case AllOf all -> canAllBeMet(all, path) & !areApart(all, path);
            case AnyOf any -> canEnoughBeMet(any, path);
            case AtLeast some -> canEnoughBeMet(some, path);
            case OneBranch one -> canEnoughBeMet(one, path);
            case InOrder order -> canEnoughBeMet(order, path);
            case Separately separately -> canEnoughBeMet(separately, path);
            case Within within -> isPossible(within.requirement(), Groups.place(path, within, 0));
            case CreditSum sum -> isPossible(sum, path);
            case Mean mean -> isPossible(mean, path);
            case Hours hours -> isPossible(hours.window(), path);
            case Approved approved -> isPossible(approved.window(), path);
            case Member member -> isPossible(member.joined(), path);
        };
    }

    private boolean isPossible(Score score, String path) {
        boolean isPossible = true;
        if (score.scale() == Score.Scale.PERCENT && score.isBeyond(HUNDRED)) {
            findings.add(error(path, "unsatisfiable", "More than 100 % cannot be reached; ask for 100 % or less."));
            isPossible = false;
        }
        var maxima = around.maxima().apply(score.slot());
        var low = maxima.stream()
                .filter(maximum -> !score.canBeReached(BigDecimal.valueOf(maximum)))
                .sorted()
                .toList();
        if (!low.isEmpty()) {
            findings.add(error(
                    path,
                    "scale_mismatch",
                    "%s points are asked for in \"%s\", and it is bound to a column that is graded out of %d; ask for percent, or for fewer points."
                            .formatted(
                                    score.value().toPlainString(), score.slot().name(), low.getFirst())));
            isPossible = low.size() < maxima.size();
        }
        return isPossible(score.window(), path) && isPossible;
    }

    private boolean isPossible(Window window, String path) {
        if (!window.isOver(around.at(), around.zone())) {
            return true;
        }
        if (window.before() == null) {
            findings.add(warning(
                    path, "window_over", "Its term is over: nobody can meet this any more who has not done so."));
            return true;
        }
        boolean isGone = window.notOlderThan() != null
                && !window.before()
                        .isAfter(around.at()
                                .atZone(around.zone())
                                .minus(window.notOlderThan())
                                .toInstant());
        findings.add(
                isGone
                        ? error(
                                path,
                                "unsatisfiable",
                                "What was done before %s is older by now than %s, so nothing can count; change one of the two."
                                        .formatted(window.before(), window.notOlderThan()))
                        : warning(
                                path,
                                "window_over",
                                "The window ended at %s: nobody can meet this any more who has not done so."
                                        .formatted(window.before())));
        return !isGone;
    }

    private boolean isPossible(CreditSum sum, String path) {
        sum.achievements().forEach(id -> known(id, path));
        boolean isPossible = true;
        for (var limit : sum.limits()) {
            if (limit instanceof Limit.MinShare least && isContradicted(least, sum)) {
                findings.add(error(
                        path,
                        "unsatisfiable",
                        "Of the same awards at least %s %% and at most less than that are asked for; change one of the two limits."
                                .formatted(least.percent().toPlainString())));
                isPossible = false;
            }
        }
        return isPossible(sum.pool().window(), path) && isPossible;
    }

    private static boolean isContradicted(Limit.MinShare least, CreditSum sum) {
        return sum.limits().stream()
                .anyMatch(limit -> limit instanceof Limit.MaxShare most
                        && most.of().equals(least.of())
                        && most.percent().compareTo(least.percent()) < 0);
    }

    private boolean isPossible(Mean mean, String path) {
        mean.achievements().forEach(id -> known(id, path));
        var letters = mean.letters();
        var best = letters == null ? HUNDRED : letters.letters().getFirst().points();
        boolean isPossible = true;
        if (best != null && mean.minimum().compareTo(best) > 0) {
            isPossible = false;
            findings.add(error(
                    path,
                    "unsatisfiable",
                    "A mean of %s is asked for, and the best result is worth %s; ask for less."
                            .formatted(mean.minimum().toPlainString(), best.toPlainString())));
        }
        return isPossible(mean.pool().window(), path) && isPossible;
    }

    private void known(AchievementId id, String path) {
        switch (around.known().apply(id)) {
            case DRAFT -> findings.add(error(path, "achievement_draft", "\"%s\" is not published yet.".formatted(id)));
            case RETIRED ->
                findings.add(warning(
                        path, "achievement_retired", "\"%s\" is retired: nobody can earn it any more.".formatted(id)));
            case UNKNOWN ->
                findings.add(error(
                        path,
                        "achievement_unknown",
                        "\"%s\" is not defined; define it or take it out of the rule.".formatted(id)));
            case ELSEWHERE ->
                findings.add(warning(
                        path,
                        "achievement_elsewhere",
                        "\"%s\" is not in this file; it has to be published already.".formatted(id)));
            case PUBLISHED, UNSAID -> {}
        }
    }

    private boolean isPossible(Holds holds, String path) {
        var id = holds.achievement();
        known(id, path);
        var earliest = around.rules().apply(id).map(Possible::earliest).orElse(Instant.MIN);
        if (holds.window().before() != null && !holds.window().before().isAfter(earliest)) {
            findings.add(error(
                    path,
                    "window_short",
                    "\"%s\" is asked for before %s, and its own rule lets nobody have it before %s."
                            .formatted(id, holds.window().before(), earliest)));
            return false;
        }
        return isPossible(holds.window(), path);
    }

    /** Before when nobody can meet it. */
    private static Instant earliest(Requirement requirement) {
        return switch (requirement) {
            case Score score -> begin(score.window());
            case Completed completed -> begin(completed.window());
            case Holds holds -> begin(holds.window());
            case AllOf all -> earliestOfGroup(all);
            case AnyOf any -> earliestOfGroup(any);
            case AtLeast some -> earliestOfGroup(some);
            case OneBranch one -> earliestOfGroup(one);
            case InOrder order -> earliestOfGroup(order);
            case Separately separately -> earliestOfGroup(separately);
            case Within within -> earliest(within.requirement());
            case CreditSum sum -> begin(sum.pool().window());
            case Mean mean -> begin(mean.pool().window());
            case Hours hours -> begin(hours.window());
            case Approved approved -> begin(approved.window());
            case Member member -> begin(member.joined());
        };
    }

    private static Instant begin(Window window) {
        return window.after() == null ? Instant.MIN : window.after();
    }

    private static Instant earliestOfGroup(Requirement group) {
        var sorted = group.of().stream().map(Possible::earliest).sorted().toList();
        int wanted = Groups.wanted(group);
        return wanted > sorted.size() ? Instant.MIN : sorted.get(wanted - 1);
    }

    private boolean canAllBeMet(AllOf all, String path) {
        int possible = possible(all, path);
        if (all.of().isEmpty()) {
            findings.add(error(path, "unsatisfiable", "A group without parts is never met; take it out."));
        }
        return possible >= Groups.wanted(all);
    }

    private boolean canEnoughBeMet(Requirement group, String path) {
        int possible = possible(group, path);
        int wanted = Groups.wanted(group);
        if (possible < wanted) {
            findings.add(error(
                    path, "unsatisfiable", "Of these, %d have to be met and %d can be.".formatted(wanted, possible)));
        }
        return possible >= wanted;
    }

    private int possible(Requirement group, String path) {
        int possible = 0;
        for (int i = 0; i < group.of().size(); i++) {
            possible += isPossible(group.of().get(i), Groups.place(path, group, i)) ? 1 : 0;
        }
        return possible;
    }

    /** A credential is held since one instant, which cannot lie in two windows that have nothing in common. */
    private boolean areApart(AllOf all, String path) {
        var seen = new HashMap<Object, List<Placed>>();
        boolean areApart = false;
        for (var part : Placed.flat(all, path)) {
            if (part.requirement() instanceof Holds holds) {
                var others = seen.computeIfAbsent(holds.achievement(), id -> new ArrayList<>());
                for (var other : others) {
                    if (Implied.areApart(holds.window(), ((Holds) other.requirement()).window())) {
                        findings.add(error(
                                part.path(),
                                "unsatisfiable",
                                "\"%s\" cannot have been awarded both in this window and in that of %s."
                                        .formatted(holds.achievement(), other.path())));
                        areApart = true;
                    }
                }
                others.add(part);
            }
        }
        return areApart;
    }
}

package org.cairn.rule;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is missing in a requirement that is not met, who has it in hand, or why it cannot be met any more. */
final class Missing {

    private final Sentence sentence;
    private final Details details;
    private final Wording wording;
    private final String to;

    /** {@code to} is whom it speaks to, as the messages name it. */
    Missing(Sentence sentence, Details details, Wording wording, String to) {
        this.sentence = sentence;
        this.details = details;
        this.wording = wording;
        this.to = to;
    }

    String of(Evaluation evaluation) {
        return said(evaluation, true);
    }

    /** The same without what is missing in single requirements; may be empty. */
    String soFar(Evaluation evaluation) {
        return said(evaluation, false);
    }

    /** What has to happen with one requirement, and who has to act where that is not the learner. */
    String step(Evaluation leaf) {
        return wording.capitalised(leaf.state() == Evaluation.State.WAITING ? waiting(leaf) : open(leaf, true));
    }

    private String said(Evaluation evaluation, boolean isWhole) {
        return wording.capitalised(
                switch (evaluation.state()) {
                    case MET -> wording.say("done");
                    case CLOSED -> wording.say("closed", "why", closed(evaluation));
                    case WAITING -> isWhole ? to("waiting", "why", waiting(evaluation)) : to("waiting.nothing");
                    case NOT_YET ->
                        isWhole || Groups.wanted(evaluation.requirement()) > 0 ? open(evaluation, isWhole) : "";
                });
    }

    private String open(Evaluation evaluation, boolean isWhole) {
        return switch (evaluation.requirement()) {
            case Score score -> openScore(score, evaluation.used());
            case Completed completed ->
                missing(
                        "completed",
                        "name",
                        details.named(completed.slot()),
                        "window",
                        details.window(completed.window()));
            case Holds holds ->
                missing("holds", "name", details.named(holds.achievement()), "details", details.of(holds));
            case AllOf all -> openGroup(evaluation, all.of().size(), isWhole);
            case InOrder order -> openGroup(evaluation, order.of().size(), isWhole);
            case Separately separately -> openGroup(evaluation, separately.of().size(), isWhole);
            case AnyOf any -> openGroup(evaluation, 1, isWhole);
            case AtLeast some -> openGroup(evaluation, some.count(), isWhole);
            case OneBranch one -> openBranch(one, evaluation, isWhole);
            case Within within -> openPeriod(within, evaluation, isWhole);
            case Hours hours ->
                missing(
                        "hours",
                        "amount",
                        sentence.amount(evaluation),
                        "wanted",
                        wording.number(hours.minimum()),
                        "name",
                        details.named(hours.kind()),
                        "window",
                        details.window(hours.window()));
            case Approved approved -> openApproved(approved, evaluation);
            case Member member ->
                missing(
                        "member." + Place.lower(member.group()),
                        "name",
                        details.emphasised(member.name()),
                        "window",
                        details.window(member.joined()));
            case CreditSum sum -> openSum(sum, evaluation);
            case Mean mean ->
                evaluation.found().amount() == null
                        ? missing("mean.none", "asked", sentence.asks(mean))
                        : missing("mean", "amount", sentence.amount(evaluation), "asked", sentence.asks(mean));
        };
    }

    private String openApproved(Approved approved, Evaluation evaluation) {
        var asked = missing(
                "approved", "name", details.named(approved.evidence()), "window", details.window(approved.window()));
        var amount = evaluation.found().amount();
        if (amount == null || amount.signum() == 0) {
            return asked;
        }
        return missing(
                        "approved.more",
                        "amount",
                        sentence.amount(evaluation),
                        "wanted",
                        approved.reviewers(),
                        "name",
                        details.named(approved.evidence()))
                + " "
                + asked;
    }

    private String openSum(CreditSum sum, Evaluation evaluation) {
        var counted = evaluation.found().counted();
        return missing(
                counted.isEmpty() || counted.size() > 10 ? "sum" : "sum.counted",
                "amount",
                sentence.amount(evaluation),
                "wanted",
                wording.number(sum.minimum()),
                "unit",
                details.unit(sum),
                "names",
                wording.listed(
                        counted.stream()
                                .map(held -> details.named(held.achievement()))
                                .toList(),
                        "list.and"),
                "asked",
                sentence.asks(sum));
    }

    private String openPeriod(Within within, Evaluation evaluation, boolean isWhole) {
        var asked = sentence.asked(within);
        var said = said(evaluation.parts().getFirst(), isWhole);
        return said.isEmpty() ? asked + "." : missing("within", "asked", asked, "missing", said);
    }

    /** The branch in which least is missing; where nothing of it is done, the choice. */
    private String openBranch(OneBranch one, Evaluation evaluation, boolean isWhole) {
        var cheapest = Cost.cheapest(evaluation).getFirst();
        if (cheapest.cost().met() == 0) {
            return missing("branch", "branches", branches(one));
        }
        return missing(
                "branch.furthest",
                "name",
                details.emphasised(one.branches().get(cheapest.part()).name()),
                "missing",
                said(cheapest.evaluation(), isWhole));
    }

    private String openScore(Score score, @Nullable Fact used) {
        var needed = missing("score", "asked", sentence.asked(score));
        return used == null
                ? needed
                : missing(
                                "score.soFar",
                                "grade",
                                sentence.grade(used, score.letters()),
                                "name",
                                details.named(score.slot()))
                        + " "
                        + needed;
    }

    private String openGroup(Evaluation group, int wanted, boolean isWhole) {
        var left = Cost.open(group).stream().map(Cost.Priced::evaluation).toList();
        int met = group.metParts();
        if (group.parts().size() == 1) {
            return said(left.getFirst(), isWhole);
        }
        var soFar = missing("soFar", "met", met, "wanted", wanted);
        if (left.size() == 1) {
            return (soFar + " " + said(left.getFirst(), isWhole)).strip();
        }
        int needed = wanted - met;
        if (needed == left.size() && !isWhole) {
            return soFar;
        }
        var choices = left.stream().map(part -> brief(part.requirement())).toList();
        var next = needed == left.size()
                ? missing("all", "choices", wording.listed(choices, "list.and"))
                : missing("more", "count", needed, "choices", wording.listed(choices, "list.or"));
        return soFar + " " + wording.capitalised(next);
    }

    private String waiting(Evaluation evaluation) {
        return switch (evaluation.requirement()) {
            case Score score -> to("waiting.score", "name", details.named(score.slot()));
            case Approved approved -> to("waiting.approved", "name", details.named(approved.evidence()));
            case CreditSum sum -> wording.say("waiting.sum");
            default -> {
                var parts = evaluation.parts().stream()
                        .filter(part -> part.state() == Evaluation.State.WAITING)
                        .toList();
                var choices =
                        parts.stream().map(part -> brief(part.requirement())).toList();
                yield parts.size() == 1
                        ? waiting(parts.getFirst())
                        : wording.say(
                                "waiting.group",
                                "choices",
                                wording.listed(choices, "list.and"),
                                "count",
                                choices.size());
            }
        };
    }

    private String closed(Evaluation evaluation) {
        return switch (evaluation.requirement()) {
            case Score score ->
                evaluation.used() == null
                        ? wording.say("closed.score.none", "asked", sentence.asked(score))
                        : wording.say(
                                "closed.score",
                                "asked",
                                sentence.asked(score),
                                "grade",
                                sentence.grade(evaluation.used(), score.letters()));
            case Holds holds -> wording.say("closed.holds", "name", details.named(holds.achievement()));
            case Within within -> wording.say("closed.asked", "asked", sentence.asked(within));
            default -> {
                if (Groups.wanted(evaluation.requirement()) == 0) {
                    yield wording.say("closed.asked", "asked", sentence.asks(evaluation.requirement()));
                }
                yield evaluation.parts().stream()
                        .filter(part -> part.state() == Evaluation.State.CLOSED)
                        .findFirst()
                        .map(this::closed)
                        .orElseGet(() -> wording.say("closed.empty"));
            }
        };
    }

    private String brief(Requirement requirement) {
        return switch (requirement) {
            case Score score ->
                wording.say(
                        "brief.score",
                        "name",
                        details.named(score.slot()),
                        "line",
                        details.line(score),
                        "window",
                        details.deadline(score.window()));
            case Completed completed -> brief(details.named(completed.slot()), completed.window());
            case Holds holds -> brief(details.named(holds.achievement()), holds.window());
            case Hours hours -> brief(details.named(hours.kind()), hours.window());
            case Approved approved -> brief(details.named(approved.evidence()), approved.window());
            case Member member -> wording.say("brief.member", "name", details.emphasised(member.name()));
            case CreditSum sum -> wording.say("brief.sum", "amount", details.amount(sum), "unit", details.unit(sum));
            case Mean mean -> wording.say("brief.mean", "value", details.value(mean));
            case OneBranch one -> wording.say("brief.branches", "branches", branches(one));
            case AtLeast some ->
                wording.say("brief.atLeast", "count", some.count(), "choices", briefly(some, "list.or"));
            case AnyOf any -> briefly(any, "list.or");
            case AllOf all -> briefly(all, "list.and");
            case InOrder order -> briefly(order, "list.and");
            case Separately separately -> briefly(separately, "list.and");
            case Within within -> brief(within.requirement());
        };
    }

    private String brief(String name, Window window) {
        return wording.say("brief.window", "name", name, "window", details.deadline(window));
    }

    private String briefly(Requirement group, String last) {
        return wording.listed(group.of().stream().map(this::brief).toList(), last);
    }

    private String branches(OneBranch one) {
        return wording.listed(
                one.branches().stream()
                        .map(branch -> details.emphasised(branch.name()))
                        .toList(),
                "list.or");
    }

    private String missing(String key, Object... arguments) {
        return to("missing." + key, arguments);
    }

    private String to(String key, Object... arguments) {
        var all = IntStream.range(0, arguments.length + 2)
                .mapToObj(i -> i < arguments.length ? arguments[i] : i == arguments.length ? "to" : to)
                .toArray();
        return wording.say(key, all);
    }
}

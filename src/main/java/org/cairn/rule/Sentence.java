package org.cairn.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people read of a rule and of an evaluation, generated from them, so that text and logic cannot disagree. Markdown's emphasis
 * marks names. For one thread.
 */
public final class Sentence {

    /** The languages that there are messages for; the first is spoken where a reader asks for none of them. */
    public static final List<Locale> LANGUAGES =
            List.of(Locale.UK, Locale.GERMAN, Locale.FRENCH, Locale.of("es"), Locale.of("nl"), Locale.of("ar"));

    private static final String LEARNER = "learner";
    private static final String TEACHER = "teacher";

    private final Names names;
    private final Wording wording;
    private final String to;
    private final Details details;
    private final Missing missing;

    /** Speaks to the learner, in English. */
    public Sentence(Names names, ZoneId zone) {
        this(names, zone, Locale.UK);
    }

    /** Speaks to the learner. */
    public Sentence(Names names, ZoneId zone, Locale language) {
        this(names, new Wording(language, zone), LEARNER, true);
    }

    private Sentence(Names names, Wording wording, String to, boolean isDated) {
        this.names = names;
        this.wording = wording;
        this.to = to;
        this.details = new Details(names, wording, isDated);
        this.missing = new Missing(this, details, wording, to);
    }

    /** Speaks about the learner, to whoever teaches her. */
    public static Sentence about(Names names, ZoneId zone, Locale language) {
        return new Sentence(names, new Wording(language, zone), TEACHER, true);
    }

    /** The same in English. */
    public static Sentence about(Names names, ZoneId zone) {
        return about(names, zone, Locale.UK);
    }

    /** The one of our languages that a reader likes best, whatever her country; the first where she likes none. */
    public static Locale language(List<Locale.LanguageRange> liked) {
        // Only the language counts: somebody who asks for "en, de;q=0.5" reads English, though ours is "en-GB".
        var spoken = LANGUAGES.stream().map(one -> Locale.of(one.getLanguage())).toList();
        var best = Locale.lookup(liked, spoken);
        return best == null ? LANGUAGES.getFirst() : LANGUAGES.get(spoken.indexOf(best));
    }

    /** One sentence or a few that say how far it is and what is missing; "Done." when it is met. */
    public String missing(Evaluation evaluation) {
        return missing.of(evaluation);
    }

    /** The same without what the steps of its way say: how much there is, and the choice where there is one; may be empty. */
    public String soFar(Evaluation evaluation) {
        return missing.soFar(evaluation);
    }

    /** What the steps of a way are: what others have to do, all that is left, or the shortest of several ways. */
    public String heading(Way way) {
        boolean isForOthers = way.steps().stream().noneMatch(step -> step.who() == Way.Who.LEARNER);
        return wording.capitalised(say(isForOthers ? "way.others" : way.isOnly() ? "way.only" : "way.shortest"));
    }

    /** The steps of a way, in its order. */
    public List<Next> next(Way way) {
        var undated = new Sentence(names, wording, to, false);
        return way.steps().stream()
                .map(step -> new Next(undated.missing.step(step.open()), limits(step), step))
                .toList();
    }

    /**
     * One step of a way in words.
     *
     * @param what one sentence or a few that say what is missing, and who has to act where it is not the learner; as Markdown
     * @param limits before when, and how many attempts are left: "Before 1 March 2027, one attempt left"; empty where nothing limits it
     */
    public record Next(String what, String limits, Way.Step step) {

        /** Both in one line. */
        public String line() {
            return limits.isEmpty() ? what : what + " (" + limits + ")";
        }
    }

    private String limits(Way.Step step) {
        var limits = new ArrayList<String>();
        if (step.deadline() != null) {
            limits.add(say("way.before", "date", wording.date(step.deadline())));
        }
        if (step.attemptsLeft() != null) {
            limits.add(say("way.attempts", "count", step.attemptsLeft()));
        }
        return wording.capitalised(String.join(say("detail.comma"), limits));
    }

    /** What somebody can do who has shown it, and what had to be shown, as Markdown. */
    public String criteria(List<String> outcomes, Rule rule) {
        if (outcomes.isEmpty()) {
            return criteria(rule);
        }
        var items = outcomes.stream().map(outcome -> "- " + outcome).collect(Collectors.joining("\n"));
        return String.join(
                "\n\n",
                wording.capitalised(say("credential.outcomes")),
                items,
                wording.capitalised(say("credential.asks")),
                criteria(rule));
    }

    /** What it was earned by, and how well that is proved. */
    public String proof(Evaluation evaluation) {
        return wording.capitalised(evaluation
                .weakest()
                .map(strength -> say("credential.proof", "strength", strength.name()))
                .orElseGet(() -> say("credential.stack")));
    }

    /** What has to be shown and what follows, as Markdown. */
    public String criteria(Rule rule) {
        var paragraphs = new ArrayList<String>();
        paragraphs.add(criteria(rule.requirement()));
        var appliesTo = rule.appliesTo();
        if (appliesTo != null) {
            paragraphs.add(wording.capitalised(say("rule.appliesTo", "who", asks(appliesTo))));
        }
        for (var earlier : rule.earlier()) {
            paragraphs.add(wording.capitalised(say("rule.earlier", "who", asks(earlier.who()))));
            paragraphs.add(criteria(earlier.requirement()));
        }
        for (var variant : rule.variants()) {
            paragraphs.add(wording.capitalised(say("rule.variant", "title", details.emphasised(variant.title()))));
            paragraphs.add(criteria(variant.requirement()));
        }
        switch (rule.mode()) {
            case AUTO -> {}
            case APPLY -> paragraphs.add(wording.capitalised(say("rule.apply")));
            case APPROVE -> paragraphs.add(wording.capitalised(say("rule.approve")));
        }
        if (rule.validity() != null) {
            paragraphs.add(wording.capitalised(say("rule.valid", "length", wording.period("period", rule.validity()))));
        }
        if (rule.renewal() != null) {
            paragraphs.add(wording.capitalised(say("rule.renewed")));
            paragraphs.add(criteria(rule.renewal()));
        }
        return String.join("\n\n", paragraphs);
    }

    /** What has to be shown, as Markdown: one line, or a list with its parts. */
    public String criteria(Requirement requirement) {
        var lines = new ArrayList<String>();
        var asked = wording.capitalised(asks(requirement));
        lines.add(requirement.of().isEmpty() ? asked + "." : say("asks.parts", "asked", asked));
        if (!requirement.of().isEmpty()) {
            lines.add("");
            nested(requirement, "", lines);
        }
        return String.join("\n", lines);
    }

    /** What one requirement asks for, without its parts: "at least 70 % in *Quiz 1*", "all of these". */
    public String asks(Requirement requirement) {
        return switch (requirement) {
            case AllOf all -> say("asks.allOf", "count", all.of().size());
            case AnyOf any -> say("asks.anyOf");
            case AtLeast some ->
                say("asks.atLeast", "count", some.count(), "size", some.of().size());
            case InOrder order -> say("asks.inOrder");
            case Separately separately -> say("asks.separately");
            case OneBranch one -> say("asks.oneBranch");
            case Within within -> asked(within);
            case Score score -> asked(score);
            case Completed completed ->
                say("asks.completed", "name", named(completed.slot()), "window", details.window(completed.window()));
            case Hours hours ->
                say(
                        "asks.hours",
                        "hours",
                        hours.minimum(),
                        "name",
                        named(hours.kind()),
                        "window",
                        details.window(hours.window()));
            case Approved approved -> asked(approved);
            case Member member ->
                say(
                        "asks.member." + Place.lower(member.group()),
                        "name",
                        details.emphasised(member.name()),
                        "window",
                        details.window(member.joined()));
            case Holds holds -> say("asks.holds", "name", named(holds), "details", details.of(holds));
            case CreditSum sum ->
                say("asks.sum", "amount", details.amount(sum), "unit", details.unit(sum), "details", details.of(sum));
            case Mean mean ->
                say(
                        mean.letters() == null ? "asks.mean" : "asks.mean.points",
                        "value",
                        details.value(mean),
                        "details",
                        details.of(mean));
        };
    }

    /** The same of a part of a group; with the name of a branch before it. */
    public String asks(Requirement group, int part) {
        var asked = asks(group.of().get(part));
        return group instanceof OneBranch one
                ? say(
                        "asks.branch",
                        "name",
                        details.emphasised(one.branches().get(part).name()),
                        "asked",
                        asked)
                : asked;
    }

    /** What was found for one requirement, without its parts: "18 of 20 (90 %)", "2 of 3". */
    public String found(Evaluation evaluation) {
        var waivedAt = evaluation.found().waivedAt();
        if (waivedAt != null) {
            return say("found.waived", "date", wording.date(waivedAt));
        }
        return switch (evaluation.requirement()) {
            case Score score ->
                evaluation.used() == null ? say("found.score.none") : grade(evaluation.used(), score.letters());
            case Completed completed -> say("found.completed", "met", met(evaluation));
            case Holds holds -> say("found.holds", "met", met(evaluation));
            case AnyOf any -> ofGroup(evaluation, any.of().size());
            case AtLeast some -> ofGroup(evaluation, some.count());
            case OneBranch one -> say("found.oneBranch", "met", met(evaluation));
            case AllOf all -> ofGroup(evaluation, all.of().size());
            case InOrder order -> ofGroup(evaluation, order.of().size());
            case Separately separately -> ofGroup(evaluation, separately.of().size());
            case Within within -> say("found.within", "met", met(evaluation));
            case Hours hours ->
                say("found.hours", "amount", amount(evaluation), "wanted", wording.number(hours.minimum()));
            case Approved approved ->
                say(
                        "found.approved",
                        "met",
                        evaluation.state() == Evaluation.State.WAITING ? "waiting" : met(evaluation));
            case Member member -> say("found.member", "met", met(evaluation));
            case CreditSum sum ->
                say(
                        "found.sum",
                        "amount",
                        amount(evaluation),
                        "wanted",
                        wording.number(sum.minimum()),
                        "unit",
                        details.unit(sum));
            case Mean mean ->
                evaluation.found().amount() == null
                        ? say("found.mean.none")
                        : say("found.mean", "amount", amount(evaluation));
        };
    }

    /** "18 of 20 (90 %)": exact points, and a percentage rounded down for reading, so that it never shows a line as reached that is not. */
    public String grade(Fact fact) {
        return grade(fact, null);
    }

    String grade(Fact fact, @Nullable LetterScale letters) {
        if (fact.score() == null || fact.maximum() == null) {
            return say("found.grade.none");
        }
        var hundredfold = fact.score().multiply(BigDecimal.valueOf(100));
        var percent = hundredfold.divide(fact.maximum(), 1, RoundingMode.FLOOR);
        // Rounded down as far as no letter could tell.
        var letter = letters == null
                ? ""
                : letters.of(hundredfold.divide(fact.maximum(), 12, RoundingMode.FLOOR))
                        .letter();
        return say(
                letters == null ? "found.grade" : "found.grade.letter",
                "score",
                wording.number(fact.score()),
                "maximum",
                wording.number(fact.maximum()),
                "percent",
                wording.number(percent),
                "letter",
                letter);
    }

    private void nested(Requirement group, String indent, List<String> lines) {
        for (int i = 0; i < group.of().size(); i++) {
            var part = group.of().get(i);
            var asked = wording.capitalised(asks(group, i));
            lines.add(indent + "- " + (part.of().isEmpty() ? asked : say("asks.parts", "asked", asked)));
            nested(part, indent + "  ", lines);
        }
    }

    String asked(Within within) {
        var length = wording.period("period", within.period());
        return within.since() == null
                ? say("asks.within", "length", length)
                : say("asks.within.since", "length", length, "cohort", details.emphasised(within.since()));
    }

    String asked(Score score) {
        return say(
                "asks.score",
                "line",
                details.line(score),
                "name",
                named(score.slot()),
                "choice",
                Place.lower(score.choice()),
                "attempts",
                score.attempts() == null ? 0 : score.attempts(),
                "window",
                details.window(score.window()));
    }

    private String asked(Approved approved) {
        var asked = say(
                "asks.approved",
                "name",
                named(approved.evidence()),
                "reviewers",
                approved.reviewers(),
                "independent",
                approved.independent() ? "yes" : "no",
                "window",
                details.window(approved.window()));
        return approved.rubric().isEmpty()
                ? asked
                : say("asks.approved.rubric", "asked", asked, "rubric", String.join("; ", approved.rubric()));
    }

    private String ofGroup(Evaluation evaluation, int wanted) {
        return say("found.group", "met", evaluation.metParts(), "wanted", wanted);
    }

    private static String met(Evaluation evaluation) {
        return evaluation.isMet() ? "yes" : "no";
    }

    String amount(Evaluation evaluation) {
        var amount =
                wording.number(Objects.requireNonNullElse(evaluation.found().amount(), BigDecimal.ZERO));
        return evaluation.requirement() instanceof Mean mean && mean.letters() == null
                ? say("value.percent", "value", amount)
                : amount;
    }

    private String named(Slot slot) {
        return details.named(slot);
    }

    private String named(Holds holds) {
        return details.named(holds.achievement());
    }

    private String say(String key, Object... arguments) {
        return wording.say(key, arguments);
    }
}

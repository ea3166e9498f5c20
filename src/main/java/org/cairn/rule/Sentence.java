package org.cairn.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people read of a rule and of an evaluation, generated from them, so that text and logic cannot disagree. Markdown's emphasis marks names. */
public final class Sentence {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private final Names names;
    private final ZoneId zone;
    private final String have;
    private final String need;
    private final String stillNeed;

    /** Speaks to the learner. */
    public Sentence(Names names, ZoneId zone) {
        this(names, zone, "You have", "You need", "You still need");
    }

    private Sentence(Names names, ZoneId zone, String have, String need, String stillNeed) {
        this.names = names;
        this.zone = zone;
        this.have = have;
        this.need = need;
        this.stillNeed = stillNeed;
    }

    /** Speaks about the learner, to whoever teaches her. */
    public static Sentence about(Names names, ZoneId zone) {
        return new Sentence(names, zone, "Has", "Needs", "Still needs");
    }

    /** One sentence or a few that say how far it is and what is missing; "Done." when it is met. */
    public String missing(Evaluation evaluation) {
        return switch (evaluation.state()) {
            case MET -> "Done.";
            case CLOSED -> "This can no longer be reached: " + lowered(closed(evaluation));
            case WAITING -> "Nothing to do for now: " + lowered(waiting(evaluation));
            case NOT_YET -> open(evaluation);
        };
    }

    /** What has to be shown, as Markdown: one line, or a list with its parts. */
    public String criteria(Requirement requirement) {
        var lines = new ArrayList<String>();
        lines.add(capitalised(asks(requirement)) + (requirement.of().isEmpty() ? "." : ":"));
        if (!requirement.of().isEmpty()) {
            lines.add("");
            nested(requirement, "", lines);
        }
        return String.join("\n", lines);
    }

    /** What one requirement asks for, without its parts: "at least 70 % in *Quiz 1*", "all of these". */
    public String asks(Requirement requirement) {
        return switch (requirement) {
            case AllOf all -> all.of().size() == 2 ? "both of these" : "all of these";
            case AnyOf any -> "any one of these";
            case AtLeast some ->
                "at least %d of these %d".formatted(some.count(), some.of().size());
            case OneBranch one -> "all that one of these branches asks for";
            case Score score -> asked(score);
            case Completed completed -> named(names.of(completed.slot())) + " completed" + in(completed.window());
            case Holds holds -> "the credential " + named(names.of(holds.achievement())) + earned(holds.window());
        };
    }

    /** The same of a part of a group; with the name of a branch before it. */
    public String asks(Requirement group, int part) {
        var asked = asks(group.of().get(part));
        return group instanceof OneBranch one ? named(one.branches().get(part).name()) + ": " + asked : asked;
    }

    /** What was found for one requirement, without its parts: "18 of 20 (90 %)", "2 of 3". */
    public String found(Evaluation evaluation) {
        return switch (evaluation.requirement()) {
            case Score score -> evaluation.used() == null ? "no grade yet" : grade(evaluation.used());
            case Completed completed -> evaluation.isMet() ? "completed" : "not completed yet";
            case Holds holds -> evaluation.isMet() ? "held" : "not held yet";
            case AllOf all ->
                "%d of %d".formatted(evaluation.metParts(), all.of().size());
            case AnyOf any ->
                "%d of %d".formatted(evaluation.metParts(), any.of().size());
            case AtLeast some -> "%d of %d".formatted(evaluation.metParts(), some.count());
            case OneBranch one -> evaluation.isMet() ? "one complete" : "none complete yet";
        };
    }

    /** "18 of 20 (90 %)": exact points, and a percentage rounded down for reading, so that it never shows a line as reached that is not. */
    public static String grade(Fact fact) {
        if (fact.score() == null || fact.maximum() == null) {
            return "no grade";
        }
        var percent = fact.score().multiply(BigDecimal.valueOf(100)).divide(fact.maximum(), 1, RoundingMode.FLOOR);
        return "%s of %s (%s %%)".formatted(plain(fact.score()), plain(fact.maximum()), plain(percent));
    }

    private void nested(Requirement group, String indent, List<String> lines) {
        for (int i = 0; i < group.of().size(); i++) {
            var part = group.of().get(i);
            lines.add(indent + "- " + capitalised(asks(group, i)) + (part.of().isEmpty() ? "" : ":"));
            nested(part, indent + "  ", lines);
        }
    }

    private String open(Evaluation evaluation) {
        return switch (evaluation.requirement()) {
            case Score score -> openScore(score, evaluation.used());
            case Completed completed ->
                stillNeed + " to complete " + named(names.of(completed.slot())) + in(completed.window()) + ".";
            case Holds holds -> stillNeed + " " + named(names.of(holds.achievement())) + earned(holds.window()) + ".";
            case AllOf all -> openGroup(evaluation, all.of().size());
            case AnyOf any -> openGroup(evaluation, 1);
            case AtLeast some -> openGroup(evaluation, some.count());
            case OneBranch one -> openBranch(one, evaluation);
        };
    }

    /** The branch that is furthest; where none is begun, the choice. */
    private String openBranch(OneBranch one, Evaluation evaluation) {
        int furthest = -1;
        long most = 0;
        for (int i = 0; i < one.branches().size(); i++) {
            var part = evaluation.parts().get(i);
            long met = part.state() == Evaluation.State.CLOSED ? 0 : part.metLeaves();
            if (met > most) {
                furthest = i;
                most = met;
            }
        }
        if (furthest < 0) {
            return need + " " + brief(one) + ".";
        }
        return "Furthest is %s: %s"
                .formatted(
                        named(one.branches().get(furthest).name()),
                        missing(evaluation.parts().get(furthest)));
    }

    private String openScore(Score score, @Nullable Fact used) {
        var soFar =
                used == null ? "" : "%s %s in %s so far. ".formatted(have, grade(used), named(names.of(score.slot())));
        return soFar + need + " " + asked(score) + ".";
    }

    private String openGroup(Evaluation group, int wanted) {
        var left = group.parts().stream()
                .filter(part -> part.state() == Evaluation.State.NOT_YET || part.state() == Evaluation.State.WAITING)
                .toList();
        int met = group.metParts();
        if (group.parts().size() == 1) {
            return open(left.getFirst());
        }
        var soFar = "%s %d of %d. ".formatted(have, met, wanted);
        if (left.size() == 1) {
            return soFar + open(left.getFirst());
        }
        int needed = wanted - met;
        var choices = left.stream().map(part -> brief(part.requirement())).toList();
        if (needed == left.size()) {
            return soFar + "Still needed: " + listed(choices, "and") + ".";
        }
        return soFar + "%s more of %s.".formatted(capitalised(number(needed)), listed(choices, "or"));
    }

    private String waiting(Evaluation evaluation) {
        return switch (evaluation.requirement()) {
            case Score score -> "%s is waiting to be graded.".formatted(named(names.of(score.slot())));
            default ->
                capitalised(listed(
                                evaluation.parts().stream()
                                        .filter(part -> part.state() == Evaluation.State.WAITING)
                                        .map(part -> brief(part.requirement()))
                                        .toList(),
                                "and"))
                        + " wait to be graded.";
        };
    }

    private String closed(Evaluation evaluation) {
        return switch (evaluation.requirement()) {
            case Score score -> closedScore(score, evaluation.used());
            case Completed completed -> "%s was needed.".formatted(asks(completed));
            case Holds holds -> "%s cannot be earned any more.".formatted(named(names.of(holds.achievement())));
            default -> {
                var closed = evaluation.parts().stream()
                        .filter(part -> part.state() == Evaluation.State.CLOSED)
                        .toList();
                yield closed.isEmpty() ? "The rule has no parts." : closed(closed.getFirst());
            }
        };
    }

    private String closedScore(Score score, @Nullable Fact used) {
        var had = used == null ? "no grade that counts" : grade(used);
        return "%s was needed, and there is %s.".formatted(capitalised(asked(score)), had);
    }

    private String brief(Requirement requirement) {
        return switch (requirement) {
            case Score score -> named(names.of(score.slot())) + " (" + line(score) + ")";
            case Completed completed -> named(names.of(completed.slot()));
            case Holds holds -> named(names.of(holds.achievement()));
            case OneBranch one -> {
                var branches = one.branches().stream()
                        .map(branch -> named(branch.name()))
                        .toList();
                yield "one of the branches " + listed(branches, "or");
            }
            default -> {
                var parts = requirement.of().stream().map(this::brief).toList();
                yield asksBriefly(requirement) + listed(parts, requirement instanceof AllOf ? "and" : "or");
            }
        };
    }

    private static String asksBriefly(Requirement group) {
        return group instanceof AtLeast some ? number(some.count()) + " of " : "";
    }

    private String asked(Score score) {
        var which = switch (score.choice()) {
            case BEST -> "";
            case LATEST -> " in the last attempt";
            case FIRST -> " in the first attempt";
        };
        var within = score.attempts() == null
                ? ""
                : " within %s attempt%s".formatted(number(score.attempts()), score.attempts() == 1 ? "" : "s");
        return "%s in %s%s%s%s"
                .formatted(line(score), named(names.of(score.slot())), which, within, in(score.window()));
    }

    private String earned(Window window) {
        return window.equals(Window.ALWAYS) ? "" : " awarded" + in(window);
    }

    private String in(Window window) {
        return (window.after() == null ? "" : " from " + date(window.after()) + " on")
                + (window.before() == null ? "" : " before " + date(window.before()))
                + (window.notOlderThan() == null ? "" : " within the last " + length(window.notOlderThan()));
    }

    private static String length(Period period) {
        var parts = new ArrayList<String>();
        count(period.getYears(), "year", parts);
        count(period.getMonths(), "month", parts);
        count(period.getDays(), "day", parts);
        return listed(parts, "and");
    }

    private static void count(int number, String unit, List<String> parts) {
        if (number != 0) {
            parts.add(number == 1 ? unit : number(number) + " " + unit + "s");
        }
    }

    private static String line(Score score) {
        var value = plain(score.value());
        var unit = score.scale() == Score.Scale.PERCENT
                ? " %"
                : score.value().compareTo(BigDecimal.ONE) == 0 ? " point" : " points";
        return (score.comparison() == Score.Comparison.AT_LEAST ? "at least " : "more than ") + value + unit;
    }

    /** Days are the institution's: an instant at its midnight is named by the day that it begins. */
    private String date(Instant instant) {
        var local = instant.atZone(zone);
        return local.toLocalTime().toSecondOfDay() == 0 ? DAY.format(local) : MINUTE.format(local);
    }

    // A name is a name, whatever Markdown would make of it.
    private static String named(String name) {
        return "*" + name.replaceAll("([\\\\*_`\\[\\]<>])", "\\\\$1") + "*";
    }

    private static String listed(List<String> items, String last) {
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " " + last + " " + items.getLast();
    }

    private static String number(int number) {
        var words = List.of("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
        return number < words.size() ? words.get(number) : String.valueOf(number);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lowered(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}

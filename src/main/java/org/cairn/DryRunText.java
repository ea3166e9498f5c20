package org.cairn;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cairn.award.DryRunReport;
import org.cairn.lti.Course;
import org.cairn.people.Account;
import org.cairn.rule.Score;
import org.cairn.rule.Sentence;
import org.cairn.rule.Thresholds;
import org.jspecify.annotations.Nullable;

/** A report of a dry run, as a terminal shows it: long lists end with how many more there are. */
final class DryRunText {

    private static final int MOST = 20;
    private static final int WIDTH = 40;

    private DryRunText() {}

    static void print(String title, DryRunReport report, Sentence sentence, Map<CourseId, Course> courses) {
        System.out.println(title);
        line(
                "%s: %d meet this rule, %d the published one; %d hold it",
                RuleCommands.counted(report.learners(), "learner"), report.met(), report.metBefore(), report.held());
        line("Awarded as soon as it is published (%d): %s", report.awarded().size(), named(report.awarded()));
        line("Added (%d): %s", report.added().size(), named(report.added()));
        line("Lost (%d), who keep what they hold: %s", report.lost().size(), named(report.lost()));
        line("Borderline (%d):", report.borderline().size());
        report.borderline().stream().limit(MOST).forEach(one -> borderline(one, sentence, courses));
        more(report.borderline().size());
        if (!report.missing().isEmpty()) {
            line("Not known:");
            report.missing().forEach(one -> missing(one, courses));
        }
        report.curves().forEach(curve -> curve(curve, sentence, report.learners()));
        System.out.println();
    }

    private static void borderline(DryRunReport.Borderline one, Sentence sentence, Map<CourseId, Course> courses) {
        line(
                "  %s%s, %s: %s; %s",
                name(one.account()),
                one.course() == null ? "" : " in " + name(one.course(), courses),
                one.nearly().path(),
                sentence.found(one.nearly().missing()),
                sentence.asks(one.nearly().missing().requirement()));
    }

    private static void missing(DryRunReport.Missing one, Map<CourseId, Course> courses) {
        var where = name(one.course(), courses);
        if (one.isBound()) {
            line(
                    "  %s: no report of \"%s\" for %d: %s",
                    where, one.slot().name(), one.learners().size(), named(one.learners()));
        } else {
            line("  %s: nothing fills the slot \"%s\"", where, one.slot().name());
        }
    }

    /** Every tenth threshold, and the one that the rule has. */
    private static void curve(Thresholds.Curve curve, Sentence sentence, int learners) {
        var score = curve.line().score();
        line("How many at other thresholds, %s (%s):", curve.line().path(), sentence.asks(score));
        var top = curve.points().getLast().threshold();
        for (var point : curve.points()) {
            boolean isOwn = point.threshold().compareTo(score.value()) == 0;
            if (isOwn || isTenth(point.threshold(), top)) {
                line(
                        "  %s%8s%s %6d %s",
                        isOwn ? ">" : " ",
                        point.threshold().stripTrailingZeros().toPlainString(),
                        score.scale() == Score.Scale.PERCENT ? " %" : "",
                        point.met(),
                        "#".repeat(learners == 0 ? 0 : WIDTH * point.met() / learners));
            }
        }
    }

    private static boolean isTenth(BigDecimal threshold, BigDecimal top) {
        return top.signum() == 0
                || threshold.multiply(BigDecimal.TEN).remainder(top).signum() == 0;
    }

    private static String named(List<Account> accounts) {
        var first = accounts.stream().limit(MOST).map(DryRunText::name).collect(Collectors.joining(", "));
        return accounts.isEmpty()
                ? "nobody"
                : first + (accounts.size() > MOST ? " and %d more".formatted(accounts.size() - MOST) : "");
    }

    private static void more(int size) {
        if (size > MOST) {
            line("  and %d more", size - MOST);
        }
    }

    private static String name(Account account) {
        return account.name() == null ? account.sub() : account.name();
    }

    private static String name(@Nullable CourseId course, Map<CourseId, Course> courses) {
        var found = course == null ? null : courses.get(course);
        return found == null ? "a course" : found.title() == null ? found.contextId() : found.title();
    }

    private static void line(String format, Object... arguments) {
        System.out.println("  " + format.formatted(arguments).stripTrailing());
    }
}

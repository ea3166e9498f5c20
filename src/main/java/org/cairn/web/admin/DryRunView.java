package org.cairn.web.admin;

import gg.jte.Content;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairn.CourseId;
import org.cairn.award.DryRunReport;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.people.Account;
import org.cairn.rule.Score;
import org.cairn.rule.Sentence;
import org.cairn.rule.Thresholds;
import org.cairn.web.Markdown;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** A report of a dry run as a page shows it: words and drawings; of long lists the first. */
public record DryRunView(
        int learners,
        int met,
        int metBefore,
        int held,
        People awarded,
        People added,
        People lost,
        List<Near> borderline,
        int moreBorderline,
        List<String> missing,
        List<Plot> plots) {

    private static final int MOST = 50;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 160;

    /** How many, the first of them by name, and how many more there are. */
    public record People(int number, String names, int more) {}

    /** Who misses one thing by little. */
    public record Near(String name, String where, Content asks, String found) {}

    /**
     * A drawing of {@code 600} by {@code 160}: the number of learners for each threshold.
     *
     * @param steps an SVG path
     * @param own where the rule's own threshold stands
     * @param rows every tenth threshold with its number, and the rule's own
     */
    public record Plot(
            String path, Content asks, String steps, int own, String ownLabel, String top, int most, List<Row> rows) {}

    public record Row(String threshold, int met, boolean isOwn) {}

    static DryRunView of(DSLContext db, Catalogue catalogue, Achievement achievement, DryRunReport report) {
        var sentence = Sentence.about(catalogue.names(achievement, null), catalogue.timeZone());
        var courses = courses(db, catalogue, report);
        return new DryRunView(
                report.learners(),
                report.met(),
                report.metBefore(),
                report.held(),
                people(report.awarded()),
                people(report.added()),
                people(report.lost()),
                report.borderline().stream()
                        .limit(MOST)
                        .map(one -> near(one, sentence, courses))
                        .toList(),
                Math.max(0, report.borderline().size() - MOST),
                report.missing().stream().map(one -> missing(one, courses)).toList(),
                report.curves().stream().map(curve -> plot(curve, sentence)).toList());
    }

    private static Map<CourseId, Course> courses(DSLContext db, Catalogue catalogue, DryRunReport report) {
        var spoken = new HashSet<CourseId>();
        report.missing().forEach(one -> spoken.add(one.course()));
        report.borderline().stream()
                .map(DryRunReport.Borderline::course)
                .filter(Objects::nonNull)
                .forEach(spoken::add);
        return CourseStore.list(db, catalogue.tenant(), spoken).stream()
                .collect(Collectors.toMap(Course::id, Function.identity()));
    }

    private static People people(List<Account> accounts) {
        var names = accounts.stream().limit(MOST).map(DryRunView::name).collect(Collectors.joining(", "));
        return new People(accounts.size(), names, Math.max(0, accounts.size() - MOST));
    }

    private static Near near(DryRunReport.Borderline one, Sentence sentence, Map<CourseId, Course> courses) {
        var missing = one.nearly().missing();
        return new Near(
                name(one.account()),
                one.course() == null ? "" : name(one.course(), courses),
                Markdown.of(sentence.asks(missing.requirement())),
                sentence.found(missing));
    }

    private static String missing(DryRunReport.Missing one, Map<CourseId, Course> courses) {
        return one.isBound()
                ? "%s: \"%s\" has no report about %s."
                        .formatted(
                                name(one.course(), courses),
                                one.slot().name(),
                                Moments.count(one.learners().size(), "learner"))
                : "%s: nothing fills the slot \"%s\"."
                        .formatted(name(one.course(), courses), one.slot().name());
    }

    private static Plot plot(Thresholds.Curve curve, Sentence sentence) {
        var score = curve.line().score();
        var points = curve.points();
        var top = points.getLast().threshold();
        int most = points.getFirst().met();
        var steps = new StringBuilder("M0 " + HEIGHT);
        var rows = new ArrayList<Row>();
        for (var point : points) {
            steps.append(" V").append(height(point.met(), most)).append(" H").append(along(point.threshold(), top));
            boolean isOwn = point.threshold().compareTo(score.value()) == 0;
            if (isOwn || isTenth(point.threshold(), top)) {
                rows.add(new Row(written(score, point.threshold()), point.met(), isOwn));
            }
        }
        return new Plot(
                curve.line().path(),
                Markdown.of(sentence.asks(score)),
                steps.append(" V").append(HEIGHT).append(" Z").toString(),
                along(score.value(), top),
                written(score, score.value()),
                written(score, top),
                most,
                rows);
    }

    private static int height(int met, int most) {
        return most == 0 ? HEIGHT : HEIGHT - (int) ((long) HEIGHT * met / most);
    }

    private static int along(BigDecimal threshold, BigDecimal top) {
        return top.signum() == 0
                ? 0
                : threshold
                        .multiply(BigDecimal.valueOf(WIDTH))
                        .divideToIntegralValue(top)
                        .intValue();
    }

    private static boolean isTenth(BigDecimal threshold, BigDecimal top) {
        return top.signum() == 0
                || threshold.multiply(BigDecimal.TEN).remainder(top).signum() == 0;
    }

    private static String written(Score score, BigDecimal threshold) {
        return threshold.stripTrailingZeros().toPlainString()
                + (score.scale() == Score.Scale.PERCENT ? " %" : " points");
    }

    private static String name(Account account) {
        return account.name() == null ? account.sub() : account.name();
    }

    private static String name(@Nullable CourseId course, Map<CourseId, Course> courses) {
        var found = course == null ? null : courses.get(course);
        return found == null ? "a course" : found.title() == null ? "course " + found.contextId() : found.title();
    }
}

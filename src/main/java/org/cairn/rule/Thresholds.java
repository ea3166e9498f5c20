package org.cairn.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many would meet a rule if one of its scores asked for more or less and all else stayed as it is. Each learner is evaluated once:
 * the tree tells how far her grade carries, and sorted grades tell the number for every threshold. Scores that have to come in order or
 * within a period are left out.
 */
public final class Thresholds {

    /** Of a rule with more scores, the first so many. */
    public static final int MOST = 20;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A score of the rule, and where it stands. */
    public record Line(String path, Score score) {}

    /** How many meet the rule where the score asks for this. */
    public record Point(BigDecimal threshold, int met) {}

    /** A score with the numbers for thresholds from 0 upward, that of the rule among them. */
    public record Curve(Line line, List<Point> points) {

        public Curve {
            points = List.copyOf(points);
        }
    }

    private final Requirement requirement;
    private final List<Line> lines = new ArrayList<>();

    public Thresholds(Rule rule) {
        this(rule.requirement(), rule.places().keySet().iterator().next());
    }

    Thresholds(Requirement requirement, String place) {
        this.requirement = requirement;
        collect(requirement, place);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /**
     * For each line the highest threshold at which this learner meets the rule: her grade where that alone decides, endless where she
     * meets it anyway, and below everything where she does not. Of evaluations in several courses the highest counts.
     */
    public Fraction[] reach(Evaluation evaluation) {
        var reach = new Fraction[lines.size()];
        Arrays.fill(reach, evaluation.isMet() ? Fraction.ENDLESS : Fraction.BELOW);
        // Of whom something else is asked, since she began earlier, no threshold decides.
        if (isAsked(evaluation)) {
            decide(evaluation, true, 0, reach);
        }
        return reach;
    }

    private boolean isAsked(Evaluation evaluation) {
        return evaluation.requirement().equals(requirement)
                || evaluation.parts().stream()
                        .anyMatch(part -> part.requirement().equals(requirement));
    }

    /** The numbers for one line, from everybody's reach in it. */
    public static Curve curve(Line line, Collection<Fraction> reach) {
        var sorted = reach.stream().sorted().toList();
        var points = new ArrayList<Point>();
        int below = 0;
        for (var threshold : thresholds(line.score(), sorted)) {
            while (below < sorted.size() && !reaches(line.score(), sorted.get(below), threshold)) {
                below++;
            }
            points.add(new Point(threshold, sorted.size() - below));
        }
        return new Curve(line, points);
    }

    private void collect(Requirement requirement, String path) {
        if (dependsOnTime(requirement)) {
            return;
        }
        if (requirement instanceof Score score && lines.size() < MOST) {
            lines.add(new Line(path, score));
        }
        var of = requirement.of();
        for (int i = 0; i < of.size(); i++) {
            collect(of.get(i), Groups.place(path, requirement, i));
        }
    }

    /** A part decides where the others of its group are one short of what is wanted, and the group decides itself. Returns the next line. */
    private int decide(Evaluation evaluation, boolean decides, int line, Fraction[] reach) {
        if (dependsOnTime(evaluation.requirement())) {
            return line;
        }
        boolean isWaived = evaluation.found().waivedAt() != null;
        if (evaluation.requirement() instanceof Score score) {
            if (decides && !isWaived && line < reach.length) {
                reach[line] = measure(score, evaluation.used());
            }
            return line + 1;
        }
        int needed = Groups.wanted(evaluation.requirement()) - evaluation.metParts();
        int next = line;
        for (var part : evaluation.parts()) {
            next = decide(part, decides && !isWaived && needed + (part.isMet() ? 1 : 0) == 1, next, reach);
        }
        return next;
    }

    /** With another threshold, other things would have happened in time: there a grade alone does not tell. */
    private static boolean dependsOnTime(Requirement requirement) {
        return requirement instanceof InOrder || requirement instanceof Within;
    }

    private static Fraction measure(Score score, @Nullable Fact used) {
        if (used == null || used.score() == null || used.maximum() == null) {
            return Fraction.BELOW;
        }
        return score.scale() == Score.Scale.POINTS
                ? new Fraction(used.score(), BigDecimal.ONE)
                : new Fraction(used.score().multiply(HUNDRED), used.maximum());
    }

    private static boolean reaches(Score score, Fraction measure, BigDecimal threshold) {
        int compared = measure.compareTo(threshold);
        return score.comparison() == Score.Comparison.MORE_THAN ? compared > 0 : compared >= 0;
    }

    /** Whole percents; of points a hundred steps up to the most that anybody has, or the rule asks for. */
    private static TreeSet<BigDecimal> thresholds(Score score, List<Fraction> sorted) {
        var top = HUNDRED;
        if (score.scale() == Score.Scale.POINTS) {
            top = sorted.stream()
                    .filter(measure -> !measure.isEndless())
                    .map(Fraction::numerator)
                    .reduce(score.value(), BigDecimal::max);
        }
        var thresholds = new TreeSet<BigDecimal>(List.of(score.value()));
        for (int i = 0; i <= 100; i++) {
            thresholds.add(top.multiply(BigDecimal.valueOf(i)).movePointLeft(2));
        }
        return thresholds;
    }
}

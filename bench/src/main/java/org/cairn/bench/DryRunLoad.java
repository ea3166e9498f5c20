package org.cairn.bench;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.award.DryRun;
import org.cairn.award.DryRunReport;
import org.cairn.award.Trial;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Binding;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.evidence.Observation;
import org.cairn.evidence.Reported;
import org.cairn.evidence.Source;
import org.cairn.rule.AllOf;
import org.cairn.rule.AnyOf;
import org.cairn.rule.Requirement;
import org.cairn.rule.Rule;
import org.cairn.rule.Slot;

/** A dry run over 10,000 learners of a course with three grades each: a rule of three scores and two credentials, beside the published one. */
public final class DryRunLoad {

    private static final int LEARNERS = 10_000;
    private static final int BATCH = 500;
    private static final int ROUNDS = 8;

    private DryRunLoad() {}

    /** On {@code h2} and {@code postgres}, or on the one that is named. */
    public static void main(String[] arguments) throws Exception {
        for (var kind : arguments.length == 0 ? List.of("h2", "postgres") : List.of(arguments)) {
            try (var bench = new Bench(kind, URI.create("https://lms.example.edu/jwks"))) {
                fill(bench);
                Bench.analyze(bench.database);
                run(bench, kind);
            }
        }
        System.exit(0);
    }

    private static void fill(Bench bench) {
        var random = new Random(20261124);
        for (int from = 0; from < LEARNERS; from += BATCH) {
            var grades = new ArrayList<Observation>();
            for (int i = from; i < from + BATCH; i++) {
                for (var activity : List.of("a", "b", "c")) {
                    var score = Reported.graded(BigDecimal.valueOf(random.nextInt(101)), BigDecimal.valueOf(100));
                    grades.add(new Observation(activity, "learner-" + i, 1, score, bench.clock.instant(), null));
                }
            }
            bench.awarding.record(bench.deployment, "course", Source.PUSH, grades);
        }
    }

    private static void run(Bench bench, String kind) {
        var catalogues = new Catalogues();
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            DryRunReport report = bench.database.inTransaction(db -> {
                var catalogue = catalogues.current(db, bench.deployment.tenant());
                return DryRun.of(db, catalogue, trial(catalogue), Set.of(), bench.clock.instant());
            });
            System.out.printf(
                    "dry run, %s, round %d: %.2f s for %d learners (%d added, %d lost, %d borderline, %d curves)%n",
                    kind,
                    round + 1,
                    (System.nanoTime() - began) / 1e9,
                    report.learners(),
                    report.added().size(),
                    report.lost().size(),
                    report.borderline().size(),
                    report.curves().size());
        }
    }

    private static Trial trial(Catalogue catalogue) {
        var bindings = new HashMap<Slot, Binding>();
        var scores = new ArrayList<Requirement>();
        var holds = new ArrayList<Requirement>();
        for (var name : List.of("a", "b", "c")) {
            var rule = catalogue.get(new AchievementId(name)).definition().rule();
            scores.add(rule.requirement());
            bindings.putAll(
                    catalogue.attachments(new AchievementId(name)).getFirst().bindings());
        }
        holds.addAll(catalogue
                .get(new AchievementId("stack"))
                .definition()
                .rule()
                .requirement()
                .of());
        scores.add(new AnyOf(holds.subList(0, 2)));
        var achievement = new AchievementId("a");
        var course = catalogue.attachments(achievement).getFirst().course();
        var attachment = new Attachment(AttachmentId.fresh(), course, achievement, null, 1, false, bindings);
        return new Trial(achievement, Rule.of(new AllOf(scores)), List.of(attachment));
    }
}

package org.cairn;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.CatalogueLint;
import org.cairn.catalog.Definition;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Facts;
import org.cairn.rule.FactsJson;
import org.cairn.rule.Finding;
import org.cairn.rule.Lint;
import org.cairn.rule.Names;
import org.cairn.rule.Rule;
import org.cairn.rule.Sentence;
import org.cairn.rule.Surroundings;
import org.cairn.rule.Way;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For people who keep their rules in files. */
@Command(
        name = "rule",
        description = "Rules in files: a catalogue, or one rule as JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {RuleCommands.Check.class, RuleCommands.Explain.class, DryRunCommand.class})
final class RuleCommands {

    /** What a check ends with where the file cannot be read. */
    private static final int UNREADABLE = 2;

    @Command(
            name = "check",
            description = "Says what is wrong with rules, or odd about them.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:no errors", "1:errors were found", "2:the file cannot be read"},
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "A catalogue file, or one rule.")
        Path file = Path.of("");

        @Override
        public Integer call() {
            Map<String, List<Finding>> findings;
            try {
                findings = findings(RuleFile.read(file));
            } catch (Problem problem) {
                System.err.println(problem.sentence());
                return UNREADABLE;
            }
            findings.forEach((name, of) -> of.forEach(finding -> System.out.println(line(name, finding))));
            System.out.println(summary(findings));
            return count(findings, Finding.Severity.ERROR) == 0 ? 0 : 1;
        }

        private static Map<String, List<Finding>> findings(RuleFile read) {
            var at = App.clock().instant();
            var findings = new LinkedHashMap<String, List<Finding>>();
            switch (read) {
                case RuleFile.Whole whole ->
                    CatalogueLint.of(whole.catalogue(), null, at)
                            .forEach((id, of) -> findings.put(id.value() + ", ", of));
                case RuleFile.Single single ->
                    findings.put("", Lint.of(single.rule(), Surroundings.none(ZoneOffset.UTC, at)));
            }
            return findings;
        }

        private static String line(String name, Finding finding) {
            return "%s: %s%s: %s [%s]"
                    .formatted(
                            finding.severity().name().toLowerCase(Locale.ROOT),
                            name,
                            finding.path(),
                            finding.sentence(),
                            finding.code());
        }

        private static String summary(Map<String, List<Finding>> findings) {
            return "%s checked: %s, %s, %s."
                    .formatted(
                            counted(findings.size(), "rule"),
                            counted(count(findings, Finding.Severity.ERROR), "error"),
                            counted(count(findings, Finding.Severity.WARNING), "warning"),
                            counted(count(findings, Finding.Severity.NOTE), "note"));
        }

        private static int count(Map<String, List<Finding>> findings, Finding.Severity severity) {
            return (int) findings.values().stream()
                    .flatMap(List::stream)
                    .filter(finding -> finding.severity() == severity)
                    .count();
        }
    }

    @Command(
            name = "explain",
            description = "Says what rules ask for; with facts, how far somebody is with them.",
            mixinStandardHelpOptions = true)
    static final class Explain implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "A catalogue file, or one rule.")
        Path file = Path.of("");

        @Option(names = "--achievement", paramLabel = "ID", description = "Only this one of a catalogue.")
        @Nullable
        String achievement;

        @Option(
                names = "--facts",
                paramLabel = "FACTS",
                description =
                        "What somebody has shown, as JSON: {\"at\": …, \"timeZone\": …, \"attempts\": {\"quiz\": [{\"score\": 18, \"maximum\": 20, \"at\": …}]}, \"held\": {\"bias-in-models\": …}}.")
        @Nullable
        Path factsFile;

        @Override
        public Integer call() {
            var given = factsFile == null ? null : given(factsFile);
            switch (RuleFile.read(file)) {
                case RuleFile.Single single ->
                    explain(single.rule(), new Names(slot -> slot.name(), AchievementId::value), given);
                case RuleFile.Whole whole ->
                    chosen(whole.catalogue(), achievement).forEach((id, definition) -> {
                        System.out.println(definition.name() + " (" + id + ")");
                        explain(definition.rule(), names(whole.catalogue(), definition), given);
                    });
            }
            return 0;
        }

        private record Given(Facts facts, Instant at) {}

        private static Given given(Path file) {
            var json = RuleFile.json(file);
            try {
                return new Given(
                        FactsJson.read(json),
                        FactsJson.at(json).orElseGet(() -> App.clock().instant()));
            } catch (IllegalArgumentException e) {
                throw RuleFile.refused(file, e.getMessage());
            }
        }

        private static void explain(Rule rule, Names names, @Nullable Given given) {
            var zone = given == null ? ZoneId.of("UTC") : given.facts().zone();
            var sentence = new Sentence(names, zone);
            System.out.println(sentence.criteria(rule));
            if (given != null) {
                var evaluation = Evaluator.evaluate(rule, given.facts(), given.at());
                System.out.println();
                System.out.println(node(sentence, sentence.asks(evaluation.requirement()), evaluation));
                tree(sentence, evaluation, "  ");
                System.out.println();
                ahead(sentence, evaluation, zone);
                rule.title(given.facts(), given.at()).ifPresent(title -> System.out.println("Title: " + title));
            }
            System.out.println();
        }

        private static void ahead(Sentence sentence, Evaluation evaluation, ZoneId zone) {
            var soFar = sentence.soFar(evaluation);
            if (!soFar.isEmpty()) {
                System.out.println(soFar);
            }
            var way = Way.of(evaluation, zone).filter(found -> !found.steps().isEmpty());
            if (way.isPresent()) {
                System.out.println(sentence.heading(way.get()));
                sentence.next(way.get()).forEach(next -> System.out.println("- " + next.line()));
            }
        }

        private static void tree(Sentence sentence, Evaluation evaluation, String indent) {
            for (int i = 0; i < evaluation.parts().size(); i++) {
                var part = evaluation.parts().get(i);
                System.out.println(indent + node(sentence, sentence.asks(evaluation.requirement(), i), part));
                tree(sentence, part, indent + "  ");
            }
        }

        private static String node(Sentence sentence, String asks, Evaluation evaluation) {
            var state = switch (evaluation.state()) {
                case MET -> "met";
                case NOT_YET -> "not yet";
                case WAITING -> "waiting";
                case CLOSED -> "closed";
            };
            return "[%s] %s: %s".formatted(state, asks, sentence.found(evaluation));
        }
    }

    /** The achievements of a catalogue, or the one that is named. */
    static Map<AchievementId, Definition> chosen(CatalogueFile catalogue, @Nullable String name) {
        if (name == null) {
            return catalogue.achievements();
        }
        return catalogue.achievements().entrySet().stream()
                .filter(entry -> entry.getKey().value().equals(name))
                .findFirst()
                .map(entry -> Map.of(entry.getKey(), entry.getValue()))
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND,
                        "achievement_unknown",
                        "The file defines no achievement \"%s\".".formatted(name)));
    }

    /** What people call the slots of a definition and the achievements of its file. */
    static Names names(CatalogueFile catalogue, Definition definition) {
        return new Names(slot -> definition.slots().getOrDefault(slot, slot.name()), id -> {
            var named = catalogue.achievements().get(id);
            return named == null ? id.value() : named.name();
        });
    }

    static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}

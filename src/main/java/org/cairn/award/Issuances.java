package org.cairn.award;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Definition;
import org.cairn.openbadges.Issuance;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Names;
import org.cairn.rule.Score;
import org.cairn.rule.Sentence;
import org.jspecify.annotations.Nullable;

/** What the credentials of awards are to say, frozen as the catalogue has it at that moment. */
final class Issuances {

    private Issuances() {}

    static List<Issuance> of(Catalogue catalogue, Collection<Award> awards) {
        return awards.stream()
                .map(award -> of(catalogue, award, catalogue.get(award.achievement()), false))
                .toList();
    }

    /** The issuance of one award; {@code withGrade} tells the grades that were used. */
    static Issuance of(Catalogue catalogue, Award award, Achievement achievement, boolean withGrade) {
        var definition = achievement.definition();
        var names = catalogue.names(achievement, catalogue.attachment(achievement.id(), award.course()));
        return new Issuance(
                catalogue.issuer(),
                award.id(),
                award.learner(),
                award.awardedAt(),
                award.expiresAt(),
                new Issuance.Badge(
                        achievement.id(),
                        achievement.version(),
                        definition.kind() == Definition.Kind.CERTIFICATE ? "Certificate" : "MicroCredential",
                        name(definition, award.title()),
                        definition.description(),
                        definition.credits(),
                        definition.level()),
                criteria(definition, names, catalogue.timeZone()),
                parts(award, definition).stream()
                        .map(catalogue::get)
                        .map(part -> new Issuance.Related(part.id(), part.version()))
                        .toList(),
                withGrade ? results(award.evaluation(), names) : List.of(),
                evidence(award.evaluation()));
    }

    private static String name(Definition definition, @Nullable String title) {
        return title == null ? definition.name() : "%s (%s)".formatted(definition.name(), title);
    }

    /** What its rule names, and what counted though it is not named. */
    private static Set<AchievementId> parts(Award award, Definition definition) {
        var parts = new LinkedHashSet<>(definition.rule().parts());
        award.evaluation().counted().forEach(held -> parts.add(held.achievement()));
        return parts;
    }

    /** What a learner had to show: the outcomes, and the rule in words. Markdown. */
    static String criteria(Definition definition, Names names, ZoneId zone) {
        var lines = new ArrayList<String>();
        if (!definition.outcomes().isEmpty()) {
            lines.add("Who holds this can:\n");
            definition.outcomes().forEach(outcome -> lines.add("- " + outcome));
            lines.add("\nThe rule:\n");
        }
        lines.add(new Sentence(names, zone).criteria(definition.rule()));
        return String.join("\n", lines);
    }

    private static List<Issuance.Result> results(Evaluation evaluation, Names names) {
        var results = new ArrayList<Issuance.Result>();
        collect(evaluation, names, results);
        return results;
    }

    private static void collect(Evaluation evaluation, Names names, List<Issuance.Result> results) {
        var used = evaluation.used();
        if (evaluation.isMet()
                && evaluation.requirement() instanceof Score score
                && used != null
                && used.score() != null
                && used.maximum() != null) {
            results.add(new Issuance.Result(names.slots().apply(score.slot()), used.score(), used.maximum()));
        }
        evaluation.parts().forEach(part -> collect(part, names, results));
    }

    private static String evidence(Evaluation evaluation) {
        return evaluation
                .weakest()
                .map(strength ->
                        "The rule was met by grades that the learning platform reported. Weakest proof among them: %s."
                                .formatted(strength.name().toLowerCase(Locale.ROOT)))
                .orElse("The rule was met by the credentials that it asks for, each with evidence of its own.");
    }
}

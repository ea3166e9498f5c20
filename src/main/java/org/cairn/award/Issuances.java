package org.cairn.award;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Definition;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.Issuance;
import org.cairn.openbadges.Issuance.Recipient;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Facts;
import org.cairn.rule.Names;
import org.cairn.rule.Rule;
import org.cairn.rule.Score;
import org.cairn.rule.Sentence;
import org.jspecify.annotations.Nullable;

/** What the credentials of awards are to say, frozen as the catalogue has it at that moment. */
final class Issuances {

    private Issuances() {}

    static List<Issuance> of(Catalogue catalogue, Collection<Award> awards) {
        return awards.stream()
                .map(award ->
                        of(catalogue, award, catalogue.get(award.achievement()), Disclosure.USUAL, Recipient.UNNAMED))
                .toList();
    }

    /** What a credential of this achievement would say of somebody who has shown nothing yet: enough to see whether it could be signed. */
    static Issuance trial(Catalogue catalogue, Achievement achievement, Instant now) {
        var rule = achievement.definition().rule();
        var longest = rule.variants().stream()
                .map(Rule.Variant::title)
                .max(Comparator.comparing(String::length))
                .orElse(null);
        var award = new Award(
                AwardId.fresh(),
                catalogue.tenant(),
                LearnerId.fresh(),
                achievement.id(),
                achievement.version(),
                1,
                null,
                now,
                rule.end(now, catalogue.timeZone()),
                longest,
                Evaluator.evaluate(rule, Facts.none(catalogue.timeZone()), now),
                Award.Step.awarded(now));
        return of(catalogue, award, achievement, Disclosure.USUAL, Recipient.UNNAMED);
    }

    /** The issuance of one award, which tells no more than that of it. */
    static Issuance of(
            Catalogue catalogue, Award award, Achievement achievement, Disclosure told, Recipient recipient) {
        var definition = achievement.definition();
        var names = catalogue.names(achievement, catalogue.attachment(achievement.id(), award.course()));
        var zone = catalogue.timeZone();
        var sentence = new Sentence(names, zone, definition.particulars().locale());
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
                        definition.creditScheme(),
                        definition.workloadHours(),
                        definition.level(),
                        definition.particulars()),
                sentence.criteria(definition.outcomes(), definition.rule()),
                parts(award, definition, told).stream()
                        .map(catalogue::get)
                        .map(part -> new Issuance.Related(part.id(), part.version()))
                        .toList(),
                told.grades() ? results(award.evaluation(), names) : List.of(),
                told.evidence()
                        ? new Issuance.Proof(
                                sentence.proof(award.evaluation()), told(award.evaluation(), told.grades()), zone)
                        : null,
                recipient);
    }

    /** The awards that counted are numbered, so that nobody learns our names of them. */
    private static Evaluation told(Evaluation evaluation, boolean withGrade) {
        var numbers = new HashMap<String, String>();
        return evaluation.told(
                withGrade, award -> numbers.computeIfAbsent(award, id -> String.valueOf(numbers.size() + 1)));
    }

    private static String name(Definition definition, @Nullable String title) {
        return title == null ? definition.name() : "%s (%s)".formatted(definition.name(), title);
    }

    /** What its rule names, and what counted though it is not named, where it tells how it was earned. */
    private static Set<AchievementId> parts(Award award, Definition definition, Disclosure told) {
        var parts = new LinkedHashSet<>(definition.rule().parts());
        if (told.evidence()) {
            award.evaluation().counted().forEach(held -> parts.add(held.achievement()));
        }
        return parts;
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
            results.add(new Issuance.Result(
                    names.slots().apply(score.slot()),
                    used.score(),
                    used.maximum(),
                    score.fewestPoints(used.maximum()).orElse(null)));
        }
        evaluation.parts().forEach(part -> collect(part, names, results));
    }
}

package org.cairn.award;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Definition;
import org.cairn.rule.Held;
import org.jspecify.annotations.Nullable;

/** What learners hold, as rules see it: with the credits, the level and the labels that the catalogue gives it. */
final class Holdings {

    private Holdings() {}

    /** An award, as what it is of and as all that this counts as: the others as they were when that was published. */
    static List<Held> forms(Catalogue catalogue, AwardStore.Holding holding) {
        var achievement = catalogue.get(holding.achievement(), holding.version());
        var definition = achievement.definition();
        var held = held(
                definition,
                holding.award().toString(),
                holding.achievement(),
                holding.version(),
                Held.OWN,
                holding.awardedAt(),
                holding.expiresAt(),
                holding.result(),
                holding.uses());
        var forms = new ArrayList<>(List.of(held));
        definition
                .countsAs()
                .forEach(other -> forms.add(held.as(other, catalogue.version(other, achievement.publishedAt()))));
        return forms;
    }

    /** What she would hold if she had this. */
    static List<Held> supposed(Catalogue catalogue, LearnerId learner, Standing then, Instant at) {
        var achievement = then.achievement();
        return forms(
                catalogue,
                new AwardStore.Holding(
                        AwardId.fresh(),
                        learner,
                        achievement.id(),
                        achievement.version(),
                        1,
                        null,
                        at,
                        achievement.definition().rule().end(at, catalogue.timeZone()),
                        then.evaluation().result().orElse(null),
                        0,
                        Award.Step.awarded(at)));
    }

    /** Something earned elsewhere has what it counts as has. Throws IllegalArgumentException where nothing was recognised. */
    static Held recognised(Catalogue catalogue, Application application, int uses) {
        if (!(application.sought() instanceof Application.Recognition elsewhere) || application.decision() == null) {
            throw new IllegalArgumentException("Nothing was recognised.");
        }
        var achievement = catalogue.get(application.achievement());
        return held(
                achievement.definition(),
                application.id().toString(),
                achievement.id(),
                catalogue.version(achievement.id(), application.decision().at()),
                elsewhere.issuer(),
                elsewhere.earnedAt(),
                null,
                null,
                uses);
    }

    private static Held held(
            Definition definition,
            String id,
            AchievementId achievement,
            int version,
            String issuer,
            Instant at,
            @Nullable Instant until,
            @Nullable BigDecimal result,
            int uses) {
        var credits = definition.credits() == null ? BigDecimal.ZERO : definition.credits();
        return new Held(
                id,
                achievement,
                version,
                issuer,
                at,
                until,
                result,
                credits,
                definition.creditScheme(),
                definition.level(),
                definition.labels(),
                uses);
    }
}

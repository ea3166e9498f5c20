package org.cairn.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;

/** Rules and facts in few words, for tests. */
final class RuleFacts {

    static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RuleFacts() {}

    /** Written with ' in place of ". */
    static Requirement rule(String json) {
        try {
            return RequirementJson.read(JSON.readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A rule with what follows from it, written with ' in place of ". */
    static Rule wholeRule(String json) {
        try {
            return RuleJson.read(JSON.readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Facts none() {
        return Facts.none(ZONE);
    }

    static Facts holding(Held... held) {
        return none().withHeld(List.of(held));
    }

    /** Holding these since now. */
    static Facts holding(String... achievements) {
        return none().withHeld(Arrays.stream(achievements)
                .map(achievement -> held(achievement, NOW))
                .toList());
    }

    static Held held(String achievement, Instant at) {
        return held(achievement, at, "0");
    }

    /** With so many ECTS credits and these labels. */
    static Held held(String achievement, Instant at, String credits, String... labels) {
        return new Held(
                "award-of-" + achievement,
                new AchievementId(achievement),
                1,
                Held.OWN,
                at,
                null,
                null,
                new BigDecimal(credits),
                "ects",
                null,
                Set.of(labels),
                0);
    }

    static Held withResult(Held held, String percent) {
        return with(held, held.issuer(), new BigDecimal(percent), held.scheme(), held.level(), held.uses());
    }

    static Held from(Held held, String issuer) {
        return with(held, issuer, held.result(), held.scheme(), held.level(), held.uses());
    }

    static Held used(Held held, int uses) {
        return with(held, held.issuer(), held.result(), held.scheme(), held.level(), uses);
    }

    static Held atLevel(Held held, int level) {
        return with(held, held.issuer(), held.result(), held.scheme(), level, held.uses());
    }

    /** With these credits in place of ECTS. */
    static Held in(Held held, String scheme) {
        return with(held, held.issuer(), held.result(), scheme, held.level(), held.uses());
    }

    private static Held with(Held held, String issuer, BigDecimal result, String scheme, Integer level, int uses) {
        return new Held(
                held.id(),
                held.achievement(),
                held.version(),
                issuer,
                held.at(),
                held.until(),
                result,
                held.credits(),
                scheme,
                level,
                held.labels(),
                uses);
    }

    /** Graded at once, out of 100, now: {@code "quiz", 80, "exam", 55}. */
    static Facts graded(Object... slotsAndScores) {
        var attempts = new HashMap<Slot, List<Fact>>();
        for (int i = 0; i < slotsAndScores.length; i += 2) {
            var score = new BigDecimal(String.valueOf(slotsAndScores[i + 1]));
            attempts.put(new Slot((String) slotsAndScores[i]), List.of(graded(1, score, NOW)));
        }
        return none().withAttempts(attempts);
    }

    static Fact graded(int attempt, BigDecimal score, Instant at) {
        return new Fact(attempt, Fact.State.GRADED, score, BigDecimal.valueOf(100), true, at, Strength.STRONG);
    }

    static Map<Slot, List<Fact>> attempts(String slot, Fact... attempts) {
        return Map.of(new Slot(slot), List.of(attempts));
    }
}

package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * What a learner has shown, as people write it who try a rule:
 *
 * <pre>
 * {"timeZone": "Europe/Vienna", "at": "2026-11-24T09:00:00Z",
 *  "attempts": {"quiz": [{"score": 18, "maximum": 20, "at": "2026-10-01T08:00:00Z"},
 *                        {"attempt": 2, "state": "pending", "complete": true, "at": "2026-11-01T08:00:00Z"}]},
 *  "held": {"bias-in-models": "2026-06-30T10:00:00Z"}}
 * </pre>
 *
 * All of it may be missing but an attempt's {@code at}. An attempt is graded where it has a score and a maximum, else {@code pending} or
 * {@code cleared}; it has its number in the list, is complete where it is graded, and is strong, unless it says otherwise.
 */
public final class FactsJson {

    private FactsJson() {}

    /** Throws IllegalArgumentException that begins with the place ({@code facts.attempts.quiz[0].score: …}) of what does not fit. */
    public static Facts read(JsonNode json) {
        check(json.isObject(), "facts", "facts are an object.");
        only(json, "facts", Set.of("timeZone", "at", "attempts", "held"));
        var zone = at("facts.timeZone", () -> ZoneId.of(text(json, "timeZone", "facts", "UTC")));
        return new Facts(attempts(json.path("attempts")), held(json.path("held")), zone);
    }

    /** The instant at which they are looked at, where it is said. Throws as {@link #read} does. */
    public static Optional<Instant> at(JsonNode json) {
        return json.has("at") ? Optional.of(instant(json, "at", "facts")) : Optional.empty();
    }

    private static Map<Slot, List<Fact>> attempts(JsonNode json) {
        var attempts = new HashMap<Slot, List<Fact>>();
        json.properties().forEach(entry -> {
            var path = "facts.attempts." + entry.getKey();
            check(entry.getValue().isArray(), path, "the attempts at an activity are a list.");
            var facts = new ArrayList<Fact>();
            for (var attempt : entry.getValue()) {
                facts.add(fact(attempt, path + "[" + facts.size() + "]", facts.size() + 1));
            }
            attempts.put(at(path, () -> new Slot(entry.getKey())), facts);
        });
        return attempts;
    }

    private static Map<AchievementId, Instant> held(JsonNode json) {
        var held = new HashMap<AchievementId, Instant>();
        json.properties()
                .forEach(entry -> held.put(
                        at("facts.held." + entry.getKey(), () -> new AchievementId(entry.getKey())),
                        instant(json, entry.getKey(), "facts.held")));
        return held;
    }

    private static Fact fact(JsonNode json, String path, int number) {
        check(json.isObject(), path, "an attempt is an object.");
        only(json, path, Set.of("attempt", "state", "score", "maximum", "complete", "at", "strength"));
        boolean isGraded = json.has("score");
        var state = choice(json, "state", path, Fact.State.class, isGraded ? "graded" : "");
        check(!json.has("attempt") || json.get("attempt").isInt(), path + ".attempt", "is no whole number.");
        check(!json.has("complete") || json.get("complete").isBoolean(), path + ".complete", "is true or false.");
        return at(
                path,
                () -> new Fact(
                        json.path("attempt").asInt(number),
                        state,
                        number(json, "score", path),
                        number(json, "maximum", path),
                        json.path("complete").asBoolean(isGraded),
                        instant(json, "at", path),
                        choice(json, "strength", path, Strength.class, "strong")));
    }

    private static @Nullable BigDecimal number(JsonNode json, String member, String path) {
        var value = json.get(member);
        check(value == null || value.isNumber(), path + "." + member, "is no number.");
        check(
                value == null || value.decimalValue().signum() >= (member.equals("maximum") ? 1 : 0),
                path + "." + member,
                "is too small.");
        return value == null ? null : value.decimalValue();
    }

    private static <E extends Enum<E>> E choice(
            JsonNode json, String member, String path, Class<E> type, String usual) {
        var text = text(json, member, path, usual);
        return at(path + "." + member, () -> {
            for (var constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("\"" + text + "\" is not known here.");
        });
    }

    private static Instant instant(JsonNode json, String member, String path) {
        var text = text(json, member, path, "");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw refused(path + "." + member, "an instant is written like 2027-03-01T00:00:00Z.");
        }
    }

    private static String text(JsonNode json, String member, String path, String usual) {
        var value = json.get(member);
        check(value == null || value.isTextual(), path + "." + member, "is no text.");
        return value == null ? usual : value.textValue();
    }

    private static void only(JsonNode json, String path, Set<String> known) {
        json.fieldNames()
                .forEachRemaining(name -> check(known.contains(name), path + "." + name, "is not known here."));
    }

    private static <T> T at(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            var message = String.valueOf(e.getMessage());
            throw refused(message.startsWith("facts.") ? "" : path, message);
        }
    }

    private static void check(boolean holds, String path, String sentence) {
        if (!holds) {
            throw refused(path, sentence);
        }
    }

    private static IllegalArgumentException refused(String path, String sentence) {
        return new IllegalArgumentException(path.isEmpty() ? sentence : path + ": " + sentence);
    }
}

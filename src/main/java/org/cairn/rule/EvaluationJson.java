package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import org.cairn.AchievementId;

/**
 * An evaluation as JSON, as it is kept with an award: {@code {"rule": …, "result": …}}, where the result has the state, what was used,
 * and the results of the parts in the rule's order.
 */
public final class EvaluationJson {

    private EvaluationJson() {}

    public static ObjectNode write(Evaluation evaluation) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("rule", RequirementJson.write(evaluation.requirement()));
        json.set("result", result(evaluation));
        return json;
    }

    /** Reads what {@link #write} wrote. Throws IllegalArgumentException otherwise. */
    public static Evaluation read(JsonNode json) {
        return evaluation(RequirementJson.read(json.path("rule")), json.path("result"));
    }

    private static ObjectNode result(Evaluation evaluation) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("state", evaluation.state().name());
        var fact = evaluation.used();
        if (fact != null) {
            var used = json.putObject("used");
            used.put("attempt", fact.attempt());
            used.put("state", fact.state().name());
            if (fact.score() != null && fact.maximum() != null) {
                used.put("score", fact.score());
                used.put("maximum", fact.maximum());
            }
            used.put("complete", fact.isComplete());
            used.put("at", fact.at().toString());
            used.put("strength", fact.strength().name());
        }
        var found = evaluation.found();
        found.counted().forEach(held -> json.withArray("counted").add(held(held)));
        if (found.amount() != null) {
            json.put("amount", found.amount());
        }
        if (found.proof() != null) {
            json.put("proof", found.proof().name());
        }
        if (found.waivedAt() != null) {
            json.put("waivedAt", found.waivedAt().toString());
        }
        if (found.until() != null) {
            json.put("until", found.until().toString());
        }
        if (!evaluation.parts().isEmpty()) {
            var parts = json.putArray("parts");
            evaluation.parts().forEach(part -> parts.add(result(part)));
        }
        return json;
    }

    private static Evaluation evaluation(Requirement requirement, JsonNode json) {
        var of = requirement.of();
        if (of.size() != json.path("parts").size()) {
            throw new IllegalArgumentException("An evaluation has one result for each part of its rule.");
        }
        var parts = new ArrayList<Evaluation>(of.size());
        for (int i = 0; i < of.size(); i++) {
            parts.add(evaluation(of.get(i), json.get("parts").get(i)));
        }
        return new Evaluation(
                requirement, Evaluation.State.valueOf(json.path("state").asText()), found(json), parts);
    }

    private static Evaluation.Found found(JsonNode json) {
        var counted = new ArrayList<Held>();
        json.path("counted").forEach(held -> counted.add(held(held)));
        return new Evaluation.Found(
                json.has("used") ? fact(json.get("used")) : null,
                counted,
                json.has("amount") ? json.get("amount").decimalValue() : null,
                json.has("proof") ? Strength.valueOf(json.get("proof").asText()) : null,
                json.has("waivedAt") ? Instant.parse(json.get("waivedAt").asText()) : null,
                json.has("until") ? Instant.parse(json.get("until").asText()) : null);
    }

    private static ObjectNode held(Held held) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("award", held.id()).put("achievement", held.achievement().value());
        json.put("version", held.version()).put("issuer", held.issuer());
        json.put("at", held.at().toString());
        if (held.until() != null) {
            json.put("until", held.until().toString());
        }
        if (held.result() != null) {
            json.put("result", held.result());
        }
        json.put("credits", held.credits()).put("scheme", held.scheme());
        if (held.level() != null) {
            json.put("level", held.level());
        }
        held.labels().stream().sorted().forEach(json.putArray("labels")::add);
        return json.put("uses", held.uses());
    }

    private static Held held(JsonNode json) {
        var labels = new HashSet<String>();
        json.path("labels").forEach(label -> labels.add(label.asText()));
        return new Held(
                json.path("award").asText(),
                new AchievementId(json.path("achievement").asText()),
                json.path("version").asInt(),
                json.path("issuer").asText(),
                Instant.parse(json.path("at").asText()),
                json.has("until") ? Instant.parse(json.get("until").asText()) : null,
                json.has("result") ? json.get("result").decimalValue() : null,
                json.path("credits").decimalValue(),
                json.path("scheme").asText(),
                json.has("level") ? json.get("level").asInt() : null,
                labels,
                json.path("uses").asInt());
    }

    private static Fact fact(JsonNode json) {
        return new Fact(
                json.path("attempt").asInt(),
                Fact.State.valueOf(json.path("state").asText()),
                json.has("score") ? json.get("score").decimalValue() : null,
                json.has("maximum") ? json.get("maximum").decimalValue() : null,
                json.path("complete").asBoolean(),
                Instant.parse(json.path("at").asText()),
                Strength.valueOf(json.path("strength").asText()));
    }
}

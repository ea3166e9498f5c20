package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        if (evaluation.heldSince() != null) {
            json.put("heldSince", evaluation.heldSince().toString());
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
                requirement,
                Evaluation.State.valueOf(json.path("state").asText()),
                json.has("used") ? fact(json.get("used")) : null,
                json.has("heldSince") ? Instant.parse(json.get("heldSince").asText()) : null,
                parts.isEmpty() ? List.of() : parts);
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

package org.cairn.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.TreeMap;
import org.cairn.AchievementId;
import org.cairn.openbadges.image.Design;
import org.cairn.rule.Named;
import org.cairn.rule.RuleJson;
import org.cairn.rule.Slot;

/** A definition as JSON, in the shape that catalogue-v1.schema.json publishes. Equal definitions give equal text. */
final class DefinitionJson {

    private static final String ECTS = "ects";

    private DefinitionJson() {}

    /** Reads what the schema has accepted; its rule may name scales and terms. Throws IllegalArgumentException where the rule or its slots do not fit together. */
    static Definition read(JsonNode json, Named named) {
        var outcomes = new ArrayList<String>();
        json.path("outcomes").forEach(outcome -> outcomes.add(outcome.textValue()));
        var labels = new HashSet<String>();
        json.path("labels").forEach(label -> labels.add(label.textValue()));
        var countsAs = new HashSet<AchievementId>();
        json.path("countsAs").forEach(other -> countsAs.add(new AchievementId(other.textValue())));
        var allows = EnumSet.noneOf(Definition.Allowance.class);
        json.path("allows").forEach(one -> allows.add(Definition.Allowance.valueOf(one.textValue())));
        var slots = new LinkedHashMap<Slot, String>();
        json.path("slots")
                .properties()
                .forEach(slot ->
                        slots.put(new Slot(slot.getKey()), slot.getValue().textValue()));
        return new Definition(
                json.get("name").textValue(),
                json.get("description").textValue(),
                Definition.Kind.valueOf(json.get("kind").textValue()),
                json.hasNonNull("credits") ? json.get("credits").decimalValue().stripTrailingZeros() : null,
                json.path("creditScheme").asText(ECTS),
                json.hasNonNull("workloadHours") ? json.get("workloadHours").intValue() : null,
                json.hasNonNull("level") ? json.get("level").intValue() : null,
                outcomes,
                labels,
                countsAs,
                allows,
                slots,
                RuleJson.read(json.get("rule"), named),
                json.has("regrade") ? regrade(json.get("regrade")) : null,
                DesignJson.read(json.path("design")),
                json.has("status")
                        ? Definition.Status.valueOf(
                                json.get("status").textValue().toUpperCase(Locale.ROOT))
                        : Definition.Status.PUBLISHED,
                ParticularsJson.read(json));
    }

    static ObjectNode write(Definition definition) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", definition.name());
        json.put("description", definition.description());
        json.put("kind", definition.kind().name());
        if (definition.credits() != null) {
            json.put("credits", definition.credits());
        }
        json.put("creditScheme", definition.creditScheme());
        if (definition.workloadHours() != null) {
            json.put("workloadHours", definition.workloadHours());
        }
        if (definition.level() != null) {
            json.put("level", definition.level());
        }
        var outcomes = json.putArray("outcomes");
        definition.outcomes().forEach(outcomes::add);
        var labels = json.putArray("labels");
        definition.labels().stream().sorted().forEach(labels::add);
        var countsAs = json.putArray("countsAs");
        definition.countsAs().stream().map(AchievementId::value).sorted().forEach(countsAs::add);
        var allows = json.putArray("allows");
        definition.allows().stream().map(Enum::name).sorted().forEach(allows::add);
        var slots = json.putObject("slots");
        var sorted = new TreeMap<String, String>();
        definition.slots().forEach((slot, title) -> sorted.put(slot.name(), title));
        sorted.forEach(slots::put);
        json.set("rule", RuleJson.write(definition.rule()));
        if (definition.regrade() != null) {
            json.putObject("regrade")
                    .put("award", definition.regrade().award().name().toLowerCase(Locale.ROOT))
                    .put("stacksAbove", definition.regrade().stacksAbove());
        }
        if (!definition.design().equals(Design.NONE)) {
            json.set("design", DesignJson.write(definition.design()));
        }
        if (definition.status() != Definition.Status.PUBLISHED) {
            json.put("status", definition.status().name().toLowerCase(Locale.ROOT));
        }
        ParticularsJson.write(definition.particulars(), json);
        return json;
    }

    private static Regrade regrade(JsonNode json) {
        return new Regrade(
                Regrade.Then.valueOf(json.get("award").textValue().toUpperCase(Locale.ROOT)),
                json.path("stacksAbove").asBoolean(false));
    }
}

package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;

/**
 * A rule as JSON, as {@code /schema/rule-v1.schema.json} publishes it:
 *
 * <pre>
 * {"rule": 1, "asks": {requirement}, "mode": "auto" | "apply" | "approve",
 *  "variants": [{"title": "Artificial Intelligence", "asks": {requirement}}],
 *  "earlier": [{"who": {"member": "cohort", …}, "asks": {requirement}}],
 *  "appliesTo": {"member": "cohort", …}, "valid": "P3Y", "renewedBy": {requirement},
 *  "scales": {"us": {"name": …, "letters": […]}}, "terms": {"autumn": {"term": …, "first": …, "last": …}}}
 * </pre>
 *
 * Only the first two are needed; where they are all, the requirement alone says the same. Scales and terms are for the requirements to
 * name.
 */
public final class RuleJson {

    private RuleJson() {}

    /**
     * Throws IllegalArgumentException that begins with the place ({@code rule.asks.allOf[1].atLeast: …}) where something is unknown,
     * missing or out of range.
     */
    public static Rule read(JsonNode json) {
        return read(json, Named.NOTHING);
    }

    /** The same, with scales and terms that the file around it declares. */
    public static Rule read(JsonNode json, Named around) {
        var place = Place.root("rule", json);
        if (!json.has("rule")) {
            return Rule.of(new RequirementReader(around).requirement(place));
        }
        place.only("rule", "asks", "mode", "variants", "earlier", "appliesTo", "valid", "renewedBy", "scales", "terms");
        place.at("rule").check(place.whole("rule") == 1, "this Cairn knows version 1 of the rule language.");
        return read(place, new RequirementReader(named(place, around)));
    }

    /** Scales and terms that a place declares, and those around it that it does not. */
    public static Named named(JsonNode json) {
        return named(Place.root("rule", json), Named.NOTHING);
    }

    /** The requirement alone where nothing follows but that it is awarded: so people write it, and places in it are named. */
    public static ObjectNode write(Rule rule) {
        if (rule.isBare()) {
            return RequirementJson.write(rule.requirement());
        }
        var json = JsonNodeFactory.instance.objectNode().put("rule", 1);
        json.set("asks", RequirementJson.write(rule.requirement()));
        json.put("mode", Place.lower(rule.mode()));
        for (var variant : rule.variants()) {
            json.withArray("variants")
                    .addObject()
                    .put("title", variant.title())
                    .set("asks", RequirementJson.write(variant.requirement()));
        }
        for (var earlier : rule.earlier()) {
            var one = json.withArray("earlier").addObject();
            one.set("who", RequirementJson.write(earlier.who()));
            one.set("asks", RequirementJson.write(earlier.requirement()));
        }
        if (rule.appliesTo() != null) {
            json.set("appliesTo", RequirementJson.write(rule.appliesTo()));
        }
        if (rule.validity() != null) {
            json.put("valid", rule.validity().toString());
        }
        if (rule.renewal() != null) {
            json.set("renewedBy", RequirementJson.write(rule.renewal()));
        }
        return json;
    }

    private static Rule read(Place place, RequirementReader reader) {
        var asked = reader.requirement(place.at("asks"));
        var variants = place.listIfAny("variants").stream()
                .map(one -> one.only("title", "asks"))
                .map(one -> {
                    var requirement = reader.requirement(one.at("asks"));
                    return one.made(() -> new Rule.Variant(one.text("title"), requirement));
                })
                .toList();
        var earlier = place.listIfAny("earlier").stream()
                .map(one -> one.only("who", "asks"))
                .map(one -> new Rule.Earlier(reader.member(one.at("who")), reader.requirement(one.at("asks"))))
                .toList();
        var appliesTo = place.has("appliesTo") ? reader.member(place.at("appliesTo")) : null;
        var renewal = place.has("renewedBy") ? reader.requirement(place.at("renewedBy")) : null;
        return place.made(() -> new Rule(
                asked,
                place.choice("mode", Rule.Mode.AUTO),
                variants,
                earlier,
                appliesTo,
                place.periodIfAny("valid"),
                renewal));
    }

    private static Named named(Place place, Named around) {
        var scales = new HashMap<>(around.scales());
        var terms = new HashMap<>(around.terms());
        place.entries("scales").forEach((name, scale) -> scales.put(name, RequirementReader.letterScale(scale)));
        place.entries("terms").forEach((name, term) -> terms.put(name, RequirementReader.term(term)));
        return new Named(scales, terms);
    }
}

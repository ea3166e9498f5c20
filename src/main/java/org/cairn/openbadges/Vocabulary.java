package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cairn.rule.EvaluationJson;
import org.jspecify.annotations.Nullable;

/**
 * Our own terms, for what the European approach to micro-credentials asks for and Open Badges 3.0 has no place for, and for the evaluation that
 * an award rests on. The context stands in each credential itself, so nobody has to fetch it; the page at its address explains the terms.
 */
final class Vocabulary {

    static final String EVALUATION = "evaluation";

    private static final List<String> TERMS = List.of(
            "creditUnit",
            "workloadHours",
            "assessmentType",
            "participation",
            "supervision",
            "qualityAssurance",
            "prerequisites");

    static final String SCHEMA = "1EdTechJsonSchemaValidator2019";
    static final String REFRESH = "1EdTechCredentialRefresh";

    // Said here as the published extensions.json says them: a verifier without that one would find no meaning in them.
    private static final Map<String, String> PUBLISHED = Map.of(
            SCHEMA, "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#" + SCHEMA,
            REFRESH, "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#" + REFRESH);

    private Vocabulary() {}

    /** The context of these terms. */
    static ObjectNode of(Addresses addresses) {
        var context = JsonNodeFactory.instance.objectNode();
        var base = addresses.vocabulary();
        TERMS.forEach(term -> context.put(term, base + term));
        PUBLISHED.forEach(context::put);
        context.putObject(EVALUATION).put("@id", base + EVALUATION).put("@type", "@json");
        return context;
    }

    static void describe(Issuance.Badge badge, ObjectNode achievement) {
        var particulars = badge.particulars();
        if (badge.credits() != null) {
            achievement.put("creditUnit", badge.creditScheme());
        }
        if (badge.workloadHours() != null) {
            achievement.put("workloadHours", badge.workloadHours());
        }
        put(achievement, "assessmentType", particulars.assessment());
        put(achievement, "participation", Particulars.word(particulars.participation()));
        put(achievement, "supervision", Particulars.word(particulars.supervision()));
        put(achievement, "qualityAssurance", particulars.qualityAssurance());
        put(achievement, "prerequisites", particulars.prerequisites());
    }

    /** The evaluation with the instant and the calendar that it was made by, so that it can be made again. */
    static ObjectNode evaluation(Issuance.Proof proof, Instant at) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("at", at.toString()).put("timeZone", proof.zone().getId());
        json.setAll((ObjectNode) plain(EvaluationJson.write(proof.evaluation())));
        return json;
    }

    /** Without exponents: of a JSON literal the signed bytes are its numbers' own form, which not every reader of 1E+2 writes alike. */
    private static JsonNode plain(JsonNode json) {
        if (json.isObject()) {
            var object = (ObjectNode) json;
            object.properties().forEach(member -> member.setValue(plain(member.getValue())));
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                ((com.fasterxml.jackson.databind.node.ArrayNode) json).set(i, plain(json.get(i)));
            }
        } else if (json.isBigDecimal()) {
            return plain(json.decimalValue().stripTrailingZeros());
        }
        return json;
    }

    /** Without an exponent: 10, and not 1E+1, which is another number to some readers. */
    static JsonNode plain(BigDecimal number) {
        return DecimalNode.valueOf(number.scale() < 0 ? number.setScale(0) : number);
    }

    private static void put(ObjectNode json, String member, @Nullable String text) {
        if (text != null) {
            json.put(member, text);
        }
    }
}

package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.rule.EvaluationJson;
import org.cairn.rule.Replay;

/** Whether what a credential of a Cairn shows meets the rule that it names: decided again, offline, from the evaluation in its evidence. */
final class Arithmetic {

    private static final String TERM = "/vocabulary#evaluation";

    private Arithmetic() {}

    /** Empty where it is none of a Cairn's. */
    static Optional<Check> check(ObjectNode credential) {
        if (!isDefined(credential.path("@context"))) {
            return Optional.empty();
        }
        var evidence = credential.path("evidence");
        for (var one : evidence.isObject() ? List.of(evidence) : evidence) {
            if (one.path("evaluation").isObject()) {
                return Optional.of(check(one.path("evaluation")));
            }
        }
        return Optional.of(
                new Check(
                        "rule",
                        null,
                        "This form does not tell how it was earned, so its rule cannot be worked out again: that it was met is its issuer's word."));
    }

    private static boolean isDefined(JsonNode contexts) {
        for (var context : contexts) {
            if (context.path("evaluation").path("@id").asText().endsWith(TERM)) {
                return true;
            }
        }
        return false;
    }

    private static Check check(JsonNode evaluation) {
        Replay replay;
        try {
            replay = Replay.of(
                    EvaluationJson.read(evaluation),
                    Instant.parse(evaluation.path("at").asText()),
                    ZoneId.of(evaluation.path("timeZone").asText()));
            // Anybody may write there whatever fits into JSON.
        } catch (RuntimeException e) {
            return new Check("rule", null, "Its rule could not be worked out again: what it shows cannot be read.");
        }
        if (!replay.isRight()) {
            return new Check("rule", false, "What it shows does not meet the rule that it names.");
        }
        return new Check(
                "rule",
                true,
                replay.onTrust().isEmpty()
                        ? "Its rule was worked out again from what it shows, and is met."
                        : "Its rule was worked out again from what it shows, and is met; for part of it there is its issuer's word.");
    }
}

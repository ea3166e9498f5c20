package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.rule.Completed;
import org.cairn.rule.Evaluation;
import org.cairn.rule.EvaluationJson;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Window;
import org.junit.jupiter.api.Test;

/** The rule that a credential of a Cairn names, worked out again from what it shows. */
class ArithmeticTest {

    private static final Instant AT = Instant.parse("2026-01-15T10:00:00Z");

    @Test
    void a_credential_of_somebody_else_has_no_rule_here() {
        assertThat(Arithmetic.check(JsonNodeFactory.instance.objectNode())).isEmpty();
        var other = earned(true);
        other.putArray("@context")
                .add("https://www.w3.org/ns/credentials/v2")
                .addObject()
                .putObject("evaluation")
                .put("@id", "https://somebody.example/terms#evaluation");
        assertThat(Arithmetic.check(other)).isEmpty();
    }

    @Test
    void a_rule_that_is_met_is_said_to_be_and_where_something_is_not_shown_that_too() {
        assertThat(Arithmetic.check(earned(true)))
                .contains(new Check("rule", true, "Its rule was worked out again from what it shows, and is met."));
        var onTrust = earned(true);
        ((ObjectNode) onTrust.at("/evidence/1/evaluation/result")).remove("used");
        assertThat(Arithmetic.check(onTrust))
                .contains(
                        new Check(
                                "rule",
                                true,
                                "Its rule was worked out again from what it shows, and is met; for part of it there is its issuer's word."));
    }

    @Test
    void a_rule_that_is_not_met_is_found_out() {
        assertThat(Arithmetic.check(earned(false)))
                .contains(new Check("rule", false, "What it shows does not meet the rule that it names."));
    }

    @Test
    void evidence_alone_or_among_others_is_found_and_none_is_said_to_be_none() {
        var alone = earned(true);
        alone.set("evidence", alone.get("evidence").get(1));
        assertThat(Arithmetic.check(alone).orElseThrow().passed()).isTrue();
        alone.remove("evidence");
        assertThat(Arithmetic.check(alone))
                .contains(
                        new Check(
                                "rule",
                                null,
                                "This form does not tell how it was earned, so its rule cannot be worked out again: that it was met is its issuer's word."));
        alone.putArray("evidence").addObject().put("evaluation", "text");
        assertThat(Arithmetic.check(alone).orElseThrow().passed()).isNull();
        assertThat(Arithmetic.check(alone).orElseThrow().sentence()).startsWith("This form does not tell");
    }

    @Test
    void an_evaluation_that_cannot_be_read_says_nothing() {
        for (var change : List.<Consumer<ObjectNode>>of(
                e -> e.put("at", "yesterday"),
                e -> e.put("timeZone", "Nowhere"),
                e -> e.put("rule", "[".repeat(50)),
                ObjectNode::removeAll)) {
            var credential = earned(true);
            change.accept((ObjectNode) credential.at("/evidence/1/evaluation"));
            assertThat(Arithmetic.check(credential))
                    .contains(new Check(
                            "rule", null, "Its rule could not be worked out again: what it shows cannot be read."));
        }
    }

    private static ObjectNode earned(boolean isEarned) {
        var credential = JsonNodeFactory.instance.objectNode();
        credential
                .putArray("@context")
                .add("https://www.w3.org/ns/credentials/v2")
                .addObject()
                .putObject("evaluation")
                .put("@id", "https://cairn.example/vocabulary#evaluation");
        earn(credential, isEarned);
        return credential;
    }

    /** Adds the evidence of a completed quiz, or of one that is not. */
    static void earn(ObjectNode credential, boolean isEarned) {
        var evidence = credential.putArray("evidence");
        evidence.addObject().putArray("type").add("Evidence");
        var shown = evidence.addObject();
        shown.putArray("type").add("Evidence");
        var json = shown.putObject("evaluation").put("at", AT.toString()).put("timeZone", "Europe/Vienna");
        json.setAll(EvaluationJson.write(evaluation()));
        if (!isEarned) {
            ((ObjectNode) json.at("/result/used")).put("complete", false);
        }
    }

    private static Evaluation evaluation() {
        var slot = new Slot("quiz");
        var fact = new Fact(1, Fact.State.GRADED, BigDecimal.TEN, BigDecimal.TEN, true, AT, Strength.STRONG);
        return Evaluator.evaluate(
                new Completed(slot, Window.ALWAYS),
                Facts.none(ZoneOffset.UTC).withAttempts(Map.of(slot, List.of(fact))),
                AT);
    }
}

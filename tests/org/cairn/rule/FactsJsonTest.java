package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsJsonTest {

    private static final Instant AT = Instant.parse("2026-10-01T08:00:00Z");

    @Test
    void what_is_said_is_read_and_what_is_not_said_is_as_usual() {
        var json = json("""
                {'timeZone':'Europe/Vienna','at':'2026-11-24T09:00:00Z',
                 'attempts':{'quiz':[{'score':18.5,'maximum':20,'at':'2026-10-01T08:00:00Z'},
                                     {'attempt':4,'state':'pending','complete':true,'strength':'reviewed','at':'2026-10-01T08:00:00Z'}]},
                 'held':{'bias':'2026-06-30T10:00:00Z',
                         'capstone':{'at':'2026-07-01T10:00:00Z','version':2,'issuer':'Elsewhere','until':'2029-07-01T10:00:00Z',
                                     'result':82.5,'credits':5,'scheme':'hours','level':6,'labels':['track:robotics'],'uses':1}},
                 'hours':{'practice':[{'hours':4.5,'at':'2026-10-01T08:00:00Z'}]},
                 'approvals':{'portfolio':[{'step':'approved','reviewer':'r1','independent':true,'at':'2026-10-01T08:00:00Z'}]},
                 'members':[{'member':'cohort','name':'2026','joined':'2026-10-01T08:00:00Z'}],
                 'waived':[{'requirement':{'completed':'lab'},'at':'2026-10-01T08:00:00Z'}]}""");
        var facts = FactsJson.read(json);
        assertThat(facts.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
        assertThat(FactsJson.at(json)).contains(Instant.parse("2026-11-24T09:00:00Z"));
        assertThat(facts.attempts(new Slot("quiz")))
                .isEqualTo(List.of(
                        new Fact(
                                1,
                                Fact.State.GRADED,
                                new BigDecimal("18.5"),
                                BigDecimal.valueOf(20),
                                true,
                                AT,
                                Strength.STRONG),
                        new Fact(4, Fact.State.PENDING, null, null, true, AT, Strength.REVIEWED)));
        assertThat(facts.heldInOrder())
                .extracting(Held::at)
                .containsExactly(Instant.parse("2026-06-30T10:00:00Z"), Instant.parse("2026-07-01T10:00:00Z"));
        assertThat(facts.held(new AchievementId("capstone")))
                .containsExactly(new Held(
                        "capstone",
                        new AchievementId("capstone"),
                        2,
                        "Elsewhere",
                        Instant.parse("2026-07-01T10:00:00Z"),
                        Instant.parse("2029-07-01T10:00:00Z"),
                        new BigDecimal("82.5"),
                        BigDecimal.valueOf(5),
                        "hours",
                        6,
                        Set.of("track:robotics"),
                        1));
        assertThat(facts.hours(new Slot("practice")))
                .containsExactly(new Worked(new BigDecimal("4.5"), AT, Strength.REVIEWED));
        assertThat(facts.approvals(new Slot("portfolio")))
                .containsExactly(new Approval(Approval.Step.APPROVED, "r1", true, AT));
        assertThat(facts.memberships()).containsEntry(new Membership(Member.Group.COHORT, "2026"), AT);
        assertThat(facts.waived()).containsEntry(new Completed(new Slot("lab"), Window.ALWAYS), AT);
        var none = json("{}");
        assertThat(FactsJson.at(none)).isEmpty();
        assertThat(FactsJson.read(none).attempts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "[] | facts: ",
                "{'zone':'UTC'} | facts.zone: is not known here.",
                "{'timeZone':'Nowhere'} | facts.timeZone: ",
                "{'attempts':{'Quiz':[]}} | facts.attempts.Quiz: ",
                "{'attempts':{'quiz':{}}} | facts.attempts.quiz: is no list",
                "{'attempts':{'quiz':[{'score':1,'maximum':2}]}} | facts.attempts.quiz[0].at: ",
                "{'attempts':{'quiz':[{'score':1,'at':'2026-10-01T08:00:00Z'}]}} | facts.attempts.quiz[0]: A graded attempt",
                "{'attempts':{'quiz':[{'at':'2026-10-01T08:00:00Z'}]}} | facts.attempts.quiz[0].state: ",
                "{'attempts':{'quiz':[{'score':-1,'maximum':2,'at':'2026-10-01T08:00:00Z'}]}} | facts.attempts.quiz[0].score: ",
                "{'attempts':{'quiz':[{'score':0,'maximum':0,'at':'2026-10-01T08:00:00Z'}]}} | facts.attempts.quiz[0].maximum: ",
                "{'attempts':{'quiz':[{'score':1,'maximum':2,'at':'2026-10-01T08:00:00Z','complete':1}]}} | facts.attempts.quiz[0].complete: ",
                "{'attempts':{'quiz':[{'score':1,'maximum':2,'at':'2026-10-01T08:00:00Z','points':1}]}} | facts.attempts.quiz[0].points: ",
                "{'held':{'bias':'yesterday'}} | facts.held.bias: an instant",
                "{'held':{'bias':{'at':'2026-10-01T08:00:00Z','credits':-1}}} | facts.held.bias: Credits",
                "{'hours':{'practice':[{'at':'2026-10-01T08:00:00Z'}]}} | facts.hours.practice[0].hours: ",
                "{'approvals':{'portfolio':[{'step':'seen','at':'2026-10-01T08:00:00Z'}]}} | facts.approvals.portfolio[0].step: ",
                "{'members':[{'member':'club','name':'x','joined':'2026-10-01T08:00:00Z'}]} | facts.members[0].member: ",
                "{'waived':[{'requirement':{'holds':'A b'},'at':'2026-10-01T08:00:00Z'}]} | facts.waived[0].requirement.holds: "
            })
    void what_does_not_fit_is_refused_with_its_place(String json, String message) {
        assertThatThrownBy(() -> FactsJson.read(json(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

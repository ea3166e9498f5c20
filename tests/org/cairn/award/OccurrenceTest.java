package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Awards that end, are renewed and are earned again; that have a title; and that count in stacks a number of times. */
class OccurrenceTest {

    private static final String EXAM = """
            {'rule':1,'asks':{'score':'exam','atLeast':70},'valid':'P1Y','renewedBy':{'completed':'bridge'}}""";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_was_shown_since_renews_an_award_from_when_it_ends(Databases databases) {
        try (var world = new World(databases)) {
            world.define("security", EXAM);
            world.grade("ada", "exam", 80);
            world.grade("grace", "exam", 80);
            var first = awards(world, "ada").getFirst();
            world.clock.advance(Duration.ofDays(200));
            world.grade("ada", "bridge", 0);
            world.grade("ada", "exam", 99);
            assertThat(awards(world, "ada")).hasSize(2);
            var second = awards(world, "ada").getLast();
            assertThat(second.occurrence()).isEqualTo(2);
            assertThat(second.awardedAt()).isEqualTo(world.clock.instant());
            assertThat(second.expiresAt()).isEqualTo(inAYear(inAYear(first.awardedAt())));
            assertThat(awards(world, "grace")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_has_ended_counts_in_no_stack_and_is_earned_again_only_by_what_is_new(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "security", "{'rule':1,'asks':{'score':'exam','atLeast':70},'valid':'P1Y'}",
                    "audit", "{'score':'audit','atLeast':70}",
                    "stack", "{'allOf':[{'holds':'security'},{'holds':'audit'}]}"));
            world.grade("ada", "exam", 80);
            world.clock.advance(Duration.ofDays(366));
            world.grade("ada", "audit", 80);
            assertThat(world.holds("ada")).containsExactly("audit");
            // The old grade, reported once more as it was, is no new one.
            assertThat(world.awarding.reconsider(
                            world.tenant,
                            List.of(world.learner("ada")),
                            List.of(awards(world, "ada").getFirst().achievement())))
                    .isEmpty();
            world.record(World.observation("ada", "exam", 2, 70, world.clock.instant()));
            assertThat(awards(world, "ada"))
                    .extracting(one -> one.achievement().value() + " " + one.occurrence())
                    .containsExactlyInAnyOrder("security 1", "audit 1", "security 2", "stack 1");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_title_and_an_end_are_signed(Databases databases) throws java.io.IOException {
        try (var world = new World(databases)) {
            world.define("security", """
                    {'rule':1,'asks':{'score':'exam','atLeast':70},'valid':'P1Y',
                     'variants':[{'title':'with Distinction','asks':{'score':'exam','atLeast':90}},
                                 {'title':'with Merit','asks':{'score':'exam','atLeast':80}}]}""");
            world.grade("ada", "exam", 89.9);
            world.grade("grace", "exam", 90);
            world.grade("edsger", "exam", 79);
            assertThat(awards(world, "ada").getFirst().title()).isEqualTo("with Merit");
            assertThat(awards(world, "grace").getFirst().title()).isEqualTo("with Distinction");
            assertThat(awards(world, "edsger").getFirst().title()).isNull();
            var award = awards(world, "ada").getFirst();
            var signed = world.credential(award.id());
            var payload = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(
                            java.util.Base64.getUrlDecoder().decode(signed.jwt().split("\\.")[1]));
            assertThat(payload.path("name").asText()).isEqualTo("security (with Merit)");
            assertThat(Instant.parse(payload.path("validUntil").asText()))
                    .isEqualTo(inAYear(award.awardedAt()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_award_counts_in_as_many_stacks_as_their_rules_let_it(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "statistics", "{'score':'statistics','atLeast':50}",
                    "first", "{'sum':'ects','atLeast':1,'pool':{'achievements':['statistics'],'uses':2}}",
                    "second", "{'sum':'ects','atLeast':1,'pool':{'achievements':['statistics'],'uses':2}}",
                    "third", "{'sum':'ects','atLeast':1,'pool':{'achievements':['statistics'],'uses':2}}"));
            world.grade("ada", "statistics", 60);
            assertThat(world.holds("ada")).hasSize(3).contains("statistics");
            world.awarding.reconsider(
                    world.tenant,
                    List.of(new AchievementId("first"), new AchievementId("second"), new AchievementId("third")));
            assertThat(world.holds("ada")).hasSize(3);
        }
    }

    private static List<Award> awards(World world, String sub) {
        return world.database.inTransaction(db -> AwardStore.list(db, world.tenant, world.learner(sub)));
    }

    private static Instant inAYear(Instant instant) {
        return instant.atZone(java.time.ZoneId.of("Europe/Vienna")).plusYears(1).toInstant();
    }
}
